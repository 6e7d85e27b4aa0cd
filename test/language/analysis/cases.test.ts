/** The meaning of the language as numbers: small models and what they must yield, to 1e-12 relative. */
import { describe, expect, test } from 'vitest';
import { analyze } from '../../../language/analysis/analyze.js';
import type { Figure } from '../../../language/analysis/figure.js';
import { modelOf } from '../model-of.js';

/** Independent arithmetic: probabilities by enumeration in rational numbers. */
const cases: readonly {
  readonly name: string;
  readonly text: string;
  readonly unavailability: Readonly<Record<string, number>>;
}[] = [
  {
    name: 'a quorum over shared zones: the product of marginals would be wrong',
    text: `model m { }
defaults { common cause 0% }
region r { zone a { availability 99.95% }  zone b { availability 99.95% }  zone c { availability 99.95% } }
service api { runs 3 in r  needs 2  availability 99.9%  requires store }
database store { runs 3 in r  availability 99.9%  replicates sync within r quorum 2 }`,
    unavailability: { store: 6.73875749775025e-6, api: 1.2721768011974766e-5 },
  },
  {
    name: 'a majority over two zones: the zone with two members is a single point',
    text: `model m { }
defaults { common cause 0% }
region r { zone a { unavailability 0.001 }  zone b { unavailability 0.001 } }
coordinator locks { runs 3 in r  unavailability 0.001 }`,
    unavailability: { locks: 0.001004989007998 },
  },
  {
    name: 'common cause by default',
    text: `model m { }
region r { zones a, b, c }
service api { runs 3 in r  availability 99.9% }`,
    unavailability: { api: 5.000085733213125e-5 },
  },
  {
    name: 'together',
    text: `model m { }
defaults { common cause 0% }
region r { zones a, b }
service api { runs 2 in r  availability 99.9%  together { mtbf 180d  mttr 20m } }`,
    unavailability: { api: 7.815446339017051e-5 },
  },
  {
    name: 'active-active that needs three of six',
    text: `model m { }
defaults { common cause 0% }
region r1 { zones a, b, c  unavailability 1e-4 }
region r2 { zones a, b, c  unavailability 1e-4 }
service api { runs 3 in r1  runs 3 in r2  needs 3  unavailability 0.001 }`,
    unavailability: { api: 6.093552329949477e-7 },
  },
  {
    name: 'active-active whose load needs four of six: each region is a single point',
    text: `model m { }
defaults { common cause 0% }
region r1 { zones a, b, c  unavailability 1e-4 }
region r2 { zones a, b, c  unavailability 1e-4 }
service api { runs 3 in r1  runs 3 in r2  load 1600rps  capacity 400rps  unavailability 0.001 }`,
    unavailability: { api: 0.00020000995104518235 },
  },
  {
    name: 'any of, two of, and a journey of journeys',
    text: `model m { }
external a { unavailability 0.001 }
external b { unavailability 0.005 }
external c { unavailability 0.02 }
journey either { requires any of a, b }
journey two { requires 2 of a, b, c }
journey both { requires either, two }`,
    unavailability: { either: 5e-6, two: 0.0001248, both: 0.0001248 },
  },
  {
    name: 'an edge for one journey',
    text: `model m { }
defaults { common cause 0% }
region r { zones a }
service front { runs 1 in r  unavailability 0.001  requires catalog  requires payment for buy }
service catalog { runs 1 in r  unavailability 0.002 }
service payment { runs 1 in r  unavailability 0.01 }
journey browse { requires front }
journey buy { requires front }`,
    unavailability: { browse: 0.002998, buy: 0.01296802, front: 0.002998 },
  },
  {
    name: 'in the same region',
    text: `model m { }
defaults { common cause 0% }
region r1 { zones a  unavailability 1e-4 }
region r2 { zones a  unavailability 1e-4 }
service api { runs 1 in r1  runs 1 in r2  unavailability 0.001  requires cache in same region }
cache cache { runs 1 in r1  runs 1 in r2  unavailability 0.01 }`,
    unavailability: { api: 0.000122963725387801 },
  },
  {
    name: 'in any region',
    text: `model m { }
defaults { common cause 0% }
region r1 { zones a  unavailability 1e-4 }
region r2 { zones a  unavailability 1e-4 }
service api { runs 1 in r1  runs 1 in r2  unavailability 0.001  requires cache }
cache cache { runs 1 in r1  runs 1 in r2  unavailability 0.01 }`,
    unavailability: { api: 0.000103187481229999 },
  },
  {
    name: 'a cycle is its greatest fixed point',
    text: `model m { }
defaults { common cause 0% }
region r { zones z }
service a { runs 1 in r  unavailability 0.001  requires any of b, c }
service b { runs 1 in r  unavailability 0.002  requires a }
service c { runs 1 in r  unavailability 0.003 }`,
    unavailability: { a: 0.001005994, b: 0.002998, c: 0.003 },
  },
  {
    name: 'a hot standby, switching included',
    text: `model m { }
defaults { common cause 0% }
region r1 { mtbf 3y  mttr 4h  zones a, b, c }
region r2 { availability 99.99%  zones a, b }
service api {
  runs 3 in r1
  runs 3 in r2 as hot standby
  needs 2
  mtbf 30d  mttr 2m
  failover { detect 30s  decide automatic  switch dns ttl 60s  success 98% }
}`,
    unavailability: { api: 4.00020217999248e-6 },
  },
];

/** The value of a figure that must be known. */
function known(figure: Figure | undefined): number {
  if (figure?.status !== 'known') throw new Error(`The figure is ${figure?.status ?? 'absent'}.`);
  return figure.value;
}

/** Relative distance, 0 where both are 0. */
function distance(actual: number, wanted: number): number {
  return actual === wanted ? 0 : Math.abs(actual - wanted) / Math.abs(wanted);
}

describe('availability', () => {
  for (const { name, text, unavailability } of cases) {
    test(name, async () => {
      const analysis = analyze(await modelOf(text), { asOf: '2026-11-01' });
      const { components, journeys } = analysis.report();
      for (const [subject, wanted] of Object.entries(unavailability)) {
        const actual = known(analysis.availability(subject)?.unavailability);
        expect(distance(actual, wanted), `${subject}: ${actual} instead of ${wanted}`).toBeLessThan(1e-12);
        // The report says the same, to the last digit.
        expect((components[subject] ?? journeys[subject])?.unavailability).toMatchObject({ value: actual, status: 'known' });
      }
    });
  }

  test('switching apart from the structure', async () => {
    const hot = cases.find((each) => each.name.startsWith('a hot standby'));
    const figures = analyze(await modelOf(hot?.text ?? ''), { asOf: '2026-11-01' }).availability('api');
    expect(distance(known(figures?.structuralUnavailability), 3.0587209318126034e-6)).toBeLessThan(1e-12);
    expect(distance(known(figures?.switchingUnavailability), 9.414812481798764e-7)).toBeLessThan(1e-12);
  });

  test('degraded is up without something wanted', async () => {
    const analysis = analyze(
      await modelOf(`model m { }
defaults { common cause 0% }
region r { zones a, b }
service page { runs 2 in r  unavailability 0.01  wants ads }
service ads { runs 1 in r  unavailability 0.1 }`),
      { asOf: '2026-11-01' },
    );
    expect(distance(known(analysis.availability('page')?.unavailability), 1e-4)).toBeLessThan(1e-12);
    expect(distance(known(analysis.availability('page')?.degraded), 0.09999)).toBeLessThan(1e-12);
  });

  test('the assumptions behind a figure are named', async () => {
    const analysis = analyze(
      await modelOf('model m { }\nregion r { zones a, b, c }\nservice api { runs 3 in r  availability 99.9% }'),
      { asOf: '2026-11-01' },
    );
    expect(analysis.availability('api')?.unavailability.assumptions).toEqual(['common cause 5%', 'sites without failure data']);
  });
});
