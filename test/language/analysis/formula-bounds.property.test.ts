/** Bounds on formulas that are too large for a diagram hold the exact value, however little of them is exact. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { conjunctsOf, reduce } from '../../../language/analysis/availability/formula.js';
import { boundsOf } from '../../../language/analysis/availability/formula-bounds.js';
import { fallsBySweeping, networkOf, shapes } from './random-network.js';

describe('bounds on a formula', () => {
  test.each([3, 6, 12, 1000])('hold its value with %i nodes for the exact part', (budget) => {
    fc.assert(
      fc.property(shapes, (shape) => {
        const { network, leaves, gates } = networkOf(shape);
        const isLeaf = (gate: number): boolean => leaves.includes(gate);
        const chance = (leaf: number): number => shape.leaves[leaves.indexOf(leaf)] ?? 0;
        for (const gate of gates) {
          const reduced = reduce(network, conjunctsOf(network, gate, isLeaf), isLeaf);
          if (reduced.kind !== 'whole' || reduced.formula === undefined) continue;
          const { lower, upper } = boundsOf(reduced.formula, (atom) => Float64Array.of(chance(atom)), 1, budget);
          // With the series out of the way the subject is down where the formula is.
          let exact = 0;
          for (let state = 0; state < 2 ** leaves.length; state++) {
            const off = leaves.filter((leaf, index) => (state >> index) % 2 === 1 && !reduced.series.includes(leaf));
            let probability = 1;
            leaves.forEach((leaf, index) => {
              probability *= (state >> index) % 2 === 1 ? chance(leaf) : 1 - chance(leaf);
            });
            if (fallsBySweeping(network, off).has(gate)) exact += probability;
          }
          expect(lower[0]).toBeLessThanOrEqual(exact + 1e-12);
          expect(upper[0]).toBeGreaterThanOrEqual(exact - 1e-12);
          if (budget === 1000) expect(upper[0]).toBeCloseTo(lower[0] ?? 0, 12);
        }
      }),
      { numRuns: 150, seed: 20261123 },
    );
  });
});
