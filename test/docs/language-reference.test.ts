import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { drml, folderOf } from '../server/cli/program.js';
import { documentPath, modelsOf } from './console-blocks.js';

test.each(['README.md', 'docs/language.md', 'docs/figures.md'])(
  'the models shown in %s have no errors of the language',
  async (name) => {
    const models = modelsOf(name);
    const names = Object.keys(models);
    expect(names.length).toBeGreaterThan(0);
    const folder = folderOf(models);
    const { out, error } = await drml(folder, 'check', ...names, '--format', 'json');
    expect(error).toBe('');
    const { problems } = JSON.parse(out) as { problems: readonly { readonly code?: string; readonly file: string }[] };
    const ofLanguage = problems
      .filter(({ code }) => code === undefined)
      .map((problem) => ({ ...problem, text: models[problem.file] }));
    expect(ofLanguage).toEqual([]);
  },
);

test('the generated tables are up to date', () => {
  const script = join(documentPath('scripts'), 'language-reference.mjs');
  const { status, stderr } = spawnSync(process.execPath, [script, '--check'], { encoding: 'utf8' });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
});
