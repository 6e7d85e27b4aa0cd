import {
  accessSync,
  constants,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmdirSync,
  rmSync,
  type Stats,
  writeFileSync,
} from 'node:fs';
import { dirname, join, resolve, sep } from 'node:path';
import { isSafePath } from '../../language/generate/generated-tree.js';
import { UnusableInput } from './unusable-input.js';

/** Larger files are none that DRML wrote, in bytes; reading one could take all memory. */
const largestFile = 64 * 1024 * 1024;

/**
 * A folder that files are generated into. Every path is checked to stay below it, and no part of a path below it may be a link:
 * whatever the model's names are, and whatever lies there, nothing outside the folder is touched.
 */
export class OutputFolder {
  private readonly root: string;
  private readonly isNew: boolean;

  /** Throws {@link UnusableInput} where the path is there and no folder. */
  constructor(path: string) {
    this.root = resolve(path);
    const stat = existsSync(this.root) ? lstatSync(realpathSync(this.root)) : undefined;
    if (stat !== undefined && !stat.isDirectory()) throw new UnusableInput(`${path}: not a folder.`);
    this.isNew = stat === undefined;
  }

  /** The text of a file, or undefined where there is none. Throws where something else stands in its place. */
  read(path: string): string | undefined {
    const { full, stat } = this.place(path);
    if (stat === undefined) return undefined;
    if (stat.size > largestFile) throw new UnusableInput(`${full}: is too large to be a generated file. Move it away.`);
    return attempted(path, 'read', () => readFileSync(full, 'utf8'));
  }

  /** Writes a file that is not there yet, with the folders on the way to it. */
  write(path: string, content: string): void {
    const { full } = this.place(path);
    attempted(path, 'written', () => inFolder(dirname(full), () => writeFileSync(full, content, { flag: 'wx' })));
  }

  /** Moves a file, and puts it in the place of what is there. Folders that are empty without it go. */
  rename(from: string, to: string): void {
    const source = this.place(from).full;
    const target = this.place(to).full;
    attempted(to, 'written', () => inFolder(dirname(target), () => renameSync(source, target)));
    this.removeEmptied(dirname(source));
  }

  /** Removes a file, and folders that are empty without it. */
  remove(path: string): void {
    const { full } = this.place(path);
    attempted(path, 'removed', () => rmSync(full, { force: true }));
    this.removeEmptied(dirname(full));
  }

  /** The names in a folder, sorted; none where it is not there. */
  list(path: string): readonly string[] {
    const full = this.checked(path);
    if (lstatSync(full, { throwIfNoEntry: false })?.isDirectory() !== true) return [];
    return attempted(path, 'read', () => readdirSync(full).sort());
  }

  /** Throws {@link UnusableInput} where a file is write-protected, or stands in a folder that is. */
  mustBeWritable(path: string): void {
    const { full, stat } = this.place(path);
    if (stat !== undefined && (stat.mode & 0o222) === 0) {
      throw new UnusableInput(`${full}: is read-only, so nothing was written. Make it writable, or choose another --out.`);
    }
    let folder = dirname(full);
    while (!existsSync(folder)) folder = dirname(folder);
    try {
      accessSync(folder, constants.W_OK);
    } catch {
      throw new UnusableInput(`${folder}: cannot be written to, so nothing was written.`);
    }
  }

  private removeEmptied(from: string): void {
    for (let folder = from; folder.startsWith(this.root + sep); folder = dirname(folder)) {
      if (!removedEmpty(folder)) return;
    }
    if (this.isNew) removedEmpty(this.root);
  }

  /** A file's absolute path, and what stands there. Throws {@link UnusableInput} where that is no file. */
  private place(path: string): { readonly full: string; readonly stat: Stats | undefined } {
    const full = this.checked(path);
    const stat = lstatSync(full, { throwIfNoEntry: false });
    if (stat !== undefined && !stat.isFile()) {
      throw new UnusableInput(`${full}: is no file, and a file is to be written there. Move it away.`);
    }
    return { full, stat };
  }

  /** An absolute path. Throws {@link UnusableInput} where it would lie outside, or behind a link. */
  private checked(path: string): string {
    if (!isSafePath(path)) throw new UnusableInput(`${path}: would be written outside the output folder.`);
    const parts = path.split('/');
    let current = this.root;
    for (const [index, part] of parts.entries()) {
      current = join(current, part);
      const stat = lstatSync(current, { throwIfNoEntry: false });
      if (stat === undefined) return join(this.root, ...parts);
      if (stat.isSymbolicLink()) {
        throw new UnusableInput(`${current}: is a link; nothing is written through links. Remove it, or choose another --out.`);
      }
      if (index < parts.length - 1 && !stat.isDirectory()) {
        throw new UnusableInput(`${current}: is no folder, and files are to be written into it. Move it away.`);
      }
    }
    return current;
  }
}

function attempted<T>(path: string, verb: 'read' | 'written' | 'removed', work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw new UnusableInput(`${path}: cannot be ${verb}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** Does something in a folder that is made for it. Another run may take the folder away in between, where it is empty: once more then. */
function inFolder(folder: string, work: () => void): void {
  mkdirSync(folder, { recursive: true });
  try {
    work();
  } catch (error) {
    if (existsSync(folder)) throw error;
    mkdirSync(folder, { recursive: true });
    work();
  }
}

function removedEmpty(folder: string): boolean {
  try {
    rmdirSync(folder);
    return true;
  } catch {
    return false;
  }
}
