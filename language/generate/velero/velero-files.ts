/** What Velero needs in each cluster: where backups lie, how volumes are snapshotted, what is taken when. */
import type { BackupRun } from '../backup-runs.js';
import { clusterPath } from '../cluster-name.js';
import type { Context } from '../context.js';
import { kustomization } from '../kubernetes/kustomization.js';
import type { Overlay } from '../overlays.js';
import type { YamlObject } from '../yaml.js';
import { backupStorageLocation, locationName } from './backup-storage-location.js';
import { schedule } from './schedule.js';
import { volumeSnapshotClass } from './volume-snapshot-class.js';

export interface VeleroFile {
  readonly path: string;
  readonly body: YamlObject;
}

/** The directory of a cluster's Velero objects: applied by itself, since a cluster may not have Velero's types yet. */
export function veleroFolder(overlay: Overlay): string {
  return `platform/${clusterPath(overlay)}/velero`;
}

/**
 * The files of one cluster, none where nothing of it is backed up by Velero. A cluster that serves writes its own backups on schedule;
 * one that stands by reads those of the others and runs no schedule: two clusters that write to one place spoil each other's backups.
 */
export function veleroFiles(context: Context, overlay: Overlay, runs: readonly BackupRun[]): readonly VeleroFile[] {
  const folder = veleroFolder(overlay);
  const files: VeleroFile[] = [];
  const add = (file: string, body: YamlObject): void => {
    if (!files.some(({ path }) => path === `${folder}/${file}.yaml`)) files.push({ path: `${folder}/${file}.yaml`, body });
  };
  for (const run of runs) {
    if (run.means !== 'velero') continue;
    const home = run.writers.includes(overlay);
    if (!home && !run.readers.includes(overlay)) continue;
    add('volume-snapshot-class', volumeSnapshotClass(context, overlay));
    for (const writer of run.writers) {
      add(
        `backup-storage-location-${locationName(context, run.bucket, writer)}`,
        backupStorageLocation(context, run, writer, overlay),
      );
    }
    if (home) add(`schedule-${run.name}`, schedule(context, run, overlay));
  }
  if (files.length === 0) return [];
  const resources = files.map(({ path }) => path.slice(folder.length + 1)).sort();
  return [...files, { path: `${folder}/kustomization.yaml`, body: kustomization(resources) }];
}
