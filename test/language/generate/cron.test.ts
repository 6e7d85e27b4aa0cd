import fc from 'fast-check';
import { expect, it } from 'vitest';
import { cronOf } from '../../../language/generate/cron.js';
import type { BackupSeries } from '../../../language/model/model.js';
import { fact, line } from './model-factory.js';

const series = (every: number, at?: string): BackupSeries => ({
  kind: 'full',
  every: fact(every),
  source: line(1),
  ...(at === undefined ? {} : { at }),
});

/** Numbers of one cron field: `*`, `*\/6`, `4-23/6`, `5`. */
function numbers(field: string, last: number): readonly number[] {
  const [range = '', step = '1'] = field.split('/');
  const [from, to] =
    range === '*' ? [0, last] : range.includes('-') ? range.split('-').map(Number) : [Number(range), Number(range)];
  const all: number[] = [];
  for (let each = from ?? 0; each <= (to ?? last); each += Number(step)) all.push(each);
  return all;
}

/** Minutes of two weeks at which the fields fire, read by brute force. */
function fires(fields: string): readonly number[] {
  const [minute = '', hour = '', , , weekday = ''] = fields.split(' ');
  const sets = [numbers(minute, 59), numbers(hour, 23), numbers(weekday, 6)] as const;
  return Array.from({ length: 14 * 24 * 60 }, (_, at) => at).filter(
    (at) =>
      sets[0].includes(at % 60) && sets[1].includes(Math.floor(at / 60) % 24) && sets[2].includes(Math.floor(at / 1440) % 7),
  );
}

it.each([
  [86_400, '02:00', '0 2 * * *'],
  [86_400, '23:59', '59 23 * * *'],
  [6 * 3600, '02:30', '30 2-23/6 * * *'],
  [6 * 3600, '22:00', '0 4-23/6 * * *'],
  [3600, '00:15', '15 * * * *'],
  [900, '00:00', '*/15 * * * *'],
  [60, undefined, '* * * * *'],
])('every %d s at %s is %s', (every, at, fields) => {
  expect(cronOf(series(every, at), 'any')).toEqual({ fields, every });
});

it('never waits longer than the model says', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 60, max: 40 * 86_400 }),
      fc.option(fc.tuple(fc.nat(23), fc.nat(59)), { nil: undefined }),
      fc.string(),
      (every, at, key) => {
        const text = at?.map((part) => String(part).padStart(2, '0')).join(':');
        const cron = cronOf(series(every, text), key);
        const times = fires(cron.fields);
        expect(cron.every).toBeLessThanOrEqual(every);
        // Around the end of the second week as well.
        const gaps = times.map((time, index) => (times[index + 1] ?? (times[0] ?? 0) + 14 * 1440) - time);
        expect(Math.max(...gaps) * 60).toBe(cron.every);
        const day = 86_400;
        if (at !== undefined && cron.every <= day) expect(times).toContain(at[0] * 60 + at[1]);
      },
    ),
    { numRuns: 60 },
  );
});

it('trap 12: what has no time of its own does not start at the same minute everywhere', () => {
  const stores = Array.from({ length: 40 }, (_, index) => cronOf(series(86_400), `store-${index} nightly`).fields);
  expect(new Set(stores).size).toBeGreaterThan(30);
  for (const fields of stores) expect(Number(fields.split(' ')[1])).toBeLessThan(6);
  expect(cronOf(series(86_400), 'store-1 nightly')).toEqual(cronOf(series(86_400), 'store-1 nightly'));
});
