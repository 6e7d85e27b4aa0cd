/** What a generation gives back: files as text, and what the model would have to say for them to be complete. */
import type { Source } from '../model/fact.js';
import type { GenerationProblem } from '../model/generation-problem.js';

/** One file of the tree. `path` is relative to the target directory, with forward slashes, and never leaves it. */
export interface GeneratedFile {
  readonly path: string;
  readonly content: string;
  /** The place in the model a line follows from, keyed by line counted from 0. */
  readonly sources?: Readonly<Record<number, Source>>;
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
