/**
 * A second opinion on what is written: failures and repairs happen one after the other, and what is up is looked up in a reading of the
 * text that the analysis has no part in. A repair takes at least as long as a switch, a failover works or not when it is needed, and
 * traffic fails back at once: that is what the formula of switching means.
 */
import { describe, expect, test } from 'vitest';
import { analyze } from '../../../language/analysis/analyze.js';
import type { Figure } from '../../../language/analysis/figure.js';
import { built } from './enumeration/built.js';
import { Reading } from './enumeration/reading.js';
import { type Sketch, type SketchComponent, type SketchEdge, type SketchRuns, textOf } from './enumeration/sketch.js';

const hoursPerYear = 8760;
/** 99.9 % of what chance does lies within so many standard errors. */
const errors = 3.29;

interface Estimate {
  readonly mean: number;
  readonly error: number;
}

interface Simulated {
  /** Share of the time. */
  readonly down: Estimate;
  /** Times a year: of everything that nobody is served, and of the active sides. */
  readonly outages: Estimate;
  readonly activeFailures: Estimate;
}

/** Uniform numbers, the same everywhere: multiplicative congruences (Park and Miller). */
function uniform(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  };
}

function estimate(values: readonly number[]): Estimate {
  const mean = values.reduce((sum, each) => sum + each, 0) / values.length;
  const variance = values.reduce((sum, each) => sum + (each - mean) ** 2, 0) / (values.length - 1);
  return { mean, error: Math.sqrt(variance / values.length) };
}

/** The active sides that move together, and how long that takes. */
interface Group {
  readonly activeUp: (state: number) => boolean;
  readonly hours: number;
}

function simulate(reading: Reading, subject: string, runs: number, years: number): Simulated {
  const { space, events } = reading;
  const downStates = reading.down(subject);
  // A second standby takes over from the same active side: the failure is one, and so is the switch.
  const groups = new Map<string, Group>();
  for (const { pair, active, seconds } of reading.moves(subject)) {
    const from = pair.slice(0, pair.indexOf('->'));
    const hours = Math.max(groups.get(from)?.hours ?? 0, (seconds ?? 0) / 3600);
    const before = groups.get(from)?.activeUp;
    groups.set(from, { hours, activeUp: (state) => space.has(active, state) && before?.(state) !== false });
  }
  const sides = [...groups.values()];
  const least = Math.max(0, ...sides.map(({ hours }) => hours));
  const own = events.flatMap(({ u, repairHours }, bit) =>
    u > 0 && repairHours !== undefined ? [{ bit, repair: repairHours, life: (repairHours * (1 - u)) / u }] : [],
  );
  const failovers = events.flatMap(({ u, repairHours }, bit) => (repairHours === undefined ? [{ bit, u }] : []));
  const results = Array.from({ length: runs }, (_, run) => {
    const random = uniform(run * 7919 + 17);
    const exponential = (mean: number): number => -mean * Math.log(1 - random());
    const end = years * hoursPerYear;
    const next = own.map(({ life }) => exponential(life));
    const switchedAt = sides.map(() => 0);
    let [time, down, outages, failures, state, served] = [0, 0, 0, 0, 0, true];
    while (time < end) {
      let first = 0;
      for (let index = 1; index < next.length; index++) if ((next[index] ?? 0) < (next[first] ?? 0)) first = index;
      const until = Math.min(end, next[first] ?? end);
      const isDown = space.has(downStates, state);
      let waits = time;
      sides.forEach(({ activeUp }, side) => {
        if (!activeUp(state)) waits = Math.max(waits, switchedAt[side] ?? 0);
      });
      const outOfService = isDown || waits > time;
      if (outOfService && served) outages++;
      down += isDown ? until - time : Math.max(0, Math.min(until, waits) - time);
      served = !isDown && waits <= until;
      time = until;
      const event = own[first];
      if (time >= end || event === undefined) break;
      const wasActive = sides.map(({ activeUp }) => activeUp(state));
      state ^= 1 << event.bit;
      const fails = ((state >>> event.bit) & 1) === 1;
      const shortest = Math.min(least, event.repair);
      next[first] = time + (fails ? shortest + exponential(event.repair - shortest) : exponential(event.life));
      sides.forEach(({ activeUp, hours }, side) => {
        if (wasActive[side] !== true || activeUp(state)) return;
        failures++;
        switchedAt[side] = time + hours;
        for (const { bit, u } of failovers) state = random() < u ? state | (1 << bit) : state & ~(1 << bit);
      });
    }
    return { down: down / end, outages: outages / years, failures: failures / years };
  });
  return {
    down: estimate(results.map((each) => each.down)),
    outages: estimate(results.map((each) => each.outages)),
    activeFailures: estimate(results.map((each) => each.failures)),
  };
}

const nothing = { sites: [], needsIn: [], replication: [], edges: [], failovers: [] };

function component(name: string, runs: readonly SketchRuns[], more: Partial<SketchComponent>): SketchComponent {
  return { ...nothing, kind: 'service', name, runs, failing: { u: 0.01, repairHours: 2 }, commonCause: 0, ...more };
}

function placed(count: number, region: string, role: SketchRuns['role'] = 'active'): SketchRuns {
  return { count, region, role };
}

function edge(targets: readonly string[], more: Partial<SketchEdge> = {}): SketchEdge {
  return { verb: 'requires', need: 'all', targets, journeys: [], sameRegion: false, bestEffort: false, ...more };
}

function sketch(parts: Partial<Sketch>): Sketch {
  return { regions: [], components: [], journeys: [], links: [], policies: [], defaults: {}, fails: [], ...parts };
}

const north = { name: 'north', failing: { u: 0.01, repairHours: 8 }, zones: [{ name: 'a' }, { name: 'b' }] };
const south = { name: 'south', failing: { u: 0.005, repairHours: 8 }, zones: [{ name: 'a' }, { name: 'b' }] };
const east = { name: 'east', failing: { u: 0.005, repairHours: 8 }, zones: [] };
const minute = { detect: 36, promote: 0, ttl: 36 };

const cases: readonly { readonly name: string; readonly subject: string; readonly sketch: Sketch }[] = [
  {
    name: 'common causes, a quorum over shared zones, a bad release and a choice',
    subject: 'buy',
    sketch: sketch({
      regions: [
        {
          name: 'r',
          failing: { u: 0.003, repairHours: 6 },
          zones: ['a', 'b', 'c'].map((name) => ({ name, failing: { u: 0.01, repairHours: 5 } })),
        },
      ],
      components: [
        component('web', [placed(3, 'r')], { commonCause: 0.1, needs: 2, edges: [edge(['store'])] }),
        component('store', [placed(3, 'r')], {
          kind: 'database',
          commonCause: 0.1,
          together: { u: 0.002, repairHours: 2 },
          replication: [{ mode: 'sync', where: { word: 'within', region: 'r' }, quorum: 2 }],
        }),
        component('adyen', [], { kind: 'external', commonCause: undefined }),
        component('stripe', [], { kind: 'external', commonCause: undefined, failing: { u: 0.05, repairHours: 1 } }),
      ],
      journeys: [{ name: 'buy', edges: [edge(['web']), edge(['adyen', 'stripe'], { need: 'any' })] }],
    }),
  },
  {
    name: 'a standby behind a failover that works four times of five, with common causes and a bad release',
    subject: 'api',
    sketch: sketch({
      regions: [north, south],
      components: [
        component('api', [placed(2, 'north'), placed(2, 'south', 'hot standby')], {
          needs: 2,
          commonCause: 0.2,
          together: { u: 0.001, repairHours: 2 },
          failovers: [{ ...minute, success: 0.8 }],
        }),
      ],
    }),
  },
  {
    name: 'a service and its store that move together over one link',
    subject: 'buy',
    sketch: sketch({
      // The other region does not fail: all that moves together counts as moved only where every standby is up.
      regions: [
        { ...north, zones: ['a', 'b'].map((name) => ({ name, failing: { u: 0.01, repairHours: 2 } })) },
        { name: 'south', zones: [] },
      ],
      links: [{ a: 'north', b: 'south', success: 0.9 }],
      components: [
        component('web', [{ ...placed(1, 'north'), zones: ['a'] }, placed(1, 'south', 'warm standby')], {
          failing: { u: 0 },
          edges: [edge(['store'])],
          failovers: [minute],
        }),
        component('store', [{ ...placed(1, 'north'), zones: ['b'] }, placed(1, 'south', 'hot standby')], {
          kind: 'database',
          failing: { u: 0 },
          failovers: [{ ...minute, promote: 36 }],
        }),
      ],
      journeys: [{ name: 'buy', edges: [edge(['web'])] }],
    }),
  },
  {
    name: 'a service that follows the cache of its own region',
    subject: 'api',
    sketch: sketch({
      regions: [north, south],
      components: [
        component('api', [placed(1, 'north'), placed(1, 'south', 'hot standby')], {
          edges: [edge(['cache'], { sameRegion: true })],
          failovers: [minute],
        }),
        component('cache', [placed(1, 'north'), placed(1, 'south')], { kind: 'cache' }),
      ],
    }),
  },
  {
    name: 'a second standby behind the first',
    subject: 'api',
    sketch: sketch({
      regions: [north, south, east],
      components: [
        component('api', [placed(1, 'north'), placed(1, 'south', 'hot standby'), placed(1, 'east', 'warm standby')], {
          failovers: [minute],
        }),
      ],
    }),
  },
];

function known(figure: Figure | undefined): number {
  return figure?.status === 'known' ? figure.value : Number.NaN;
}

describe('simulated failures and repairs of a text', () => {
  test.each(cases)('$name', { timeout: 120_000 }, async ({ subject, sketch: drawn }) => {
    const analysis = analyze((await built(textOf(drawn))).model, { asOf: '2026-11-01' });
    const found = simulate(new Reading(drawn), subject, 60, 150);
    const compare = (estimated: Estimate, figure: Figure | undefined, what: string): void => {
      const value = known(figure);
      const away = Math.abs(estimated.mean - value) / Math.max(estimated.error, Number.MIN_VALUE);
      expect(away, `${what}: ${estimated.mean} ± ${estimated.error} of ${value}`).toBeLessThan(errors);
    };
    const outages = analysis.outages(subject);
    compare(found.down, analysis.availability(subject)?.unavailability, 'down');
    compare(found.outages, outages?.perYear, 'outages');
    if (drawn.components.some(({ failovers }) => failovers.length > 0)) {
      expect(known(analysis.availability(subject)?.switchingUnavailability)).toBeGreaterThan(errors * found.down.error);
      compare(found.activeFailures, outages?.activeFailures, 'active failures');
    }
  });
});
