/** A short run of what scripts/fuzz-inputs.mjs does a million times. */
import { join } from 'node:path';
import { TextDocument } from 'langium';
import { expect, test } from 'vitest';
import { fuzzedText } from './inputs.js';
import { diagnosticFault, faultOf } from './judge.js';
import { seedsFrom } from './seeds.js';

const seeds = seedsFrom(join(import.meta.dirname, '..', '..', '..', '..', 'examples'));

test('three thousand fuzzed inputs: no crash, no hang, no diagnostic outside the file', async () => {
  for (let number = 0; number < 3000; number++) {
    const text = fuzzedText(seeds, 20261121, number);
    expect(await faultOf(text), JSON.stringify(text)).toBeUndefined();
  }
});

test('the same number gives the same input', () => {
  expect(fuzzedText(seeds, 7, 11)).toBe(fuzzedText(seeds, 7, 11));
  expect(new Set(Array.from({ length: 200 }, (_, number) => fuzzedText(seeds, 7, number))).size).toBeGreaterThan(180);
});

test.each([
  [
    'a place outside the file',
    { start: { line: 0, character: 0 }, end: { line: 0, character: 99 } },
    'Long enough to say something.',
  ],
  [
    'a place outside the file',
    { start: { line: 7, character: 0 }, end: { line: 7, character: 0 } },
    'Long enough to say something.',
  ],
  [
    'an end before its start',
    { start: { line: 0, character: 3 }, end: { line: 0, character: 1 } },
    'Long enough to say something.',
  ],
  [
    'a message that says nothing',
    { start: { line: 0, character: 0 }, end: { line: 0, character: 1 } },
    'undefined is missing here',
  ],
])('the judge sees %s', (fault, range, message) => {
  const textDocument = TextDocument.create('memory:///a.drml', 'drml', 1, 'model m { }');
  const diagnostics = [{ range, message, data: { code: 'syntax/place' } }];
  expect(diagnosticFault({ textDocument, diagnostics })).toContain(fault);
});
