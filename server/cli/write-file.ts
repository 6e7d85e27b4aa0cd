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
    rmSync(draft, { force: true });
    throw new UnusableInput(`${path}: cannot be written: ${error instanceof Error ? error.message : String(error)}`);
  }
}
