/** Lowering of what data components say: engine, replication, backups. */
import {
  type Backup as BackupNode,
  isAgrees,
  isBackup,
  isConsistency,
  isConsistent,
  isCopiesTo,
  isDeadLetters,
  isDisk,
  isEncrypted,
  isManagedBy,
  isRebuilds,
  isReplicates,
  isSeries,
  isStorage,
  isTested,
  isTolerates,
  type Replicates,
} from '../generated/ast.js';
import { innerAcceptances } from './build-acceptances.js';
import { buildMounts } from './build-deployment.js';
import { nameUse, scopeOf } from './build-edges.js';
import {
  countFact,
  type Layered,
  Layers,
  nameSourceAt,
  originOf,
  positiveTime,
  quantityFact,
  sourceAt,
  writtenAt,
} from './build-facts.js';
import { buildExpected } from './build-promises.js';
import { sitePath } from './build-sites.js';
import type { NameUse } from './fact.js';
import type { Backup, BackupSeries, Component, DataFacts, Replication } from './model.js';
import { optional } from './optional.js';

/** Everything a component says about its data; empty lists where it says nothing. */
export function buildData(layers: Layers): DataFacts {
  const managed = layers.nearest(isManagedBy, 'ManagedBy');
  const storage = layers.nearest(isStorage, 'Storage');
  const consistency = layers.nearest(isConsistency, 'Consistency');
  const deadLetters = layers.nearest(isDeadLetters, 'DeadLetters');
  return {
    ...optional('engine', layers.versioned('engine')),
    ...(managed === undefined
      ? {}
      : {
          managedBy: {
            value: { manager: managed.node.manager, ...optional('operator', managed.node.operator) },
            origin: originOf(managed),
          },
        }),
    ...optional('size', layers.quantity('size', 'size')),
    ...optional('changes', layers.quantity('changes', 'throughput')),
    ...(storage === undefined
      ? {}
      : {
          storage: {
            value: [storage.node.storage, storage.node.code].filter((part) => part !== undefined).join(' '),
            origin: originOf(storage),
          },
          ...(storage.node.storageClass === undefined
            ? {}
            : { storageClass: { value: storage.node.storageClass, origin: originOf(storage) } }),
        }),
    ...optional('disks', layers.quantity('disks', 'count')),
    ...buildDisk(layers),
    replication: layers.nearestLayer(isReplicates, 'Replicates').flatMap((layered) => replication(layered) ?? []),
    ...(consistency === undefined
      ? {}
      : {
          consistency: {
            value: { level: consistency.node.level, ...optional('onPartition', consistency.node.onPartition) },
            origin: originOf(consistency),
          },
        }),
    ...optional('conflicts', layers.word('conflicts')),
    residency: layers.words('residency'),
    ...optional('sensitive', layers.mark('sensitive')),
    ...optional('corruptionFoundWithin', layers.quantity('corruption', 'duration')),
    ...optional('corruptionEvery', buildExpected(layers, 'corruption')),
    backups: buildBackups(layers),
    ...optional('locked', layers.quantity('locked', 'duration')),
    ...optional('media', layers.word('media')),
    ...optional('offline', layers.mark('offline')),
    ...optional('immutable', layers.mark('immutable')),
    ...optional('bandwidth', layers.quantity('bandwidth', 'throughput')),
    ...optional('keeps', layers.quantity('keeps', 'duration')),
    ...optional('holds', layers.quantity('holds', 'size')),
    // Behind an unfinished `dead letters to` there is no name.
    ...(deadLetters?.node.target === undefined ? {} : { deadLetters: nameUse(deadLetters.node.target, false) }),
  };
}

function buildDisk(layers: Layers): Pick<DataFacts, 'diskMtbf' | 'diskRebuild'> {
  const disk = layers.nearest(isDisk, 'Disk');
  if (disk === undefined) return {};
  return {
    ...optional('diskMtbf', positiveTime(disk, disk.node.mtbf)),
    ...optional('diskRebuild', positiveTime(disk, disk.node.rebuild)),
  };
}

function replication(layered: Layered<Replicates>): Replication | undefined {
  const { node } = layered;
  if (node.mode !== 'sync' && node.mode !== 'async') return undefined;
  const region = node.site?.region?.ref?.name;
  const zone = node.site?.zone?.ref?.name;
  // A replication to a place that does not exist replicates nowhere.
  if (node.site !== undefined && region === undefined) return undefined;
  return {
    mode: node.mode,
    ...optional('scope', scopeOf(node.scope)),
    ...optional('region', region),
    ...optional('zone', region === undefined || zone === undefined ? undefined : sitePath(region, zone)),
    ...optional('quorum', countFact(layered, node.quorum, 1, 1000)),
    ...optional('shrinksTo', countFact(layered, node.shrinksTo, 1, 1000)),
    ...optional('shrinksAfter', quantityFact(layered, node.shrinksAfter, 'duration')),
    ...optional('lag', quantityFact(layered, node.lag, 'duration')),
    ...optional('degradesAfter', quantityFact(layered, node.degradesAfter, 'duration')),
    ...writtenAt(layered),
  };
}

/**
 * Backups; those of one name are one, item by item, the nearest first. What a policy or `defaults` says of a name that the block has not,
 * and that says not how often, is meant for others.
 */
function buildBackups(layers: Layers): readonly Backup[] {
  const groups: Layered<BackupNode>[][] = [];
  for (const layered of layers.all(isBackup, 'Backup')) {
    const known = groups.find(([first]) => first?.node.name === layered.node.name && first.from !== layered.from);
    if (known === undefined) groups.push([layered]);
    else known.push(layered);
  }
  return groups.flatMap((group) => {
    const [first] = group;
    const takesCopies = group.some(({ node }) => node.details.some(isSeries));
    return first === undefined || (first.from !== undefined && !takesCopies) ? [] : [backup(first, group)];
  });
}

function backup(layered: Layered<BackupNode>, group: readonly Layered<BackupNode>[]): Backup {
  const { node } = layered;
  const layers = new Layers(group.map((each) => ({ statements: each.node.details, from: each.from })));
  const consistent = layers.nearest(isConsistent, 'Consistent');
  const tolerates = layers.nearest(isTolerates, 'Tolerates');
  const encrypted = layers.nearest(isEncrypted, 'Encrypted');
  const tested = layers.nearest(isTested, 'Tested');
  const mounts = buildMounts(layers);
  const failedRuns = tolerates === undefined ? undefined : countFact(tolerates, tolerates.node.count, 0, 1000);
  return {
    name: node.name,
    ...writtenAt(layered),
    nameSource: nameSourceAt(node),
    series: layers.nearestLayer(isSeries, 'Series').flatMap((layered): readonly BackupSeries[] => {
      const every = quantityFact(layered, layered.node.every, 'duration');
      const { kind } = layered.node;
      if (every === undefined || every.value <= 0) return [];
      if (kind !== 'full' && kind !== 'incremental' && kind !== 'snapshot' && kind !== 'log') return [];
      return [
        {
          kind,
          every,
          ...optional('at', layered.node.at),
          ...optional('takes', quantityFact(layered, layered.node.takes, 'duration')),
          ...optional('lags', quantityFact(layered, layered.node.lags, 'duration')),
          source: sourceAt(layered.node),
        },
      ];
    }),
    consistentAt:
      consistent === undefined
        ? { value: 'start', origin: { kind: 'assumed', assumption: 'consistent-at-start' } }
        : { value: consistent.node.point === 'end' ? 'end' : 'start', origin: originOf(consistent) },
    toleratesFailedRuns: failedRuns ?? { value: 0, origin: { kind: 'assumed', assumption: 'no-failed-runs' } },
    copies: layers.nearestLayer(isCopiesTo, 'CopiesTo').flatMap((layered) => {
      // Behind an unfinished `copies to` there is no name.
      if (layered.node.target === undefined) return [];
      const bucket = nameUse(layered.node.target, false);
      if (!bucket.resolved) return [];
      return [
        { bucket, ...optional('takes', quantityFact(layered, layered.node.takes, 'duration')), source: sourceAt(layered.node) },
      ];
    }),
    ...optional('keeps', layers.quantity('keeps', 'duration')),
    ...optional('exclusive', layers.mark('exclusive')),
    ...optional('immutable', layers.mark('immutable')),
    ...optional('offline', layers.mark('offline')),
    ...(encrypted === undefined
      ? {}
      : {
          encrypted: {
            ...optional('key', encrypted.node.key === undefined ? undefined : nameUse(encrypted.node.key, false)),
            source: sourceAt(encrypted.node),
          },
        }),
    ...optional('restoresAt', layers.quantity('restores', 'throughput')),
    ...optional('replaysAt', layers.quantity('replays', 'throughput')),
    ...(tested === undefined
      ? {}
      : {
          tested: {
            date: tested.node.date,
            ...optional('took', quantityFact(tested, tested.node.took, 'duration')),
            source: sourceAt(tested.node),
          },
        }),
    alertsOn: layers.words('alerts'),
    ...optional('image', layers.text('image')),
    ...(mounts.length === 0 ? {} : { mounts }),
    ...innerAcceptances(layers),
  };
}

/** `rebuilds from … takes …`. */
export function buildRebuilds(layers: Layers): Component['rebuildsFrom'] {
  const layered = layers.nearest(isRebuilds, 'Rebuilds');
  if (layered === undefined) return undefined;
  const targets = layered.node.targets.map((target) => nameUse(target, false)).filter((use) => use.resolved);
  return targets.length === 0
    ? undefined
    : { targets, ...optional('takes', quantityFact(layered, layered.node.takes, 'duration')), source: sourceAt(layered.node) };
}

/** `agrees with …`. */
export function buildAgrees(layers: Layers): readonly NameUse[] {
  return layers
    .all(isAgrees, 'Agrees')
    .flatMap(({ node }) => node.targets.map((target) => nameUse(target, false)).filter((use) => use.resolved));
}
