/** What a person reads is there in English and in Simplified Chinese, with the same places for names and numbers. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import bundle from '../../l10n/bundle.l10n.zh-cn.json' with { type: 'json' };
import manifest from '../../package.json' with { type: 'json' };
import english from '../../package.nls.json' with { type: 'json' };
import chinese from '../../package.nls.zh-cn.json' with { type: 'json' };
import { project, sourceFiles } from '../architecture/imports.js';

const places = (text: string): readonly string[] => (text.match(/\{\d+\}/g) ?? []).sort();
/** What must not be translated: commands behind links, code in back-quotes. */
const fixed = (text: string): readonly string[] => (text.match(/\(command:[^)]*\)|`[^`]*`/g) ?? []).sort();
const hasChinese = (text: string): boolean => /\p{Script=Han}/u.test(text);

/** Every text of the manifest under a key that people read. */
function readable(value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null) return [];
  const read = /^(title|description|markdownDescription|altText|label|name|.*[eE]numDescriptions)$/;
  return Object.entries(value).flatMap(([key, child]): readonly string[] => {
    if (read.test(key)) return [child].flat().filter((text) => typeof text === 'string');
    return readable(child);
  });
}

describe('the manifest', () => {
  const texts = readable({
    contributes: { ...manifest.contributes, jsonValidation: [], snippets: [] },
    capabilities: manifest.capabilities,
  });
  const words = texts.filter((text) => text !== 'DRML');

  it('writes no text itself', () => {
    expect(words.length).toBeGreaterThan(40);
    expect(words.filter((text) => !/^%[\w.-]+%$/.test(text))).toEqual([]);
  });

  it('has every text it names in both languages, and no other', () => {
    const named = new Set([...JSON.stringify(manifest).matchAll(/"%([\w.-]+)%"/g)].map(([, key]) => key));
    expect(Object.keys(english).sort()).toEqual([...named].sort());
    expect(Object.keys(chinese)).toEqual(Object.keys(english));
  });

  it.each(Object.entries(english))('%s is translated', (key, text) => {
    const translated = (chinese as Readonly<Record<string, string>>)[key] ?? '';
    expect(hasChinese(translated)).toBe(true);
    expect(fixed(translated)).toEqual(fixed(text));
    expect(translated.match(/\n/g)?.length).toBe(text.match(/\n/g)?.length);
  });
});

describe('the client', () => {
  const calls = sourceFiles(['client']).flatMap(({ path, text }) =>
    [...text.matchAll(/l10n\.t\(\s*(?:'((?:\\.|[^'\\])*)'|([^'\s]))/g)].map(([, key, other]) => ({
      path,
      key: key?.replaceAll("\\'", "'"),
      other,
    })),
  );

  it('gives its texts as they are, so that they can be found', () => {
    expect(calls.length).toBeGreaterThan(60);
    expect(calls.filter(({ key }) => key === undefined)).toEqual([]);
  });

  it('has all of them in Chinese, and no other', () => {
    const keys = new Set(calls.map(({ key }) => key));
    expect(Object.keys(bundle).filter((key) => !keys.has(key))).toEqual([]);
    expect([...keys].filter((key) => key !== undefined && !(key in bundle))).toEqual([]);
  });

  it.each(Object.entries(bundle))('%j is translated', (text, translated) => {
    expect(hasChinese(translated)).toBe(true);
    expect(places(translated)).toEqual(places(text));
  });

  it('shows no text that is not looked up', () => {
    const shown =
      /\.show(?:Information|Warning|Error)Message\(\s*(?:['"]|`(?!DRML: \$))|\b(?:placeHolder|prompt|openLabel): ['"`]/;
    const found = sourceFiles(['client']).filter(({ text }) => shown.test(text));
    expect(found.map(({ path }) => path)).toEqual([]);
  });
});

it.each(['bundle.l10n', 'messages', 'picture'])('the table %s has no sentence twice', (name) => {
  const text = readFileSync(join(project, 'l10n', `${name}.zh-cn.json`), 'utf8');
  const keys = [...text.matchAll(/^ {2}("(?:[^"\\]|\\.)*"):/gm)].map(([, key]) => key);
  expect(keys.length).toBe(new Set(keys).size);
  expect(keys.length).toBe(Object.keys(JSON.parse(text)).length);
});

it('a picture of a walkthrough stands for one step each', () => {
  const steps = manifest.contributes.walkthroughs.flatMap((walkthrough) => walkthrough.steps);
  expect(steps).toHaveLength(6);
  for (const { media } of steps) {
    const bytes = readFileSync(join(project, media.image));
    expect(bytes.subarray(1, 4).toString()).toBe('PNG');
    expect(bytes.length, media.image).toBeLessThan(150_000);
  }
});
