/** How long it takes to bring a store's data back from a restore point. */
import { sourceOf } from '../../model/fact.js';
import type { Backup, BackupSeries, Component } from '../../model/model.js';
import type { RestorePoint } from './backups.js';
import { assuming, inSequence, missingStep, noSteps, type Steps, step } from './time.js';

/**
 * V_full/B, the increments since the last full (n ≤ ⌈I_full/I_inc⌉ − 1), the replay of logs since the last of these.
 * Where size or rate is not stated, the time a tested restore took stands for it.
 */
export function restoreSteps(store: Component, point: RestorePoint): Steps {
  const { backup } = point;
  const rate = backup.restoresAt;
  const size = store.data.size;
  if (size === undefined || rate === undefined || rate.value <= 0) {
    const took = backup.tested?.took;
    if (took !== undefined) return step('restore', took.value, sourceOf(took), 'as tested');
    const missing = [
      ...(size === undefined ? [`size of ${store.name}`] : []),
      ...(rate === undefined || rate.value <= 0 ? [`restores at of backup ${backup.name}`] : []),
    ];
    return inSequence(
      ...missing.map((each, index) => (index === 0 ? missingStep('restore', each, backup.source) : onlyMissing(each))),
    );
  }
  const full = step('restore', size.value / rate.value, sourceOf(rate));
  return inSequence(full, increments(store, point, rate.value), replay(store, point, rate.value));
}

function increments(store: Component, point: RestorePoint, rate: number): Steps {
  const base = longest(point.backup, ['full', 'snapshot']);
  const each =
    point.series.kind === 'full' || point.series.kind === 'snapshot' ? undefined : longest(point.backup, ['incremental']);
  if (base === undefined || each === undefined) return noSteps;
  const count = Math.max(0, Math.ceil(base.every.value / each.every.value) - 1);
  if (count === 0) return noSteps;
  const changes = store.data.changes;
  if (changes === undefined) return missingStep('increments', `changes of ${store.name}`, each.source);
  return step('increments', (count * changes.value * each.every.value) / rate, sourceOf(changes), `${count} increments`);
}

function replay(store: Component, point: RestorePoint, rate: number): Steps {
  if (point.series.kind !== 'log') return noSteps;
  const since = longest(point.backup, ['incremental']) ?? longest(point.backup, ['full', 'snapshot']);
  if (since === undefined) return noSteps;
  const changes = store.data.changes;
  if (changes === undefined) return missingStep('replay', `changes of ${store.name}`, point.series.source);
  const replaysAt = point.backup.replaysAt;
  const stated = replaysAt !== undefined && replaysAt.value > 0;
  const steps = step('replay', (changes.value * since.every.value) / (stated ? replaysAt.value : rate), sourceOf(changes));
  return stated ? steps : assuming(steps, 'logs are replayed as fast as fulls are restored');
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
