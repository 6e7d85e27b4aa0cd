/** Models to start from: whatever a person answers, the text has no errors, is laid out, and keeps its promises. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  nameProblem,
  regionsProblem,
  starterPatterns,
  starterProblem,
  starterProviders,
  usualRegions,
} from '../../../language/starter/index.js';
import type { StarterChoices, StarterPattern } from '../../../language/starter/starter.js';
import { pipeline } from '../../golden/pipeline.js';

const golden = join(import.meta.dirname, 'golden');
const long = (letter: string): string => letter.repeat(32);

const usual = (pattern: StarterPattern): StarterChoices => ({
  name: 'web-shop',
  regions: usualRegions(pattern, 'aws'),
  provider: 'aws',
});

/** Names that have broken something once, or could: words of the language, the longest, the shortest. */
function choicesOf(pattern: StarterPattern): readonly StarterChoices[] {
  const regions = (...names: readonly string[]): readonly string[] => names.slice(0, pattern.regions);
  return [
    usual(pattern),
    ...starterProviders.map(({ id }) => ({ name: 'web-shop', regions: usualRegions(pattern, id), provider: id })),
    { name: 'x', regions: regions('a', 'b', 'c'), provider: 'p' },
    { name: 'service', regions: regions('region', 'model', 'journey'), provider: 'provider' },
    { name: long('n'), regions: regions(long('a'), long('b'), long('c')), provider: long('p') },
  ];
}

describe.each(starterPatterns.map((pattern) => [pattern.id, pattern] as const))('%s', (id, pattern) => {
  it('is what its golden file shows', () => {
    const file = join(golden, `${id}.drml`);
    const text = pattern.text(usual(pattern));
    if (process.env.UPDATE_GOLDEN === '1' || !existsSync(file)) writeFileSync(file, text);
    expect(text).toBe(readFileSync(file, 'utf8'));
  });

  it.each(choicesOf(pattern))('has no errors and is laid out, as $name in $regions', async (choices) => {
    expect(starterProblem(pattern, choices)).toBeUndefined();
    const text = pattern.text(choices);
    const result = await pipeline({ 'model.drml': text });
    expect(
      result.diagnostics.filter(({ severity, message }) => severity === 'error' && !message.startsWith('(accepted)')),
    ).toEqual([]);
    expect(result.formatted()).toBe(text);
    expect(result.manifests().files.length).toBeGreaterThan(5);
  });

  it('keeps every promise it makes', async () => {
    const { analysis } = await pipeline({ 'model.drml': pattern.text(usual(pattern)) });
    expect(analysis.availability('use')?.availability.verdict?.met).toBe(true);
    const verdicts = [...analysis.recovery('use').values()].flatMap(({ rto, rpo }) => [rto.verdict?.met, rpo.verdict?.met]);
    expect(verdicts.filter((met) => met === true).length).toBeGreaterThanOrEqual(4);
    expect(verdicts).not.toContain(false);
  });
});

describe('what was answered', () => {
  it.each(['', 'Shop', '1shop', 'web shop', 'web--shop', '-shop', 'shop-', 'shöp', 'a/b', '../x', 's'.repeat(33)])(
    'refuses the name %j and says what is expected',
    (name) => expect(nameProblem(name)).toMatch(/^Expected .*\.$/),
  );

  it.each([
    [['one'], 'Expected 2 regions, found 1.'],
    [['one', 'one'], 'The region one is named twice.'],
    [['one', 'store'], 'The name store is taken by a component of the pattern. Choose another one.'],
    [['one', 'T'], expect.stringContaining('Expected lower-case letters')],
  ])('refuses the regions %j', (regions, problem) => {
    const pattern = starterPatterns.find(({ id }) => id === 'active-passive');
    if (pattern === undefined) throw new Error('active-passive is gone');
    expect(regionsProblem(pattern, regions)).toEqual(problem);
  });

  it('knows every name that a pattern declares', () => {
    for (const pattern of starterPatterns) {
      const declared = [
        ...pattern.text(usual(pattern)).matchAll(/^(?:gateway|service|database|cache|queue|bucket|journey|policy) (\S+)/gm),
      ].map(([, name = '']) => name);
      expect(declared.length).toBeGreaterThan(4);
      for (const name of declared) {
        const regions = [name, ...usualRegions(pattern, 'aws').slice(1)];
        expect(regionsProblem(pattern, regions), name).toContain('is taken');
      }
    }
  });
});
