/** Availability beside a cut link against the enumeration of all states, the link's cut being worked out anew in each of them. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { analyze } from '../../../../language/analysis/analyze.js';
import { withCutLinks } from '../../../../language/analysis/scenarios/cut-links.js';
import { scopeOfScenario } from '../../../../language/analysis/scenarios/scenario-scope.js';
import { Structure } from '../../../../language/analysis/structure/evaluate.js';
import { instanceCount } from '../../../../language/model/queries.js';
import { modelOf } from '../../model-of.js';

const roles = ['', ' as hot standby'] as const;

interface Drawn {
  readonly regions: readonly number[];
  readonly services: readonly {
    readonly first: number;
    readonly second: number;
    readonly role: number;
    readonly needs: number;
    readonly u: number;
  }[];
  readonly edges: readonly number[];
}

const chance = fc.double({ min: 0.01, max: 0.4, noNaN: true });
const drawn: fc.Arbitrary<Drawn> = fc.record({
  regions: fc.array(chance, { minLength: 2, maxLength: 2 }),
  services: fc.array(
    fc.record({
      first: fc.integer({ min: 0, max: 2 }),
      second: fc.integer({ min: 0, max: 1 }),
      role: fc.integer({ min: 0, max: 1 }),
      needs: fc.integer({ min: 1, max: 2 }),
      u: chance,
    }),
    { minLength: 3, maxLength: 3 },
  ),
  // Who requires whom: nobody, the one, the other, both, any of them.
  edges: fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 3, maxLength: 3 }),
});

const names = ['a', 'b', 'c'] as const;

function textOf({ regions, services, edges }: Drawn): string {
  const blocks = services.map(({ first, second, role, needs, u }, index) => {
    const [one, other] = names.filter((_, at) => at !== index);
    const required = [
      '',
      `requires ${one}`,
      `requires ${other}`,
      `requires ${one}, ${other}`,
      `requires any of ${one}, ${other}`,
    ];
    const placed = [
      ...(first > 0 ? [`runs ${first} in r1`] : []),
      ...(second > 0 ? [`runs ${second} in r2${first > 0 ? roles[role] : ''}`] : []),
    ];
    return `service ${names[index]} {
  ${placed.join('  ')}
  ${placed.length > 0 ? `needs ${Math.min(needs, first > 0 ? first : second)}` : ''}
  unavailability ${u}
  ${required[edges[index] ?? 0]}
}`;
  });
  return `model m { }
defaults { common cause 0%  failover { detect 0s  decide automatic  promote 0s  switch mesh } }
region r1 { unavailability ${regions[0]} }
region r2 { unavailability ${regions[1]} }
${blocks.join('\n')}
scenario s { fails r1 <-> r2  ${names.map((name) => `expect ${name} availability >= 0%`).join('  ')} }`;
}

/** P(up) of each service: every state of the sites and instances, with the cut of the link worked out in it. */
async function enumerated(text: string): Promise<ReadonlyMap<string, number>> {
  const model = await modelOf(text);
  const structure = new Structure(model);
  const [scenario] = model.scenarios;
  if (scenario === undefined) throw new Error('The model has a scenario.');
  const { scope, links } = scopeOfScenario(model, scenario);
  const leaves = [
    ...model.regions.map(({ name, failure }) => ({
      site: name,
      component: undefined,
      index: 0,
      u: failure?.unavailability.value ?? 0,
    })),
    ...model.components.flatMap((component) =>
      Array.from({ length: Math.max(1, instanceCount(component.placements)) }, (_, index) => ({
        site: undefined,
        component,
        index,
        u: component.failure.unavailability.value,
      })),
    ),
  ];
  const up = new Map<string, number>(names.map((name) => [name, 0]));
  for (let state = 0; state < 2 ** leaves.length; state++) {
    const sites = new Set<string>();
    const components = new Set<string>();
    const instances = new Map<string, number[]>();
    let probability = 1;
    for (const [at, { site, component, index, u }] of leaves.entries()) {
      const fails = ((state >>> at) & 1) === 1;
      probability *= fails ? u : 1 - u;
      if (!fails) continue;
      if (site !== undefined) sites.add(site);
      else if (component?.placements.length === 0) components.add(component.name);
      else if (component !== undefined) instances.set(component.name, [...(instances.get(component.name) ?? []), index]);
    }
    const { off } = withCutLinks(structure, { ...scope, off: { sites, components, instances } }, links);
    const found = structure.evaluate(off);
    for (const name of names) if (found.up(name)) up.set(name, (up.get(name) ?? 0) + probability);
  }
  return up;
}

test('what is known is exact, and what is bounded holds what is exact', async () => {
  let known = 0;
  let bounded = 0;
  await fc.assert(
    fc.asyncProperty(drawn, async (shape) => {
      const text = textOf(shape);
      const exact = await enumerated(text);
      const scenario = analyze(await modelOf(text), { asOf: '2026-11-21' }).scenario('s');
      for (const { subject, checks } of scenario?.expectations ?? []) {
        const figure = checks.find(({ measure }) => measure === 'availability')?.figure;
        const down = 1 - (exact.get(subject) ?? Number.NaN);
        if (figure?.status === 'known') {
          expect(figure.value, `${subject} of\n${text}`).toBeCloseTo(down, 10);
          known++;
        } else if (figure?.status === 'bounded') {
          expect(figure.lower, `${subject} of\n${text}`).toBeLessThanOrEqual(down + 1e-12);
          expect(figure.upper, `${subject} of\n${text}`).toBeGreaterThanOrEqual(down - 1e-12);
          bounded++;
        } else throw new Error(`no figure of ${subject}`);
      }
    }),
    { numRuns: 120, seed: 7 },
  );
  expect(known).toBeGreaterThan(150);
  expect(bounded).toBeGreaterThan(5);
}, 60_000);
