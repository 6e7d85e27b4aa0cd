import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Quantifier } from '../../../language/model/model.js';
import { downWith, type Knot, knots, type StartEdge, shortestCycle, stuck } from '../../../language/rules/start-order.js';
import { modelOf } from '../model-of.js';

const names = ['a', 'b', 'c', 'd', 'e'] as const;
const at = { uri: 'memory:///model.drml', start: 0, end: 0 };

const quantifier: fc.Arbitrary<Quantifier> = fc.constantFrom(
  { kind: 'all' } as const,
  { kind: 'any' } as const,
  { kind: 'at-least', count: 2, source: at } as const,
);

const edge: fc.Arbitrary<StartEdge> = fc.record({
  from: fc.constantFrom(...names),
  kind: fc.constantFrom('requires' as const, 'consumes' as const, 'recovers' as const),
  quantifier,
  targets: fc
    .uniqueArray(fc.constantFrom(...names), { minLength: 1, maxLength: 3 })
    .map((targets) => targets.map((name) => ({ name, at }))),
  source: fc.constant(at),
});

/** The definition, word by word: what a requirement needs, tried until nothing changes. */
function holds({ quantifier: wanted, targets }: StartEdge, up: ReadonlySet<string>): boolean {
  const there = targets.filter((target) => up.has(target.name)).length;
  const needed = wanted.kind === 'all' ? targets.length : wanted.kind === 'any' ? 1 : wanted.count;
  return there >= needed;
}

function naive(
  edges: readonly StartEdge[],
  lost: string,
): { readonly down: readonly string[]; readonly stuck: readonly string[] } {
  const up = new Set<string>(names.filter((name) => name !== lost));
  for (let round = 0; round < names.length; round += 1) {
    for (const each of edges) if (each.kind !== 'recovers' && !holds(each, up)) up.delete(each.from);
  }
  const down = names.filter((name) => !up.has(name));
  for (let round = 0; round < names.length; round += 1) {
    for (const name of names) if (edges.every((each) => each.from !== name || holds(each, up))) up.add(name);
  }
  return { down, stuck: down.filter((name) => !up.has(name)) };
}

describe('start order', () => {
  it('agrees with the definition', () => {
    fc.assert(
      fc.property(fc.array(edge, { maxLength: 8 }), fc.constantFrom(...names), (edges, lost) => {
        const knot: Knot = { members: names, edges };
        // A requirement that does not hold with everything up (two of one) falls by itself, which is no loss to judge.
        fc.pre(edges.every((each) => holds(each, new Set<string>(names))));
        const wanted = naive(edges, lost);
        const down = downWith(knot, edges, new Set([lost]));
        expect([...down].sort()).toEqual(wanted.down);
        expect(stuck(knot, edges, down)).toEqual(wanted.stuck);
      }),
      { seed: 3, numRuns: 500 },
    );
  });

  it('finds knots and a shortest cycle in them', async () => {
    const model = await modelOf(`region r { zones a }
service a { runs 2 in r  requires b }
service b { runs 2 in r  requires c, d }
service c { runs 2 in r  requires a }
service d { runs 2 in r  recovers after b }
service e { runs 2 in r  requires a }
service f { runs 2 in r  wants e }`);
    const [knot, ...others] = knots(model);
    expect(others).toEqual([]);
    expect(knot?.members).toEqual(['a', 'b', 'c', 'd']);
    if (knot === undefined) return;
    expect(shortestCycle(knot, knot.edges, new Set(knot.members)).map((each) => each.from)).toEqual(['b', 'd']);
  });
});
