/** Figures of random models, from their text, against the enumeration of every state of what is written. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Analysis, CutSet } from '../../../language/analysis/analysis.js';
import { analyze } from '../../../language/analysis/analyze.js';
import type { Figure } from '../../../language/analysis/figure.js';
import { built } from './enumeration/built.js';
import { eventKey } from './enumeration/event-key.js';
import {
  conditioned,
  cutsOf,
  degradedOf,
  importancesOf,
  outagesOf,
  structuralOf,
  switchingTimeOf,
} from './enumeration/figures.js';
import { sketches } from './enumeration/random-sketch.js';
import { Reading } from './enumeration/reading.js';
import { type Sketch, textOf } from './enumeration/sketch.js';

function known(figure: Figure | undefined): number {
  if (figure?.status !== 'known') throw new Error(`The figure is ${figure?.status ?? 'absent'}.`);
  return figure.value;
}

/** To 1e-12 of itself, or of what can be told from 0 beside figures of this size. */
function near(actual: number, wanted: number, what: string, least = 1e-15): void {
  const allowed = Math.max(1e-12 * Math.abs(wanted), least);
  if (!(Math.abs(actual - wanted) <= allowed)) throw new Error(`${what}: ${actual} instead of ${wanted}`);
}

function textOfSets(sets: readonly { readonly events: readonly string[] }[]): readonly string[] {
  return sets.map(({ events }) => [...events].sort().join(' + ')).sort();
}

function named(sets: readonly CutSet[]): readonly { readonly events: readonly string[]; readonly probability: number }[] {
  return sets.map(({ events, probability }) => ({ events: events.map(eventKey), probability }));
}

const subjectsOf = (sketch: Sketch): readonly string[] => [...sketch.components, ...sketch.journeys].map(({ name }) => name);

async function analysed(sketch: Sketch): Promise<{ readonly reading: Reading; readonly analysis: Analysis }> {
  const { model } = await built(textOf(sketch));
  return { reading: new Reading(sketch), analysis: analyze(model, { asOf: '2026-11-01' }) };
}

async function forAll(
  events: number,
  runs: number,
  seed: number,
  judge: (sketch: Sketch, reading: Reading, analysis: Analysis) => void,
): Promise<void> {
  await fc.assert(
    fc.asyncProperty(sketches(events), async (sketch) => {
      const { reading, analysis } = await analysed(sketch);
      try {
        judge(sketch, reading, analysis);
      } catch (error) {
        throw new Error(`${error instanceof Error ? error.message : error}\n${textOf(sketch)}`);
      }
    }),
    { numRuns: runs, seed },
  );
}

describe('figures by enumeration', () => {
  test('structural unavailability and degradation', async () => {
    await forAll(13, 1200, 20261201, (sketch, reading, analysis) => {
      for (const subject of subjectsOf(sketch)) {
        const figures = analysis.availability(subject);
        near(known(figures?.structuralUnavailability), structuralOf(reading, subject), `${subject} structural`);
        near(known(figures?.degraded), degradedOf(reading, subject), `${subject} degraded`, 1e-14);
      }
    });
  });

  test('switching', async () => {
    await forAll(12, 1000, 20261202, (sketch, reading, analysis) => {
      for (const subject of subjectsOf(sketch)) {
        const wanted = switchingTimeOf(reading, subject);
        const found = analysis.availability(subject)?.switchingUnavailability;
        if (wanted === undefined) expect(found?.status, subject).toBe('unknown');
        else near(known(found), wanted, `${subject} switching`);
      }
    });
  });

  test('minimal cut sets', async () => {
    await forAll(12, 700, 20261203, (sketch, reading, analysis) => {
      for (const subject of subjectsOf(sketch)) {
        const cuts = cutsOf(reading, subject);
        const found = analysis.cutSets(subject);
        expect(found?.count, subject).toBe(String(cuts.length));
        const small = cuts.filter(({ events }) => events.length === 1 || events.length === 2);
        if (small.length <= 100) expect(textOfSets(named(found?.smallest ?? [])), subject).toEqual(textOfSets(small));
        const likeliest = cuts
          .map(({ probability }) => probability)
          .filter((each) => each > 0)
          .sort((a, b) => b - a);
        const ranked = named(found?.likeliest ?? []);
        const all = new Set(textOfSets(cuts));
        ranked.forEach(({ events, probability }, index) => {
          expect(all.has([...events].sort().join(' + ')), `${subject}: ${events.join(' + ')}`).toBe(true);
          near(probability, likeliest[index] ?? 0, `${subject} set ${index}`, 0);
        });
        expect(ranked.length, subject).toBe(Math.min(10, likeliest.length));
      }
    });
  });

  test('single points', async () => {
    await forAll(13, 500, 20261204, (sketch, reading, analysis) => {
      const isShared = new Map(reading.events.map(({ key, shared }) => [key, shared]));
      const chances = new Map(reading.events.map(({ key, u }) => [key, u]));
      for (const subject of subjectsOf(sketch)) {
        for (const { event, unavailability } of [...analysis.singlePoints(subject), ...analysis.sharedFate(subject)]) {
          near(unavailability, chances.get(eventKey(event)) ?? -1, `${subject} ${eventKey(event)}`, 0);
        }
        const alone = cutsOf(reading, subject).flatMap(({ events }) => (events.length === 1 ? events : []));
        expect(
          analysis
            .singlePoints(subject)
            .map(({ event }) => eventKey(event))
            .sort(),
          subject,
        ).toEqual(alone.filter((key) => isShared.get(key) === false).sort());
        expect(
          analysis
            .sharedFate(subject)
            .map(({ event }) => eventKey(event))
            .sort(),
          subject,
        ).toEqual(alone.filter((key) => isShared.get(key) === true).sort());
      }
    });
  });

  test('importances and outages', async () => {
    await forAll(12, 700, 20261205, (sketch, reading, analysis) => {
      for (const subject of subjectsOf(sketch)) {
        const importances = importancesOf(reading, subject);
        const structural = structuralOf(reading, subject);
        const found = new Map(analysis.contributions(subject).map((each) => [eventKey(each.event), each]));
        for (const { key, u } of reading.events) {
          const wanted = importances.get(key) ?? 0;
          const each = found.get(key);
          near(each?.importance ?? 0, u > 0 ? wanted : 0, `${subject} ${key} importance`, 1e-12);
          near(each?.gain ?? 0, wanted * u, `${subject} ${key} gain`, 1e-14);
          if (each !== undefined && structural > 1e-6)
            near(each.criticality ?? 0, (wanted * u) / structural, `${subject} ${key} criticality`, 1e-8);
        }
        near(known(analysis.outages(subject)?.structural), outagesOf(reading, importances), `${subject} outages`, 1e-9);
      }
    });
  });

  test('scenarios', async () => {
    await forAll(13, 800, 20261206, (sketch, reading, analysis) => {
      const taken = reading.taken(sketch.fails);
      for (const { subject, checks } of analysis.scenario('s')?.expectations ?? []) {
        const figure = checks.find(({ measure }) => measure === 'availability')?.figure;
        const { structural, switching } = conditioned(reading, subject, taken);
        if (switching !== undefined) near(known(figure), Math.min(1, structural + switching), `${subject} in the scenario`);
      }
    });
  });
});
