/** What the analysis says of capacity: plain, readonly data. */
import type { Source } from '../../model/fact.js';
import type { Figure } from '../figure.js';

/** Of a component: demand against what stands. Of a region: its quotas. */
export type CapacityFigures = ComponentCapacity | RegionCapacity;

export interface ComponentCapacity {
  readonly kind: 'component';
  readonly name: string;
  /** Instances that the usual load takes: ⌈load / capacity⌉. */
  readonly neededAtLoad: Figure;
  /** Instances that the peak takes. */
  readonly neededAtPeak: Figure;
  /** Instances that carry the load while all is well. */
  readonly serving: number;
  /** load / (serving × capacity), a share. */
  readonly utilisationAtLoad: Figure;
  readonly utilisationAtPeak: Figure;
  /** How much more than the peak (or the load, where no peak is stated) those instances carry, requests per second. */
  readonly headroom: Figure;
  /** What may happen, worst first within each kind: one instance, each zone, each region, a rollout. */
  readonly losses: readonly CapacityLoss[];
  /** The highest steady utilisation at which one lost site overloads nobody, by kind of site. */
  readonly safeUtilisation: readonly SafeUtilisation[];
  /** Of a queue: what waits while each of its consumers is away, by name. */
  readonly backlogs: readonly QueueBacklog[];
  /** Of a store: what its asynchronous replication asks of each link that it crosses. */
  readonly replication: readonly ReplicationBacklog[];
}

/** What waits in a queue while a consumer is away for its longest recovery. */
export interface QueueBacklog {
  readonly consumer: string;
  /** How long the oldest message waits. Its verdict asks for no longer than the queue `keeps` messages. */
  readonly waits: Figure;
  readonly messages: Figure;
  /** Its verdict asks for no more than the queue `holds`. */
  readonly bytes: Figure;
  /** Until the backlog is worked off, from when the consumer is back. */
  readonly drainsIn: Figure;
}

/** A link that the changes of a store cross, with those of others. */
export interface ReplicationBacklog {
  /** `cn-north <-> cn-south` */
  readonly link: string;
  /** Changes of all stores that replicate over it, over its bandwidth. Its verdict asks for 1 at most. */
  readonly use: Figure;
  /** Until what fell behind while the link was down (its mttr) is there, from when the link is back. */
  readonly catchesUp: Figure;
}

/**
 * What is off: one instance, a zone, a region; or a version is being rolled out, alone or while the worst zone is off; or nodes are being
 * drained, as many instances at once as the disruption budget lets go.
 */
export type LossKind = 'instance' | 'zone' | 'region' | 'rollout' | 'rollout-and-zone' | 'drain';

export interface CapacityLoss {
  readonly kind: LossKind;
  /** The site that is off; absent for an instance and for a rollout alone. */
  readonly site?: string;
  /** Who carries the load then: the active side, or the region of the standby; undefined where nobody is left. */
  readonly carriedBy: string | undefined;
  /** Instances left to carry it. */
  readonly survivors: number;
  /** Peak (or load) / (survivors × capacity); above 1 they are over their capacity. Its verdict asks for 1 at most. */
  readonly utilisation: Figure;
  /** survivors × capacity − peak (or load), requests per second; negative: so much is turned away. */
  readonly headroom: Figure;
  /** The same after automatic scaling did what it may; undefined where nothing scales. */
  readonly scaledUtilisation?: Figure;
  /** Until the survivors carry the load, by scaling if need be; `never` where no scaling reaches it. */
  readonly catchesUp: Figure;
}

export interface SafeUtilisation {
  readonly kind: 'zone' | 'region';
  /** Sites of the kind that carry the load. */
  readonly sites: number;
  /** Instances every site needs so that any one may be off: ⌈needed at peak / (sites − 1)⌉. */
  readonly perSite: Figure;
  /** What the survivors of the worst loss carry, as a share of what all carry: (S − 1) / S where the sites are alike. */
  readonly utilisation: Figure;
}

export interface RegionCapacity {
  readonly kind: 'region';
  readonly name: string;
  readonly quotas: readonly QuotaUse[];
}

/** What is asked of one quota. */
export interface QuotaUse {
  readonly resource: string;
  readonly amount: number;
  readonly source: Source | undefined;
  /** What runs there while all is well. */
  readonly standing: Figure;
  /** For each other region that is lost: everything that comes here with what is here. */
  readonly afterLoss: readonly { readonly region: string; readonly use: Figure; readonly arriving: readonly string[] }[];
}
