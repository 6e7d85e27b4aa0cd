/** Cut sets against brute force: every set of leaves of a random network is tried. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CutSets } from '../../../../language/analysis/cut-sets/cut-sets.js';
import { Network } from '../../../../language/analysis/structure/network.js';
import { fallsBySweeping, networkOf, type Shape, shapes } from '../random-network.js';

/** The minimal sets of leaves that take the gate down, as sorted lists. */
function minimalSets(shape: Shape, built: ReturnType<typeof networkOf>, gate: number): readonly (readonly number[])[] {
  const failing: number[] = [];
  for (let state = 0; state < 2 ** shape.leaves.length; state++) {
    const off = built.leaves.filter((_, index) => (state >> index) % 2 === 1);
    if (fallsBySweeping(built.network, off).has(gate)) failing.push(state);
  }
  return failing
    .filter((state) => !failing.some((other) => other !== state && (other & state) === other))
    .map((state) => built.leaves.filter((_, index) => (state >> index) % 2 === 1));
}

function texts(sets: readonly (readonly number[])[]): readonly string[] {
  return sets.map((set) => set.join(' ')).sort();
}

describe('the cut sets of a gate', () => {
  test('are the minimal sets that take it down, counted, listed by size and ranked', () => {
    fc.assert(
      fc.property(shapes, (shape) => {
        const built = networkOf(shape);
        const isLeaf = (gate: number): boolean => built.leaves.includes(gate);
        const chance = (leaf: number): number => shape.leaves[built.leaves.indexOf(leaf)] ?? 0;
        for (const gate of built.gates) {
          const wanted = minimalSets(shape, built, gate);
          const cutSets = CutSets.of(built.network, gate, isLeaf, chance);
          expect(cutSets?.count()).toBe(BigInt(wanted.length));
          // The empty set, of a gate that is down whatever happens, has no size that is asked for.
          const listed = wanted.filter((set) => set.length > 0);
          const small = cutSets?.upTo(shape.leaves.length, 1000) ?? [];
          expect(texts(small.map(({ leaves }) => leaves))).toEqual(texts(listed));
          expect(small.map(({ leaves }) => leaves.length)).toEqual(
            small.map(({ leaves }) => leaves.length).sort((a, b) => a - b),
          );
          const products = wanted.map((set) => set.reduce((product, leaf) => product * chance(leaf), 1));
          const ranked = cutSets?.likeliest(3) ?? [];
          const best = products.filter((product) => product > 0).sort((a, b) => b - a);
          expect(ranked.length).toBe(Math.min(3, best.length));
          ranked.forEach(({ probability }, index) => {
            expect(Math.abs(probability - (best[index] ?? 0))).toBeLessThanOrEqual(1e-12 * probability);
          });
        }
      }),
      { numRuns: 300, seed: 20261121 },
    );
  });

  test('are counted and ranked where there are more than anybody could write out', () => {
    // Forty pairs of which one has to stand whole: a cut takes a member of each.
    const network = new Network();
    const pairs = Array.from({ length: 40 }, () => network.all([network.add(), network.add()]));
    const top = network.threshold(1, pairs);
    network.seal();
    const isLeaf = (gate: number): boolean => network.gate(gate).inputs.length === 0;
    const cutSets = CutSets.of(network, top, isLeaf, (leaf) => 1 / (leaf + 2));
    expect(cutSets?.count()).toBe(2n ** 40n);
    const ranked = cutSets?.likeliest(100) ?? [];
    expect(ranked).toHaveLength(100);
    expect(ranked.every(({ probability }, index) => probability <= (ranked[index - 1]?.probability ?? 1))).toBe(true);
    expect(cutSets?.upTo(39, 10)).toEqual([]);
  });
});
