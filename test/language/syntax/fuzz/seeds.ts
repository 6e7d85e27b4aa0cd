/** What fuzzed inputs are made of: the examples, the sample with the whole vocabulary, and all their tokens. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { images, sample } from '../read.js';
import type { Seeds } from './inputs.js';

/** The texts of all examples, by path. */
export function exampleTexts(folder: string): ReadonlyMap<string, string> {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.drml'));
  return new Map(paths.sort().map((path) => [path, readFileSync(join(folder, path), 'utf8')]));
}

/** The seeds, with the examples of a folder. */
export function seedsFrom(folder: string): Seeds {
  const models = [sample, ...exampleTexts(folder).values()];
  return { models, words: [...new Set(models.flatMap(images))].sort() };
}
