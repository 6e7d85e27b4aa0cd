/** Reads which modules a TypeScript file names, whatever the form: static, type-only, re-exported, dynamic, or in a type. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

export const project = fileURLToPath(new URL('../../', import.meta.url));

/** One file of the project, by its path from the project's folder, with forward slashes. */
export interface SourceText {
  readonly path: string;
  readonly text: string;
}

/** One module that a file names: a path of the project such as `language/model/model.ts`, or a package such as `langium/lsp`. */
export interface Import {
  readonly from: string;
  readonly to: string;
}

/** Files under the folders whose names end so, in order of their paths; generated ones and dependencies apart. */
export function sourceFiles(folders: readonly string[], ending = '.ts'): readonly SourceText[] {
  return folders
    .flatMap((folder) => readdirSync(join(project, folder), { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile() && entry.name.endsWith(ending))
    .map((entry) => relative(project, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .filter((path) => !path.includes('/generated/') && !path.includes('node_modules/'))
    .sort()
    .map((path) => ({ path, text: readFileSync(join(project, path), 'utf8') }));
}

/**
 * The modules a text names, in order. Comments are left out: a link in one draws no code in. The formatter puts every import
 * and export at the start of a line, so that these need no parser.
 */
export function importsOf({ path, text }: SourceText): readonly Import[] {
  const code = text
    .replace(/^\s*\/\*[\s\S]*?\*\//gm, '')
    .split('\n')
    .filter((line) => !line.trimStart().startsWith('//'))
    .join('\n');
  const found = [
    ...code.matchAll(/^(?:import|export)\s[^'";`]*?\bfrom\s*['"]([^'"]+)['"]/gm),
    ...code.matchAll(/^import\s*['"]([^'"]+)['"]/gm),
    ...code.matchAll(/\b(?:import|require)\(\s*['"]([^'"]+)['"]/g),
    // A module name that is computed could be any: it is reported as one that no list allows.
    ...code.matchAll(/\b(?:import|require)\(\s*([^'"\s)][^)]*)\)/g),
  ].sort((a, b) => a.index - b.index);
  return found.map(([, name = '']) => ({ from: path, to: resolve(path, name) }));
}

function resolve(from: string, name: string): string {
  if (!name.startsWith('.')) return name;
  return posix
    .join(dirname(from), name)
    .replace(/\.js$/, '.ts')
    .replace(/\.mjs$/, '.mts');
}
