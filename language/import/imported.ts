/** What an import understands of manifests: pieces of a model, each with where it was read. */
import type { Place } from '../manifests/yaml-tree.js';
import type { ComponentKind } from '../model/model.js';

/** A line of the language, and where the fact stands, in words, for a comment behind it. */
export interface Statement {
  readonly text: string;
  readonly note?: string;
  /** Where the manifests say it. */
  readonly at?: Place;
}

/** A dependency, with everything that speaks for it. */
export interface ImportedEdge {
  /** Name of the component in the model. */
  readonly target: string;
  /** Statements of the edge's block. */
  readonly block: readonly string[];
  /** `env REDIS_ADDR (shop.yaml:42)` */
  readonly evidence: readonly string[];
  /** Where the manifests say so first. */
  readonly at?: Place;
}

export interface ImportedComponent {
  readonly kind: ComponentKind;
  readonly name: string;
  /** Its name in the manifests, where the language needs another. */
  readonly title?: string;
  readonly tier?: number;
  /** Said before the declaration. */
  readonly note: string;
  readonly at?: Place;
  /** Of a bucket: where it lies. */
  readonly sites?: readonly string[];
  readonly statements: readonly Statement[];
  readonly edges: readonly ImportedEdge[];
  /** Whole blocks, such as a backup's, already laid out. */
  readonly blocks: readonly string[];
}

export interface ImportedRegion {
  readonly name: string;
  readonly platformId?: string;
  readonly cluster?: string;
  readonly zones: readonly { readonly name: string; readonly platformId: string }[];
  readonly note?: string;
}

/** Something the manifests do not say, and the model needs to know. */
export interface Question {
  /** One sentence and what to write. */
  readonly text: string;
  readonly at?: Place;
}

/** `orders/deployment.yaml:12`, for comments: the folder tells apart files that are named for their kind. */
export function spokenPlace(at: Place): string {
  return `${at.uri.split('/').slice(-2).join('/')}:${at.line}`;
}
