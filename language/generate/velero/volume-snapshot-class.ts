/** How volumes are snapshotted in a cluster. */
import type { Context } from '../context.js';
import { type Cloud, cloudOf } from '../object-store.js';
import type { Overlay } from '../overlays.js';
import { traced, type Yaml, type YamlObject } from '../yaml.js';

/** Names under which the drivers of the providers' disks register. */
const drivers: Readonly<Record<Cloud, string>> = {
  aws: 'ebs.csi.aws.com',
  gcp: 'pd.csi.storage.gke.io',
  azure: 'disk.csi.azure.com',
  alibabacloud: 'diskplugin.csi.alibabacloud.com',
};

/**
 * The class that Velero finds by its label. Snapshots outlive their objects: whoever deletes a namespace does not delete its backups.
 * It belongs to the cluster, so that it carries no label of one model.
 */
export function volumeSnapshotClass(context: Context, overlay: Overlay): YamlObject {
  return {
    apiVersion: 'snapshot.storage.k8s.io/v1',
    kind: 'VolumeSnapshotClass',
    metadata: {
      name: 'drml-backup',
      labels: { 'app.kubernetes.io/managed-by': 'drml', 'velero.io/csi-volumesnapshot-class': 'true' },
    },
    driver: driver(context, overlay),
    deletionPolicy: 'Retain',
  };
}

function driver(context: Context, { region }: Overlay): Yaml {
  const cloud = cloudOf(region);
  if (cloud !== undefined) return traced(drivers[cloud], region.fate.provider === undefined ? undefined : region.nameSource);
  context.report({
    kind: 'missing',
    message: `${region.name}: nobody says whose volumes these are, so a placeholder stands for their driver. Write \`provider aws\` in the region.`,
    source: region.nameSource,
  });
  return traced('driver-missing.invalid', region.nameSource, 'PLACEHOLDER: the model states no provider of the region');
}
