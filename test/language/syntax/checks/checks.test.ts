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

  test('every fix takes its problem away and brings no new one of its kind', async () => {
    const text = files[name] ?? '';
    const before = (await problemsOf(files)).get(name) ?? [];
    for (const { data, message } of before) {
      const { code, fix } = data as ProblemData;
      if (fix === undefined) continue;
      const mended = { ...files, [name]: text.slice(0, fix.start) + fix.text + text.slice(fix.end) };
      const after = (await problemsOf(mended)).get(name) ?? [];
      const count = (problems: typeof before): number =>
        problems.filter((problem) => (problem.data as ProblemData).code === code && problem.message === message).length;
      expect(count(after), `${fix.title}: ${message}`).toBe(count(before) - 1);
      const unreadable = (problems: typeof before): number =>
        problems.filter((problem) => /^(parsing|lexing)-error$/.test((problem.data as ProblemData).code)).length;
      expect(unreadable(after), fix.title).toBeLessThanOrEqual(unreadable(before));
    }
  });
});
