/** The kit of the rules that judge manifests: one rule a file, each judging what the files say, at its own lines. */
import type { Edit } from '../edit/edit.js';
import type { Finding, Fix, RuleDescription, Severity } from '../rules/rule.js';
import type { ManifestIndex } from './manifest-index.js';
import type { Place, YamlEntry, YamlNode } from './yaml-tree.js';

export interface ManifestContext {
  readonly index: ManifestIndex;
  /** The text of a file, for fixes. */
  textOf(uri: string): string;
}

export interface ManifestRule extends RuleDescription {
  /** Set where it judges what is written, patches among it, and not what becomes of it. */
  readonly ofText?: true;
  check(context: ManifestContext): readonly ManifestFinding[];
}

/** A finding of a rule before severity settings are applied. */
export type ManifestFinding = Omit<Finding, 'code' | 'accepted' | 'severity'> & { readonly severity?: Severity };

export interface FindingParts {
  readonly severity?: Severity;
  /** Object it speaks of: `Deployment shop/orders`. */
  readonly subject: string;
  readonly related?: readonly { readonly message: string; readonly at: Place }[];
  readonly fixes?: readonly (Fix | undefined)[];
  /** What else than the subject tells it from others at the same object. */
  readonly about?: string;
}

/** A finding at a place. */
export function finding(at: Place, message: string, { severity, subject, related, fixes, about }: FindingParts): ManifestFinding {
  return {
    at,
    message,
    subject,
    related: related ?? [],
    fixes: (fixes ?? []).filter((fix) => fix !== undefined),
    causes: [about === undefined ? subject : `${subject} ${about}`],
    ...(severity === undefined ? {} : { severity }),
  };
}

/** A fix of edits; none where the text is written so that there are none. */
export function textFix(title: string, edits: readonly Edit[] | undefined, safe = false): Fix | undefined {
  return edits === undefined ? undefined : { title, edits, safe };
}

/** Where to show what a key says: the key with its value if that is on the same line. */
export function placeOfEntry({ at, value }: YamlEntry): Place {
  const isNear = value.at.uri === at.uri && value.at.start >= at.end && isSingle(value) && value.at.line === at.line;
  return isNear ? { ...at, end: value.at.end } : at;
}

function isSingle(node: YamlNode): boolean {
  return node.kind !== 'map' && node.kind !== 'list';
}
