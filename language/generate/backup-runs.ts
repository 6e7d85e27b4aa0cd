/** Which runs the backups of a model come down to: what is taken of which store, by what, in which clusters, to which bucket. */
import { durationText } from '../analysis/figure-text.js';
import type { Backup, BackupSeries, Component } from '../model/model.js';
import { componentsByName } from '../model/queries.js';
import type { Context, Deployed } from './context.js';
import { cronOf } from './cron.js';
import { dumpsEngine } from './dumps/dump-commands.js';
import { uniqueLabels } from './names.js';
import type { Overlay } from './overlays.js';

/** The longest name: Velero appends a time to it, a CronJob a number, and both have to stay labels. */
const nameLength = 47;

/** One series of one backup at one of its copies. */
export interface BackupRun {
  readonly store: Deployed;
  readonly backup: Backup;
  readonly series: BackupSeries;
  readonly copy: Backup['copies'][number];
  readonly bucket: Component;
  /** Volumes are moved by Velero; what its engine can dump is dumped. */
  readonly means: 'velero' | 'dump';
  /** Of its Schedule or CronJob, unique in the model. */
  readonly name: string;
  /** Clusters whose instances serve: there it runs. */
  readonly writers: readonly Overlay[];
  /** Other clusters of the store: they read what the writers wrote. */
  readonly readers: readonly Overlay[];
}

type Found = Omit<BackupRun, 'name'>;

/** The runs of a model in the order of stores, backups and copies. What no manifest takes is reported. */
export function backupRuns(context: Context): readonly BackupRun[] {
  const found = [...componentsByName(context.model)]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, component]) => component.data.backups.flatMap((backup) => runsOf(context, component, backup)));
  const wanted = found.map((run) => wordsOf(run, found).join('-'));
  // Where two stores and backups make the same words, the dots make them different, and the name gets digits of its own.
  const raw = found.map((run, index) =>
    wanted.filter((each) => each === wanted[index]).length > 1 ? wordsOf(run, found).join('.') : (wanted[index] ?? ''),
  );
  const names = uniqueLabels(raw, nameLength);
  return found.map((run, index) => ({ ...run, name: names.get(raw[index] ?? '') ?? run.store.name }));
}

/** What tells a run from others: series and bucket only where there are several, and a number where two series are of one kind. */
function wordsOf({ store, backup, series, bucket }: Found, all: readonly Found[]): readonly string[] {
  const siblings = all.filter((each) => each.backup === backup);
  const alike = backup.series.filter(({ kind }) => kind === series.kind);
  return [
    store.name,
    backup.name,
    ...(siblings.some((each) => each.series !== series) ? [series.kind] : []),
    ...(alike.length > 1 ? [String(alike.indexOf(series) + 1)] : []),
    ...(siblings.some((each) => each.bucket !== bucket) ? [bucket.name] : []),
  ];
}

function runsOf(context: Context, component: Component, backup: Backup): readonly Found[] {
  const leftOut = (message: string): readonly Found[] => {
    context.report({
      kind: 'left-out',
      component: component.name,
      message: `${component.name}: ${message}`,
      source: backup.source,
    });
    return [];
  };
  const taken = backup.series.map((series) => whenTaken(series, `${component.name} ${backup.name}`)).join(', ');
  const manager = component.data.managedBy?.value;
  if (manager?.manager === 'operator') {
    return leftOut(`the operator ${manager.operator ?? ''} takes backup ${backup.name}; write ${taken} in its resource.`);
  }
  if (manager?.manager === 'provider') return leftOut(`the provider takes backup ${backup.name}; set ${taken} up there.`);
  const store = context.deployed.get(component.name);
  if (store === undefined || store.workload !== 'StatefulSet') {
    return leftOut(`its volumes are not generated, so nothing takes backup ${backup.name}; set ${taken} up where it runs.`);
  }
  return backup.series.flatMap((series) => runsOfSeries(context, store, backup, series));
}

/** A schedule for people; logs have none. */
function whenTaken(series: BackupSeries, key: string): string {
  return series.kind === 'log'
    ? `log every ${durationText(series.every.value)}`
    : `${series.kind} at \`${cronOf(series, key).fields}\``;
}

function runsOfSeries(context: Context, store: Deployed, backup: Backup, series: BackupSeries): readonly Found[] {
  const { component } = store;
  if (series.kind === 'log') {
    context.report({
      kind: 'left-out',
      component: component.name,
      message: `${component.name}: no manifest ships its logs; set the engine's own archiving up for backup ${backup.name}.`,
      source: series.source,
    });
    return [];
  }
  if (backup.copies.length === 0) {
    context.report({
      kind: 'missing',
      component: component.name,
      message: `Backup ${backup.name} of ${component.name} names no bucket, so nothing takes it. Write \`copies to BUCKET\`.`,
      source: backup.source,
    });
    return [];
  }
  const means = series.kind === 'full' && dumpsEngine(component.data.engine?.value.name) ? 'dump' : 'velero';
  if (means === 'velero' && (component.data.size === undefined || component.data.storage?.value === 'ephemeral')) {
    context.report({
      kind: 'left-out',
      component: component.name,
      message: `${component.name} has no volume, so nothing takes backup ${backup.name}.`,
      source: series.source,
    });
    return [];
  }
  const homes = context.overlays.flatMap((overlay) => {
    const residence = overlay.residents.get(component.name);
    return residence === undefined ? [] : [{ overlay, active: residence.active > 0 }];
  });
  const components = componentsByName(context.model);
  return backup.copies.flatMap((copy, index): readonly Found[] => {
    const bucket = components.get(copy.bucket.name);
    // Two copies in one bucket lie in one place.
    const again = backup.copies.findIndex((each) => each.bucket.name === copy.bucket.name) !== index;
    if (bucket === undefined || again) return [];
    return [
      {
        store,
        backup,
        series,
        copy,
        bucket,
        means,
        writers: homes.filter(({ active }) => active).map(({ overlay }) => overlay),
        readers: homes.filter(({ active }) => !active).map(({ overlay }) => overlay),
      },
    ];
  });
}
