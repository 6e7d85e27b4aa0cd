/**
 * What DRML takes for granted where the author says nothing. One documented table: every figure lists the rows it used,
 * `defaults` blocks override them. Values are SI.
 */
import type { AssumptionCode, Fact } from './fact.js';
import type { ComponentKind } from './model.js';

/** What a calculation takes for granted, beside what {@link AssumptionCode} takes of facts nobody wrote. */
export type CalculationCode =
  | 'load-evenly'
  | 'one-copy'
  | 'mesh-retries'
  | 'one-round-trip'
  | 'copy-goes-with-instance'
  | 'copy-back-after-repair'
  | 'bucket-reads-as-one'
  | 'replay-as-restore'
  | 'probe-timing'
  | 'node-grace';

export interface Assumption {
  readonly code: AssumptionCode | CalculationCode;
  /** As printed beside a figure. */
  readonly sentence: string;
  /** Where the value comes from. */
  readonly source: string;
  /** The statement that replaces it. */
  readonly instead: string;
  /** How one reads what is written, not a value of its own: said where it applies in a breakdown, listed by no figure. */
  readonly reading?: true;
}

export const assumptions: Readonly<Record<AssumptionCode, Assumption>> = {
  'common-cause': {
    code: 'common-cause',
    sentence: 'common cause 5%',
    source: 'IEC 61508-6 practice for redundant channels is 1 to 10 %; 0 would make three replicas print nine nines.',
    instead: '`defaults { common cause 2% }`',
  },
  'sites-perfect': {
    code: 'sites-perfect',
    sentence: 'sites without failure data',
    source: 'A region or zone without mtbf, mttr or availability never fails in probability; it is still an event in cut sets.',
    instead: '`mtbf`, `mttr` or `availability` in the region or zone',
  },
  'instance-availability': {
    code: 'instance-availability',
    sentence: 'an instance is up 99.5%',
    source: 'Instance-level service level agreements of Amazon EC2 and of a single Amazon RDS instance: 99.5 %.',
    instead: '`defaults service { mtbf 30d  mttr 2m }`',
  },
  'managed-availability': {
    code: 'managed-availability',
    sentence: 'what has no instances is up 99.9%',
    source: 'Service level agreements of Amazon S3 Standard, SQS and Kinesis: 99.9 %; what promises more states it.',
    instead: '`defaults external { availability 99.95% }`',
  },
  'mean-time-to-repair': {
    code: 'mean-time-to-repair',
    sentence: 'a failure is repaired in 1h',
    source: 'A round figure of ours, used for how often something fails; state mttr to replace it.',
    instead: '`defaults { mttr 30m }`',
  },
  'failover-success': {
    code: 'failover-success',
    sentence: 'every failover works',
    source: 'State success in the failover block to replace it.',
    instead: '`defaults { failover { success 95% } }`',
  },
  'spread-evenly': {
    code: 'spread-evenly',
    sentence: 'instances spread evenly over the zones of their region',
    source: 'The generated topology spread constraints make it so.',
    instead: '`runs 3 in REGION zones a, b`',
    reading: true,
  },
  'needs-one': {
    code: 'needs-one',
    sentence: 'one instance is enough',
    source: 'State needs, or load and capacity.',
    instead: '`defaults service { needs 2 }`',
    reading: true,
  },
  'needs-from-load': {
    code: 'needs-from-load',
    sentence: 'needed instances = load / capacity, rounded up',
    source: 'State needs to replace it.',
    instead: '`needs 2`',
    reading: true,
  },
  'no-failed-runs': {
    code: 'no-failed-runs',
    sentence: 'every backup run succeeds',
    source: 'State tolerates N failed runs to replace it.',
    instead: '`defaults database { backup nightly { tolerates 1 failed runs } }`',
  },
  'consistent-at-start': {
    code: 'consistent-at-start',
    sentence: 'a backup shows the moment it started',
    source: 'pg_dump and volume snapshots do; state consistent at end otherwise.',
    instead: '`defaults database { backup nightly { consistent at end } }`',
  },
  'upload-lag-zero': {
    code: 'upload-lag-zero',
    sentence: 'logs are uploaded at once',
    source: 'State lags, or the time of the copy.',
    instead: '`log every 5m lags 1m`',
  },
  'no-time-stated': {
    code: 'no-time-stated',
    sentence: 'steps without a time take none',
    source: 'State the step in the failover block.',
    instead: '`defaults { failover { warmup 2m  verify 5m } }`',
  },
};

/** What calculations take for granted. */
export const calculations: Readonly<Record<CalculationCode, Assumption>> = {
  'load-evenly': {
    code: 'load-evenly',
    sentence: 'load spreads evenly over the instances that serve',
    source: 'What a load balancer aims at; uneven load needs more headroom than the figure says.',
    instead: 'a lower `capacity`',
  },
  'one-copy': {
    code: 'one-copy',
    sentence: 'the load of a store that replicates fits one copy',
    source: 'Every copy takes all writes, so that more copies carry no more of them.',
    instead: 'a store for each shard',
  },
  'mesh-retries': {
    code: 'mesh-retries',
    sentence: 'the mesh tries a call twice more where no retries are stated (Istio)',
    source: 'Default of the HTTP retry policy of Istio.',
    instead: '`retries 0` in the edge',
  },
  'one-round-trip': {
    code: 'one-round-trip',
    sentence: 'a call makes one round trip',
    source: 'The least there is: the figure is a floor.',
    instead: '`trips 3` in the edge',
  },
  'copy-goes-with-instance': {
    code: 'copy-goes-with-instance',
    sentence: 'whatever takes an instance down takes its copy, at worst',
    source: 'Storage that outlives its instance loses less: the figure is "at most".',
    instead: '`storage ephemeral` makes it exact',
  },
  'copy-back-after-repair': {
    code: 'copy-back-after-repair',
    sentence: 'a lost copy is complete again after mttr',
    source: 'The repair of a store ends when it holds its data again.',
    instead: 'a longer `mttr`',
  },
  'bucket-reads-as-one': {
    code: 'bucket-reads-as-one',
    sentence: 'a bucket gives to all restores together what the fastest of them reads at by itself',
    source: 'Restores at once share what they read from; nobody says that the place has more to give.',
    instead: '`bandwidth 1GiB/s` in the bucket',
  },
  'replay-as-restore': {
    code: 'replay-as-restore',
    sentence: 'logs are replayed as fast as fulls are restored',
    source: 'Both are read from the same place; replay is often slower.',
    instead: '`replays at 50MiB/s` in the backup',
  },
  'probe-timing': {
    code: 'probe-timing',
    sentence: 'a probe runs every 10 s, fails after 3 and waits 1 s where it does not say (Kubernetes)',
    source: 'Defaults of periodSeconds, failureThreshold and timeoutSeconds.',
    instead: '`defaults { probe readiness "/ready" every 5s failures 3 timeout 1s }`',
  },
  'node-grace': {
    code: 'node-grace',
    sentence: 'a dead node is marked so after 50 s (Kubernetes)',
    source: 'node-monitor-grace-period of the controller manager, 50 s from 1.32 on.',
    instead: 'a readiness probe, which is faster',
  },
};

/** The whole table, in the order in which the documents show it. */
export const assumptionTable: readonly Assumption[] = [...Object.values(assumptions), ...Object.values(calculations)];

const unavailabilities = { 'instance-availability': 0.005, 'managed-availability': 0.001 } as const;

/** Failure data by kind. Where a published promise is better than the row, the row stands: a promise is not what one gets. */
export const kindDefaults: Readonly<
  Record<ComponentKind, { readonly instance: keyof typeof unavailabilities; readonly published: string }>
> = {
  service: { instance: 'instance-availability', published: 'Amazon EC2 instance 99.5 %; API Gateway and Lambda 99.95 %' },
  gateway: { instance: 'instance-availability', published: 'Amazon EC2 instance 99.5 %; Elastic Load Balancing 99.99 %' },
  database: { instance: 'instance-availability', published: 'Amazon RDS, single instance 99.5 %; Multi-AZ 99.95 %' },
  cache: { instance: 'instance-availability', published: 'Amazon EC2 instance 99.5 %' },
  queue: {
    instance: 'instance-availability',
    published: 'Amazon EC2 instance 99.5 %; Kinesis Data Streams and Amazon MQ 99.9 %',
  },
  bucket: { instance: 'managed-availability', published: 'Amazon S3 Standard 99.9 %' },
  external: { instance: 'managed-availability', published: 'none: whoever provides it should be asked' },
  coordinator: { instance: 'instance-availability', published: 'Amazon EC2 instance 99.5 %' },
  job: { instance: 'instance-availability', published: 'Amazon EC2 instance 99.5 %' },
};

/** Unavailability (0..1) taken for one instance, or for the only event of what has none. */
export function assumedUnavailability(kind: ComponentKind, hasInstances: boolean): Fact<number> {
  const assumption = hasInstances ? kindDefaults[kind].instance : 'managed-availability';
  return { value: unavailabilities[assumption], origin: { kind: 'assumed', assumption } };
}

/** Seconds of repair taken where an mttr is needed and none can be derived. */
export const assumedRepair: Fact<number> = { value: 3600, origin: { kind: 'assumed', assumption: 'mean-time-to-repair' } };

/** Share of common-cause failures taken where none is stated: 5 % for two or more instances, none for one. */
export function assumedCommonCause(instances: number): Fact<number> {
  return { value: instances >= 2 ? 0.05 : 0, origin: { kind: 'assumed', assumption: 'common-cause' } };
}
