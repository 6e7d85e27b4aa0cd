import { lstatSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { UnusableInput } from './unusable-input.js';

/**
 * Writes a file whole or not at all: a reader never sees half of it, and an interrupted run leaves the old one.
 * Throws {@link UnusableInput} where the place cannot be written to.
 */
export function writeWhole(path: string, content: string | Uint8Array): void {
  const full = resolve(path);
  const draft = join(dirname(full), `.${basename(full)}.${process.pid}.tmp`);
  try {
    if (lstatSync(full, { throwIfNoEntry: false })?.isDirectory() === true) throw new Error('it is a folder');
    mkdirSync(dirname(full), { recursive: true });
    writeFileSync(draft, content);
    renameSync(draft, full);
  } catch (error) {
    discard(draft);
    throw new UnusableInput(`${path}: cannot be written: ${reasonOf(error)}`);
  }
}

function discard(draft: string): void {
  try {
    rmSync(draft, { force: true });
  } catch {
    // Where nothing can be written, there is none; what is told is why that is so.
  }
}

/** What the system says of the draft, about the file that somebody asked for. */
const reasons: Readonly<Record<string, string>> = {
  EACCES: 'you may not write there',
  EPERM: 'you may not write there',
  EROFS: 'the disk is read-only',
  ENOSPC: 'the disk is full',
  ENOTDIR: 'a part of its path is a file, and no folder',
  EEXIST: 'a part of its path is a file, and no folder',
};

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  return reasons[code] ?? error.message;
}
