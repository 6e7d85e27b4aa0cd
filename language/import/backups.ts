/** Backups that the manifests take: Velero's schedules, those of CloudNativePG, and CronJobs that run a dump. */
import type { Manifest } from '../manifests/read-manifests.js';
import { itemsAt, nodeAt, type Place, textAt, textsAt } from '../manifests/yaml-tree.js';
import { addressesOf, configMapsOf } from './addresses.js';
import type { Cluster } from './clusters.js';
import { operatedKinds } from './engines.js';
import { spokenPlace } from './imported.js';
import { durationOf, type Repetition, repetitionOf, secondsOf } from './quantities.js';
import { componentKey } from './services.js';
import { containersOf, isTakenBy, namespaceOf, type Workload } from './workloads.js';

/** Where copies go. */
export interface FoundBucket {
  /** As the object store calls it. */
  readonly name: string;
  readonly at: Place;
}

export interface FoundBackup {
  /** Key of the component it is of. */
  readonly of: string;
  readonly name: string;
  readonly kind: 'full' | 'snapshot';
  readonly repetition: Repetition;
  /** Whether the log goes there as well, so that any moment can be restored. */
  readonly hasLog: boolean;
  readonly bucket?: FoundBucket;
  /** Seconds. */
  readonly keeps?: number;
  readonly by: string;
  readonly at: Place;
}

export interface FoundBackups {
  readonly backups: readonly FoundBackup[];
  /** Keys of CronJobs that are a backup of something, and no component of their own. */
  readonly dumps: ReadonlySet<string>;
  /** Schedules whose runs do not follow each other evenly, so that no interval can be written. */
  readonly uneven: readonly { readonly by: string; readonly cron: string; readonly at: Place }[];
}

/** The backups of all stores over all clusters. `isStore`: whether a component keeps data. */
export function backupsOf(clusters: readonly Cluster[], isStore: (key: string) => boolean): FoundBackups {
  const backups = new Map<string, FoundBackup>();
  const dumps = new Set<string>();
  const uneven: { by: string; cron: string; at: Place }[] = [];
  const add = (of: readonly string[], cron: string | undefined, backup: Omit<FoundBackup, 'of' | 'repetition'>): void => {
    const repetition = cron === undefined ? undefined : repetitionOf(cron);
    if (repetition === undefined) {
      if (cron !== undefined) uneven.push({ by: backup.by, cron, at: backup.at });
      return;
    }
    for (const key of of)
      if (!backups.has(`${key} ${backup.name}`)) backups.set(`${key} ${backup.name}`, { ...backup, of: key, repetition });
  };
  for (const cluster of clusters) {
    for (const manifest of cluster.manifests) {
      if (manifest.kind === 'Schedule' && manifest.group === 'velero.io') addVelero(cluster, manifest, isStore, add);
      if (manifest.kind === 'ScheduledBackup' && manifest.group === 'postgresql.cnpg.io') addNative(cluster, manifest, add);
    }
    for (const workload of cluster.workloads) {
      if (workload.kind !== 'CronJob') continue;
      const store = dumpedStore(cluster, workload, isStore);
      if (store === undefined) continue;
      dumps.add(componentKey(workload.namespace, workload.name));
      const { root } = workload.manifest;
      const bucket = bucketInScript(workload);
      add([store], textAt(root, 'spec', 'schedule'), {
        name: workload.name,
        kind: 'full',
        hasLog: false,
        ...(bucket === undefined ? {} : { bucket }),
        by: `CronJob ${workload.name}`,
        at: root.at,
      });
    }
  }
  return { backups: [...backups.values()], dumps, uneven };
}

type Add = (of: readonly string[], cron: string | undefined, backup: Omit<FoundBackup, 'of' | 'repetition'>) => void;

function addVelero(cluster: Cluster, schedule: Manifest, isStore: (key: string) => boolean, add: Add): void {
  const template = nodeAt(schedule.root, 'spec', 'template');
  const namespaces = itemsAt(template, 'includedNamespaces').map((item) => textAt(item));
  const excluded = itemsAt(template, 'excludedNamespaces').map((item) => textAt(item));
  const selector = nodeAt(template, 'labelSelector');
  const stores = cluster.workloads.filter(({ namespace, name, podLabels }) => {
    if (!isStore(componentKey(namespace, name)) || excluded.includes(namespace)) return false;
    if (namespaces.length > 0 && !namespaces.includes('*') && !namespaces.includes(namespace)) return false;
    return selector === undefined || isTakenBy(selector, podLabels);
  });
  const operated = cluster.manifests.filter(
    (manifest) =>
      operatedKinds.some(({ group, kind }) => manifest.group === group && manifest.kind === kind) &&
      (namespaces.length === 0 || namespaces.includes(namespaceOf(manifest))) &&
      (selector === undefined || isTakenBy(selector, textsAt(manifest.root, 'metadata', 'labels'))),
  );
  // A snapshot stays where its disk is; moved, or copied file by file, the data lies in the bucket.
  const isCopied = textAt(template, 'snapshotMoveData') === 'true' || textAt(template, 'defaultVolumesToFsBackup') === 'true';
  const bucket = isCopied ? bucketOf(cluster, textAt(template, 'storageLocation') ?? 'default') : undefined;
  const keeps = secondsOf(textAt(template, 'ttl') ?? '720h0m0s');
  add(
    [...stores, ...operated.map((manifest) => ({ namespace: namespaceOf(manifest), name: manifest.name }))].map(
      ({ namespace, name }) => componentKey(namespace, name),
    ),
    textAt(schedule.root, 'spec', 'schedule'),
    {
      name: schedule.name,
      kind: isCopied ? 'full' : 'snapshot',
      hasLog: false,
      ...(bucket === undefined ? {} : { bucket }),
      ...(keeps === undefined || keeps <= 0 ? {} : { keeps }),
      by: `Schedule ${schedule.name}`,
      at: schedule.root.at,
    },
  );
}

function bucketOf(cluster: Cluster, location: string): FoundBucket | undefined {
  const found = cluster.manifests.find((manifest) => manifest.kind === 'BackupStorageLocation' && manifest.name === location);
  const name = textAt(found?.root, 'spec', 'objectStorage', 'bucket');
  return found === undefined || name === undefined ? undefined : { name, at: found.root.at };
}

function addNative(cluster: Cluster, schedule: Manifest, add: Add): void {
  const name = textAt(schedule.root, 'spec', 'cluster', 'name');
  const store = cluster.manifests.find(
    (manifest) =>
      manifest.kind === 'Cluster' &&
      manifest.group === 'postgresql.cnpg.io' &&
      manifest.name === name &&
      namespaceOf(manifest) === namespaceOf(schedule),
  );
  if (store === undefined) return;
  const backup = nodeAt(store.root, 'spec', 'backup');
  const path = textAt(backup, 'barmanObjectStore', 'destinationPath');
  const bucket = path === undefined ? undefined : /^[a-z0-9]+:\/\/([^/]+)/.exec(path)?.[1];
  const days = /^(\d+)([dwm])$/.exec(textAt(backup, 'retentionPolicy') ?? '');
  const unit = days?.[2] === 'w' ? 7 : days?.[2] === 'm' ? 30 : 1;
  add([componentKey(namespaceOf(store), store.name)], textAt(schedule.root, 'spec', 'schedule'), {
    name: schedule.name,
    kind: textAt(schedule.root, 'spec', 'method') === 'volumeSnapshot' ? 'snapshot' : 'full',
    hasLog: path !== undefined,
    ...(bucket === undefined ? {} : { bucket: { name: bucket, at: store.root.at } }),
    ...(days?.[1] === undefined ? {} : { keeps: Number(days[1]) * unit * 86_400 }),
    by: `ScheduledBackup ${schedule.name}`,
    at: schedule.root.at,
  });
}

/** Programs that write a copy of a store. */
const dumpTools =
  /\b(?:pg_dump|pg_dumpall|pg_basebackup|mysqldump|mariadb-dump|mydumper|xtrabackup|mongodump|redis-cli\b.*--rdb|etcdctl\b.*\bsnapshot save|clickhouse-backup|cqlsh|elasticdump)\b/s;

function scriptOf(workload: Workload): string {
  return containersOf(workload)
    .flatMap((container) =>
      [...itemsAt(container, 'command'), ...itemsAt(container, 'args')].flatMap((item) => textAt(item) ?? []),
    )
    .join('\n')
    .slice(0, 20_000);
}

/** The store that a CronJob dumps: the one whose address stands in its script or its settings. */
function dumpedStore(cluster: Cluster, workload: Workload, isStore: (key: string) => boolean): string | undefined {
  const script = scriptOf(workload);
  if (!dumpTools.test(script)) return undefined;
  const hosts = [
    ...addressesOf(workload, configMapsOf(cluster.manifests)).map(({ host }) => host),
    ...[...script.matchAll(/[a-z0-9][a-z0-9.-]*[a-z0-9]/g)].map(([word]) => word),
  ];
  for (const host of hosts) {
    const answer = cluster.services.answerOf(host, workload.namespace);
    if (answer.kind === 'component' && isStore(answer.key)) return answer.key;
  }
  return undefined;
}

function bucketInScript(workload: Workload): FoundBucket | undefined {
  const name = /\b(?:s3|gs|oss|cos|azure|abfss?):\/\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])/.exec(scriptOf(workload))?.[1];
  return name === undefined ? undefined : { name, at: workload.manifest.root.at };
}

/** The block of a backup, laid out. `bucket`: its name in the model. */
export function backupBlock(backup: FoundBackup, name: string, bucket: string | undefined): string {
  const { repetition, kind, keeps, hasLog, by, at } = backup;
  const moment = repetition.at === undefined ? '' : ` at ${repetition.at}`;
  const lines = [
    `${kind} every ${durationOf(repetition.every)}${moment}`,
    // CloudNativePG uploads a segment of the log after five minutes at the latest.
    ...(hasLog ? ['log every 5m'] : []),
    ...(bucket === undefined ? [] : [`copies to ${bucket}`]),
    ...(keeps === undefined ? [] : [`keeps ${durationOf(keeps)}`]),
  ];
  return `  // ${by} (${spokenPlace(at)})\n  backup ${name} {\n${lines.map((line) => `    ${line}\n`).join('')}  }`;
}
