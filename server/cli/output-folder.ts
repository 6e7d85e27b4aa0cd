import {
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, resolve, sep } from 'node:path';
import { isSafePath } from '../../language/generate/generated-tree.js';
import { UnusableInput } from './unusable-input.js';

/**
 * A folder that files are generated into. Every path is checked to stay below it, and no part of a path below it may be a link:
 * whatever the model's names are, and whatever lies there, nothing outside the folder is touched.
 */
export class OutputFolder {
  private readonly root: string;

  /** Throws {@link UnusableInput} where the path is there and no folder. */
  constructor(path: string) {
    this.root = resolve(path);
    const stat = existsSync(this.root) ? lstatSync(realpathSync(this.root)) : undefined;
    if (stat !== undefined && !stat.isDirectory()) throw new UnusableInput(`${path}: not a folder.`);
  }

  /** The text of a file, or undefined where there is none. */
  read(path: string): string | undefined {
    const full = this.place(path);
    return lstatSync(full, { throwIfNoEntry: false })?.isFile() === true ? readFileSync(full, 'utf8') : undefined;
  }

  /** Writes a file whole or not at all. */
  write(path: string, content: string): void {
    const full = this.place(path);
    mkdirSync(dirname(full), { recursive: true });
    const draft = `${full}.${process.pid}.tmp`;
    try {
      writeFileSync(draft, content, { flag: 'wx' });
      renameSync(draft, full);
    } catch (error) {
      rmSync(draft, { force: true });
      throw new UnusableInput(`${path}: cannot be written: ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  /** Removes a file, and folders that are empty without it. */
  remove(path: string): void {
    const full = this.place(path);
    rmSync(full, { force: true });
    for (let folder = dirname(full); folder !== this.root && folder.startsWith(this.root + sep); folder = dirname(folder)) {
      try {
        rmdirSync(folder);
      } catch {
        return;
      }
    }
  }

  /** The absolute path of a file. Throws {@link UnusableInput} where it would lie outside, or behind a link. */
  private place(path: string): string {
    if (!isSafePath(path)) throw new UnusableInput(`${path}: would be written outside the output folder.`);
    let current = this.root;
    for (const part of path.split('/')) {
      current = join(current, part);
      if (lstatSync(current, { throwIfNoEntry: false })?.isSymbolicLink() === true) {
        throw new UnusableInput(`${current}: is a link; nothing is written through links. Remove it, or choose another --out.`);
      }
    }
    return current;
  }
}
