/** Velero's schedules: the volumes of a store, moved to its bucket. */
import { sourceOf } from '../../model/fact.js';
import type { BackupRun } from '../backup-runs.js';
import { clusterPath } from '../cluster-name.js';
import type { Context } from '../context.js';
import { cronOf } from '../cron.js';
import { selectorLabels } from '../kubernetes/metadata.js';
import { dnsLabel } from '../names.js';
import type { Overlay } from '../overlays.js';
import { traced, type Yaml, type YamlObject } from '../yaml.js';
import { locationName } from './backup-storage-location.js';
import { veleroMetadata } from './metadata.js';

/** Velero's own limit of one operation, the least that is written, in seconds. */
const leastOperation = 4 * 3600;
/** Velero deletes after 30 days what has no end; what the model keeps for ever gets the longest that it takes to be one. */
const forEver = '876000h0m0s';

/** The longest name that leaves room for the time Velero appends to it. */
const nameLength = 47;

/** The name of a run's Schedule: all models of a cluster share Velero's namespace. */
export function scheduleName(context: Context, run: BackupRun): string {
  return dnsLabel(`${context.names.model}-${run.name}`, nameLength);
}

/** The Schedule of a run in one cluster that writes. */
export function schedule(context: Context, run: BackupRun, overlay: Overlay): YamlObject {
  const { store, backup, series, bucket } = run;
  const { timezone } = context.model.settings;
  const { fields } = cronOf(series, `${run.name} ${clusterPath(overlay)}`);
  return {
    apiVersion: 'velero.io/v1',
    kind: 'Schedule',
    metadata: veleroMetadata(context, scheduleName(context, run), backup.source, { 'drml.dev/store': store.name }),
    spec: {
      schedule: traced(
        timezone === undefined ? fields : `CRON_TZ=${timezone.value} ${fields}`,
        series.source,
        `${series.kind} of backup ${backup.name}`,
      ),
      useOwnerReferencesInBackup: false,
      template: {
        metadata: { labels: { 'drml.dev/store': store.name } },
        includedNamespaces: [context.names.namespace],
        // Workloads, Services and routes are applied from these files: restored ones would be fought over.
        includedResources: ['persistentvolumeclaims', 'persistentvolumes'],
        labelSelector: { matchLabels: selectorLabels(store.name) },
        storageLocation: traced(locationName(context, bucket, overlay), run.copy.source),
        snapshotMoveData: traced(true, run.copy.source, 'a snapshot alone stays in its region'),
        ttl: ttl(context, run),
        itemOperationTimeout: operationTimeout(run),
      },
    },
  };
}

function ttl(context: Context, { store, backup }: BackupRun): Yaml {
  if (backup.keeps !== undefined) return traced(hours(backup.keeps.value), sourceOf(backup.keeps));
  context.report({
    kind: 'missing',
    component: store.component.name,
    message: `Backup ${backup.name} of ${store.component.name} is kept for ever, since it does not say how long. Write \`keeps 35d\`.`,
    source: backup.source,
  });
  return traced(forEver, backup.source, 'for ever: the backup states no keeps');
}

/** Twice as long as a run and its copy take: what hangs longer has failed. */
function operationTimeout({ series, copy }: BackupRun): Yaml {
  const expected = (series.takes?.value ?? 0) + (copy.takes?.value ?? 0);
  const written = hours(Math.max(leastOperation, 2 * expected));
  return expected === 0 ? written : traced(written, series.takes === undefined ? copy.source : sourceOf(series.takes));
}

/** Seconds as Go writes durations, rounded up to whole hours. */
function hours(seconds: number): string {
  return `${Math.ceil(seconds / 3600)}h0m0s`;
}
