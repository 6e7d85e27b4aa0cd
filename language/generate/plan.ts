/** Planning a write: what a run would create, change and remove, and what it must leave alone. Pure; a host carries it out. */

import { type GeneratedFile, type GeneratedTree, isCustom } from './generated-tree.js';
import { fingerprint, lockPath, lockText, readLock } from './lock.js';
import { moveEdit } from './moved-edits.js';
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
  /** Why the edit cannot be moved into `custom/`, where that was asked for. */
  readonly immovable: readonly string[];
}

/** An edit that becomes a patch; the patch is among `create`, the file among `update`. */
export interface PlannedMove {
  readonly path: string;
  /** The new patch; undefined where the edit changed blanks, quotes or order only. */
  readonly patch: string | undefined;
  /** What the user should look at. */
  readonly notes: readonly string[];
}

/** Paths of files changed by hand, or all of them. */
export type Paths = ReadonlySet<string> | 'all';

/** What the user chose for files changed by hand; all others are refused. */
export interface EditChoices {
  /** Edits given up, and files that were there before given away. */
  readonly overwrite?: Paths;
  /** Edits to become patches in `custom/`. */
  readonly move?: Paths;
}

/** What to do, paths sorted. The lock is among `create` and `update`: write it last. */
export interface WritePlan {
  readonly create: readonly GeneratedFile[];
  readonly update: readonly PlannedUpdate[];
  readonly unchanged: readonly string[];
  readonly moved: readonly PlannedMove[];
  readonly refused: readonly RefusedFile[];
  /** Files to remove: generated once, untouched since, needed no more. */
  readonly prune: readonly string[];
  /** Whether the directory differs from what the model says: `--check` fails on it. */
  readonly stale: boolean;
}

/**
 * Compares a generated tree with a directory.
 * @param readExisting text of a file of the directory by its path in the tree, `undefined` where there is none
 */
export function planWrite(
  tree: GeneratedTree,
  readExisting: (path: string) => string | undefined,
  { overwrite = new Set(), move = new Set() }: EditChoices = {},
): WritePlan {
  const previousLock = readExisting(lockPath);
  const owned = readLock(previousLock);
  const hashes = new Map<string, string>();
  const create: GeneratedFile[] = [];
  const update: PlannedUpdate[] = [];
  const unchanged: string[] = [];
  const refused: RefusedFile[] = [];
  const moved: PlannedMove[] = [];
  const prune: string[] = [];
  const change = (path: string, content: string, previous: string): void => {
    update.push({ path, content, previous, diff: unifiedDiff(path, previous, content) });
  };
  // What is in `custom/` once this plan is carried out: a second move adds to what the first one leaves.
  const custom = new Map<string, string>();
  const readCustom = (path: string): string | undefined => custom.get(path) ?? readExisting(path);
  const wanted = tree.files.filter((file) => file.path !== lockPath);
  for (const { path, content } of wanted) {
    if (isCustom(path) && readExisting(path) === undefined) custom.set(path, content);
  }
  /** Plans the move of an edit, or says why there is none. */
  const moveOf = (path: string, generated: string, edited: string): readonly string[] | undefined => {
    const isStart = owned.get(path) === fingerprint(generated);
    const result = moveEdit({ path, generated, edited, isStart }, readCustom);
    if (result.kind === 'impossible') return result.reasons;
    if (result.kind === 'moved') {
      custom.set(result.patch.path, result.patch.content);
      custom.set(result.kustomization.path, result.kustomization.content);
    }
    const [patch, notes] = result.kind === 'moved' ? [result.patch.path, result.notes] : [undefined, []];
    moved.push({ path, patch, notes });
    return undefined;
  };
  for (const file of wanted) {
    const { path, content } = file;
    if (isCustom(path)) continue;
    const existing = readExisting(path);
    const hash = fingerprint(content);
    const known = owned.get(path);
    hashes.set(path, hash);
    if (existing === undefined) create.push(file);
    else if (fingerprint(existing) === hash) unchanged.push(path);
    else if (known === fingerprint(existing) || holds(overwrite, path)) change(path, content, existing);
    else {
      const immovable = known === undefined || !holds(move, path) ? [] : moveOf(path, content, existing);
      if (immovable === undefined) {
        change(path, content, existing);
        continue;
      }
      const diff = unifiedDiff(path, existing, content);
      refused.push({ path, reason: known === undefined ? 'foreign' : 'edited', diff, immovable });
      // The lock keeps the hash of what was generated, so that the edit is seen next time too.
      if (known === undefined) hashes.delete(path);
      else hashes.set(path, known);
    }
  }
  for (const [path, content] of custom) {
    const existing = readExisting(path);
    if (existing === undefined) create.push({ path, content });
    else change(path, content, existing);
  }
  const paths = new Set(wanted.map((file) => file.path));
  for (const [path, known] of owned) {
    const existing = paths.has(path) ? undefined : readExisting(path);
    if (existing === undefined) continue;
    if (fingerprint(existing) === known || holds(overwrite, path)) prune.push(path);
    else {
      const immovable = holds(move, path) ? ['the model no longer needs what it would patch'] : [];
      refused.push({ path, reason: 'edited-obsolete', diff: unifiedDiff(path, existing, ''), immovable });
      hashes.set(path, known);
    }
  }
  const lock = lockText(hashes);
  if (previousLock === undefined) {
    if (hashes.size > 0) create.push({ path: lockPath, content: lock });
  } else if (previousLock.replace(/\r\n/g, '\n') !== lock) change(lockPath, lock, previousLock);
  const byPath = (a: { readonly path: string }, b: { readonly path: string }): number => (a.path < b.path ? -1 : 1);
  return {
    create: create.sort(byPath),
    update: update.sort(byPath),
    unchanged: unchanged.sort(),
    moved: moved.sort(byPath),
    refused: refused.sort(byPath),
    prune: prune.sort(),
    stale: create.length > 0 || update.length > 0 || prune.length > 0 || refused.length > 0,
  };
}

function holds(paths: Paths, path: string): boolean {
  return paths === 'all' || paths.has(path);
}
