/**
 * What DRML takes for granted where the author says nothing. One documented table: every figure lists the rows it used,
 * `defaults` blocks override them. Values are SI.
 */
import type { AssumptionCode, Fact } from './fact.js';
import type { ComponentKind } from './model.js';

export interface Assumption {
  readonly code: AssumptionCode;
  /** As printed beside a figure. */
  readonly sentence: string;
  /** Where the value comes from. */
  readonly source: string;
}

export const assumptions: Readonly<Record<AssumptionCode, Assumption>> = {
  'common-cause': {
    code: 'common-cause',
    sentence: 'common cause 5%',
    source: 'IEC 61508-6 practice for redundant channels is 1 to 10 %; 0 would make three replicas print nine nines.',
  },
  'sites-perfect': {
    code: 'sites-perfect',
    sentence: 'sites without failure data',
    source: 'A region or zone without mtbf, mttr or availability never fails in probability; it is still an event in cut sets.',
  },
  'instance-availability': {
    code: 'instance-availability',
    sentence: 'an instance is up 99.5%',
    source: 'Amazon EC2 service level agreement, instance level: 99.5 %.',
  },
  'managed-availability': {
    code: 'managed-availability',
    sentence: 'what has no instances is up 99.9%',
    source: 'Amazon S3 Standard and SQS service level agreements: 99.9 %.',
  },
  'mean-time-to-repair': {
    code: 'mean-time-to-repair',
    sentence: 'a failure is repaired in 1h',
    source: 'A round figure of ours, used for how often something fails; state mttr to replace it.',
  },
  'failover-success': {
    code: 'failover-success',
    sentence: 'every failover works',
    source: 'State success in the failover block to replace it.',
  },
  'spread-evenly': {
    code: 'spread-evenly',
    sentence: 'instances spread evenly over the zones of their region',
    source: 'The generated topology spread constraints make it so.',
  },
  'needs-one': { code: 'needs-one', sentence: 'one instance is enough', source: 'State needs, or load and capacity.' },
  'needs-from-load': {
    code: 'needs-from-load',
    sentence: 'needed instances = load / capacity, rounded up',
    source: 'State needs to replace it.',
  },
  'no-failed-runs': {
    code: 'no-failed-runs',
    sentence: 'every backup run succeeds',
    source: 'State tolerates N failed runs to replace it.',
  },
  'consistent-at-start': {
    code: 'consistent-at-start',
    sentence: 'a backup shows the moment it started',
    source: 'pg_dump and volume snapshots do; state consistent at end otherwise.',
  },
  'upload-lag-zero': {
    code: 'upload-lag-zero',
    sentence: 'logs are uploaded at once',
    source: 'State lags, or the time of the copy.',
  },
  'no-time-stated': {
    code: 'no-time-stated',
    sentence: 'steps without a time take none',
    source: 'State the step in the failover block.',
  },
};

/** Unavailability (0..1) taken for one instance, or for the only event of what has none. */
export function assumedUnavailability(kind: ComponentKind, hasInstances: boolean): Fact<number> {
  const managed = !hasInstances || kind === 'external' || kind === 'bucket';
  return {
    value: managed ? 0.001 : 0.005,
    origin: { kind: 'assumed', assumption: managed ? 'managed-availability' : 'instance-availability' },
  };
}

/** Seconds of repair taken where an mttr is needed and none can be derived. */
export const assumedRepair: Fact<number> = { value: 3600, origin: { kind: 'assumed', assumption: 'mean-time-to-repair' } };

/** Share of common-cause failures taken where none is stated: 5 % for two or more instances, none for one. */
export function assumedCommonCause(instances: number): Fact<number> {
  return { value: instances >= 2 ? 0.05 : 0, origin: { kind: 'assumed', assumption: 'common-cause' } };
}
