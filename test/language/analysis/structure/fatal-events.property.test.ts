/** Events that take a gate down alone, against switching each of them off and sweeping, on random networks with circles. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { BitSet } from '../../../../language/analysis/structure/bit-set.js';
import { FatalEvents } from '../../../../language/analysis/structure/fatal-events.js';
import { Network } from '../../../../language/analysis/structure/network.js';
import { fallsBySweeping, networkOf, shapes } from '../random-network.js';

it('is what falls when an event is switched off alone', () => {
  fc.assert(
    fc.property(shapes, (shape) => {
      const { network, leaves, gates } = networkOf(shape);
      const fatal = new FatalEvents(network, leaves);
      for (const gate of gates) {
        const alone = leaves.flatMap((leaf, event) => (fallsBySweeping(network, [leaf]).has(gate) ? [event] : []));
        expect(fatal.of(gate)).toEqual(network.baseline.has(gate) ? [] : alone);
      }
    }),
    { numRuns: 2000 },
  );
});

it('answers the same for large sets, kept as bits', () => {
  const network = new Network();
  const leaves = Array.from({ length: 300 }, () => network.add());
  const odd = network.all(leaves.filter((_, index) => index % 2 === 1));
  const thirds = network.all(leaves.filter((_, index) => index % 3 === 0));
  const tens = network.all(leaves.filter((_, index) => index % 10 === 0));
  const twoOfThree = network.threshold(2, [odd, thirds, tens]);
  const all = network.all([twoOfThree, leaves[2] ?? 0]);
  network.seal();
  const fatal = new FatalEvents(network, leaves);
  const wanted = leaves.flatMap((_, index) =>
    (index % 2 === 1 ? 1 : 0) + (index % 3 === 0 ? 1 : 0) + (index % 10 === 0 ? 1 : 0) >= 2 ? [index] : [],
  );
  expect(fatal.of(twoOfThree)).toEqual(wanted);
  expect(fatal.of(all)).toEqual([...wanted, 2].sort((a, b) => a - b));
});

it('counts the members of a set of bits', () => {
  expect(BitSet.of([0, 31, 32, 63, 64, 500]).size).toBe(6);
  expect(BitSet.of(Array.from({ length: 97 }, (_, index) => index)).size).toBe(97);
});
