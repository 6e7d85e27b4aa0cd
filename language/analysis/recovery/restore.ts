/** How long it takes to bring a store's data back from a restore point. */
import { calculations } from '../../model/assumptions.js';
import { type Fact, sourceOf } from '../../model/fact.js';
import type { Backup, BackupSeries, Component } from '../../model/model.js';
import type { RestorePoint } from './backups.js';
import { assuming, inSequence, missingStep, noSteps, type Steps, step } from './time.js';

/**
 * V_full/B, the increments since the last full (n ≤ ⌈I_full/I_inc⌉ − 1), the replay of logs since the last of these.
 * Where size or rate is not stated, the time a tested restore took stands for it.
 */
export function restoreSteps(store: Component, point: RestorePoint): Steps {
  const { backup } = point;
  const rate = rateOf(backup.restoresAt);
  const size = store.data.size;
  if (size === undefined || rate === undefined) {
    const took = backup.tested?.took;
    if (took !== undefined) return step('restore', took.value, sourceOf(took), 'as tested');
    const missing = [
      ...(size === undefined ? [`size of ${store.name}`] : []),
      ...(rate === undefined ? [`restores at of backup ${backup.name}`] : []),
    ];
    return inSequence(
      ...missing.map((each, index) => (index === 0 ? missingStep('restore', each, backup.source) : onlyMissing(each))),
    );
  }
  const full = step('restore', size.value / rate.value, sourceOf(rate));
  return inSequence(full, increments(store, point, rate.value), replay(store, point, rate.value));
}

/** What a restore reads, in bytes at so many bytes a second; undefined where any of it is not known. */
export function restoreParts(
  store: Component,
  point: RestorePoint,
): readonly { readonly bytes: number; readonly rate: number }[] | undefined {
  const { backup } = point;
  const rate = rateOf(backup.restoresAt)?.value;
  const { size, changes } = store.data;
  const [taken, replayed] = [incrementsSince(point), replayedSince(point)];
  if (size === undefined || rate === undefined) return undefined;
  if (changes === undefined && (taken !== undefined || replayed !== undefined)) return undefined;
  const perSecond = changes?.value ?? 0;
  return [
    { bytes: size.value + (taken === undefined ? 0 : taken.count * taken.series.every.value * perSecond), rate },
    ...(replayed === undefined
      ? []
      : [{ bytes: replayed.every.value * perSecond, rate: rateOf(backup.replaysAt)?.value ?? rate }]),
  ];
}

function rateOf(fact: Fact<number> | undefined): Fact<number> | undefined {
  return fact !== undefined && fact.value > 0 ? fact : undefined;
}

/** The increments that a restore applies after the full, at worst. */
function incrementsSince(point: RestorePoint): { readonly series: BackupSeries; readonly count: number } | undefined {
  const base = longest(point.backup, ['full', 'snapshot']);
  const each =
    point.series.kind === 'full' || point.series.kind === 'snapshot' ? undefined : longest(point.backup, ['incremental']);
  if (base === undefined || each === undefined) return undefined;
  const count = Math.max(0, Math.ceil(base.every.value / each.every.value) - 1);
  return count === 0 ? undefined : { series: each, count };
}

/** The series whose last point the logs are replayed from. */
function replayedSince(point: RestorePoint): BackupSeries | undefined {
  if (point.series.kind !== 'log') return undefined;
  return longest(point.backup, ['incremental']) ?? longest(point.backup, ['full', 'snapshot']);
}

function increments(store: Component, point: RestorePoint, rate: number): Steps {
  const taken = incrementsSince(point);
  if (taken === undefined) return noSteps;
  const { series, count } = taken;
  const changes = store.data.changes;
  if (changes === undefined) return missingStep('increments', `changes of ${store.name}`, series.source);
  return step('increments', (count * changes.value * series.every.value) / rate, sourceOf(changes), `${count} increments`);
}

function replay(store: Component, point: RestorePoint, rate: number): Steps {
  const since = replayedSince(point);
  if (since === undefined) return noSteps;
  const changes = store.data.changes;
  if (changes === undefined) return missingStep('replay', `changes of ${store.name}`, point.series.source);
  const stated = rateOf(point.backup.replaysAt);
  const steps = step('replay', (changes.value * since.every.value) / (stated?.value ?? rate), sourceOf(changes));
  return stated === undefined ? assuming(steps, calculations['replay-as-restore'].sentence) : steps;
}

function longest(backup: Backup, kinds: readonly BackupSeries['kind'][]): BackupSeries | undefined {
  return backup.series
    .filter((series) => kinds.includes(series.kind))
    .reduce<BackupSeries | undefined>(
      (most, each) => (most === undefined || each.every.value > most.every.value ? each : most),
      undefined,
    );
}

function onlyMissing(missing: string): Steps {
  return { terms: [], missing: [missing], assumptions: [] };
}
