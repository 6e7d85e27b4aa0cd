/** The formulas of data loss, one row each: interval I, duration D, copy C, lag, failed runs f, found within L. */
import { describe, expect, it } from 'vitest';
import type { Figure } from '../../../../language/analysis/figure.js';
import { Recovery } from '../../../../language/analysis/recovery/recovery.js';
import { Structure } from '../../../../language/analysis/structure/evaluate.js';
import type { BackupSeries, Model, Replication } from '../../../../language/model/model.js';
import { backup, component, copyTo, fact, model, region, replicates, runs, series, use } from '../model-builder.js';

const r1 = region('r1', ['a', 'b', 'c']);
const r2 = region('r2', ['a']);
const minute = 60;
const hour = 60 * minute;
const day = 24 * hour;

interface Facts {
  readonly series: readonly BackupSeries[];
  readonly copy?: number;
  readonly failedRuns?: number;
  readonly consistent?: 'start' | 'end';
  readonly keeps?: number;
  readonly found?: number;
  readonly exclusive?: boolean;
}

function stored(facts: Facts): Model {
  return model({
    regions: [r1, r2],
    components: [
      component('database', 'store', {
        placements: [runs(3, r1)],
        data: {
          replication: [],
          residency: [],
          ...(facts.found === undefined ? {} : { corruptionFoundWithin: fact(facts.found) }),
          backups: [
            backup(facts.series, {
              copies: [copyTo('vault', facts.copy)],
              toleratesFailedRuns: fact(facts.failedRuns ?? 0),
              consistentAt: fact(facts.consistent ?? 'start'),
              ...(facts.keeps === undefined ? {} : { keeps: fact(facts.keeps) }),
              ...(facts.exclusive === true ? { exclusive: use('it').at } : {}),
            }),
          ],
        },
      }),
      component('bucket', 'vault', { hosts: [use('r2')] }),
    ],
  });
}

function rpo(of: Model, disruption: 'region-loss' | 'zone-loss' | 'corruption'): Figure | undefined {
  return new Recovery(new Structure(of)).of('store').get(disruption)?.rpo;
}

const takes = (seconds: number): { readonly takes: BackupSeries['every'] } => ({ takes: fact(seconds) });
const daily = series('full', day, takes(hour));

const rows: readonly {
  readonly name: string;
  readonly facts: Facts;
  readonly disaster?: number | 'unbounded' | 'unknown';
  readonly corruption?: number | 'unbounded' | 'unknown';
}[] = [
  {
    name: 'I + D + C: 24 h + 1 h + 30 min',
    facts: { series: [daily], copy: 30 * minute },
    disaster: 25.5 * hour,
    corruption: 'unknown',
  },
  {
    name: 'the same in minutes: 15 + 2 + 3',
    facts: { series: [series('snapshot', 15 * minute, takes(2 * minute))], copy: 3 * minute },
    disaster: 20 * minute,
  },
  {
    name: 'f = 2: 3·I + D + C, and 3·I + L',
    facts: { series: [daily], copy: 30 * minute, failedRuns: 2, found: 6 * hour },
    disaster: 73.5 * hour,
    corruption: 78 * hour,
  },
  {
    name: 'consistent at the end: I + C, and I + max(L, C)',
    facts: { series: [daily], copy: 30 * minute, consistent: 'end', found: 10 * minute },
    disaster: 24.5 * hour,
    corruption: 24.5 * hour,
  },
  {
    name: 'corruption found soon: I + D + C',
    facts: { series: [daily], copy: 30 * minute, found: minute },
    disaster: 25.5 * hour,
    corruption: 25.5 * hour,
  },
  {
    name: 'overrun D > I: D + D + C',
    facts: { series: [series('full', hour, takes(2 * hour))], copy: minute },
    disaster: 4 * hour + minute,
  },
  {
    name: 'copies queue, C > I: unbounded',
    facts: { series: [series('full', hour, takes(minute))], copy: 2 * hour, found: minute },
    disaster: 'unbounded',
    corruption: 'unbounded',
  },
  {
    name: 'full and incremental: I_inc + D_inc + C_inc',
    facts: { series: [daily, series('incremental', hour, takes(10 * minute))], copy: 5 * minute },
    disaster: 75 * minute,
  },
  {
    name: 'logs: I + C, which may exceed I; corruption L',
    facts: { series: [daily, series('log', 5 * minute)], copy: 20 * minute, found: day },
    disaster: 25 * minute,
    corruption: day,
  },
  {
    name: 'logs with a lag of their own: I + lag',
    facts: { series: [daily, series('log', 5 * minute, { lags: fact(minute) })], copy: 20 * minute },
    disaster: 6 * minute,
  },
  { name: 'logs never count failed runs', facts: { series: [series('log', minute)], copy: 0, failedRuns: 3 }, disaster: minute },
  { name: 'logs without any time: I', facts: { series: [series('log', minute)] }, disaster: minute },
  { name: 'duration not stated', facts: { series: [series('full', day)], copy: minute }, disaster: 'unknown' },
  { name: 'copy not stated', facts: { series: [daily] }, disaster: 'unknown' },
  {
    name: 'kept shorter than it takes to find: unbounded',
    facts: { series: [daily], copy: minute, keeps: 3 * day, found: 7 * day },
    disaster: 25 * hour + minute,
    corruption: 'unbounded',
  },
  {
    // Found after 7 d, the good full is up to 8 d old: kept 7 d and 23 h it may be gone, kept 8 d it is there.
    name: 'kept as long as it takes to find, but not as long as the good full is old',
    facts: { series: [daily], copy: minute, keeps: 7 * day + 23 * hour, found: 7 * day },
    corruption: 'unbounded',
  },
  {
    name: 'kept just as long as the good full may be old',
    facts: { series: [daily], copy: minute, keeps: 8 * day, found: 7 * day },
    disaster: 25 * hour + minute,
    corruption: 8 * day,
  },
  {
    // The last full is usable 25 h and 1 min after the one before it started, which was gone after 25 h.
    name: 'kept shorter than until the next one is there',
    facts: { series: [daily], copy: minute, keeps: 25 * hour },
    disaster: 'unbounded',
  },
  {
    // Logs reach back to the moment before the corruption, 7 d ago; the full they need is up to 1 d older.
    name: 'logs need the full before them to be kept',
    facts: { series: [daily, series('log', 5 * minute)], copy: 20 * minute, keeps: 7 * day + hour, found: 7 * day },
    disaster: 25 * minute,
    corruption: 'unbounded',
  },
  {
    name: 'logs with the full before them',
    facts: { series: [daily, series('log', 5 * minute)], copy: 20 * minute, keeps: 8 * day, found: 7 * day },
    disaster: 25 * minute,
    corruption: 7 * day,
  },
  {
    // 1 h + 10 min + 5 min, but 1 h + 1 h of the full + 5 min while that runs.
    name: 'a full that holds up the increments: I_inc + D_full + C',
    facts: { series: [daily, series('incremental', hour, takes(10 * minute))], copy: 5 * minute, exclusive: true },
    disaster: 125 * minute,
  },
  {
    name: 'a shorter full holds up nothing for longer than the increment itself takes',
    facts: {
      series: [series('full', day, takes(5 * minute)), series('incremental', hour, takes(10 * minute))],
      copy: 5 * minute,
      exclusive: true,
    },
    disaster: 75 * minute,
  },
  {
    // Ends are I apart; before the end of a full one is D_full − D_inc later: 1 h + 50 min + 5 min.
    name: 'consistent at the end, held up by what the full takes longer',
    facts: {
      series: [daily, series('incremental', hour, takes(10 * minute))],
      copy: 5 * minute,
      exclusive: true,
      consistent: 'end',
    },
    disaster: 115 * minute,
  },
  {
    name: 'the full that holds them up does not say how long it takes',
    facts: {
      series: [series('full', day), series('incremental', hour, takes(10 * minute))],
      copy: 5 * minute,
      exclusive: true,
    },
    disaster: 'unknown',
  },
];

describe('loss from backups', () => {
  it.each(rows)('$name', ({ facts, disaster, corruption }) => {
    const check = (figure: Figure | undefined, wanted: number | string | undefined): void => {
      if (wanted === undefined) return;
      expect(figure?.status === 'known' ? figure.value : figure?.status).toBe(wanted);
    };
    check(rpo(stored(facts), 'region-loss'), disaster);
    check(rpo(stored(facts), 'corruption'), corruption);
  });

  it('shows the sum term by term', () => {
    const figure = rpo(stored({ series: [daily], copy: 30 * minute, failedRuns: 1 }), 'region-loss');
    expect(figure?.terms.map((term) => [term.name, term.seconds])).toEqual([
      ['interval', 2 * day],
      ['duration', hour],
      ['copy', 30 * minute],
    ]);
    expect(figure?.terms.every((term) => term.source !== undefined)).toBe(true);
  });

  it('counts of two times that run side by side only the longer one, where the sum is not known', () => {
    const facts: Facts = { series: [series('full', hour)], copy: 10 * minute, found: 6 * hour };
    const figure = rpo(stored(facts), 'corruption');
    // At least 1 h + max(6 h, D + 10 min).
    expect(figure?.terms.map((term) => [term.name, term.seconds])).toEqual([
      ['interval', hour],
      ['found within', 6 * hour],
      ['duration', undefined],
    ]);
  });

  it('says what is missing', () => {
    const figure = rpo(stored({ series: [series('full', day)] }), 'region-loss');
    expect(figure).toMatchObject({
      status: 'unknown',
      missing: ['takes of full of backup nightly', 'takes of copies to vault in backup nightly'],
    });
  });
});

/** Three copies in r1, one in each zone, and a standby in r2. */
function replicated(replication: readonly Replication[], zones?: readonly string[]): Model {
  return model({
    regions: [r1, r2],
    links: [],
    components: [
      component('database', 'store', {
        placements: [runs(3, r1, 'active', zones), runs(1, r2, 'hot-standby')],
        data: { replication, residency: [], backups: [] },
      }),
    ],
  });
}

const within = (more: Partial<Replication> = {}): Replication => replicates('sync', { scope: 'within', region: 'r1', ...more });
const lagging = (more: Partial<Replication> = {}): Replication =>
  replicates('async', { scope: 'to', region: 'r2', lag: fact(5), ...more });
const twoInOneZone = ['r1.a', 'r1.a', 'r1.b'];

const replicaRows: readonly {
  readonly name: string;
  readonly of: Model;
  readonly zone: number | string;
  readonly disaster: number | string;
}[] = [
  { name: 'quorum 2, one copy a zone', of: replicated([within({ quorum: fact(2) }), lagging()]), zone: 0, disaster: 5 },
  {
    name: 'quorum 2, two copies in one zone',
    of: replicated([within({ quorum: fact(2) }), lagging()], twoInOneZone),
    zone: 5,
    disaster: 5,
  },
  { name: 'no quorum stated: on every copy', of: replicated([within(), lagging()], twoInOneZone), zone: 0, disaster: 5 },
  {
    name: 'quorum that shrinks to one',
    of: replicated([within({ quorum: fact(2), shrinksTo: fact(1) }), lagging()]),
    zone: 5,
    disaster: 5,
  },
  {
    name: 'synchronous that may degrade is asynchronous',
    of: replicated([within({ quorum: fact(2), degradesAfter: fact(10), lag: fact(30) }), lagging({ lag: fact(40) })]),
    zone: 30,
    disaster: 40,
  },
  {
    name: 'synchronous to the other region',
    of: replicated([replicates('sync', { scope: 'to', region: 'r2' })]),
    zone: 0,
    disaster: 0,
  },
  {
    name: 'no copy elsewhere is synchronous or named',
    of: replicated([within({ quorum: fact(2) })]),
    zone: 0,
    disaster: 'never',
  },
  {
    name: 'lag not stated',
    of: replicated([replicates('async', { scope: 'to', region: 'r2' })]),
    zone: 'unknown',
    disaster: 'unknown',
  },
  { name: 'nothing stated', of: replicated([]), zone: 'unknown', disaster: 'unknown' },
];

describe('loss of replicas', () => {
  it.each(replicaRows)('$name', ({ of, zone, disaster }) => {
    const shown = (figure: Figure | undefined): number | string | undefined =>
      figure?.status === 'known' ? figure.value : figure?.status;
    expect(shown(rpo(of, 'zone-loss'))).toBe(zone);
    expect(shown(rpo(of, 'region-loss'))).toBe(disaster);
  });

  it('has no limit where changes outrun the link', () => {
    const base = replicated([within({ quorum: fact(2) }), lagging()]);
    const [store] = base.components;
    if (store === undefined) throw new Error('The model has a store.');
    const at = store.source;
    const linked = (bandwidth: number): Model => ({
      ...base,
      components: [{ ...store, data: { ...store.data, changes: fact(100) } }],
      links: [{ a: 'r1', b: 'r2', source: at, bandwidth: fact(bandwidth), failovers: [], costs: [], accepts: [] }],
    });
    expect(rpo(linked(99), 'region-loss')?.status).toBe('unbounded');
    expect(rpo(linked(100), 'region-loss')?.status).toBe('known');
  });
});
