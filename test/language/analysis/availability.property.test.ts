/** The diagram against brute force: every state of every event of a random network is enumerated and summed. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Engine } from '../../../language/analysis/availability/engine.js';
import { Network } from '../../../language/analysis/structure/network.js';
import { fallsBySweeping, networkOf, type Shape, shapes } from './random-network.js';

interface Built {
  readonly network: Network;
  readonly leaves: readonly number[];
  readonly gates: readonly number[];
  readonly engine: Engine;
}

function build(shape: Shape): Built {
  const { network, leaves, gates } = networkOf(shape);
  const chance = (leaf: number): number => shape.leaves[leaves.indexOf(leaf)] ?? 0;
  const groups = leaves
    .slice(0, shape.shared)
    .map((gate) => ({ parent: undefined, children: [{ gate, unavailability: chance(gate) }] }));
  return { network, leaves, gates, engine: new Engine(network, gates, { unavailability: chance, groups }) };
}

/** Sum over all states of the leaves of those in which the gate is down as the greatest fixed point. */
function bruteForce(built: Built, shape: Shape, gate: number): number {
  let sum = 0;
  for (let state = 0; state < 2 ** built.leaves.length; state++) {
    const off = built.leaves.filter((_, index) => (state >> index) % 2 === 1);
    let probability = 1;
    shape.leaves.forEach((u, index) => {
      probability *= (state >> index) % 2 === 1 ? u : 1 - u;
    });
    if (fallsBySweeping(built.network, off).has(gate)) sum += probability;
  }
  return sum;
}

describe('the engine', () => {
  test('agrees with the enumeration of all states', () => {
    fc.assert(
      fc.property(shapes, (shape) => {
        const built = build(shape);
        for (const gate of built.gates) {
          const { lower, upper } = built.engine.unavailability(gate);
          const wanted = bruteForce(built, shape, gate);
          expect(lower).toBe(upper);
          expect(Math.abs(lower - wanted)).toBeLessThanOrEqual(1e-12 * Math.max(wanted, 1e-3));
        }
      }),
      { numRuns: 400, seed: 20261101 },
    );
  });

  test('knows how much each event matters: its difference between up and down, by enumeration', () => {
    fc.assert(
      fc.property(shapes, (shape) => {
        const built = build(shape);
        for (const gate of built.gates) {
          const found = built.engine.importances(gate);
          built.leaves.forEach((leaf, index) => {
            const u = shape.leaves[index] ?? 0;
            // Below that the quotient by the chance of a shared event has no digits left.
            if (found === undefined || u < 1e-9) return;
            const given = (state: number): number => {
              const leaves = shape.leaves.map((each, at) => (at === index ? state : each));
              return bruteForce(built, { ...shape, leaves }, gate);
            };
            expect(Math.abs((found.get(leaf) ?? 0) - (given(1) - given(0)))).toBeLessThanOrEqual(1e-12);
          });
          // Only what is down whatever happens has none.
          if (found === undefined) expect(bruteForce(built, shape, gate)).toBeCloseTo(1, 12);
        }
      }),
      { numRuns: 150, seed: 20261122 },
    );
  });

  test('a ladder of a thousand rungs is a diagram of as many nodes, not as many paths', () => {
    const network = new Network();
    const rungs = 1000;
    const own = Array.from({ length: 2 * rungs }, () => network.add());
    const gates = own.map(() => network.add());
    for (let rung = 0; rung < rungs; rung++) {
      for (const side of [0, 1]) {
        const at = 2 * rung + side;
        const next = rung + 1 < rungs ? [gates[at - side + 2] ?? 0, gates[at - side + 3] ?? 0] : [];
        const inputs = [own[at] ?? 0, ...next];
        network.define(gates[at] ?? 0, inputs.length, inputs);
      }
    }
    network.seal();
    const u = 1e-6;
    const engine = new Engine(network, gates, { unavailability: () => u, groups: [] });
    const { lower, upper } = engine.unavailability(gates[0] ?? 0);
    // The first rung needs its own event and all of the 999 pairs below it.
    const wanted = -Math.expm1((2 * (rungs - 1) + 1) * Math.log1p(-u));
    expect(lower).toBe(upper);
    expect(Math.abs(lower - wanted) / wanted).toBeLessThan(1e-12);
    expect(engine.diagramSize).toBeLessThan(20 * rungs);
  });
});
