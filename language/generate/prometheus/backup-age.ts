/** How old the last good run of a backup may become before somebody is called: before a promise is broken, and never because of a good run. */
import type { Analysis } from '../../analysis/analysis.js';
import { lossAfterDisaster } from '../../analysis/recovery/backups.js';
import type { Backup, BackupSeries, Component, DisruptionClass } from '../../model/model.js';
import type { Context } from '../context.js';
import { type PromisedLoss, strictestLoss } from './promised-loss.js';
import { promDuration } from './promql.js';

/** Room for a run that starts or ends late: a share of the interval, and no less than this, in seconds. */
const leastSlack = 600;

/** How long an alert on the age waits before it fires, in seconds. */
export const ageAlertWaits = 300;

/** One series of a backup at one of its copies. */
export interface AgingRun {
  readonly component: Component;
  readonly backup: Backup;
  readonly seriesOfRuns: BackupSeries;
  readonly copy: Backup['copies'][number] | undefined;
}

export interface AgeLimit {
  readonly seconds: number;
  /** What it follows from. */
  readonly words: string;
  /** Where the schedule itself breaks a promise: by how much, and what to write. */
  readonly breach: string | undefined;
}

/**
 * The age, since it was done, that a good run must not reach.
 *
 * (f+1)·I + D + C and some slack is what the figures of data loss rest on; what nobody stated of D and C counts as half an interval of
 * slack. Where a promise R rests on the backup, the alert has to fire before: data at risk is as old as the run, its D + C and, after
 * corruption, the time until it is found. But a run that is on time is I old when the next one is done, and must not call anybody.
 */
export function ageLimit(context: Context, run: AgingRun, analysis: () => Analysis): AgeLimit {
  const { component, backup, seriesOfRuns, copy } = run;
  const interval = seriesOfRuns.every.value;
  const takes = seriesOfRuns.takes?.value ?? 0;
  const moving = takes + (copy?.takes?.value ?? 0);
  const effective = Math.max(interval, takes);
  const runs = backup.toleratesFailedRuns.value + 1;
  const loss = lossAfterDisaster({ backup, series: seriesOfRuns, copy });
  const known = loss.status === 'known';
  const slack = Math.max(leastSlack, known ? interval / 10 : interval / 2);
  const bound = Math.ceil((known ? loss.value : runs * effective + moving) + slack);
  const parts = [`${runs} x ${promDuration(interval)}`, ...(known ? ['run and copy'] : []), `${promDuration(slack)} slack`];
  const usual: AgeLimit = { seconds: bound, words: `${component.name}: ${parts.join(' + ')}`, breach: undefined };
  const lag = (disruption: DisruptionClass): number =>
    disruption === 'corruption' ? Math.max(moving, component.data.corruptionFoundWithin?.value ?? 0) : moving;
  const strictest = promisesOn(context, run, analysis)
    .map((promise) => ({
      promise,
      lag: lag(promise.disruption),
      latest: promise.seconds - lag(promise.disruption) - ageAlertWaits,
    }))
    .reduce<Promised | undefined>((least, each) => (least === undefined || each.latest < least.latest ? each : least), undefined);
  if (strictest === undefined) return usual;
  const breach = breachOf(strictest, effective, runs);
  if (strictest.latest >= bound) return usual;
  const earliest = Math.ceil(effective + slack);
  const { subject, seconds, disruption } = strictest.promise;
  if (strictest.latest >= earliest) {
    const before = `${promDuration(seconds)} that ${subject} may lose (${disruption})`;
    return { seconds: Math.floor(strictest.latest), words: `${component.name}: before the ${before}`, breach };
  }
  return {
    seconds: Math.min(bound, earliest),
    words: `${component.name}: ${promDuration(effective)} + ${promDuration(slack)} slack`,
    breach: breach ?? `${subject} may lose ${promDuration(seconds)} (${disruption}); an earlier alert would fire on good runs.`,
  };
}

interface Promised {
  readonly promise: PromisedLoss;
  readonly lag: number;
  /** The age at which the alert has to begin to wait. */
  readonly latest: number;
}

/** A schedule that cannot keep a promise, whether all runs are good or as many fail as it tolerates. */
function breachOf({ promise, lag }: Promised, interval: number, runs: number): string | undefined {
  const { subject, seconds, disruption } = promise;
  const promised = `${subject} promises to lose ${promDuration(seconds)} at most (${disruption})`;
  const [good, tolerated] = [interval + lag, runs * interval + lag];
  if (good > seconds) {
    return `Even good runs may lose ${promDuration(good)}, and ${promised}: back up more often, or promise less.`;
  }
  if (tolerated <= seconds) return undefined;
  const failed = runs === 2 ? '1 failed run' : `${runs - 1} failed runs`;
  return `With ${failed}, which it tolerates, ${promDuration(tolerated)} may be lost, and ${promised}.`;
}

/**
 * Promises that rest on this run: none where another series leaves less to lose. Corruption is mended by a backup alone; a lost region, where
 * nothing replicates the store.
 */
function promisesOn(
  { model }: Context,
  { component, seriesOfRuns }: AgingRun,
  analysis: () => Analysis,
): readonly PromisedLoss[] {
  const all = component.data.backups.flatMap((backup) =>
    backup.series.map((series) => ({ series, most: mostLost(backup, series) })),
  );
  const own = all.find(({ series }) => series === seriesOfRuns)?.most ?? 0;
  if (all.some(({ most }) => most < own)) return [];
  const classes: readonly DisruptionClass[] =
    component.data.replication.length > 0 ? ['corruption'] : ['corruption', 'region-loss', 'provider-loss', 'account-loss'];
  return classes.flatMap((disruption) => strictestLoss(model, component, disruption, analysis) ?? []);
}

/** The most that a series leaves to lose, as far as it is stated, in seconds. */
function mostLost(backup: Backup, { kind, every, takes, lags }: BackupSeries): number {
  if (kind === 'log') return every.value + (lags?.value ?? 0);
  const run = takes?.value ?? 0;
  return (backup.toleratesFailedRuns.value + 1) * Math.max(every.value, run) + run;
}
