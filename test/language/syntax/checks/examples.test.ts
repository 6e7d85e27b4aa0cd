import { expect, test } from 'vitest';
import { exampleModels } from '../../../example-models.js';
import { problemsOf } from './annotated.js';

test.each(exampleModels)('the example $name has no problems, not even warnings', async ({ files }) => {
  expect(Object.keys(files).length).toBeGreaterThan(0);
  for (const [name, problems] of await problemsOf(files)) expect(problems, name).toEqual([]);
});
