/**
 * A second opinion on availability: failures and repairs are simulated event by event, with nothing of the engine but the network. A
 * repair takes at least as long as a switch, and traffic fails back at once: that is what the formula of switching means.
 */
import { describe, expect, test } from 'vitest';
import { analyze } from '../../../language/analysis/analyze.js';
import { leafProbabilities } from '../../../language/analysis/availability/leaf-probabilities.js';
import type { Figure } from '../../../language/analysis/figure.js';
import { Structure } from '../../../language/analysis/structure/evaluate.js';
import type { Model } from '../../../language/model/model.js';
import { modelOf } from '../model-of.js';

interface Simulated {
  /** Mean share of the time down, and the standard error of that mean over independent runs. */
  readonly down: number;
  readonly error: number;
  readonly outagesPerYear: number;
  readonly outagesError: number;
}

/** A generator of uniform numbers that is the same everywhere: multiplicative congruences (Park and Miller). */
function uniform(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  };
}

const hoursPerYear = 8760;

/** Simulates `runs` runs of `years` each. `switching`: seconds of a switch; 0 where there is no standby. */
function simulate(model: Model, subject: string, switching: number, runs: number, years: number): Simulated {
  const structure = new Structure(model);
  const { compiled } = structure;
  const leaves = leafProbabilities(model, compiled);
  const node = compiled.nodeOf(subject);
  const gates = node === undefined ? undefined : compiled.gates[node.id];
  if (node === undefined || gates === undefined) throw new Error(`${subject} is not in the model.`);
  const [active, ...standbys] = gates.sides;
  const events = [...leaves.events].map(([leaf, { unavailability, mttr }]) => ({
    leaf,
    repair: mttr.value,
    life: (mttr.value * (1 - unavailability)) / unavailability,
  }));
  const failovers = [...compiled.failoverEvents].map(([leaf, { success }]) => ({ leaf, success: success.value }));
  const results = Array.from({ length: runs }, (_, run) => {
    const random = uniform(run * 7919 + 17);
    const exponential = (mean: number): number => -mean * Math.log(1 - random());
    const end = years * hoursPerYear * 3600;
    const next = events.map(({ life }) => exponential(life));
    const off = new Set<number>();
    let time = 0;
    let down = 0;
    let outages = 0;
    let wasDown = false;
    let activeDown = false;
    let switchedAt = 0;
    while (time < end) {
      let first = 0;
      for (let index = 1; index < next.length; index++) if ((next[index] ?? 0) < (next[first] ?? 0)) first = index;
      const until = Math.min(end, next[first] ?? end);
      const fallen = new Set(compiled.network.fallen(off));
      const isDown = fallen.has(gates.up);
      const activeIsDown = active !== undefined && standbys.length > 0 && fallen.has(active.gate);
      if (activeIsDown && !activeDown) {
        switchedAt = time + switching;
        // Whether this failover works is decided when it is needed.
        for (const { leaf, success } of failovers) {
          if (random() < success) off.delete(leaf);
          else off.add(leaf);
        }
      }
      activeDown = activeIsDown;
      const downNow = new Set(compiled.network.fallen(off)).has(gates.up);
      const waiting = activeIsDown && !downNow ? Math.max(0, Math.min(until, switchedAt) - time) : 0;
      down += downNow ? until - time : waiting;
      const outage = downNow || waiting > 0;
      if (outage && !wasDown) outages++;
      wasDown = downNow || (waiting > 0 && until <= switchedAt);
      if (isDown !== downNow && failovers.length === 0) throw new Error('Only a failover changes without an event.');
      time = until;
      if (time >= end) break;
      const event = events[first];
      if (event === undefined) break;
      if (off.delete(event.leaf)) next[first] = time + exponential(event.life);
      else {
        off.add(event.leaf);
        const least = Math.min(switching, event.repair);
        next[first] = time + least + exponential(event.repair - least);
      }
    }
    return { down: down / end, outages: outages / years };
  });
  const mean = (of: (result: (typeof results)[number]) => number): { readonly mean: number; readonly error: number } => {
    const average = results.reduce((sum, each) => sum + of(each), 0) / runs;
    const variance = results.reduce((sum, each) => sum + (of(each) - average) ** 2, 0) / (runs - 1);
    return { mean: average, error: Math.sqrt(variance / runs) };
  };
  const downs = mean((each) => each.down);
  const counts = mean((each) => each.outages);
  return { down: downs.mean, error: downs.error, outagesPerYear: counts.mean, outagesError: counts.error };
}

function known(figure: Figure | undefined): number {
  return figure?.status === 'known' ? figure.value : Number.NaN;
}

/** Four standard errors: one in 16,000 would miss by chance, and the seeds are fixed. */
const errors = 4;

const zones = `model m { }
defaults { common cause 10% }
region r { mtbf 2000h  mttr 6h  zone a { mtbf 700h  mttr 5h }  zone b { mtbf 700h  mttr 5h }  zone c { mtbf 700h  mttr 5h } }
service web { runs 3 in r  needs 2  mtbf 200h  mttr 3h  requires store }
database store { runs 3 in r  mtbf 400h  mttr 4h  replicates sync within r quorum 2  together { mtbf 3000h  mttr 2h } }
journey buy { requires web  requires any of adyen, stripe }
external adyen { mtbf 99h  mttr 1h }
external stripe { mtbf 49h  mttr 1h }`;

const standby = (success: string): string => `model m { }
defaults { common cause 0% }
region north { mtbf 900h  mttr 8h  zones a, b }
region south { mtbf 900h  mttr 8h  zones a, b }
service api {
  runs 2 in north
  runs 2 in south as hot standby
  needs 2
  mtbf 150h  mttr 2h
  failover { detect 4m  decide automatic  switch dns ttl 2m ${success} }
}`;

describe('simulated failures and repairs', () => {
  test('shared zones, quorums, common causes and choices are down as long and as often', { timeout: 60_000 }, async () => {
    const model = await modelOf(zones);
    const analysis = analyze(model, { asOf: '2026-11-01' });
    const found = simulate(model, 'buy', 0, 40, 40);
    expect(Math.abs(found.down - known(analysis.availability('buy')?.unavailability))).toBeLessThan(errors * found.error);
    expect(Math.abs(found.outagesPerYear - known(analysis.outages('buy')?.perYear))).toBeLessThan(errors * found.outagesError);
  });

  test.each([
    ['that always works', ''],
    ['that works four times of five', 'success 80%'],
  ])('a failover %s, switching time included', { timeout: 60_000 }, async (_, success) => {
    const model = await modelOf(standby(success));
    const analysis = analyze(model, { asOf: '2026-11-01' });
    const found = simulate(model, 'api', 360, 40, 40);
    const figures = analysis.availability('api');
    expect(known(figures?.switchingUnavailability)).toBeGreaterThan(0);
    expect(Math.abs(found.down - known(figures?.unavailability))).toBeLessThan(errors * found.error);
  });
});
