import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { problemsOf } from './annotated.js';

const folder = join(import.meta.dirname, '..', '..', '..', '..', 'examples');
const examples = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());

test.each(examples.map(({ name }) => name))('the example %s has no problems, not even warnings', async (example) => {
  const names = readdirSync(join(folder, example)).filter((name) => name.endsWith('.drml'));
  const files = Object.fromEntries(names.map((name) => [name, readFileSync(join(folder, example, name), 'utf8')]));
  expect(names.length).toBeGreaterThan(0);
  for (const [name, problems] of await problemsOf(files)) expect(problems, name).toEqual([]);
});
