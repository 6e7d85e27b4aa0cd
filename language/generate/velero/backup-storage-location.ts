/** Where Velero keeps backups: a prefix of a bucket for each cluster that writes. */
import { sourceOf } from '../../model/fact.js';
import type { Component } from '../../model/model.js';
import type { BackupRun } from '../backup-runs.js';
import { clusterPath, clusterWord } from '../cluster-name.js';
import type { Context } from '../context.js';
import { dnsLabel } from '../names.js';
import { type Cloud, objectStore } from '../object-store.js';
import type { Overlay } from '../overlays.js';
import { traced, type Yaml, type YamlObject } from '../yaml.js';
import { veleroMetadata } from './metadata.js';

/** Names under which Velero's plugins for object storage register. */
const plugins: Readonly<Record<Cloud, string>> = {
  aws: 'velero.io/aws',
  gcp: 'velero.io/gcp',
  azure: 'velero.io/azure',
  alibabacloud: 'alibabacloud',
};

/** How often Velero looks whether it can still reach the place; its alert waits for it. */
const validation = '1m';

/** `shop-vault-cn-north`: the backups that a cluster writes to a bucket, called the same wherever they are read. */
export function locationName(context: Context, bucket: Component, writer: Overlay): string {
  return dnsLabel(`${context.names.model}-${bucket.name}-${clusterWord(writer)}`);
}

/** Velero owns all below its prefix and refuses a place that holds anything else, so that each writer has one and dumps lie elsewhere. */
function locationPrefix(context: Context, writer: Overlay): string {
  return `velero/${context.names.model}/${clusterPath(writer)}`;
}

/** The place that `writer` writes to, as seen from the cluster of `overlay`: anybody but the writer only reads. */
export function backupStorageLocation(context: Context, run: BackupRun, writer: Overlay, overlay: Overlay): YamlObject {
  const { bucket, copy } = run;
  const store = objectStore(context, bucket);
  const locked = bucket.data.locked;
  return {
    apiVersion: 'velero.io/v1',
    kind: 'BackupStorageLocation',
    metadata: veleroMetadata(context, locationName(context, bucket, writer), bucket.nameSource),
    spec: {
      provider: provider(bucket, store.cloud),
      accessMode: traced(
        writer === overlay ? 'ReadWrite' : 'ReadOnly',
        copy.source,
        writer === overlay ? `${clusterWord(overlay)} serves` : `${clusterWord(writer)} writes, this cluster restores`,
      ),
      objectStorage: {
        bucket: store.written,
        prefix: traced(
          locationPrefix(context, writer),
          locked === undefined ? copy.source : sourceOf(locked),
          locked === undefined ? undefined : 'objects are locked; Velero deletes what has expired once it may',
        ),
      },
      config: config(context, run),
      validationFrequency: validation,
    },
  };
}

function provider(bucket: Component, cloud: Cloud | undefined): Yaml {
  if (cloud !== undefined) return traced(plugins[cloud], bucket.nameSource);
  return traced('provider-missing.invalid/none', bucket.nameSource, 'PLACEHOLDER: the model states no provider of the bucket');
}

/** What the plugin has to know; Google finds a bucket by its name alone. */
function config(context: Context, { bucket }: BackupRun): YamlObject | undefined {
  const { cloud, region, regionName } = objectStore(context, bucket);
  switch (cloud) {
    case 'aws':
    case 'alibabacloud':
      return regionName === undefined
        ? undefined
        : { region: traced(regionName, region?.platformId === undefined ? region?.nameSource : sourceOf(region.platformId)) };
    case 'azure':
      context.report({
        kind: 'left-out',
        component: bucket.name,
        message: `${bucket.name}: Velero on Azure asks for a storage account, which the model has no word for; set config.storageAccount in custom/.`,
        source: bucket.nameSource,
      });
      return undefined;
    case 'gcp':
    case undefined:
      return undefined;
  }
}
