import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { generateManifests } from '../../../language/generate/index.js';
import type { Model } from '../../../language/model/model.js';
import { type Files, parseFiles } from '../model-of.js';
import { complaints, validationTimeout } from './strict-validation.js';
import { paths } from './tree-reader.js';

const folder = new URL('../../../examples/', import.meta.url);

async function exampleModel(name: string): Promise<Model> {
  const names = readdirSync(new URL(`${name}/`, folder)).filter((file) => file.endsWith('.drml'));
  // The file named like its folder is the root.
  names.sort((a, b) => Number(b === `${name}.drml`) - Number(a === `${name}.drml`) || (a < b ? -1 : 1));
  const files: Files = Object.fromEntries(names.map((file) => [file, readFileSync(new URL(`${name}/${file}`, folder), 'utf8')]));
  return (await parseFiles(files)).model;
}

const examples = readdirSync(folder, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? [entry.name] : []));

describe('manifests of the examples', () => {
  it(
    'validate strictly',
    async () => {
      const trees = await Promise.all(examples.map(async (name) => generateManifests(await exampleModel(name))));
      for (const tree of trees) expect(paths(tree).length).toBeGreaterThan(5);
      expect(complaints(trees)).toBe('');
    },
    validationTimeout,
  );

  it.each(['shop', 'online-boutique'])('of %s hold no placeholder', async (name) => {
    const tree = generateManifests(await exampleModel(name));
    expect(tree.files.filter((file) => file.content.includes('PLACEHOLDER')).map((file) => file.path)).toEqual([]);
  });
});
