/** The models of the folder `examples`: what everybody may try must parse, be analysed, judged and turned into manifests. */
import { type Dirent, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Files } from './language/model-of.js';

const examples = new URL('../examples/', import.meta.url);

/** One model: its folder below `examples`, with the name of its file where the folder holds several models; its files, the root first. */
export interface ExampleModel {
  readonly name: string;
  readonly files: Files;
}

/** All models, by name: a folder with a file of its own name is one model with that file as its root, elsewhere each file is one. */
export const exampleModels: readonly ExampleModel[] = modelsIn('');

/** The path of an example in the file system. */
export function examplePath(name: string): string {
  return fileURLToPath(new URL(name, examples));
}

function modelsIn(folder: string): readonly ExampleModel[] {
  const entries = readdirSync(examplePath(folder), { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  const below = entries.filter((entry) => entry.isDirectory()).flatMap((entry) => modelsIn(`${folder}${entry.name}/`));
  return [...modelsOf(folder, entries), ...below];
}

function modelsOf(folder: string, entries: readonly Dirent[]): readonly ExampleModel[] {
  const texts = entries.flatMap(({ name }) =>
    name.endsWith('.drml') ? [[name, readFileSync(examplePath(`${folder}${name}`), 'utf8')] as const] : [],
  );
  const name = folder.replace(/\/$/, '');
  const root = `${name.split('/').at(-1)}.drml`;
  if (!texts.some(([file]) => file === root))
    return texts.map(([file, text]) => ({ name: `${folder}${file.replace(/\.drml$/, '')}`, files: { [file]: text } }));
  const ordered = [...texts].sort(([a], [b]) => Number(b === root) - Number(a === root));
  return [{ name, files: Object.fromEntries(ordered) }];
}
