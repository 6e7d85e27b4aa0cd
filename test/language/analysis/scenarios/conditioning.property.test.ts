/** A scenario is conditioning: P(up | off) against the enumeration of all states of everything that is not off. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { analyze } from '../../../../language/analysis/analyze.js';
import { leafProbabilities } from '../../../../language/analysis/availability/leaf-probabilities.js';
import type { Figure } from '../../../../language/analysis/figure.js';
import { Structure } from '../../../../language/analysis/structure/evaluate.js';
import type { Model } from '../../../../language/model/model.js';
import { modelOf } from '../../model-of.js';
import { fallsBySweeping } from '../random-network.js';

const targets = ['r1', 'r1.a', 'r2', 'a', 'b', '1 of a', 'c in r1', 'provider "p"', 'r2.a, 1 of b'] as const;

interface Drawn {
  readonly sites: readonly number[];
  readonly services: readonly { readonly first: number; readonly second: number; readonly needs: number; readonly u: number }[];
  readonly edges: readonly boolean[];
  readonly commonCause: number;
  readonly target: (typeof targets)[number];
}

const chance = fc.double({ min: 0, max: 0.5, noNaN: true });
const drawn: fc.Arbitrary<Drawn> = fc.record({
  sites: fc.array(chance, { minLength: 4, maxLength: 4 }),
  services: fc.array(
    fc.record({
      first: fc.integer({ min: 0, max: 2 }),
      second: fc.integer({ min: 0, max: 1 }),
      needs: fc.integer({ min: 1, max: 2 }),
      u: chance,
    }),
    { minLength: 3, maxLength: 3 },
  ),
  edges: fc.array(fc.boolean(), { minLength: 6, maxLength: 6 }),
  commonCause: fc.constantFrom(0, 0.2),
  target: fc.constantFrom(...targets),
});

function textOf({ sites, services, edges, commonCause, target }: Drawn): string {
  const names = ['a', 'b', 'c'];
  const [r1 = 0, a = 0, b = 0, r2 = 0] = sites;
  const blocks = services.map(({ first, second, needs, u }, index) => {
    const placed = [...(first > 0 ? [`runs ${first} in r1`] : []), ...(second > 0 ? [`runs ${second} in r2`] : [])];
    const required = names.filter(
      (_, other) => other !== index && edges[index * 2 + (other > index ? other - 1 : other)] === true,
    );
    return `service ${names[index]} {
  ${placed.join('  ')}
  ${first + second > 0 ? `needs ${Math.min(needs, first + second)}` : ''}
  unavailability ${u}
  ${required.length > 0 ? `requires ${required.join(', ')}` : ''}
}`;
  });
  return `model m { }
defaults { common cause ${commonCause * 100}% }
region r1 { unavailability ${r1}  provider "p"  zone a { unavailability ${a} }  zone b { unavailability ${b} } }
region r2 { unavailability ${r2}  zones a }
${blocks.join('\n')}
journey j { requires a }
scenario s { fails ${target}  expect j availability >= 0%  expect b availability >= 0% }`;
}

/** What the target of the drawn model switches off, written down a second time. */
function offLeaves(structure: Structure, target: Drawn['target']): ReadonlySet<number> {
  const { siteEvents, components } = structure.compiled;
  const instancesOf = (name: string): readonly { readonly zone: string; readonly event: number }[] => {
    const component = structure.model.components.find((each) => each.name === name);
    const zones = (component?.placements ?? []).flatMap((placement) => placement.zones);
    return zones.map((zone, index) => ({ zone, event: components.get(name)?.events[index] ?? -1 }));
  };
  const site = (name: string): number => siteEvents.get(name) ?? -1;
  const whole = (name: string): number => components.get(name)?.whole ?? -1;
  const some = (name: string, count: number): readonly number[] => {
    const all = instancesOf(name);
    return all.length === 0 ? [whole(name)] : all.slice(0, count).map((each) => each.event);
  };
  switch (target) {
    case 'r1':
    case 'r1.a':
    case 'r2':
      return new Set([site(target)]);
    case 'a':
    case 'b':
      return new Set([whole(target)]);
    case '1 of a':
      return new Set(some('a', 1));
    case 'r2.a, 1 of b':
      return new Set([site('r2.a'), ...some('b', 1)]);
    case 'c in r1':
      if (instancesOf('c').length === 0) return new Set([whole('c')]);
      return new Set(
        instancesOf('c')
          .filter((each) => each.zone.startsWith('r1'))
          .map((each) => each.event),
      );
    case 'provider "p"':
      return new Set(
        ['a', 'b', 'c'].flatMap((name) =>
          instancesOf(name)
            .filter((each) => each.zone.startsWith('r1'))
            .map((each) => each.event),
        ),
      );
  }
}

function bruteForce(model: Model, subject: string, target: Drawn['target']): number {
  const structure = new Structure(model);
  const { network, gates, nodeOf } = structure.compiled;
  const leaves = leafProbabilities(model, structure.compiled);
  const off = offLeaves(structure, target);
  const free = [...leaves.events].filter(([leaf]) => !off.has(leaf));
  const up = gates[nodeOf(subject)?.id ?? -1]?.up ?? -1;
  let sum = 0;
  for (let state = 0; state < 2 ** free.length; state++) {
    let probability = 1;
    const down = [...off];
    free.forEach(([leaf, { unavailability }], index) => {
      const failed = (state >> index) % 2 === 1;
      probability *= failed ? unavailability : 1 - unavailability;
      if (failed) down.push(leaf);
    });
    if (probability > 0 && fallsBySweeping(network, down).has(up)) sum += probability;
  }
  return sum;
}

function value(figure: Figure | undefined): number {
  if (figure?.status !== 'known') throw new Error(`The figure is ${figure?.status ?? 'absent'}.`);
  return figure.value;
}

describe('a scenario', () => {
  test('conditions the structure on what is off', async () => {
    await fc.assert(
      fc.asyncProperty(drawn, async (shape) => {
        const model = await modelOf(textOf(shape));
        const scenario = analyze(model, { asOf: '2026-11-01' }).scenario('s');
        for (const { subject, checks } of scenario?.expectations ?? []) {
          const wanted = bruteForce(model, subject, shape.target);
          const actual = value(checks[0]?.figure);
          expect(Math.abs(actual - wanted), `${subject}: ${actual} instead of ${wanted}\n${textOf(shape)}`).toBeLessThanOrEqual(
            1e-12 * Math.max(wanted, 1e-3),
          );
        }
        expect(scenario?.expectations.length).toBe(2);
      }),
      { numRuns: 120, seed: 20261124 },
    );
  }, 60_000);
});
