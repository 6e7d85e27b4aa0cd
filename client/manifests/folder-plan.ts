import { createHash } from 'node:crypto';
import type { GeneratedFile } from '../../server/lsp/protocol.js';

/** Where the folder remembers what DRML wrote into it. */
export const lockPath = '.drml/manifest.lock.json';

/** The fingerprint of each file as DRML last wrote it, by its path below the folder. */
export type ManifestLock = Readonly<Record<string, string>>;

/** What is to be done with a folder so that it holds the generated files. Paths are below the folder, in the order given. */
export interface FolderPlan {
  /** New files, and files that still are as DRML wrote them. */
  readonly write: readonly GeneratedFile[];
  readonly unchanged: readonly string[];
  /** Files that somebody edited or put there by hand; they stay as they are. */
  readonly refused: readonly string[];
  /** Files that DRML wrote for an earlier model and nobody has touched since. */
  readonly remove: readonly string[];
  /** The lock once the plan is carried out. */
  readonly lock: ManifestLock;
}

/** The fingerprint that the lock keeps: SHA-256 of the UTF-8 text, in hexadecimal. */
export function fingerprint(content: string): string {
  return createHash('sha256').update(content, 'utf8').digest('hex');
}

/** Whether a path stays below the folder it is joined to: relative, forward slashes, no way up. */
export function staysInside(path: string): boolean {
  return (
    path !== '' &&
    !/^[A-Za-z]:|[\\\0]/.test(path) &&
    path.split('/').every((part) => part !== '' && part !== '.' && part !== '..')
  );
}

/** Reads a lock; one that is missing or unreadable counts as empty, so that everything on disk counts as written by hand. */
export function parseLock(text: string | undefined): ManifestLock {
  try {
    const value: unknown = JSON.parse(text ?? '');
    if (typeof value !== 'object' || value === null || !('files' in value)) return {};
    const files = value.files;
    if (typeof files !== 'object' || files === null) return {};
    return Object.fromEntries(Object.entries(files).filter(([path, hash]) => staysInside(path) && typeof hash === 'string'));
  } catch {
    return {};
  }
}

/** Writes a lock with its paths in order, so that the same files give the same bytes. */
export function formatLock(lock: ManifestLock): string {
  const files = Object.fromEntries(Object.entries(lock).sort(([a], [b]) => (a < b ? -1 : 1)));
  return `${JSON.stringify({ version: 1, files }, null, 2)}\n`;
}

/**
 * Compares what was generated with what is on disk. Never plans to overwrite or remove a file whose text differs from what the
 * lock says DRML wrote.
 * @param present the text of each file on disk, among those generated and those in the lock; a missing file has no entry
 */
export function planFolder(
  generated: readonly GeneratedFile[],
  present: ReadonlyMap<string, string>,
  lock: ManifestLock,
): FolderPlan {
  const write: GeneratedFile[] = [];
  const unchanged: string[] = [];
  const refused: string[] = [];
  const remove: string[] = [];
  const next: Record<string, string> = {};
  for (const file of generated) {
    const onDisk = present.get(file.path);
    if (onDisk === file.content) {
      unchanged.push(file.path);
      next[file.path] = fingerprint(file.content);
    } else if (onDisk === undefined || fingerprint(onDisk) === lock[file.path]) {
      write.push(file);
      next[file.path] = fingerprint(file.content);
    } else {
      refused.push(file.path);
      const former = lock[file.path];
      if (former !== undefined) next[file.path] = former;
    }
  }
  const wanted = new Set(generated.map((file) => file.path));
  for (const [path, hash] of Object.entries(lock)) {
    const onDisk = present.get(path);
    if (wanted.has(path) || onDisk === undefined) continue;
    if (fingerprint(onDisk) === hash) remove.push(path);
  }
  return { write, unchanged, refused, remove, lock: next };
}
