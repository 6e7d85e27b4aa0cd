import { closeSync, existsSync, fstatSync, openSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { contentProblem, isSearchedFolder, sizeProblem } from '../files/limits.js';
import { UnusableInput } from './unusable-input.js';

/** Where the models of a command line are: files named, and folders searched. Paths are absolute. */
export interface FoundSources {
  /** Files that the user named: each is its own root. */
  readonly named: readonly string[];
  /** Files found in folders: roots among them are decided by their content. */
  readonly found: readonly string[];
}

/** Finds the files of the paths. Throws {@link UnusableInput} where a path is missing, is no model, or a folder holds none. */
export function findSources(paths: readonly string[]): FoundSources {
  const named: string[] = [];
  const found: string[] = [];
  for (const path of paths) {
    const full = resolve(path);
    const stat = existsSync(full) ? statSync(full) : undefined;
    if (stat === undefined) throw new UnusableInput(`${path}: no such file or folder.`);
    if (stat.isDirectory()) {
      const files = searchFolder(full);
      if (files.length === 0) throw new UnusableInput(`${path}: no .drml files in this folder.`);
      found.push(...files);
    } else if (!stat.isFile()) throw new UnusableInput(`${path}: neither a file nor a folder.`);
    else if (!full.endsWith('.drml')) throw new UnusableInput(`${path}: not a .drml file.`);
    else named.push(full);
  }
  return { named: [...new Set(named)], found: [...new Set(found)].filter((file) => !named.includes(file)) };
}

/** Whether a folder holds models, at any depth. */
export function holdsModels(folder: string): boolean {
  return searchFolder(folder).length > 0;
}

/** The text of a model. Throws {@link UnusableInput} where it cannot be read, is binary or over the limit. */
export function readModelText(path: string): string {
  const shown = relative(process.cwd(), path) || path;
  let bytes: Buffer;
  let file: number | undefined;
  try {
    file = openSync(path, 'r');
    // The size is asked before reading, so that a file of many gigabytes costs nothing.
    const problem = sizeProblem(fstatSync(file).size);
    if (problem !== undefined) throw new UnusableInput(`${shown}: ${problem}`);
    bytes = readFileSync(file);
  } catch (error) {
    if (error instanceof UnusableInput) throw error;
    throw new UnusableInput(`${shown}: cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  } finally {
    if (file !== undefined) closeSync(file);
  }
  const problem = contentProblem(bytes);
  if (problem !== undefined) throw new UnusableInput(`${shown}: ${problem}`);
  return new TextDecoder('utf-8').decode(bytes);
}

/** The text that the standard input holds. Throws {@link UnusableInput} where it is binary or over the limit. */
export function readStandardInput(): string {
  const bytes = readFileSync(0);
  const problem = contentProblem(bytes);
  if (problem !== undefined) throw new UnusableInput(`standard input: ${problem}`);
  // The mark of byte order is part of the text here: what comes in goes out.
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
}

/** Model files below a folder, sorted. Links to folders are followed once each, so that a loop of links ends. */
function searchFolder(root: string): string[] {
  const files: string[] = [];
  const seen = new Set<string>();
  const queue = [root];
  for (let folder = queue.pop(); folder !== undefined; folder = queue.pop()) {
    const real = realpathSync(folder);
    if (seen.has(real)) continue;
    seen.add(real);
    let entries: string[];
    try {
      entries = readdirSync(folder);
    } catch (error) {
      throw new UnusableInput(`${folder}: cannot be read: ${error instanceof Error ? error.message : String(error)}`);
    }
    for (const name of entries) {
      const path = join(folder, name);
      const stat = existsSync(path) ? statSync(path) : undefined;
      if (stat?.isDirectory() === true && isSearchedFolder(name)) queue.push(path);
      else if (stat?.isFile() === true && name.endsWith('.drml') && !name.startsWith('.')) files.push(path);
    }
  }
  return files.sort();
}
