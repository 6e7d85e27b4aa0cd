/** Planning a write: what a run would create, change and remove, and what it must leave alone. Pure; a host carries it out. */
import type { GeneratedFile, GeneratedTree } from './generated-tree.js';
import { fingerprint, lockPath, lockText, readLock } from './lock.js';
import { unifiedDiff } from './unified-diff.js';

/** A file to change, with what stands there now. */
export interface PlannedUpdate {
  readonly path: string;
  readonly content: string;
  readonly previous: string;
  /** Unified, from what stands there to what would. */
  readonly diff: string;
}

/**
 * A file left alone.
 * - `edited`: generated once, and changed by hand since.
 * - `foreign`: it was there before, and the lock does not know it.
 * - `edited-obsolete`: changed by hand, and the model no longer needs it.
 */
export interface RefusedFile {
  readonly path: string;
  readonly reason: 'edited' | 'foreign' | 'edited-obsolete';
  readonly diff: string;
}

/** What to do, paths sorted. The lock is among `create` and `update`: write it last, so that a crash leaves files foreign, never lost. */
export interface WritePlan {
  readonly create: readonly GeneratedFile[];
  readonly update: readonly PlannedUpdate[];
  readonly unchanged: readonly string[];
  readonly refused: readonly RefusedFile[];
  /** Files to remove: generated once, untouched since, needed no more. */
  readonly prune: readonly string[];
  /** Whether the directory differs from what the model says: `--check` fails on it. */
  readonly stale: boolean;
}

/**
 * Compares a generated tree with a directory.
 * @param readExisting text of a file of the directory by its path in the tree, `undefined` where there is none
 * @param overwrite paths whose hand edits the user gave up, or `all`
 */
export function planWrite(
  tree: GeneratedTree,
  readExisting: (path: string) => string | undefined,
  overwrite: ReadonlySet<string> | 'all' = new Set(),
): WritePlan {
  const previousLock = readExisting(lockPath);
  const owned = readLock(previousLock);
  const hashes = new Map<string, string>();
  const create: GeneratedFile[] = [];
  const update: PlannedUpdate[] = [];
  const unchanged: string[] = [];
  const refused: RefusedFile[] = [];
  const prune: string[] = [];
  const change = (path: string, content: string, previous: string): void => {
    update.push({ path, content, previous, diff: unifiedDiff(path, previous, content) });
  };
  const wanted = tree.files.filter((file) => file.path !== lockPath);
  for (const file of wanted) {
    const { path, content } = file;
    const existing = readExisting(path);
    const hash = fingerprint(content);
    const known = owned.get(path);
    hashes.set(path, hash);
    if (existing === undefined) create.push(file);
    else if (fingerprint(existing) === hash) unchanged.push(path);
    else if (known === fingerprint(existing) || overwrite === 'all' || overwrite.has(path)) change(path, content, existing);
    else {
      refused.push({ path, reason: known === undefined ? 'foreign' : 'edited', diff: unifiedDiff(path, existing, content) });
      // The lock keeps the hash of what was generated, so that the edit is seen next time too.
      if (known === undefined) hashes.delete(path);
      else hashes.set(path, known);
    }
  }
  const paths = new Set(wanted.map((file) => file.path));
  for (const [path, known] of owned) {
    const existing = paths.has(path) ? undefined : readExisting(path);
    if (existing === undefined) continue;
    if (fingerprint(existing) === known || overwrite === 'all' || overwrite.has(path)) prune.push(path);
    else {
      refused.push({ path, reason: 'edited-obsolete', diff: unifiedDiff(path, existing, '') });
      hashes.set(path, known);
    }
  }
  const lock = lockText(hashes);
  if (previousLock === undefined) {
    if (hashes.size > 0) create.push({ path: lockPath, content: lock });
  } else if (previousLock.replace(/\r\n/g, '\n') !== lock) change(lockPath, lock, previousLock);
  return {
    create,
    update,
    unchanged: unchanged.sort(),
    refused: refused.sort((a, b) => (a.path < b.path ? -1 : 1)),
    prune: prune.sort(),
    stale: create.length > 0 || update.length > 0 || prune.length > 0 || refused.length > 0,
  };
}
