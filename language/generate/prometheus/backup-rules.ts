/** Alerts on backups: the last good one is too old, or there never was one. */
import type { Analysis } from '../../analysis/analysis.js';
import { componentsByName } from '../../model/queries.js';
import type { BackupRun } from '../backup-runs.js';
import type { Context } from '../context.js';
import type { Overlay } from '../overlays.js';
import { scheduleName } from '../velero/schedule.js';
import { type AgingRun, ageAlertWaits, ageLimit } from './backup-age.js';
import { tierLabel } from './objective-rules.js';
import { oneOf, over, promDuration, promNumber, series } from './promql.js';
import { type AlertingRule, type RuleGroup, runbookOf } from './rule.js';

/** A time stamp of the last good run, and whose it is. */
export interface Watched extends AgingRun {
  readonly name: string;
  /** Selects time stamps in seconds; the newest counts. */
  readonly stamps: string;
  /** True where the last run failed. */
  readonly failed: string;
}

/** What is backed up from a cluster and leaves a time of its last good run. */
export function watchedBackups(context: Context, overlay: Overlay, runs: readonly BackupRun[]): readonly Watched[] {
  const own = runs.filter((run) => run.writers.includes(overlay)).map((run) => ofRun(context, run));
  return [...own, ...ofOperators(context, overlay)];
}

/** Rules of one cluster on what is backed up from there. */
export function backupRules(
  context: Context,
  overlay: Overlay,
  runs: readonly BackupRun[],
  analysis: () => Analysis,
): readonly RuleGroup[] {
  const watched = watchedBackups(context, overlay, runs);
  if (watched.length === 0) return [];
  return [
    {
      name: 'backups',
      rules: watched.flatMap((each) => [...ageAlerts(context, each, analysis), ...failureAlerts(context, each)]),
    },
  ];
}

function ofRun(context: Context, run: BackupRun): Watched {
  const { store, backup, series: seriesOfRuns, copy, name } = run;
  const shared = { component: store.component, backup, seriesOfRuns, copy, name };
  if (run.means === 'velero') {
    const of = { schedule: scheduleName(context, run) };
    const window = promDuration(seriesOfRuns.every.value);
    // What failed in part is no backup either, and the gauge of the last run takes it for one.
    const failures = ['velero_backup_failure_total', 'velero_backup_partial_failure_total'].map(
      (metric) => `(sum(increase(${over(series(metric, of), window)})) or vector(0))`,
    );
    return { ...shared, stamps: series('velero_backup_last_successful_timestamp', of), failed: `${failures.join(' + ')} > 0` };
  }
  const { namespace } = context.names;
  return {
    ...shared,
    stamps: series('kube_cronjob_status_last_successful_time', { namespace, cronjob: name }),
    failed: `max(${series('kube_job_status_failed', { namespace, job_name: ['=~', `${name}-[0-9]+`] })}) > 0`,
  };
}

/**
 * Stores whose operator counts its backups: CloudNativePG, by itself or through its plugin, for a cluster called as in the model. A time
 * stamp of 0 is none.
 */
function ofOperators(context: Context, overlay: Overlay): readonly Watched[] {
  const { namespace } = context.names;
  return [...componentsByName(context.model)]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, component]): readonly Watched[] => {
      const { region } = overlay;
      const serves = component.placements.some((placement) => placement.region === region.name && placement.role === 'active');
      if (!serves || component.data.managedBy?.value.operator !== 'cloudnative-pg') return [];
      const cluster = component.deployment.platformId?.value ?? context.names.component(component.name);
      const pods = { namespace, pod: ['=~', `${oneOf([cluster])[1]}-[0-9]+`] as const };
      const stamps = [
        series('barman_cloud_cloudnative_pg_io_last_available_backup_timestamp', pods),
        series('cnpg_collector_last_available_backup_timestamp', pods),
      ].join(' or ');
      const failures = [
        series('barman_cloud_cloudnative_pg_io_last_failed_backup_timestamp', pods),
        series('cnpg_collector_last_failed_backup_timestamp', pods),
      ].join(' or ');
      return component.data.backups.flatMap((backup): readonly Watched[] => {
        const full = backup.series.find((each) => each.kind === 'full' || each.kind === 'snapshot');
        if (full === undefined) return [];
        const name = `${context.names.component(component.name)}-${backup.name}`;
        const good = `((${stamps}) > 0)`;
        const failed = `max(${failures}) > max(${good})`;
        return [{ component, backup, seriesOfRuns: full, copy: backup.copies[0], name, stamps: good, failed }];
      });
    });
}

function ageAlerts(context: Context, watched: Watched, analysis: () => Analysis): readonly AlertingRule[] {
  const { component, backup, seriesOfRuns, name, stamps } = watched;
  const { seconds, words, breach } = ageLimit(context, watched, analysis);
  const shared = {
    severity: 'page' as const,
    labels: { component: component.name, backup: backup.name, run: name, ...tierLabel(component) },
    runbook: runbookOf(context.model, component),
    source: seriesOfRuns.source,
  };
  return [
    {
      ...shared,
      alert: 'BackupTooOld',
      expr: `time() - max(${stamps}) > ${promNumber(seconds)}`,
      note: words,
      for: promDuration(ageAlertWaits),
      summary: `The last good backup ${backup.name} of ${component.name} is too old`,
      description: `${name} last succeeded {{ $value | humanizeDuration }} ago; the model counts on ${promDuration(seconds)} at most.${breach === undefined ? '' : ` ${breach}`}`,
    },
    {
      ...shared,
      alert: 'BackupMissing',
      // A run that never was has no age to be too old.
      expr: `absent(${stamps})`,
      for: promDuration(seconds),
      summary: `Backup ${backup.name} of ${component.name} never succeeded, or nobody counts it`,
      description: `There is no time of a good run of ${name}: it never ran, it always failed, or Prometheus does not see it.`,
    },
  ];
}

/** Where the backup asks for it: somebody hears of the first failure, before the last good one is too old. */
function failureAlerts(context: Context, { component, backup, seriesOfRuns, name, failed }: Watched): readonly AlertingRule[] {
  const asked = new Set(backup.alertsOn.map(({ value }) => value));
  if (asked.has('size')) {
    context.report({
      kind: 'left-out',
      component: component.name,
      message: `Backup ${backup.name} of ${component.name} alerts on size, and no metric tells how large its copies are; watch the bucket.`,
      source: backup.source,
    });
  }
  if (!asked.has('failure')) return [];
  return [
    {
      alert: 'BackupFailed',
      expr: failed,
      for: '1m',
      severity: 'ticket',
      labels: { component: component.name, backup: backup.name, run: name, ...tierLabel(component) },
      summary: `A run of backup ${backup.name} of ${component.name} failed`,
      description: `${name} failed. The last good one is still young enough, or BackupTooOld fires.`,
      runbook: runbookOf(context.model, component),
      source: seriesOfRuns.source,
    },
  ];
}
