/**
 * Services over more zones than there are states to go through one by one, against the sum over all of these states: given one, a service
 * is a binomial sum. Placements are drawn at random, so that some zones are read alike and some are not.
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { analyze } from '../../../../language/analysis/analyze.js';
import { modelOf } from '../../model-of.js';

const zoneNames = ['a', 'b', 'c', 'd', 'e', 'f'];
const regionU = [1e-3, 4e-3];
const plainZoneU = 2e-3;
/** One zone is worse than the others of its region. */
const worstZoneU = 9e-3;

interface Service {
  /** Instances by region and zone. */
  readonly placed: readonly (readonly number[])[];
  readonly needs: number;
  readonly u: number;
}

const services = fc.array(
  fc.record({
    placed: fc.tuple(
      fc.oneof(fc.constant([1, 1, 1, 1, 1, 1]), fc.array(fc.nat(2), { minLength: 6, maxLength: 6 })),
      fc.oneof(fc.constant([1, 1, 1, 1, 1, 1]), fc.constant([2, 2, 1, 1, 0, 0]), fc.constant([0, 0, 0, 0, 0, 0])),
    ),
    needs: fc.integer({ min: 1, max: 5 }),
    u: fc.constantFrom(1e-3, 0.02),
  }),
  { minLength: 1, maxLength: 3 },
);

function textOf(list: readonly Service[]): string {
  const regions = regionU.map((u, region) => {
    const zones = zoneNames.map((zone, at) => `zone ${zone} { unavailability ${zoneU(region, at)} }`);
    return `region r${region} { unavailability ${u}  ${zones.join('  ')} }`;
  });
  const texts = list.map(({ placed, needs, u }, index) => {
    const runs = placed.flatMap((zones, region) =>
      zones.flatMap((count, zone) => (count === 0 ? [] : [`runs ${count} in r${region}.${zoneNames[zone]}`])),
    );
    const requires = index === 0 ? '' : `requires s${index - 1}`;
    return `service s${index} { ${runs.join('  ')}  needs ${needs}  unavailability ${u}  ${requires} }`;
  });
  return ['model m { }', 'defaults { common cause 0% }', ...regions, ...texts].join('\n');
}

function zoneU(region: number, zone: number): number {
  return region === 1 && zone === 5 ? worstZoneU : plainZoneU;
}

/** At least one service is down: over all states of the sites; `known` fixes the state of some zone of a region. */
function bruteForce(
  list: readonly Service[],
  known?: { readonly region: number; readonly zone: number; readonly down: boolean },
): number {
  const upOf = list.map((service) => binomialTails(service));
  let down = 0;
  const states = 2 ** zoneNames.length + 1;
  for (let first = 0; first < states; first++) {
    for (let second = 0; second < states; second++) {
      const pair = [first, second];
      let probability = 1;
      pair.forEach((state, region) => {
        const u = regionU[region] ?? 0;
        if (state === states - 1) {
          probability *= u;
          return;
        }
        probability *= 1 - u;
        zoneNames.forEach((_, zone) => {
          const isDown = (state >> zone) % 2 === 1;
          if (known?.region === region && known.zone === zone) probability *= isDown === known.down ? 1 : 0;
          else probability *= isDown ? zoneU(region, zone) : 1 - zoneU(region, zone);
        });
      });
      if (probability === 0) continue;
      let allUp = 1;
      list.forEach(({ placed }, index) => {
        let left = 0;
        placed.forEach((zones, region) => {
          const state = pair[region] ?? 0;
          if (state === states - 1) return;
          zones.forEach((count, zone) => {
            if ((state >> zone) % 2 === 0) left += count;
          });
        });
        allUp *= upOf[index]?.[left] ?? 0;
      });
      down += probability * (1 - allUp);
    }
  }
  return down;
}

/** By how many instances still have their zone, how likely enough of them are up. */
function binomialTails({ placed, needs, u }: Service): readonly number[] {
  const all = placed.flat().reduce((sum, count) => sum + count, 0);
  return Array.from({ length: all + 1 }, (_, left) => {
    let sum = 0;
    let ways = 1;
    for (let failed = 0; failed <= left; failed++) {
      if (left - failed >= needs) sum += ways * u ** failed * (1 - u) ** (left - failed);
      ways = (ways * (left - failed)) / (failed + 1);
    }
    return sum;
  });
}

const standing = services.filter((list) =>
  list.every(({ placed, needs }) => placed.flat().reduce((sum, count) => sum + count, 0) >= needs),
);

describe('services over many zones', () => {
  test('are as often down as the sum over all states of the zones says', { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(standing, async (list) => {
        const analysis = analyze(await modelOf(textOf(list)), { asOf: '2026-11-01' });
        const last = `s${list.length - 1}`;
        const figure = analysis.availability(last)?.structuralUnavailability;
        expect(figure?.status).toBe('known');
        const found = figure?.status === 'known' ? figure.value : Number.NaN;
        // The sum over the states subtracts from one, and has no digits below that.
        expect(Math.abs(found - bruteForce(list))).toBeLessThan(1e-13);
        for (const [region, zone] of [
          [0, 0],
          [1, 5],
        ] as const) {
          const name = `r${region}.${zoneNames[zone]}`;
          const importance = analysis.contributions(last).find(({ event }) => event.name === name)?.importance ?? 0;
          const wanted = bruteForce(list, { region, zone, down: true }) - bruteForce(list, { region, zone, down: false });
          // A zone's importance is told for its region being up, too.
          expect(Math.abs(importance - wanted)).toBeLessThan(1e-10);
        }
      }),
      { numRuns: 40, seed: 20261121 },
    );
  });

  test.each([
    { regions: 5, zones: 3 },
    { regions: 6, zones: 3 },
    { regions: 3, zones: 6 },
  ])('$regions regions of $zones zones have an exact figure', async ({ regions, zones }) => {
    const sites = Array.from({ length: regions }, (_, region) => {
      const list = zoneNames.slice(0, zones).map((zone) => `zone ${zone} { unavailability 2e-3 }`);
      return `region r${region} { unavailability 1e-3  ${list.join('  ')} }`;
    });
    const runs = Array.from({ length: regions }, (_, region) => `runs ${zones} in r${region}`).join('  ');
    const services = [0, 1].map((index) => `service s${index} { ${runs}  needs 1  ${index === 1 ? 'requires s0' : ''} }`);
    const text = ['model m { }', 'defaults { common cause 0%  unavailability 0.01 }', ...sites, ...services].join('\n');
    const figure = analyze(await modelOf(text), { asOf: '2026-11-01' }).availability('s1')?.structuralUnavailability;
    // Region by region: it serves neither of the two, the first, the second, or both.
    const regionStates = { neither: 0, first: 0, second: 0 };
    for (let down = 0; down <= zones; down++) {
      let ways = 1;
      for (let each = 0; each < down; each++) ways = (ways * (zones - each)) / (each + 1);
      const probability = (1 - 1e-3) * ways * 2e-3 ** down * (1 - 2e-3) ** (zones - down);
      const dark = 0.01 ** (zones - down);
      regionStates.neither += probability * dark * dark;
      regionStates.first += probability * dark;
      regionStates.second += probability * dark;
    }
    const none = (share: number): number => (1e-3 + share) ** regions;
    const wanted = none(regionStates.first) + none(regionStates.second) - none(regionStates.neither);
    expect(figure?.status).toBe('known');
    const found = figure?.status === 'known' ? figure.value : Number.NaN;
    expect(Math.abs(found / wanted - 1)).toBeLessThan(1e-9);
  });
});
