/** What a backup is worth: the formulas of data loss for fulls, incrementals, snapshots and logs. */
import { assumptions } from '../../model/assumptions.js';
import { sourceOf } from '../../model/fact.js';
import type { Backup, BackupSeries, Component } from '../../model/model.js';
import type { Figure } from '../figure.js';
import { assuming, atLeast, inSequence, missingStep, type Steps, step, timeOf, unbounded } from './time.js';

/** One series of a backup at one of its copies; `copy` undefined: it lies with its store. */
export interface RestorePoint {
  readonly backup: Backup;
  readonly series: BackupSeries;
  readonly copy: Backup['copies'][number] | undefined;
}

/** `full of backup nightly` */
export function pointName(point: RestorePoint): string {
  return `${point.series.kind} of backup ${point.backup.name}`;
}

/**
 * Data lost, in the worst case, when the store is gone and this restore point is what is left.
 * Consistent at its start: (f+1)·max(I, D) + D + C; at its end: (f+1)·max(I, D) + C. Logs: I + lag, or + C where no lag is stated.
 */
export function lossAfterDisaster(point: RestorePoint): Figure {
  const queued = queues(point);
  if (queued !== undefined) return queued;
  return whileKept(point, timeOf(inSequence(interval(point), freshness(point))), 'the next one is there');
}

/**
 * Data lost, in the worst case, when bad data is found after `found within` and this restore point holds the last good state.
 * Fulls: (f+1)·I + max(L, D + C); logs: max(L, I + lag + C). Unbounded where the backup is kept shorter than L, or than the loss itself: the
 * good point that old is gone.
 */
export function lossAfterCorruption(point: RestorePoint, store: Component): Figure {
  const found = store.data.corruptionFoundWithin;
  if (found === undefined) return timeOf(missingStep('found within', `corruption found within of ${store.name}`));
  const keeps = point.backup.keeps;
  if (keeps !== undefined && keeps.value < found.value) {
    return unbounded(`${pointName(point)} is gone before the corruption is found`, [
      ...step('keeps', keeps.value, sourceOf(keeps)).terms,
      ...step('found within', found.value, sourceOf(found)).terms,
    ]);
  }
  const queued = queues(point);
  if (queued !== undefined) return queued;
  const discovery = step('found within', found.value, sourceOf(found));
  if (point.series.kind === 'log') {
    const { lags } = point.series;
    const lag =
      lags === undefined
        ? assuming(step('lag', 0), assumptions['upload-lag-zero'].sentence)
        : step('lag', lags.value, sourceOf(lags));
    return whileKept(point, timeOf(longer(discovery, inSequence(interval(point), present(lag), copyTime(point)))), goneUnnoticed);
  }
  return whileKept(point, timeOf(inSequence(interval(point), longer(discovery, freshness(point)))), goneUnnoticed);
}

const goneUnnoticed = 'the corruption is found';

/**
 * The loss, as long as copies are kept. The point that a restore goes back to may be as old as the loss, and increments and logs need the full
 * before them, which may be older by its interval: where that is more than `keeps`, there may be nothing to restore.
 */
function whileKept(point: RestorePoint, loss: Figure, before: string): Figure {
  const { keeps, series } = point.backup;
  if (keeps === undefined || loss.status === 'unbounded' || loss.status === 'never') return loss;
  const kind = point.series.kind;
  const bases =
    kind === 'full' || kind === 'snapshot' ? [] : series.filter((each) => each.kind === 'full' || each.kind === 'snapshot');
  const ages = bases.map((base) => {
    const at: RestorePoint = { ...point, series: base };
    return knownPart(interval(at)) + Math.max(atLeast(loss), knownPart(freshness(at)));
  });
  if (keeps.value >= Math.max(atLeast(loss), ages.length === 0 ? 0 : Math.min(...ages))) return loss;
  const what = ages.length === 0 ? pointName(point) : `the full before the ${pointName(point)}`;
  return unbounded(`${what} may be gone before ${before}`, [...step('keeps', keeps.value, sourceOf(keeps)).terms, ...loss.terms]);
}

/** Interval between points in time that a restore may go back to, failed runs and overruns included. */
function interval(point: RestorePoint): Steps {
  const { series, backup } = point;
  const every = series.every.value;
  if (series.kind === 'log') return step('interval', every, sourceOf(series.every));
  const runs = backup.toleratesFailedRuns.value + 1;
  // A run that takes longer than its interval delays the next one.
  const effective = Math.max(every, series.takes?.value ?? 0);
  const note = [
    ...(effective > every ? ['a run takes longer than its interval'] : []),
    ...(runs > 1 ? [`${runs - 1} failed ${runs === 2 ? 'run' : 'runs'} in a row`] : []),
  ].join(', ');
  const result = step('interval', runs * effective, sourceOf(series.every), note === '' ? undefined : note);
  return { ...result, assumptions: assumptionsOf(backup) };
}

/** How old a point is when it has become usable. */
function freshness(point: RestorePoint): Steps {
  const { series, backup } = point;
  if (series.kind === 'log') {
    if (series.lags !== undefined) return step('lag', series.lags.value, sourceOf(series.lags));
    const copied = point.copy?.takes;
    return copied === undefined
      ? { terms: [], missing: [], assumptions: [assumptions['upload-lag-zero'].sentence] }
      : step('copy', copied.value, sourceOf(copied));
  }
  const full = heldUpBy(point);
  if (backup.consistentAt.value === 'end') {
    if (full === undefined) return copyTime(point);
    const longest = longer(duration(point, full), duration(point, series));
    return inSequence(present({ ...longest, terms: lessThan(longest.terms, series.takes?.value ?? 0) }), copyTime(point));
  }
  const run = full === undefined ? duration(point, series) : longer(duration(point, full), duration(point, series));
  return inSequence(run, copyTime(point));
}

function duration(point: RestorePoint, series: BackupSeries): Steps {
  const name = series === point.series ? 'duration' : 'full runs';
  return series.takes === undefined
    ? missingStep(name, `takes of ${pointName({ ...point, series })}`, series.source)
    : step(name, series.takes.value, sourceOf(series.takes));
}

/** The longest full that an increment waits for, where runs wait for each other: until it is done nothing newer is there. */
function heldUpBy({ backup, series }: RestorePoint): BackupSeries | undefined {
  if (backup.exclusive === undefined || series.kind !== 'incremental') return undefined;
  return backup.series
    .filter((each) => each.kind === 'full')
    .reduce<BackupSeries | undefined>(
      (most, each) => (most === undefined || (each.takes?.value ?? 0) > (most.takes?.value ?? 0) ? each : most),
      undefined,
    );
}

/** The terms without so many seconds of each. */
function lessThan(terms: Steps['terms'], seconds: number): Steps['terms'] {
  return terms.map((each) => (each.seconds === undefined ? each : { ...each, seconds: Math.max(0, each.seconds - seconds) }));
}

function copyTime(point: RestorePoint): Steps {
  const { copy } = point;
  if (copy === undefined) return inSequence();
  if (copy.takes !== undefined) return step('copy', copy.takes.value, sourceOf(copy.takes));
  if (point.series.kind === 'log') return { terms: [], missing: [], assumptions: [assumptions['upload-lag-zero'].sentence] };
  return missingStep('copy', `takes of copies to ${copy.bucket.name} in backup ${point.backup.name}`, copy.source);
}

/** Copies that take longer than the interval pile up without limit. A log's copy is a lag, not a job, and may. */
function queues(point: RestorePoint): Figure | undefined {
  const { copy, series } = point;
  if (series.kind === 'log' || copy?.takes === undefined || copy.takes.value <= series.every.value) return undefined;
  return unbounded(`copies to ${copy.bucket.name} take longer than the interval and queue up`, [
    ...step('interval', series.every.value, sourceOf(series.every)).terms,
    ...step('copy', copy.takes.value, sourceOf(copy.takes)).terms,
  ]);
}

function knownPart(steps: Steps): number {
  return steps.terms.reduce((total, each) => total + (each.seconds ?? 0), 0);
}

/** The longer of two. Where one is not known, the longer known part, since it lasts no less, with what is missing of both. */
function longer(a: Steps, b: Steps): Steps {
  const longest = knownPart(a) >= knownPart(b) ? a : b;
  if (a.missing.length + b.missing.length > 0) {
    const open = (longest === a ? b : a).terms.filter((each) => each.seconds === undefined);
    const { missing, assumptions } = inSequence(a, b);
    return { terms: [...longest.terms, ...open], missing, assumptions };
  }
  return { ...longest, assumptions: [...new Set([...a.assumptions, ...b.assumptions])] };
}

function present(steps: Steps): Steps {
  return steps.terms.every((each) => each.seconds === 0) ? { ...steps, terms: [] } : steps;
}

function assumptionsOf(backup: Backup): readonly string[] {
  return [
    ...(backup.toleratesFailedRuns.origin.kind === 'assumed' ? [assumptions['no-failed-runs'].sentence] : []),
    ...(backup.consistentAt.origin.kind === 'assumed' ? [assumptions['consistent-at-start'].sentence] : []),
  ];
}
