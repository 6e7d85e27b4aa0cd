/** What stands beside the workloads: backups of each cluster, alerts and dashboards, drills, runbooks. */
import type { BackupRun } from './backup-runs.js';
import type { Context } from './context.js';
import type { GeneratedFile } from './generated-tree.js';
import { veleroFiles } from './velero/velero-files.js';
import type { YamlObject } from './yaml.js';

export interface BesideWorkloads {
  readonly objects: readonly { readonly path: string; readonly body: YamlObject }[];
  /** Files that are no YAML. */
  readonly texts: readonly GeneratedFile[];
}

/** All of it; no overlay refers to any of these files. */
export function besideWorkloads(context: Context, runs: readonly BackupRun[]): BesideWorkloads {
  return { objects: context.overlays.flatMap((overlay) => veleroFiles(context, overlay, runs)), texts: [] };
}
