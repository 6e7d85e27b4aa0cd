/** Restores for drills: the last backup of a store, into a namespace beside the real one. */
import type { BackupRun } from '../backup-runs.js';
import type { Context } from '../context.js';
import { dnsLabel } from '../names.js';
import { veleroMetadata } from '../velero/metadata.js';
import { scheduleName } from '../velero/schedule.js';
import type { YamlObject } from '../yaml.js';

/** The namespace that drills restore into. */
export function drillNamespace(context: Context): string {
  return dnsLabel(`${context.names.namespace}-drill`);
}

/** The restore of a run's last backup. It touches nothing that is there. */
export function restoreDrill(context: Context, run: BackupRun): YamlObject {
  return {
    apiVersion: 'velero.io/v1',
    kind: 'Restore',
    metadata: veleroMetadata(context, dnsLabel(`${scheduleName(context, run)}-drill`), run.backup.source, {
      'drml.dev/store': run.store.name,
    }),
    spec: {
      scheduleName: scheduleName(context, run),
      includedNamespaces: [context.names.namespace],
      namespaceMapping: { [context.names.namespace]: drillNamespace(context) },
      existingResourcePolicy: 'none',
      restorePVs: true,
    },
  };
}
