import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { digest } from '../../../server/files/digest.js';

const wanted = (text: string): string => createHash('sha256').update(text).digest('hex');

test('is SHA-256, whatever the text and its length', () => {
  // From FIPS 180-4.
  expect(digest('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  for (let length = 0; length < 200; length++) expect(digest('x'.repeat(length))).toBe(wanted('x'.repeat(length)));
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (text) => {
      expect(digest(text)).toBe(wanted(text));
    }),
    { seed: 1 },
  );
});
