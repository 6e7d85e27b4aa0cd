import { expect, test } from 'vitest';
import { runEdits } from './random-edits.js';

test.each([1, 2])(
  'after each random edit (seed %i) everything equals a build from nothing',
  { timeout: 120_000 },
  async (seed) => {
    const { edits, inPlace } = await runEdits(seed, 50);
    // Many of them stay inside one element: a path that is never taken would pass too.
    expect(inPlace).toBeGreaterThan(edits / 6);
  },
);
