/** Keys of data components, backups, scenarios and drills. */
import { above, atLeastZero, dataPlaces, entry, mark, reused, structure, text, word, words } from './key-entry.js';
import type { KeyEntry } from './keys.js';

const data = [...dataPlaces, ...reused] as const;

const seriesMeaning = {
  full: 'A full copy at this interval; `takes` is how long one runs.',
  incremental: 'What changed since the last full or incremental copy.',
  snapshot: 'A snapshot of the volume.',
  log: 'The write-ahead log: restore to any moment; `lags` is how long an upload may trail.',
} as const;

export const dataKeys: readonly KeyEntry[] = [
  entry('engine', text, data, 'The software, with its version.', 'engine postgres "16"', {
    absent: '`generic`: nothing is known of how it copies and restores',
  }),
  entry(
    'managed',
    structure,
    data,
    'Who runs it: an operator in the cluster, the provider, or yourselves.',
    'managed by operator cloudnative-pg',
    { phrase: 'managed by' },
  ),
  entry('size', above('size'), data, 'How much data there is.', 'size 200GiB', {
    absent: 'unknown: a restore takes what a tested one took',
  }),
  entry('changes', atLeastZero('throughput'), data, 'How fast the data changes.', 'changes 2GiB/h', {
    absent: 'unknown: increments take no time to restore',
  }),
  entry(
    'storage',
    structure,
    data,
    'Disks under it: zonal, regional, ephemeral, raid0 to raid10, or erasure K+M; `class` names the StorageClass that makes them.',
    'storage zonal class fast-ssd',
    { absent: 'unknown: no copy is taken to outlive its instance; volumes are of the cluster\u2019s default class' },
  ),
  entry('disks', above('count', 100_000), data, 'How many disks.', 'disks 6', { absent: 'unknown' }),
  entry(
    'disk',
    structure,
    data,
    'Failures of one disk under each copy, and how long a lost one takes to be filled again.',
    'disk mtbf 1000000h rebuild 24h',
    { absent: 'unknown: an array is taken to be no worse than its instance' },
  ),
  entry(
    'replicates',
    structure,
    data,
    'Synchronous copies that a write waits for (`quorum` counts the copies it lies on), or asynchronous ones with a lag.',
    'replicates async to cn-south lag 5s',
    { repeats: true, absent: 'nobody says how far the copies trail: their loss is unknown' },
  ),
  entry(
    'consistency',
    structure,
    data,
    'What a reader may see, and what it does when the network splits.',
    'consistency strong on partition refuses',
  ),
  entry(
    'conflicts',
    word('last-write-wins', 'crdt', 'partitioned', 'home-region'),
    data,
    'What happens to two writes of the same thing in two places.',
    'conflicts home-region',
  ),
  entry('residency', words(), data, 'Jurisdictions its copies may lie in.', 'residency cn', {
    absent: 'its copies may lie anywhere',
  }),
  entry('sensitive', mark, data, 'Personal or secret data: copies must be encrypted.', 'sensitive', {
    absent: 'it is not sensitive',
  }),
  entry('corruption', above('duration'), data, 'How long bad data may go unnoticed.', 'corruption found within 30m', {
    phrase: 'corruption found within',
    absent: 'unknown, and with it what a corruption costs',
  }),
  entry(
    'rebuilds',
    structure,
    data,
    'Derived data: what it can be made from again, and how long that takes.',
    'rebuilds from orders-db takes 10m',
    { phrase: 'rebuilds from', absent: 'the data is the only copy' },
  ),
  entry('agrees', structure, data, 'Stores that must be restored to the same point in time.', 'agrees with payments-db', {
    phrase: 'agrees with',
    absent: 'each store is restored to a point in time of its own',
  }),
  entry('dead', structure, ['queue'], 'Where messages go that cannot be worked off.', 'dead letters to order-dlq', {
    phrase: 'dead letters to',
    absent: 'they stay in the queue',
  }),
  entry('keeps', above('duration'), ['queue', 'backup'], 'How long messages or copies are kept.', 'keeps 35d', {
    absent: 'for ever',
  }),
  entry('holds', above('size'), ['queue'], 'How much it can hold.', 'holds 50GiB', { absent: 'no limit' }),
  entry('locked', above('duration'), ['bucket'], 'For how long nobody can delete what was written.', 'locked 35d', {
    absent: 'whoever holds its account can delete it',
  }),
  entry('media', word(), ['bucket'], 'What the copies lie on.', 'media tape'),
  entry('offline', mark, ['bucket', 'backup'], 'Not reachable over the network.', 'offline', {
    absent: 'reachable, and lost with its account',
  }),
  entry('immutable', mark, ['bucket', 'backup'], 'Copies cannot be changed or deleted before their time.', 'immutable', {
    absent: 'whoever holds its account can change it',
  }),

  entry(
    'backup',
    structure,
    data,
    'Earlier points in time: what is taken when, where it is copied, how long it is kept.',
    'backup nightly { full every 1d at 02:00 takes 40m  copies to vault takes 20m  keeps 35d }',
    { repeats: true, absent: 'there are no earlier points in time: a corruption is never undone' },
  ),
  ...(['full', 'incremental', 'snapshot', 'log'] as const).map((kind) =>
    entry(kind, structure, ['backup'], seriesMeaning[kind], `${kind} every ${kind === 'log' ? '5m' : '1d at 02:00 takes 40m'}`, {
      phrase: `${kind} every`,
    }),
  ),
  entry('consistent', structure, ['backup'], 'The moment a backup shows: its start, or its end.', 'consistent at end', {
    phrase: 'consistent at',
    absent: 'start',
  }),
  entry('tolerates', structure, ['backup'], 'Failed runs in a row that nobody acts on.', 'tolerates 1 failed runs', {
    absent: '0',
  }),
  entry('copies', structure, ['backup'], 'A copy in a bucket, and how long copying takes.', 'copies to vault takes 20m', {
    phrase: 'copies to',
    repeats: true,
    absent: 'it lies with its store, and is gone with it',
  }),
  entry('exclusive', mark, ['backup'], 'Runs wait for each other: while a full runs, no increment is taken.', 'exclusive', {
    absent: 'a full holds up no increment',
  }),
  entry('encrypted', structure, ['backup'], 'Copies are encrypted, with the key of this component.', 'encrypted with kms', {
    absent: 'not encrypted',
  }),
  entry('restores', above('throughput'), ['backup'], 'How fast data is brought back.', 'restores at 200MiB/s', {
    phrase: 'restores at',
    absent: 'unknown: what a tested restore took stands for it',
  }),
  entry('replays', above('throughput'), ['backup'], 'How fast logs are applied after a restore.', 'replays at 50MiB/s', {
    phrase: 'replays at',
    absent: 'as fast as fulls are restored',
  }),
  entry(
    'tested',
    structure,
    ['backup'],
    'When a restore was last tried, and how long it took: evidence.',
    'tested 2026-10-01 took 50m',
    { absent: 'no evidence that it can be restored' },
  ),
  entry('alerts', words('age', 'size', 'failure'), ['backup'], 'What somebody is told about.', 'alerts on age, size', {
    phrase: 'alerts on',
  }),

  entry(
    'fails',
    structure,
    ['scenario'],
    'What is switched off: sites, components, links, a provider, an account, a building.',
    'fails cn-north.a, cn-north.b for 2h',
    { repeats: true },
  ),
  entry('corrupts', structure, ['scenario'], 'Whose data goes bad.', 'corrupts orders-db', { repeats: true }),
  entry(
    'deletes',
    structure,
    ['scenario'],
    'What is deleted: an account\u2019s data, or a component\u2019s.',
    'deletes account prod',
    { repeats: true },
  ),
  entry('expect', structure, ['scenario'], 'What must then hold.', 'expect place-order rto <= 15m rpo <= 1m', { repeats: true }),
  entry('measured', structure, ['drill'], 'What the drill showed.', 'measured place-order rto 3m rpo 6s', { repeats: true }),
  entry('in', word('production', 'staging'), ['drill'], 'Where it was tried.', 'in production'),
  entry(
    'traffic',
    { kind: 'quantity', dimension: 'share', minimum: 0, maximum: 1 },
    ['drill'],
    'Share of real traffic that took part.',
    'traffic 10%',
  ),
  entry('lasts', above('duration'), ['drill'], 'How long it lasted.', 'lasts 30m'),
  entry('stops', text, ['drill'], 'What ends it early.', 'stops when "error rate > 5%"', { phrase: 'stops when' }),
];
