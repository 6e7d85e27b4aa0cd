/** Cron expressions of stated intervals. */
import type { BackupSeries } from '../model/model.js';
import { sha256 } from './sha256.js';

const minute = 60;
const hour = 60 * minute;
const day = 24 * hour;
const week = 7 * day;

/** Intervals that five fields can say without a gap at the end of an hour, a day or a week, in seconds. */
const intervals: readonly number[] = [
  ...[1, 2, 3, 4, 5, 6, 10, 12, 15, 20, 30].map((count) => count * minute),
  ...[1, 2, 3, 4, 6, 8, 12].map((count) => count * hour),
  day,
  week,
];

/** Runs of which nobody says when they start do so at night, minutes apart. */
const nightMinutes = 6 * 60;

/** When a run starts, as five fields, and every how many seconds. */
export interface Cron {
  readonly fields: string;
  /** At most what is stated: an interval that cron cannot say is shortened, so that no promise breaks. */
  readonly every: number;
}

/**
 * The cron of a series. A stated time is kept to the minute. Where none is stated, `key` decides, so that not everything starts at the
 * same minute and the same model always gives the same time.
 */
export function cronOf(series: Pick<BackupSeries, 'every' | 'at'>, key: string): Cron {
  const stated = series.every.value;
  const every = intervals.reduce((best, each) => (each <= stated ? each : best), minute);
  const chance = Number.parseInt(sha256(key).slice(0, 8), 16);
  const at = timeOf(series.at);
  const start = at ?? chance % nightMinutes;
  return { every, fields: fieldsOf(every / minute, at ?? (every < day ? chance % (24 * 60) : start), chance) };
}

/** `start`: minutes after midnight. `chance` picks the day of a week. */
function fieldsOf(minutes: number, start: number, chance: number): string {
  const [startHour, startMinute] = [Math.floor(start / 60), start % 60];
  if (minutes < 60) return `${stepped(startMinute % minutes, 59, minutes)} * * * *`;
  const hours = minutes / 60;
  if (hours < 24) return `${startMinute} ${stepped(startHour % hours, 23, hours)} * * *`;
  return `${startMinute} ${startHour} * * ${hours < 7 * 24 ? '*' : chance % 7}`;
}

function stepped(from: number, last: number, step: number): string {
  if (step === 1) return '*';
  return from === 0 ? `*/${step}` : `${from}-${last}/${step}`;
}

/** Minutes after midnight of `HH:MM`. */
function timeOf(at: string | undefined): number | undefined {
  const match = /^(\d{1,2}):(\d{2})$/.exec(at ?? '');
  if (match === null) return undefined;
  return (Number(match[1]) % 24) * 60 + (Number(match[2]) % 60);
}
