/**
 * `repairs N at once` in a model: the birth–death table worked out by other means, and a Markov chain over all sets of failed instances
 * under every state of the zones.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { analyze } from '../../../../language/analysis/analyze.js';
import { CrewedUnits, unavailabilityWithCrews } from '../../../../language/analysis/availability/repair-crews.js';
import { modelOf } from '../../model-of.js';

async function unavailabilityOf(text: string, subject: string): Promise<number> {
  const figure = analyze(await modelOf(`model m { }\n${text}`), { asOf: '2026-11-01' }).availability(
    subject,
  )?.structuralUnavailability;
  expect(figure?.status).toBe('known');
  return figure?.status === 'known' ? figure.value : Number.NaN;
}

const failing = 'mtbf 1000h  mttr 10h';

describe('repair crews in a model', () => {
  it.each([
    { runs: 3, needs: 2, repairs: 'repairs 3 at once', wanted: 1 - 0.9997078523654739 },
    { runs: 3, needs: 2, repairs: 'repairs 1 at once', wanted: 1 - 0.9994119964370478 },
    { runs: 2, needs: 1, repairs: '', wanted: 9.802960494e-5 },
    { runs: 2, needs: 1, repairs: 'repairs 1 at once', wanted: 1.960399922e-4 },
    { runs: 3, needs: 1, repairs: '', wanted: 9.705901479e-7 },
    { runs: 3, needs: 1, repairs: 'repairs 1 at once', wanted: 5.821817455e-6 },
  ])('$needs of $runs, $repairs', async ({ runs, needs, repairs, wanted }) => {
    const text = `defaults { common cause 0% }\nregion r { zone a { } }\nservice s { runs ${runs} in r.a  needs ${needs}  ${failing}  ${repairs} }`;
    expect(Math.abs((await unavailabilityOf(text, 's')) / wanted - 1)).toBeLessThan(1e-9);
  });

  it('instances over zones wait for the crew whatever the zones do', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.nat(2), { minLength: 3, maxLength: 3 }),
        fc.integer({ min: 1, max: 3 }),
        fc.integer({ min: 1, max: 2 }),
        async (placed, needs, crews) => {
          const all = placed.reduce((sum, count) => sum + count, 0);
          fc.pre(all >= needs);
          const zones = ['a', 'b', 'c'];
          const runs = placed.flatMap((count, at) => (count === 0 ? [] : [`runs ${count} in r.${zones[at]}`])).join('  ');
          const text = `defaults { common cause 0% }
region r { unavailability 0.01  ${zones.map((zone) => `zone ${zone} { unavailability 0.02 }`).join('  ')} }
service s { ${runs}  needs ${needs}  mtbf 90h  mttr 10h  repairs ${crews} at once }
service t { runs 1 in r.a  unavailability 0.05  requires s }`;
          const ofSets = chainOverSets(all, 1 / 90, 1 / 10, crews);
          const zoneOf = placed.flatMap((count, at) => Array.from({ length: count }, () => at));
          let down = 0.01;
          let bothDown = 0.01;
          for (let lost = 0; lost < 8; lost++) {
            let probability = 0.99;
            for (let zone = 0; zone < 3; zone++) probability *= (lost >> zone) % 2 === 1 ? 0.02 : 0.98;
            let up = 0;
            ofSets.forEach((share, failed) => {
              const left = zoneOf.filter((zone, index) => (failed >> index) % 2 === 0 && (lost >> zone) % 2 === 0).length;
              if (left >= needs) up += share;
            });
            down += probability * (1 - up);
            bothDown += probability * (1 - (lost % 2 === 1 ? 0 : 0.95 * up));
          }
          expect(Math.abs((await unavailabilityOf(text, 's')) - down)).toBeLessThan(1e-12);
          expect(Math.abs((await unavailabilityOf(text, 't')) - bothDown)).toBeLessThan(1e-12);
        },
      ),
      { numRuns: 60, seed: 20261121 },
    );
  });

  it('outages come as often as the chain leaves its good states', async () => {
    const text = `defaults { common cause 0% }
region r { zone a { } }
service s { runs 3 in r.a  needs 2  mtbf 100h  mttr 20h  repairs 1 at once }`;
    const outages = analyze(await modelOf(`model m { }\n${text}`), { asOf: '2026-11-01' }).outages('s')?.structural;
    // One failed: two left, and the next failure is an outage.
    const weights = [1, 3 * 0.2, 3 * 0.2 * 2 * 0.2, 3 * 0.2 * 2 * 0.2 * 0.2];
    const oneFailed = (weights[1] ?? 0) / weights.reduce((sum, weight) => sum + weight, 0);
    expect(outages?.status).toBe('known');
    expect(outages?.status === 'known' ? outages.value : Number.NaN).toBeCloseTo((oneFailed * 2 * 365 * 24) / 100, 9);
  });

  it('is between bounds where instances are not alike, and where others read them', async () => {
    const region = 'region r { zone a { }  zone b { } }\nregion q { zone a { } }';
    const cases = [
      `${region}\nservice s { runs 2 in r  runs 1 in q  needs 1  ${failing}  repairs 1 at once }`,
      `defaults { common cause 0% }\n${region}\nservice s { runs 2 in r  runs 1 in q  ${failing}  repairs 1 at once }\nservice t { runs 1 in r.a  requires s in same region  mtbf 30d  mttr 1h }`,
    ];
    for (const text of cases) {
      const analysis = analyze(await modelOf(`model m { }\n${text}`), { asOf: '2026-11-01' });
      const figure = analysis.availability('s')?.structuralUnavailability;
      expect(figure?.status).toBe('bounded');
      expect(figure?.status === 'bounded' && figure.lower < figure.upper).toBe(true);
      expect(analysis.contributions('s')).toEqual([]);
    }
  });

  it('asked one after the other, units are down as the chain says', () => {
    for (const [units, ratio, crews] of [
      [4, 0.3, 1],
      [5, 0.01, 2],
      [3, 2, 3],
    ] as const) {
      const crewed = new CrewedUnits(units, ratio, crews);
      let allDown = 1;
      for (let met = 0; met < units; met++) allDown *= crewed.chance(met, met);
      const wanted = unavailabilityWithCrews({ units, required: 1, failureRate: ratio, repairRate: 1, crews });
      expect(Math.abs(allDown / wanted - 1)).toBeLessThan(1e-12);
    }
  });
});

/** Share of time in each set of failed units, by solving the chain over all sets; of the failed ones any `crews` are repaired, each as likely. */
function chainOverSets(units: number, failure: number, repair: number, crews: number): readonly number[] {
  const size = 2 ** units;
  const out = Array.from({ length: size }, () => new Array<number>(size).fill(0));
  for (let set = 0; set < size; set++) {
    const failed = Array.from({ length: units }, (_, unit) => unit).filter((unit) => (set >> unit) % 2 === 1);
    for (let unit = 0; unit < units; unit++) {
      const other = set ^ (1 << unit);
      const rate = failed.includes(unit) ? (repair * Math.min(crews, failed.length)) / failed.length : failure;
      const row = out[set];
      if (row !== undefined) row[other] = rate;
    }
  }
  let shares = new Array<number>(size).fill(1 / size);
  const fastest = units * Math.max(failure, repair) * 1.1;
  for (let round = 0; round < 20_000; round++) {
    const next = shares.slice();
    for (let from = 0; from < size; from++) {
      for (let to = 0; to < size; to++) {
        const moved = ((shares[from] ?? 0) * (out[from]?.[to] ?? 0)) / fastest;
        next[from] = (next[from] ?? 0) - moved;
        next[to] = (next[to] ?? 0) + moved;
      }
    }
    const change = next.reduce((sum, share, at) => sum + Math.abs(share - (shares[at] ?? 0)), 0);
    shares = next;
    if (change < 1e-16) break;
  }
  return shares;
}
