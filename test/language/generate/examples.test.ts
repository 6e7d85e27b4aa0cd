import { describe, expect, it } from 'vitest';
import { generateManifests, noOwnFiles } from '../../../language/generate/index.js';
import type { Model } from '../../../language/model/model.js';
import { exampleModels } from '../../example-models.js';
import { parseFiles } from '../model-of.js';
import { complaints, validationTimeout } from './strict-validation.js';
import { paths } from './tree-reader.js';

async function modelOfExample(name: string): Promise<Model> {
  const example = exampleModels.find((one) => one.name === name);
  if (example === undefined) throw new Error(`There is no example ${name}.`);
  return (await parseFiles(example.files)).model;
}

describe('manifests of the examples', () => {
  it(
    'validate strictly',
    async () => {
      const trees = await Promise.all(
        exampleModels.map(async ({ name }) => generateManifests(await modelOfExample(name), noOwnFiles)),
      );
      for (const tree of trees) expect(paths(tree).length).toBeGreaterThan(5);
      expect(complaints(trees)).toBe('');
    },
    validationTimeout,
  );

  it.each(['shop', 'online-boutique'])('of %s hold no placeholder', async (name) => {
    const tree = generateManifests(await modelOfExample(name), noOwnFiles);
    expect(tree.files.filter((file) => file.content.includes('PLACEHOLDER')).map((file) => file.path)).toEqual([]);
  });
});
