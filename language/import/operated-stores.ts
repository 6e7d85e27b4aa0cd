/** Stores that operators run, as their custom resources say: version, size, instances by cluster, and how copies replicate. */
import type { Manifest } from '../manifests/read-manifests.js';
import { itemsAt, nodeAt, numberAt, textAt, textsAt, type YamlNode } from '../manifests/yaml-tree.js';
import type { Cluster } from './clusters.js';
import { type OperatedKind, operatedKinds } from './engines.js';
import { type Statement, spokenPlace } from './imported.js';
import { sizeOf } from './quantities.js';
import { namespaceOf } from './workloads.js';

/** The statements of a component that has no workload of its own. */
export function operatedFacts(resource: Manifest | undefined, clusters: readonly Cluster[]): readonly Statement[] {
  const operated = operatedKinds.find(({ group, kind }) => resource?.group === group && resource.kind === kind);
  if (resource === undefined || operated === undefined) return [];
  const homes = clusters.flatMap((cluster) => {
    const own = cluster.manifests.find(
      (manifest) =>
        manifest.kind === resource.kind &&
        manifest.group === resource.group &&
        manifest.name === resource.name &&
        namespaceOf(manifest) === namespaceOf(resource),
    );
    return own === undefined ? [] : [{ cluster, own, pools: nodePools(cluster, own), isFollower: isFollower(own) }];
  });
  const version = versionOf(operated, resource.root);
  const pool = homes[0]?.pools[0];
  const size = sizeIn(operated, resource.root) ?? (pool === undefined ? undefined : poolSize(pool.root));
  return [
    { text: `engine ${operated.engine.name}${version === undefined ? '' : ` "${version}"`}` },
    { text: `managed by operator ${operated.operator}` },
    ...(size === undefined
      ? []
      : [
          { text: `size ${size.text}`, note: `room for that much (${spokenPlace(size.at)}); write how much data there is` },
          { text: 'storage zonal', note: 'it keeps volumes; zonal is a guess: regional where their disks outlive a zone' },
        ]),
    ...homes.map(({ cluster, own, pools, isFollower }): Statement => {
      const counted = instancesOf(operated, own.root, pools);
      return {
        text: `runs ${counted?.count ?? 1} in ${cluster.region.name}${isFollower ? ' as hot standby' : ''}`,
        ...(counted === undefined ? {} : { at: counted.at }),
        ...(isFollower ? { note: `a replica cluster (${spokenPlace(own.root.at)})` } : {}),
      };
    }),
    ...homes.filter(({ isFollower }) => !isFollower).flatMap((home) => replicationWithin(operated, home)),
    ...homes
      .filter(({ isFollower }) => isFollower && homes.some((home) => !home.isFollower))
      .map(({ cluster, own }) => ({
        text: `replicates async to ${cluster.region.name}`,
        note: `a replica cluster (${spokenPlace(own.root.at)}); write how far it lags`,
      })),
  ];
}

interface Counted {
  readonly count: number;
  readonly at: YamlNode['at'];
}

function instancesOf(operated: OperatedKind, root: YamlNode, pools: readonly Manifest[]): Counted | undefined {
  const nodes =
    pools.length > 0
      ? pools.map((one) => nodeAt(one.root, 'spec', 'replicas'))
      : operated.kind === 'Elasticsearch'
        ? itemsAt(root, 'spec', 'nodeSets').map((set) => nodeAt(set, 'count'))
        : operated.instances.length === 0
          ? []
          : [nodeAt(root, ...operated.instances)];
  const counts = nodes.map((node) => numberAt(node) ?? Number.NaN);
  const count = counts.reduce((sum, one) => sum + one, 0);
  const at = nodes[0]?.at;
  return at !== undefined && Number.isInteger(count) && count >= 1 && count <= 9999 ? { count, at } : undefined;
}

/** The pools that hold the brokers of a Kafka cluster: its own resource then says nothing of how many there are. */
function nodePools(cluster: Cluster, resource: Manifest): readonly Manifest[] {
  if (resource.kind !== 'Kafka') return [];
  return cluster.manifests.filter(
    (manifest) =>
      manifest.kind === 'KafkaNodePool' &&
      namespaceOf(manifest) === namespaceOf(resource) &&
      textsAt(manifest.root, 'metadata', 'labels').get('strimzi.io/cluster') === resource.name &&
      itemsAt(manifest.root, 'spec', 'roles').some((role) => textAt(role) === 'broker'),
  );
}

interface Size {
  readonly text: string;
  readonly at: YamlNode['at'];
}

function sizeIn(operated: OperatedKind, root: YamlNode): Size | undefined {
  const node = operated.size.length === 0 ? undefined : nodeAt(root, ...operated.size);
  return sizeAt(node);
}

/** Of a pool: its only volume, or the first of several. */
function poolSize(root: YamlNode): Size | undefined {
  const storage = nodeAt(root, 'spec', 'storage');
  return sizeAt(nodeAt(storage, 'size')) ?? sizeAt(nodeAt(itemsAt(storage, 'volumes')[0], 'size'));
}

function sizeAt(node: YamlNode | undefined): Size | undefined {
  const text = sizeOf(textAt(node) ?? '');
  return node === undefined || text === undefined ? undefined : { text, at: node.at };
}

function versionOf(operated: OperatedKind, root: YamlNode): string | undefined {
  const places: readonly (readonly string[])[] = [
    ['spec', 'version'],
    ['spec', 'kafka', 'version'],
    ['spec', 'postgresql', 'version'],
  ];
  const image = operated.kind === 'Cluster' ? textAt(root, 'spec', 'imageName') : undefined;
  const tag = image === undefined ? undefined : /:v?(\d[^@]*)/.exec(image.slice(image.lastIndexOf('/')))?.[1];
  const written = tag ?? places.map((place) => textAt(root, ...place)).find((text) => text !== undefined);
  return /^(\d+(?:\.\d+){0,2})/.exec(written ?? '')?.[1];
}

/** Whether a cluster of CloudNativePG follows another one. */
function isFollower({ root, kind }: Manifest): boolean {
  return kind === 'Cluster' && textAt(root, 'spec', 'replica', 'enabled') === 'true';
}

/** How the copies in one cluster replicate, where its resource or its operator's own way says so. */
function replicationWithin(
  operated: OperatedKind,
  { cluster, own, pools }: { readonly cluster: Cluster; readonly own: Manifest; readonly pools: readonly Manifest[] },
): readonly Statement[] {
  const region = cluster.region.name;
  const instances = instancesOf(operated, own.root, pools)?.count ?? 1;
  if (instances < 2) return [];
  if (operated.operator === 'cloudnative-pg') {
    const node = nodeAt(own.root, 'spec', 'postgresql', 'synchronous', 'number') ?? nodeAt(own.root, 'spec', 'minSyncReplicas');
    const standbys = numberAt(node) ?? 0;
    return standbys >= 1 && standbys < instances && node !== undefined
      ? [
          {
            text: `replicates sync within ${region} quorum ${standbys + 1}`,
            at: node.at,
            note: `itself and ${standbys} of the others (${spokenPlace(node.at)})`,
          },
        ]
      : [
          {
            text: `replicates async within ${region}`,
            note: "CloudNativePG's own way where it is not asked for synchronous copies",
          },
        ];
  }
  if (operated.operator === 'strimzi') {
    const config = nodeAt(own.root, 'spec', 'kafka', 'config');
    const least = nodeAt(config, 'min.insync.replicas');
    const factor = numberAt(config, 'default.replication.factor');
    const quorum = numberAt(least);
    // Where each topic has a copy on every broker, copies are instances.
    if (least !== undefined && quorum !== undefined && factor === instances && quorum >= 1 && quorum <= instances)
      return [
        {
          text: `replicates sync within ${region} quorum ${quorum}`,
          at: least.at,
          note: `min.insync.replicas (${spokenPlace(least.at)})`,
        },
      ];
  }
  return [];
}
