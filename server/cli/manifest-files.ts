import { existsSync, lstatSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import type { ManifestFile } from '../../language/manifests/read-manifests.js';
import { isBinary, isSearchedFolder } from '../files/limits.js';
import { readStandardInput } from './source-files.js';
import { UnusableInput } from './unusable-input.js';

/** Larger files are told instead of read, in bytes: what people deploy is far smaller, and an export of a whole cluster still fits. */
const largestFile = 64 * 1024 * 1024;
/** Files of folders at most: past it somebody named the wrong folder. */
const mostFiles = 20_000;

/**
 * YAML and JSON files of a command line: those named, and those in folders, by paths relative to the working folder with forward
 * slashes. `-` is the standard input. Links in folders are not followed. Throws {@link UnusableInput} where no path is named, or one is
 * missing or too large.
 */
export function readManifestFiles(paths: readonly string[]): readonly ManifestFile[] {
  if (paths.length === 0) {
    throw new UnusableInput(
      'Where are the manifests? Name YAML files or folders, or - for the standard input: kubectl get all -A -o yaml gives most of a cluster.',
    );
  }
  const files = new Map<string, ManifestFile>();
  for (const path of paths) {
    if (path === '-') {
      files.set('-', { path: 'standard input', text: readStandardInput() });
      continue;
    }
    const full = resolve(path);
    const stat = existsSync(full) ? statSync(full) : undefined;
    if (stat === undefined) throw new UnusableInput(`${path}: no such file or folder.`);
    const found = stat.isDirectory() ? manifestPathsIn(full) : [full];
    if (found.length === 0) throw new UnusableInput(`${path}: no .yaml, .yml or .json files in this folder.`);
    for (const file of found) if (!files.has(file)) files.set(file, { path: shown(file), text: textOf(file) });
  }
  return [...files.values()];
}

/** The path relative to the working folder, with forward slashes. */
function shown(full: string): string {
  return (relative(process.cwd(), full) || full).split(sep).join('/');
}

function textOf(path: string): string {
  const { size } = statSync(path);
  if (size > largestFile) {
    throw new UnusableInput(
      `${shown(path)}: the file has ${Math.round(size / 1024 / 1024)} MiB; manifests of up to ${largestFile / 1024 / 1024} MiB are read. Split it.`,
    );
  }
  try {
    const bytes = readFileSync(path);
    // What is binary is handed on as it is, so that it is told like every other fault of a file.
    return isBinary(bytes) ? '\0' : new TextDecoder('utf-8').decode(bytes);
  } catch (error) {
    throw new UnusableInput(`${shown(path)}: cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** Manifests below a folder, sorted. Lock files of a generated tree are none. */
export function manifestPathsIn(root: string): readonly string[] {
  const files: string[] = [];
  const queue = [root];
  for (let folder = queue.pop(); folder !== undefined; folder = queue.pop()) {
    for (const name of readdirSync(folder).sort()) {
      const path = join(folder, name);
      const stat = lstatSync(path);
      if (stat.isDirectory()) {
        // `build` and `target` are folders of manifests here as often as of products.
        if (isSearchedFolder(name) || name === 'build' || name === 'out') queue.push(path);
      } else if (stat.isFile() && /\.(?:ya?ml|json)$/i.test(name) && !name.startsWith('.')) files.push(path);
      if (files.length > mostFiles)
        throw new UnusableInput(`${shown(root)}: more than ${mostFiles} files. Name a smaller folder.`);
    }
  }
  return files.sort();
}
