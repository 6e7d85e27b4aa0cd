/** The lock file: what the generator wrote, so that a later run tells its own text from a hand's. */
import { type GeneratedFile, isCustom, isSafePath } from './generated-tree.js';
import { sha256 } from './sha256.js';
import { generatorVersion } from './version.js';

export const lockPath = '.drml/manifest.lock.json';

/** A text as it is hashed: line endings do not count, since Git may change them on checkout. */
export function fingerprint(content: string): string {
  return sha256(content.replace(/\r\n/g, '\n'));
}

/** The lock over files, without those that are the user's from the start. */
export function lockFile(files: readonly GeneratedFile[]): GeneratedFile {
  const owned = files.filter((file) => !isCustom(file.path));
  return { path: lockPath, content: lockText(new Map(owned.map((file) => [file.path, fingerprint(file.content)]))) };
}

/** The lock's text: paths sorted, one a line, so that it merges. */
export function lockText(hashes: ReadonlyMap<string, string>): string {
  const files = Object.fromEntries([...hashes].sort(([a], [b]) => (a < b ? -1 : 1)));
  return `${JSON.stringify({ generator: `drml ${generatorVersion}`, files }, undefined, 2)}\n`;
}

/**
 * The hashes of a lock by path. A missing or broken lock owns nothing, and entries are ignored that no generator writes: those that
 * leave the directory, what is hidden (`.git/config`), and what is the user's.
 */
export function readLock(text: string | undefined): ReadonlyMap<string, string> {
  const hashes = new Map<string, string>();
  let parsed: unknown;
  try {
    parsed = JSON.parse(text ?? '{}');
  } catch {
    return hashes;
  }
  const files = typeof parsed === 'object' && parsed !== null && 'files' in parsed ? parsed.files : undefined;
  if (typeof files !== 'object' || files === null) return hashes;
  for (const [path, hash] of Object.entries(files)) {
    if (typeof hash === 'string' && isSafePath(path) && !/(^|\/)\./.test(path) && !isCustom(path)) hashes.set(path, hash);
  }
  return hashes;
}
