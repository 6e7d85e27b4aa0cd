import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { referenceEntries } from '../../language/syntax/reference.js';
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

describe('the reference', () => {
  const text = readFileSync(documentPath('docs/language.md'), 'utf8');
  const slugs = [...text.replaceAll(/^```[\s\S]*?^```$/gm, '').matchAll(/^#+ (.+)$/gm)].map(([, title = '']) =>
    title
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );

  test('has one entry for each statement, which says what hover says', () => {
    for (const { phrase, anchor, meaning, form, value, absent, example } of referenceEntries()) {
      const start = text.indexOf(`\n### \`${phrase}\`\n`);
      const entry = text.slice(start, text.indexOf('\n### ', start + 1));
      expect(start, phrase).toBeGreaterThan(0);
      for (const part of [meaning, form, value ?? '', absent ?? '', example]) expect(entry).toContain(part);
      expect(slugs).toContain(anchor);
    }
  });

  test('has headings that are different, and links to headings that are there', () => {
    expect(slugs.filter((slug, index) => slugs.indexOf(slug) !== index)).toEqual([]);
    const targets = [...text.matchAll(/\]\(#([^)]+)\)/g)].map(([, target = '']) => target);
    expect(targets.length).toBeGreaterThan(400);
    expect(targets.filter((target) => !slugs.includes(target))).toEqual([]);
  });

  test('has every chapter in its contents', () => {
    const contents = text.slice(text.indexOf('<!-- generated: contents -->'), text.indexOf('<!-- end -->'));
    const chapters = [...text.replaceAll(/^```[\s\S]*?^```$/gm, '').matchAll(/^## (.+)$/gm)].map(([, title]) => title);
    for (const chapter of chapters) expect(contents).toContain(`[${chapter}](#`);
  });
});
