/** What a generation gives back: files as text, and what the model would have to say for them to be complete. */
import type { Source } from '../model/fact.js';

/** One file of the tree. `path` is relative to the target directory, with forward slashes, and never leaves it. */
export interface GeneratedFile {
  readonly path: string;
  readonly content: string;
  /** The place in the model a line follows from, keyed by line counted from 0. */
  readonly sources?: Readonly<Record<number, Source>>;
}

/**
 * Something the manifests lack.
 * - `missing`: the model does not say it; a marked placeholder or nothing stands in its place.
 * - `left-out`: the model says it, and no manifest is written for it on purpose.
 * - `contradiction`: the user's own manifest says something else than the model.
 */
export interface GenerationProblem {
  readonly kind: 'missing' | 'left-out' | 'contradiction';
  readonly component?: string;
  /** What is missing and what to write. */
  readonly message: string;
  readonly source: Source;
  /** Of a contradiction: the place in the user's own manifest, whose URI is that of the file. */
  readonly other?: Source;
  /** Of a contradiction: the field by its path. */
  readonly field?: string;
  /** What would have to stand there for both to say the same, as YAML; absent where no one text does. */
  readonly mended?: string;
}

/** The manifests of one model, sorted by path. Same model, same bytes. */
export interface GeneratedTree {
  readonly files: readonly GeneratedFile[];
  readonly problems: readonly GenerationProblem[];
}

/** Whether a path stays inside the directory it is relative to, on any operating system. */
export function isSafePath(path: string): boolean {
  if (path === '' || path.startsWith('/') || path.includes('\\') || path.includes(':') || path.includes('\0')) return false;
  return path.split('/').every((part) => part !== '' && part !== '.' && part !== '..');
}

/** Whether a path belongs to the user: created where it is missing, never changed, never removed, unknown to the lock. */
export function isCustom(path: string): boolean {
  return path === 'custom' || path.startsWith('custom/');
}
