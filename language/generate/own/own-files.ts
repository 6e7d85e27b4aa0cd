/** The files that components name as their own manifests. A host reads them; nothing here does. */
import { type Source, sourceOf } from '../../model/fact.js';
import type { Model } from '../../model/model.js';

/** What a host has found: the text, or why there is none, in words that end a sentence. */
export type OwnFile = { readonly text: string } | { readonly problem: string };

/** Files by their URIs, as {@link ownManifestFiles} names them. */
export type OwnFiles = ReadonlyMap<string, OwnFile>;

/** For models whose components name none, and where nobody can read files. */
export const noOwnFiles: OwnFiles = new Map();

export interface NamedFile {
  readonly component: string;
  /** As the model writes it. */
  readonly path: string;
  /** Where it lies; undefined where the path is none that is read: absolute, of another kind than YAML, not well-formed. */
  readonly uri: string | undefined;
  readonly source: Source | undefined;
}

/** Larger files are no manifest of one component, in letters. */
export const longestOwnFile = 1_000_000;

/** The files that a model's components name, in the order of components. */
export function ownManifestFiles(model: Model): readonly NamedFile[] {
  return model.components.flatMap(({ name, deployment: { manifest } }) => {
    const source = manifest === undefined ? undefined : sourceOf(manifest);
    if (manifest === undefined) return [];
    return [{ component: name, path: manifest.value, uri: resolved(source?.uri ?? model.root, manifest.value), source }];
  });
}

/** A path relative to the file that it is written in. The host need not read whatever a foreign model names, only YAML. */
function resolved(from: string, path: string): string | undefined {
  if (/^[/\\]|^[a-z][a-z0-9+.-]*:|\\|\0/i.test(path) || !/\.(ya?ml|json)$/.test(path) || !path.isWellFormed()) return undefined;
  const parts = from.split('/').slice(0, -1);
  for (const part of path.split('/')) {
    if (part === '..') {
      // The scheme and the authority are no folders.
      if (parts.length <= 3) return undefined;
      parts.pop();
    } else if (part !== '.' && part !== '') parts.push(encodeURIComponent(part));
  }
  return parts.join('/');
}
