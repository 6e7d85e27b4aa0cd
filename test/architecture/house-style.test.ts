/** What the compiler and the linter do not hold: sizes, names, and ways around the two. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { project, sourceFiles } from './imports.js';

interface Linting {
  readonly linter: { readonly rules: Readonly<Record<string, Readonly<Record<string, string>> | undefined>> };
}

const code = sourceFiles(['language', 'server', 'client', 'media']);
const all = [...code, ...sourceFiles(['test']), ...sourceFiles(['scripts'], '.mjs')];

describe('files', () => {
  it('are short enough to be read at once', () => {
    const long = code.map(({ path, text }) => ({ path, lines: text.split('\n').length - 1 })).filter(({ lines }) => lines > 400);
    expect(long).toEqual([]);
  });

  it('have names in kebab-case that say what is in them', () => {
    const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);
    const odd = all.filter(({ path }) => !/^[a-z0-9-]+(\.[a-z0-9-]+)*\.(ts|mjs|mts)$/.test(nameOf(path)));
    const vague = all.filter(({ path }) => /^(utils?|helpers?|misc|common|managers?|stuff|lib)\./.test(nameOf(path)));
    expect([...odd, ...vague].map(({ path }) => path)).toEqual([]);
  });
});

describe('no way around', () => {
  // Written in parts, so that this file does not find itself.
  const at = '@';
  const ways: readonly (readonly [name: string, pattern: RegExp])[] = [
    ['the compiler', new RegExp(`${at}ts-(ignore|expect-error|nocheck)`)],
    ['the linter', new RegExp('biome' + '-ignore|eslint' + '-disable')],
    ['skipped tests', new RegExp('\\b(?:it|test|describe)\\.(?:skip|only|todo)' + '\\(')],
    ['work for later', new RegExp('\\b(?:TO' + 'DO|FIX' + 'ME|XX' + 'X)\\b')],
  ];

  it.each(ways)('%s', (_name, pattern) => {
    const found = all.flatMap(({ path, text }) =>
      text.split('\n').flatMap((line, index) => (pattern.test(line) ? [`${path}:${index + 1}: ${line.trim()}`] : [])),
    );
    expect(found).toEqual([]);
  });

  it('the linter refuses untyped values and unchecked ones', () => {
    const { linter } = JSON.parse(readFileSync(join(project, 'biome.json'), 'utf8')) as Linting;
    expect(linter.rules.suspicious?.noExplicitAny).toBe('error');
    expect(linter.rules.style?.noNonNullAssertion).toBe('error');
  });
});
