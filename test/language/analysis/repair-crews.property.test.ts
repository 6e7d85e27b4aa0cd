/** Instances that wait for a repair: their text, against the chain of how many have failed and every state of all else. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { analyze } from '../../../language/analysis/analyze.js';
import { built } from './enumeration/built.js';
import { sketches } from './enumeration/random-sketch.js';
import { Reading } from './enumeration/reading.js';
import { type Sketch, type SketchComponent, textOf } from './enumeration/sketch.js';
import { placesOf } from './enumeration/statements.js';

async function unavailability(
  text: string,
  subject: string,
): Promise<{ readonly lower: number; readonly upper: number; readonly exact: boolean }> {
  const { model } = await built(text);
  const figure = analyze(model, { asOf: '2026-11-01' }).availability(subject)?.structuralUnavailability;
  if (figure?.status === 'known') return { lower: figure.value, upper: figure.value, exact: true };
  if (figure?.status === 'bounded') return { lower: figure.lower, upper: figure.upper, exact: false };
  throw new Error(`${subject} is ${figure?.status ?? 'absent'}`);
}

/** Keys of the instances that run and are repaired: witnesses and what is cold wait for nobody. */
function repaired(sketch: Sketch, component: SketchComponent): ReadonlySet<string> {
  const placed = placesOf(sketch, component);
  return new Set(
    placed.flatMap(({ site, role }, index) => {
      const nth = placed.slice(0, index + 1).filter((each) => each.site === site).length;
      return role === 'active' || role === 'hot standby' || role === 'warm standby' ? [`${component.name}@${site}#${nth}`] : [];
    }),
  );
}

/** Share of the time in which so many of `units` have failed; each waits for one of `crews`. */
function failedAtOnce(units: number, crews: number, failures: number, repairs: number): readonly number[] {
  const weights = [1];
  for (let failed = 1; failed <= units; failed++)
    weights.push((weights[failed - 1] ?? 0) * (((units - failed + 1) * failures) / (Math.min(failed, crews) * repairs)));
  const all = weights.reduce((sum, each) => sum + each, 0);
  return weights.map((each) => each / all);
}

function choose(of: number, taken: number): number {
  let result = 1;
  for (let each = 1; each <= taken; each++) result = (result * (of - taken + each)) / each;
  return result;
}

describe('repair crews', () => {
  test.each([
    { needs: 2, of: 3, crews: 3, wanted: 1 - 0.9997078523654739, digits: 1e-12 },
    { needs: 2, of: 3, crews: 1, wanted: 1 - 0.9994119964370478, digits: 1e-12 },
    { needs: 1, of: 2, crews: 2, wanted: 9.802960494e-5, digits: 1e-9 },
    { needs: 1, of: 2, crews: 1, wanted: 1.960399922e-4, digits: 1e-9 },
    { needs: 1, of: 3, crews: 3, wanted: 9.705901478e-7, digits: 1e-9 },
    { needs: 1, of: 3, crews: 1, wanted: 5.821817455e-6, digits: 1e-9 },
  ])('$needs of $of with $crews', async ({ needs, of, crews, wanted, digits }) => {
    const found = await unavailability(
      `model m { }
region r { zones a }
service s { runs ${of} in r  needs ${needs}  mtbf 1000h  mttr 10h  common cause 0%  repairs ${crews} at once }`,
      's',
    );
    expect(found.exact).toBe(true);
    expect(Math.abs(found.lower / wanted - 1)).toBeLessThan(digits);
  });

  test('beside shared zones, other components and standbys', async () => {
    await fc.assert(
      fc.asyncProperty(sketches(11), fc.integer({ min: 1, max: 3 }), async (drawn, crews) => {
        const sketch = { ...drawn, components: drawn.components.map((each) => ({ ...each, commonCause: 0 })) };
        const crewed = sketch.components.find(({ runs, failing }) => runs.length > 0 && failing.u > 0.001 && failing.u < 0.9);
        if (crewed === undefined) return;
        const head = `${crewed.kind} ${crewed.name} {`;
        const text = textOf(sketch).replace(head, `${head}\n  repairs ${crews} at once`);
        const reading = new Reading(sketch);
        const crew = repaired(sketch, crewed);
        const waiting = reading.events.map(({ key }) => crew.has(key));
        const local = sketch.components.some(({ edges }) => edges.some(({ sameRegion }) => sameRegion));
        const units = waiting.filter((each) => each).length;
        const { u, repairHours = 1 } = crewed.failing;
        const failed = failedAtOnce(units, crews, u / (repairHours * (1 - u)), 1 / repairHours);
        for (const { name } of [...sketch.components, ...sketch.journeys]) {
          const down = reading.down(name);
          let wanted = 0;
          for (let state = 0; state < reading.space.size; state++) {
            if (!reading.space.has(down, state)) continue;
            let chance = 1;
            let away = 0;
            reading.events.forEach((event, bit) => {
              const isDown = ((state >>> bit) & 1) === 1;
              if (waiting[bit] === true) away += isDown ? 1 : 0;
              else chance *= isDown ? event.u : 1 - event.u;
            });
            // All are alike: whichever have failed, any others are as likely.
            wanted += (chance * (failed[away] ?? 0)) / choose(units, away);
          }
          const found = await unavailability(text, name);
          const what = `${name}: ${found.lower} to ${found.upper} instead of ${wanted}\n${text}`;
          const least = Math.max(1e-12 * wanted, 1e-15);
          expect(found.lower, what).toBeLessThanOrEqual(wanted + least);
          expect(found.upper, what).toBeGreaterThanOrEqual(wanted - least);
          // Where somebody else reads the instances, an interval holds the figure.
          if (!local) expect(found.exact, what).toBe(true);
        }
      }),
      { numRuns: 400, seed: 20261401 },
    );
  });
});
