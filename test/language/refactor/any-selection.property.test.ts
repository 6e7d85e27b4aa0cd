/** Whatever is selected, in texts with slips too: no refactoring throws, and none makes changes that overlap or tear a text. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseFiles } from '../model-of.js';
import { after, offeredAt, uriOf } from './refactored.js';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const texts = [
  read('examples/first-steps/first-steps.drml'),
  read('test/golden/models/choices/model.drml'),
  read('test/golden/models/odd-names/model.drml'),
  read('test/golden/models/broken/model.drml'),
  read('test/golden/models/quorum-store/model.drml'),
];

/** A text, perhaps with a few pieces cut out or doubled, and selections in it. */
const cases = fc.record({
  text: fc.constantFrom(...texts),
  slips: fc.array(fc.record({ at: fc.double({ min: 0, max: 1, noNaN: true }), length: fc.nat(12), doubled: fc.boolean() }), {
    maxLength: 2,
  }),
  selections: fc.array(
    fc.record({ from: fc.double({ min: 0, max: 1, noNaN: true }), length: fc.oneof(fc.constant(0), fc.nat(400)) }),
    { minLength: 10, maxLength: 10 },
  ),
});

function slipped(
  text: string,
  slips: readonly { readonly at: number; readonly length: number; readonly doubled: boolean }[],
): string {
  return slips.reduce((changed, { at, length, doubled }) => {
    const start = Math.floor(at * changed.length);
    const piece = changed.slice(start, start + length);
    return changed.slice(0, start) + (doubled ? piece + piece : '') + changed.slice(start + length);
  }, text);
}

it('holds', { timeout: 240_000 }, async () => {
  let tried = 0;
  await fc.assert(
    fc.asyncProperty(cases, async ({ text: original, slips, selections }) => {
      const text = slipped(original, slips);
      const files = { 'a.drml': text };
      const parsed = await parseFiles(files);
      const errors = errorCount(parsed);
      const offers = selections.flatMap(({ from, length }) => {
        const start = Math.floor(from * text.length);
        return offeredAt(parsed, { path: 'a.drml', start, end: Math.min(text.length, start + length) });
      });
      for (const refactoring of offers) {
        const shown = `${refactoring.title}\n${JSON.stringify(refactoring.changes)}\n${text}`;
        refactoring.changes.forEach((change, index) => {
          const before = refactoring.changes[index - 1];
          expect(change.uri).toBe(uriOf('a.drml'));
          expect(change.start, shown).toBeGreaterThanOrEqual(before?.end ?? 0);
          expect(change.end, shown).toBeGreaterThanOrEqual(change.start);
          expect(change.end, shown).toBeLessThanOrEqual(text.length);
        });
        tried += 1;
        if (tried % 7 !== 0) continue;
        const read = await parseFiles(after(files, refactoring));
        expect(errorCount(read), `${shown}\n${Object.values(after(files, refactoring)).join('\n---\n')}`).toBeLessThanOrEqual(
          errors,
        );
      }
    }),
    { numRuns: 60, seed: 7 },
  );
  expect(tried).toBeGreaterThan(100);
});

function errorCount(parsed: Awaited<ReturnType<typeof parseFiles>>): number {
  return parsed.documents.reduce(
    (sum, { parseResult }) => sum + parseResult.parserErrors.length + parseResult.lexerErrors.length,
    0,
  );
}
