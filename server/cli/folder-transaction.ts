/**
 * Writing many files as one step. All texts are written beside the tree first; then a journal says what replaces what, and from there
 * on the step is decided: whoever finds the journal finishes it. A run that ends before has changed nothing, and what it left is
 * thrown away. So the tree is what it was, or what it is to be, once the next run has looked at it.
 */
import { isSafePath } from '../../language/generate/generated-tree.js';
import { fingerprint, lockPath } from '../../language/generate/lock.js';
import type { WritePlan } from '../../language/generate/plan.js';

/** What a transaction needs of a folder. Each step is done whole or not at all, but for `write`, which may leave a part of a file. */
export interface TransactionFolder {
  /** The text of a file, or undefined where there is none. */
  read(path: string): string | undefined;
  /** Writes a file that is not there yet. */
  write(path: string, content: string): void;
  /** Moves a file to a place, and what stands there away. */
  rename(from: string, to: string): void;
  /** Removes a file, and folders that are empty without it. */
  remove(path: string): void;
  /** The names in a folder, none where it is not there. */
  list(path: string): readonly string[];
  /** Throws where a file could not be replaced or removed. */
  mustBeWritable(path: string): void;
}

/** Present while a step is decided and not yet finished. */
export const journalPath = '.drml/journal.json';
const stagedFolder = '.drml/staged';

interface Replacement {
  readonly staged: string;
  readonly path: string;
  /** Fingerprint of what stood there when the step was decided, null for nothing. */
  readonly before: string | null;
  readonly after: string;
}

interface Removal {
  readonly path: string;
  readonly before: string;
}

interface Journal {
  readonly replace: readonly Replacement[];
  readonly remove: readonly Removal[];
}

/** Carries a plan out. Nothing has changed where it throws before the journal stands; the next run finishes what it leaves after. */
export function carryOut(plan: WritePlan, folder: TransactionFolder): void {
  // The lock goes last: a reader of the folder that comes in between sees files that are not owned yet, never the other way round.
  const isLock = (path: string): number => (path === lockPath ? 1 : 0);
  const writes = [...plan.create, ...plan.update].sort((a, b) => isLock(a.path) - isLock(b.path));
  if (writes.length === 0 && plan.prune.length === 0) return;
  for (const path of [...writes.map((file) => file.path), ...plan.prune]) folder.mustBeWritable(path);
  const previous = new Map(plan.update.map(({ path, previous: text }) => [path, fingerprint(text)]));
  const replace = writes.map(({ path, content }, index): Replacement => {
    const staged = `${stagedFolder}/${index}`;
    folder.write(staged, content);
    return { staged, path, before: previous.get(path) ?? null, after: fingerprint(content) };
  });
  const remove = plan.prune.map((path): Removal => ({ path, before: fingerprint(folder.read(path) ?? '') }));
  folder.write(`${stagedFolder}/journal`, `${JSON.stringify({ replace, remove }, undefined, 1)}\n`);
  folder.rename(`${stagedFolder}/journal`, journalPath);
  finish({ replace, remove }, folder);
}

/**
 * Puts right what an interrupted run left: `finished` where it had decided on its step, `discarded` where it had not.
 */
export function recover(folder: TransactionFolder): 'nothing' | 'finished' | 'discarded' {
  const text = folder.read(journalPath);
  if (text !== undefined) {
    finish(readJournal(text), folder);
    return 'finished';
  }
  return clear(folder) ? 'discarded' : 'nothing';
}

/** What somebody has changed since the step was decided is left alone: it is a hand's by now. */
function finish({ replace, remove }: Journal, folder: TransactionFolder): void {
  const now = (path: string): string | null => {
    const text = folder.read(path);
    return text === undefined ? null : fingerprint(text);
  };
  for (const { staged, path, before, after } of replace) {
    if (now(staged) === after && now(path) === before) folder.rename(staged, path);
  }
  for (const { path, before } of remove) if (now(path) === before) folder.remove(path);
  folder.remove(journalPath);
  clear(folder);
}

/** Removes texts that were written beside the tree. Whether there were any. */
function clear(folder: TransactionFolder): boolean {
  const left = folder.list(stagedFolder);
  for (const name of left) folder.remove(`${stagedFolder}/${name}`);
  return left.length > 0;
}

/** A journal, without what no run of ours writes. It comes from a folder that anybody may have filled. */
function readJournal(text: string): Journal {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return { replace: [], remove: [] };
  }
  return { replace: entries(parsed, 'replace').flatMap(replacementOf), remove: entries(parsed, 'remove').flatMap(removalOf) };
}

function entries(parsed: unknown, key: 'replace' | 'remove'): readonly Readonly<Record<string, unknown>>[] {
  const list: unknown = typeof parsed === 'object' && parsed !== null ? Reflect.get(parsed, key) : undefined;
  return Array.isArray(list)
    ? list.filter((entry): entry is Record<string, unknown> => typeof entry === 'object' && entry !== null)
    : [];
}

function isTarget(path: unknown): path is string {
  return typeof path === 'string' && isSafePath(path) && (path === lockPath || !/(^|\/)\./.test(path));
}

function replacementOf({ staged, path, before, after }: Readonly<Record<string, unknown>>): Replacement[] {
  const isStaged =
    typeof staged === 'string' && staged.startsWith(`${stagedFolder}/`) && /^\d+$/.test(staged.slice(stagedFolder.length + 1));
  const isBefore = before === null || typeof before === 'string';
  return isStaged && isTarget(path) && isBefore && typeof after === 'string' ? [{ staged, path, before, after }] : [];
}

function removalOf({ path, before }: Readonly<Record<string, unknown>>): Removal[] {
  return isTarget(path) && !path.startsWith('custom/') && typeof before === 'string' ? [{ path, before }] : [];
}
