/**
 * The semantic model: what the author meant, resolved and in SI units. All later work stands on these types.
 *
 * Names are resolved to strings that index the model's own lists (`component.name`); a site is named by its path
 * (`cn-north`, `cn-north.a`). Order is the order of declaration, files in import order (imported files first).
 * Nothing here refers to a syntax tree. A name that did not resolve is kept in its `NameUse` and left out of the
 * resolved lists, so that analysis never sees it.
 */
import type { Demand, Deployment } from './deployment.js';
import type { Fact, NameUse, Source } from './fact.js';

export type { Demand, Deployment, Port, Probe } from './deployment.js';

export type ComponentKind =
  | 'service'
  | 'gateway'
  | 'database'
  | 'cache'
  | 'queue'
  | 'bucket'
  | 'external'
  | 'coordinator'
  | 'job';
export const componentKinds: readonly ComponentKind[] = [
  'service',
  'gateway',
  'database',
  'cache',
  'queue',
  'bucket',
  'external',
  'coordinator',
  'job',
];
export type Role = 'active' | 'hot-standby' | 'warm-standby' | 'cold-standby' | 'pilot-light' | 'witness';
export type DisruptionClass = 'instance-loss' | 'zone-loss' | 'region-loss' | 'provider-loss' | 'account-loss' | 'corruption';
export const disruptionClasses: readonly DisruptionClass[] = [
  'instance-loss',
  'zone-loss',
  'region-loss',
  'provider-loss',
  'account-loss',
  'corruption',
];

/** One file of the import closure. `lineStarts` are offsets of line beginnings, so that a `Source` can be shown as a line. */
export interface SourceFile {
  readonly uri: string;
  readonly lineStarts: readonly number[];
}

/** The import closure of one root file. */
export interface Model {
  readonly name: string;
  readonly title?: string;
  /** The file the closure starts from. */
  readonly root: string;
  readonly files: readonly SourceFile[];
  readonly settings: Settings;
  readonly regions: readonly Region[];
  readonly links: readonly Link[];
  readonly components: readonly Component[];
  readonly journeys: readonly Journey[];
  readonly scenarios: readonly Scenario[];
  readonly drills: readonly Drill[];
}

/** The `model` block. `source` is its name, absent when the root has no such block. */
export interface Settings {
  readonly source?: Source;
  readonly namespace?: Fact<string>;
  readonly mesh?: Fact<{ readonly name: string; readonly version?: string }>;
  readonly kubernetes?: Fact<string>;
  readonly currency?: Fact<string>;
  readonly timezone?: Fact<string>;
  readonly owner?: Fact<string>;
  readonly accepts: readonly Acceptance[];
}

/**
 * Own failures of one event. Of availability, mtbf and mttr any two give the third.
 * `unavailability` is 0..1, times in seconds. `mttr` is absent where nobody can know it.
 */
export interface FailureData {
  readonly unavailability: Fact<number>;
  readonly mtbf?: Fact<number>;
  readonly mttr?: Fact<number>;
}

/** Fate-sharing groups of a site or a component. */
export interface Fate {
  readonly provider?: Fact<string>;
  readonly account?: Fact<string>;
  readonly jurisdiction?: Fact<string>;
  readonly buildings: readonly Fact<string>[];
}

export interface Region {
  readonly name: string;
  readonly title?: string;
  readonly source: Source;
  readonly nameSource: Source;
  /** The platform's own name, a topology label's value. */
  readonly platformId?: Fact<string>;
  readonly cluster?: Fact<string>;
  /** Absent: perfect in probability, still an event in cut sets. */
  readonly failure?: FailureData;
  readonly fate: Fate;
  readonly zones: readonly Zone[];
  readonly accepts: readonly Acceptance[];
}

export interface Zone {
  /** `a` */
  readonly name: string;
  /** `cn-north.a` */
  readonly path: string;
  readonly title?: string;
  readonly source: Source;
  readonly nameSource: Source;
  readonly platformId?: Fact<string>;
  readonly cluster?: Fact<string>;
  readonly failure?: FailureData;
  readonly fate: Fate;
}

export interface Link {
  readonly a: string;
  readonly b: string;
  readonly source: Source;
  readonly roundTrip?: Fact<number>;
  readonly bandwidth?: Fact<number>;
  readonly failure?: FailureData;
  readonly failover?: Failover;
}

/** One `runs` statement, its instances already placed: `zones[i]` is the zone path of instance i, or the region's name where it has no zones. */
export interface Placement {
  readonly region: string;
  readonly role: Role;
  readonly count: Fact<number>;
  readonly zones: readonly string[];
  /** The author said which zones: lost instances come back nowhere else. Absent: anywhere in the region. */
  readonly pinned?: true;
  readonly source: Source;
}

export interface Component {
  readonly kind: ComponentKind;
  readonly name: string;
  readonly title?: string;
  /** The `/** … *​/` comment before it. */
  readonly documentation?: string;
  readonly tier?: Fact<number>;
  readonly source: Source;
  readonly nameSource: Source;
  readonly placements: readonly Placement[];
  /** `in SITE, …` of a component without `runs`: site paths. */
  readonly hosts: readonly NameUse[];
  /** Of one instance where there are placements, else of the component's only event. Always present: assumed where nobody stated it. */
  readonly failure: FailureData;
  readonly together?: FailureData;
  /** Share of an instance's failures that takes all its instances in the region, 0..1. */
  readonly commonCause: Fact<number>;
  /** `needs N`; how many active instances must stand is {@link requiredInstances}. */
  readonly needs?: Fact<number>;
  readonly needsIn: readonly { readonly region: string; readonly count: Fact<number> }[];
  readonly repairsAtOnce?: Fact<number>;
  readonly edges: readonly Edge[];
  readonly recoversAfter: readonly Requirement[];
  readonly rebuildsFrom?: { readonly targets: readonly NameUse[]; readonly takes?: Fact<number>; readonly source: Source };
  readonly agreesWith: readonly NameUse[];
  readonly provides: readonly Fact<string>[];
  readonly demand: Demand;
  readonly deployment: Deployment;
  readonly data: DataFacts;
  readonly failovers: readonly Failover[];
  readonly evictsAfter?: Fact<number>;
  readonly objective?: Objective;
  readonly fate: Fate;
  readonly costs: readonly Cost[];
  readonly owner?: Fact<string>;
  readonly runbook?: Runbook;
  readonly accepts: readonly Acceptance[];
  readonly follows: readonly NameUse[];
}

/** All of, any of, or at least `count` of the targets. */
export type Quantifier =
  | { readonly kind: 'all' }
  | { readonly kind: 'any' }
  | { readonly kind: 'at-least'; readonly count: number; readonly source: Source };

export interface Requirement {
  readonly quantifier: Quantifier;
  /** Only targets that exist and can be required; unresolved ones are dropped here and reported by the checks. */
  readonly targets: readonly NameUse[];
  readonly source: Source;
}

export interface Edge extends Requirement {
  readonly kind: 'requires' | 'wants' | 'publishes' | 'consumes';
  /** `for J, …`: the journeys that need it; empty means everyone. */
  readonly journeys: readonly NameUse[];
  readonly sameRegion: boolean;
  readonly bestEffort: boolean;
  readonly timeout?: Fact<number>;
  readonly retries?: {
    readonly count: Fact<number>;
    readonly each?: Fact<number>;
    readonly backoff?: Fact<number>;
    readonly causes: readonly string[];
    readonly source: Source;
  };
  readonly breaker?: {
    readonly errors?: Fact<number>;
    readonly within?: Fact<number>;
    readonly ejects?: Fact<number>;
    readonly connections?: Fact<number>;
    readonly source: Source;
  };
  readonly fallback?: Fact<string>;
  readonly acks?: Fact<'all' | 'one' | 'none'>;
  readonly idempotent: boolean;
  readonly reads: boolean;
  readonly writes: boolean;
  readonly lock: boolean;
  readonly fenced: boolean;
  readonly outbox: boolean;
  readonly trips?: Fact<number>;
}

export interface DataFacts {
  readonly engine?: Fact<{ readonly name: string; readonly version?: string }>;
  readonly managedBy?: Fact<{ readonly manager: string; readonly operator?: string }>;
  readonly size?: Fact<number>;
  /** Bytes per second. */
  readonly changes?: Fact<number>;
  readonly storage?: Fact<string>;
  readonly replication: readonly Replication[];
  readonly consistency?: Fact<{ readonly level: string; readonly onPartition?: string }>;
  readonly conflicts?: Fact<string>;
  readonly residency: readonly Fact<string>[];
  readonly sensitive?: Source;
  readonly corruptionFoundWithin?: Fact<number>;
  readonly backups: readonly Backup[];
  readonly locked?: Fact<number>;
  readonly offline?: Source;
  readonly immutable?: Source;
  readonly keeps?: Fact<number>;
  readonly deadLetters?: NameUse;
}

/** `replicates sync within REGION quorum N`, `replicates async to REGION lag D`. `region` absent: everywhere it runs. */
export interface Replication {
  readonly mode: 'sync' | 'async';
  readonly scope?: 'within' | 'to';
  readonly region?: string;
  readonly quorum?: Fact<number>;
  readonly shrinksTo?: Fact<number>;
  readonly lag?: Fact<number>;
  readonly degradesAfter?: Fact<number>;
  readonly source: Source;
}

export interface Backup {
  readonly name: string;
  readonly source: Source;
  readonly nameSource: Source;
  readonly series: readonly BackupSeries[];
  readonly consistentAt: Fact<'start' | 'end'>;
  readonly toleratesFailedRuns: Fact<number>;
  readonly copies: readonly { readonly bucket: NameUse; readonly takes?: Fact<number>; readonly source: Source }[];
  readonly keeps?: Fact<number>;
  readonly immutable?: Source;
  readonly offline?: Source;
  readonly encrypted?: { readonly key?: NameUse; readonly source: Source };
  /** Bytes per second. */
  readonly restoresAt?: Fact<number>;
  readonly replaysAt?: Fact<number>;
  readonly tested?: { readonly date: string; readonly took?: Fact<number>; readonly source: Source };
  readonly alertsOn: readonly string[];
}

export interface BackupSeries {
  readonly kind: 'full' | 'incremental' | 'snapshot' | 'log';
  readonly every: Fact<number>;
  /** `HH:MM` in the model's time zone. */
  readonly at?: string;
  readonly takes?: Fact<number>;
  readonly lags?: Fact<number>;
  readonly source: Source;
}

/** The election inside a site (`within`), the way to a standby (`to`), or either where no scope is written. */
export interface Failover {
  readonly scope?: 'within' | 'to';
  readonly region?: string;
  readonly source: Source;
  readonly detect?: Fact<number>;
  readonly decide?: Fact<{ readonly mode: 'automatic' | 'manual'; readonly delay?: number }>;
  readonly provision?: Fact<number>;
  readonly promote?: Fact<number>;
  readonly warmup?: Fact<number>;
  readonly switch?: Fact<{ readonly means: 'dns' | 'mesh' | 'address'; readonly ttl?: number }>;
  readonly verify?: Fact<number>;
  readonly success?: Fact<number>;
  readonly hold?: Fact<number>;
  readonly failback?: Fact<number>;
  readonly fenced?: Source;
}

export interface Objective {
  readonly source: Source;
  /** 0..1 */
  readonly availability?: Fact<number>;
  readonly latency?: Fact<number>;
  readonly classes: readonly ClassObjective[];
}

export interface ClassObjective {
  readonly disruption: DisruptionClass;
  readonly rto?: Fact<number>;
  readonly rpo?: Fact<number>;
  readonly source: Source;
}

export interface Journey {
  readonly name: string;
  readonly title?: string;
  readonly documentation?: string;
  readonly tier?: Fact<number>;
  readonly saga: boolean;
  readonly source: Source;
  readonly nameSource: Source;
  readonly edges: readonly Edge[];
  readonly objective?: Objective;
  readonly costs: readonly Cost[];
  readonly owner?: Fact<string>;
  readonly runbook?: Runbook;
  readonly accepts: readonly Acceptance[];
}

/** Money: `amount` per `per` seconds or bytes, in `currency`; `per` absent for a one-time amount. */
export interface Cost {
  readonly kind: 'standing' | 'outage' | 'loss';
  readonly amount: Fact<number>;
  readonly currency: string;
  readonly per?: string;
  readonly each: boolean;
}

export interface Runbook {
  readonly url: string;
  readonly reviewed?: string;
  readonly source: Source;
}

/** `accepts RULE until DATE by OWNER because TEXT`. */
export interface Acceptance {
  readonly rule: string;
  readonly until?: string;
  readonly owner?: string;
  readonly reason?: string;
  readonly source: Source;
}

export interface Scenario {
  readonly name: string;
  readonly title?: string;
  readonly source: Source;
  readonly nameSource: Source;
}

export interface Drill {
  readonly scenario: string;
  readonly date: string;
  readonly source: Source;
}
