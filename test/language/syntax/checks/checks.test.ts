import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { ProblemData } from '../../../../language/syntax/checks/document-validator.js';
import { annotated, filesOf, problemsOf } from './annotated.js';

const folder = join(import.meta.dirname, 'fixtures');
const fixtures = readdirSync(folder).filter((name) => name.endsWith('.drml'));

describe.each(fixtures)('%s', (name) => {
  const path = join(folder, name);
  const files = filesOf(name, readFileSync(path, 'utf8'));

  test('has exactly the problems written in it', async () => {
    await expect(await annotated(files)).toMatchFileSnapshot(path);
  });

  test('every fix takes its problem away and brings no error', async () => {
    const all = await problemsOf(files);
    for (const [file, problems] of all) {
      for (const { data, message } of problems) {
        const { code, fix } = data as ProblemData;
        if (fix === undefined) continue;
        const text = files[file] ?? '';
        const mended = { ...files, [file]: text.slice(0, fix.start) + fix.text + text.slice(fix.end) };
        const after = (await problemsOf(mended)).get(file) ?? [];
        const said = (list: typeof after): readonly string[] =>
          list.map((each) => `${(each.data as ProblemData).code}: ${each.message}`);
        const same = `${code}: ${message}`;
        const count = (list: typeof after): number => said(list).filter((each) => each === same).length;
        expect(count(after), `${fix.title}: ${message}`).toBe(count(problems) - 1);
        const errors = (list: typeof after): number => list.filter(({ severity }) => severity === 1).length;
        expect(errors(after), `${fix.title}: ${message}`).toBeLessThanOrEqual(errors(problems));
      }
    }
  });
});
