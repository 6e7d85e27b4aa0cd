/** The dumps of one cluster, beside its workloads. */
import type { BackupRun } from '../backup-runs.js';
import type { Context } from '../context.js';
import { kustomization } from '../kubernetes/kustomization.js';
import type { Overlay } from '../overlays.js';
import type { YamlObject } from '../yaml.js';
import { dumpCronJob } from './dump-cron-job.js';

/** The folder of a cluster's dumps below its overlay. */
export const dumpFolder = 'dumps';

/** Files of an overlay's dumps by their path below it, none where it dumps nothing: where a store stands by, nobody dumps it. */
export function dumpFiles(
  context: Context,
  overlay: Overlay,
  runs: readonly BackupRun[],
): readonly { readonly path: string; readonly body: YamlObject }[] {
  const files = runs.flatMap((run) => {
    if (run.means !== 'dump' || !run.writers.includes(overlay)) return [];
    const body = dumpCronJob(context, run, overlay);
    return body === undefined ? [] : [{ path: `${dumpFolder}/${run.store.name}.${run.name}.yaml`, body }];
  });
  if (files.length === 0) return [];
  const resources = files.map(({ path }) => path.slice(dumpFolder.length + 1)).sort();
  return [...files, { path: `${dumpFolder}/kustomization.yaml`, body: kustomization(resources) }];
}
