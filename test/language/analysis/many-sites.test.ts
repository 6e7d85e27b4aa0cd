/** More sites than all their states can be gone through: the figure, or the interval that says so, holds what the sum by hand yields. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { analyze } from '../../../language/analysis/analyze.js';
import { built } from './enumeration/built.js';

/** Chance that fewer than `need` of these are up, each by itself. */
function fewerThan(need: number, up: readonly number[]): number {
  let counts = [1];
  for (const chance of up) {
    const next = new Array<number>(counts.length + 1).fill(0);
    counts.forEach((each, count) => {
      next[count] = (next[count] ?? 0) + each * (1 - chance);
      next[count + 1] = (next[count + 1] ?? 0) + each * chance;
    });
    counts = next;
  }
  return counts.slice(0, need).reduce((sum, each) => sum + each, 0);
}

const chances = fc.double({ min: 0, max: 0.3, noNaN: true });

test('instances in regions of their own', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(chances, chances), { minLength: 10, maxLength: 24 }),
      fc.integer({ min: 1, max: 24 }),
      chances,
      async (sites, wanted, own) => {
        const need = Math.min(wanted, sites.length);
        const text = `model m { }
${sites.map(([region, zone], at) => `region r${at} { unavailability ${region}  zone z { unavailability ${zone} } }`).join('\n')}
service s { ${sites.map((_, at) => `runs 1 in r${at}`).join('\n')}\n needs ${need}  unavailability ${own} }`;
        const figure = analyze((await built(text)).model, { asOf: '2026-11-01' }).availability('s')?.structuralUnavailability;
        const exact = fewerThan(
          need,
          sites.map(([region, zone]) => (1 - region) * (1 - zone) * (1 - own)),
        );
        const least = Math.max(1e-11 * exact, 1e-15);
        const [lower, upper] =
          figure?.status === 'known'
            ? [figure.value, figure.value]
            : figure?.status === 'bounded'
              ? [figure.lower, figure.upper]
              : [1, 0];
        expect(lower, text).toBeLessThanOrEqual(exact + least);
        expect(upper, text).toBeGreaterThanOrEqual(exact - least);
      },
    ),
    { numRuns: 60, seed: 20261402 },
  );
});
