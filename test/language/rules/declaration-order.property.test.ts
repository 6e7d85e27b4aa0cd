/** Findings do not depend on the order in which things are declared. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fixtures } from './fixtures.js';
import { judge } from './judged.js';

/** Declarations of a file as texts: each begins at a word in the first column, with the comment before it. */
function declarations(text: string): readonly string[] {
  return text
    .split(/^(?=(?:\/\*\*|[a-z]+\b))/m)
    .map((part) => part.replaceAll(/^\s*\/\/.*$/gm, '').trim())
    .filter((part) => part !== '');
}

/** What is found, each with the declaration that it stands in and where in it, sorted. */
async function found(parts: readonly string[]): Promise<readonly string[]> {
  const { findings } = await judge(parts.join('\n\n'));
  const starts: { readonly part: string; readonly start: number }[] = [];
  let offset = 0;
  for (const part of parts) {
    starts.push({ part, start: offset });
    offset += part.length + 2;
  }
  return findings
    .map(({ code, severity, message, at, subject, causes }) => {
      const home = starts.findLast(({ start }) => start <= at.start);
      const place = `${home?.part.split('\n')[0]} +${at.start - (home?.start ?? 0)}`;
      return `${code} ${severity} ${subject} ${[...causes].sort().join(' ')} at ${place}: ${message}`;
    })
    .sort();
}

const texts = fixtures()
  .filter(({ markers }) => markers.length > 0)
  .map(({ name, text }) => ({ name, parts: declarations(text) }));

test.each(texts)('$name is judged alike whatever the order of its declarations', async ({ parts }) => {
  const wanted = await found(parts);
  await fc.assert(
    fc.asyncProperty(fc.shuffledSubarray([...parts], { minLength: parts.length, maxLength: parts.length }), async (shuffled) => {
      expect(await found(shuffled), shuffled.join('\n\n')).toEqual(wanted);
    }),
    { seed: 11, numRuns: 6 },
  );
});
