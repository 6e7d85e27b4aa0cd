/** What a backup is worth, by formula, against a backup that runs moment by moment. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Figure } from '../../../../language/analysis/figure.js';
import { lossAfterCorruption, lossAfterDisaster, type RestorePoint } from '../../../../language/analysis/recovery/backups.js';
import type { Component } from '../../../../language/model/model.js';
import { backup, component, copyTo, fact, series, use } from '../model-builder.js';
import { mostLost, mostLostBesideFulls, mostLostOfLogs, type Timeline } from './timeline.js';

const many = { numRuns: 2000, seed: 20261121 } as const;

const timelines = fc
  .record({
    every: fc.integer({ min: 1, max: 12 }),
    takes: fc.integer({ min: 0, max: 15 }),
    failed: fc.integer({ min: 0, max: 2 }),
    consistent: fc.constantFrom<'start' | 'end'>('start', 'end'),
    copy: fc.integer({ min: 0, max: 12 }),
    keeps: fc.option(fc.integer({ min: 1, max: 80 }), { nil: undefined }),
  })
  .filter(({ every, copy }) => copy <= every)
  .map(
    ({ every, takes, failed, consistent, copy, keeps }): Timeline => ({
      series: { every, takes, failed, consistent },
      copy,
      keeps,
    }),
  );

function pointOf({ series: each, copy, keeps }: Timeline): RestorePoint {
  const full = series('full', each.every, { takes: fact(each.takes) });
  const [to] = [copyTo('vault', copy)];
  return {
    backup: backup([full], {
      copies: [to],
      consistentAt: fact(each.consistent),
      toleratesFailedRuns: fact(each.failed),
      ...(keeps === undefined ? {} : { keeps: fact(keeps) }),
    }),
    series: full,
    copy: to,
  };
}

function foundWithin(seconds: number): Component {
  return component('database', 'store', {
    data: { replication: [], residency: [], backups: [], corruptionFoundWithin: fact(seconds) },
  });
}

function lossOf(figure: Figure): number | string {
  if (figure.status === 'known') return figure.value;
  return figure.status === 'unbounded' ? Number.POSITIVE_INFINITY : figure.status;
}

describe('a backup that runs', () => {
  it('loses as much after a disaster as the formula says', () => {
    fc.assert(
      fc.property(timelines, (timeline) => {
        expect(lossOf(lossAfterDisaster(pointOf(timeline)))).toBe(mostLost(timeline));
      }),
      many,
    );
  });

  it('loses as much after a corruption as the formula says', () => {
    fc.assert(
      fc.property(timelines, fc.integer({ min: 1, max: 40 }), (timeline, found) => {
        expect(lossOf(lossAfterCorruption(pointOf(timeline), foundWithin(found)))).toBe(mostLost(timeline, found));
      }),
      many,
    );
  });

  it('loses no more than the formula says where fulls hold up increments, and as much where both are due at once', () => {
    const cases = fc
      .record({
        every: fc.integer({ min: 2, max: 8 }),
        takes: fc.integer({ min: 0, max: 8 }),
        times: fc.integer({ min: 4, max: 9 }),
        full: fc.integer({ min: 0, max: 20 }),
        first: fc.integer({ min: 0, max: 40 }),
        copy: fc.integer({ min: 0, max: 5 }),
      })
      .filter(({ every, takes, times, full, copy }) => takes <= every && full <= every * (times - 1) && copy <= every);
    fc.assert(
      fc.property(cases, ({ every, takes, times, full, first, copy }) => {
        const increment = series('incremental', every, { takes: fact(takes) });
        const base = series('full', every * times, { takes: fact(full) });
        const to = copyTo('vault', copy);
        const held = backup([base, increment], { copies: [to], exclusive: use('it').at });
        const formula = lossOf(lossAfterDisaster({ backup: held, series: increment, copy: to }));
        const run = mostLostBesideFulls({ every: every * times, takes: full, first }, { every, takes }, copy);
        expect(run).toBeLessThanOrEqual(Number(formula));
        const aligned = every * times;
        expect(mostLostBesideFulls({ every: aligned, takes: full, first: aligned }, { every, takes }, copy)).toBe(formula);
      }),
      many,
    );
  });

  it('goes back by logs only as far as the full before them is kept', () => {
    const logs = fc.record({ every: fc.integer({ min: 1, max: 6 }), lags: fc.integer({ min: 0, max: 6 }) });
    fc.assert(
      fc.property(timelines, logs, fc.integer({ min: 0, max: 40 }), (timeline, log, found) => {
        const { backup: base, copy, series: full } = pointOf(timeline);
        const each = series('log', log.every, { lags: fact(log.lags) });
        const point: RestorePoint = { backup: { ...base, series: [full, each] }, series: each, copy };
        const formula = lossOf(found === 0 ? lossAfterDisaster(point) : lossAfterCorruption(point, foundWithin(found)));
        // After a corruption the copy is counted beside what the upload lags.
        const late = { ...log, lags: log.lags + (found === 0 ? 0 : timeline.copy) };
        const run = mostLostOfLogs(timeline, late, found);
        if (run === Number.POSITIVE_INFINITY) expect(formula).toBe(run);
        // Fulls and logs need not be at their oldest at the same moment.
        else expect(run).toBeLessThanOrEqual(Number(formula));
        if (timeline.keeps === undefined) expect(formula).toBe(Math.max(found, late.every + late.lags));
      }),
      many,
    );
  });

  it('loses no less when it is kept shorter, found later, copied more slowly or runs less often', () => {
    fc.assert(
      fc.property(timelines, fc.integer({ min: 1, max: 40 }), (timeline, found) => {
        const loss = (each: Timeline, within: number): number =>
          Number(lossOf(lossAfterCorruption(pointOf(each), foundWithin(within))));
        const now = loss(timeline, found);
        const rarer = { ...timeline.series, every: timeline.series.every + 1 };
        if (timeline.keeps !== undefined)
          expect(loss({ ...timeline, keeps: timeline.keeps + 1 }, found)).toBeLessThanOrEqual(now);
        expect(loss(timeline, found + 1)).toBeGreaterThanOrEqual(now);
        expect(loss({ ...timeline, copy: timeline.copy + 1 }, found)).toBeGreaterThanOrEqual(now);
        // Rarer runs leave more time for a copy that would queue up.
        expect(loss({ ...timeline, series: rarer }, found)).toBeGreaterThanOrEqual(now);
      }),
      many,
    );
  });
});
