/** What a backup is worth: the formulas of data loss for fulls, incrementals, snapshots and logs. */
import { assumptions } from '../../model/assumptions.js';
import { sourceOf } from '../../model/fact.js';
import type { Backup, BackupSeries, Component } from '../../model/model.js';
import type { Figure } from '../figure.js';
import { inSequence, missingStep, type Steps, step, timeOf, unbounded } from './time.js';

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
  return timeOf(inSequence(interval(point), freshness(point)));
}

/**
 * Data lost, in the worst case, when bad data is found after `found within` and this restore point holds the last good state.
 * Fulls: (f+1)·I + max(L, D + C); logs: max(L, I + lag + C). Unbounded where the backup is kept shorter than L.
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
    const lag = lags === undefined ? step('lag', 0) : step('lag', lags.value, sourceOf(lags));
    return timeOf(longer(discovery, inSequence(interval(point), present(lag), copyTime(point))));
  }
  return timeOf(inSequence(interval(point), longer(discovery, freshness(point))));
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
  if (backup.consistentAt.value === 'end') return copyTime(point);
  const duration =
    series.takes === undefined
      ? missingStep('duration', `takes of ${pointName(point)}`, series.source)
      : step('duration', series.takes.value, sourceOf(series.takes));
  return inSequence(duration, copyTime(point));
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

/** The longer of two; both with what is missing where one is not known. */
function longer(a: Steps, b: Steps): Steps {
  if (b.missing.length > 0) return { ...b, terms: [...a.terms, ...b.terms] };
  const sum = (steps: Steps): number => steps.terms.reduce((total, each) => total + (each.seconds ?? 0), 0);
  const longest = sum(a) >= sum(b) ? a : b;
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
