/**
 * The semantic model: what the author meant, resolved and in SI units. All later work stands on these types.
 *
 * Names are resolved to strings that index the model's own lists (`component.name`); a site is named by its path
 * (`cn-north`, `cn-north.a`). Order is the order of declaration, files in import order (imported files first).
 * Nothing here refers to a syntax tree. A name that did not resolve is kept in its `NameUse` and left out of the
 * resolved lists, so that analysis never sees it.
 */
import type { Acceptance } from './acceptance.js';
import type { DataFacts } from './data.js';
import type { Demand, Deployment, Entry } from './deployment.js';
import type { Fact, NameUse, Source, Written } from './fact.js';
import type { Drill, Scenario } from './scenario.js';

export type { Acceptance } from './acceptance.js';
export type { Backup, BackupSeries, DataFacts, Replication } from './data.js';
export type { Demand, Deployment, Entry, Port, Probe, Repetition, Rollout, Scaling } from './deployment.js';
export type { Drill, Expectation, FailedTarget, Scenario } from './scenario.js';

/** The nine kinds of components. */
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
/** What the instances of a placement do: `active` ones serve, the others stand by in the way their name says. */
export type Role = 'active' | 'hot-standby' | 'warm-standby' | 'cold-standby' | 'pilot-light' | 'witness';
/** What an objective promises to withstand. */
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
  /** What the file imports, as written: `./platform.drml`. */
  readonly imports: readonly { readonly path: string; readonly source: Source }[];
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
  /** Declared policies. What they say has reached whoever follows them, with `from` naming the policy. */
  readonly policies: readonly Policy[];
  /** `defaults` blocks. What they say has reached every component of the kind, with `from` naming the block. */
  readonly defaults: readonly Defaults[];
}

/** A `policy` block. */
export interface Policy {
  readonly name: string;
  readonly documentation?: string;
  readonly source: Source;
  readonly nameSource: Source;
}

/** A `defaults` block; `kind` absent: of every kind. */
export interface Defaults {
  readonly kind?: ComponentKind;
  readonly source: Source;
}

/** The `model` block. `source` is its name, absent when the root has no such block. */
export interface Settings {
  readonly source?: Source;
  readonly namespace?: Fact<string>;
  readonly mesh?: Fact<{ readonly name: string; readonly version?: string }>;
  readonly kubernetes?: Fact<string>;
  /** How users come in, where a gateway says nothing itself. */
  readonly entry?: Fact<Entry>;
  /** Whether NetworkPolicies are written: who may reach a component, or what it may reach too. */
  readonly isolation?: Fact<'callers' | 'closed'>;
  readonly tracing?: Tracing;
  readonly currency?: Fact<string>;
  readonly timezone?: Fact<string>;
  readonly owner?: Fact<string>;
  readonly runbook?: Runbook;
  /** How many components people bring back at the same time; absent: all. */
  readonly repairsAtOnce?: Fact<number>;
  /** Mean seconds from one loss of a provider to the next; of an account. */
  readonly providerLossEvery?: Fact<number>;
  readonly accountLossEvery?: Fact<number>;
  /** Of the data of each store that says nothing itself. */
  readonly corruptionEvery?: Fact<number>;
  readonly accepts: readonly Acceptance[];
}

/** `tracing PROVIDER at SHARE`: where spans are sent, and the share of requests that are traced (0..1). */
export interface Tracing extends Written {
  readonly provider: string;
  readonly sampling?: Fact<number>;
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

/** A version of a platform part that runs in a region: `version istio "1.28"`. */
export interface SoftwareVersion {
  readonly name: string;
  readonly version: string;
  readonly source: Source;
}

/** The most that can be had of a resource in a region. `cpu` in cores, `memory` and `storage` in bytes, anything else counted. */
export interface Quota {
  readonly resource: string;
  readonly amount: Fact<number>;
}

/** An event of its own beside the failures of single instances. */
export interface Together extends FailureData {
  readonly source: Source;
  readonly accepts?: readonly Acceptance[];
}

/** A site that fails as a whole, with its zones. */
export interface Region {
  readonly name: string;
  readonly title?: string;
  readonly documentation?: string;
  readonly source: Source;
  readonly nameSource: Source;
  /** The platform's own name, a topology label's value. */
  readonly platformId?: Fact<string>;
  readonly cluster?: Fact<string>;
  /** Absent: perfect in probability, still an event in cut sets. */
  readonly failure?: FailureData;
  readonly fate: Fate;
  readonly zones: readonly Zone[];
  readonly quotas: readonly Quota[];
  /** What is copied there in advance: `images`, `secrets`, `config`, `certificates`, `crds`. */
  readonly mirrors: readonly Fact<string>[];
  readonly versions: readonly SoftwareVersion[];
  readonly accepts: readonly Acceptance[];
}

/** A failure domain of a region. */
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
  readonly accepts?: readonly Acceptance[];
}

/** The network between two sites, `a` and `b` by path. */
export interface Link {
  readonly a: string;
  readonly b: string;
  readonly source: Source;
  /** Seconds. */
  readonly roundTrip?: Fact<number>;
  /** Bytes per second. */
  readonly bandwidth?: Fact<number>;
  readonly failure?: FailureData;
  /** Of the pair, in order of declaration; what a component says itself goes before, item by item. */
  readonly failovers: readonly Failover[];
  readonly costs: readonly Cost[];
  readonly accepts: readonly Acceptance[];
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

/** Something that runs, keeps data, or is somebody else's. */
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
  readonly together?: Together;
  /** Share of an instance's failures that takes all its instances in the region, 0..1. */
  readonly commonCause: Fact<number>;
  /** `needs N`; how many active instances must stand is {@link requiredInstances}. */
  readonly needs?: Fact<number>;
  /** `needs N in SITE`; `zone` is the path of the zone where SITE is one. */
  readonly needsIn: readonly { readonly region: string; readonly zone?: string; readonly count: Fact<number> }[];
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

export interface Requirement extends Written {
  readonly quantifier: Quantifier;
  /** Only targets that exist and can be required; unresolved ones are dropped here and reported by the checks. */
  readonly targets: readonly NameUse[];
}

/** What somebody needs, wants, publishes to or consumes from. Policies add to the edges of a block. */
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
  /** Where the mark stands; absent: not marked. The same for the marks below. */
  readonly idempotent?: Source;
  readonly reads?: Source;
  readonly writes?: Source;
  readonly lock?: Source;
  readonly fenced?: Source;
  readonly outbox?: Source;
  /** Bytes of one call. */
  readonly payload?: Fact<number>;
  /** Sequential round trips of one call. */
  readonly trips?: Fact<number>;
  readonly accepts?: readonly Acceptance[];
}

/** The election inside a site (`within`), the way to a standby (`to`), or either where no scope is written. */
export interface Failover extends Written {
  readonly scope?: 'within' | 'to';
  readonly region?: string;
  /** The path of the zone, where the site is one. */
  readonly zone?: string;
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
  readonly accepts?: readonly Acceptance[];
}

/** What is promised. Merged item by item: the block's own, then its policies', then the defaults'. */
export interface Objective extends Written {
  /** 0..1 */
  readonly availability?: Fact<number>;
  /** Seconds. */
  readonly latency?: Fact<number>;
  /** How far back data must be recoverable, in seconds. */
  readonly retention?: Fact<number>;
  readonly budget?: Money;
  readonly classes: readonly ClassObjective[];
  /** Of the block and of its classes. */
  readonly accepts?: readonly Acceptance[];
}

/** The promise for one class of disruption, in seconds. */
export interface ClassObjective extends Written {
  readonly disruption: DisruptionClass;
  readonly rto?: Fact<number>;
  readonly rpo?: Fact<number>;
}

/** What users do. */
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
  readonly follows: readonly NameUse[];
}

/** `amount` in `currency`, per time or size as written (`month`, `h`, `GiB`); `per` absent for a one-time amount. */
export interface Money {
  readonly amount: Fact<number>;
  readonly currency: string;
  readonly per?: string;
}

/** What something costs to have (`standing`), to be without (`outage`), or to lose data of (`loss`). */
export interface Cost extends Money {
  readonly kind: 'standing' | 'outage' | 'loss';
  /** Of every instance. */
  readonly each: boolean;
}

/** `runbook URL reviewed DATE`. */
export interface Runbook extends Written {
  readonly url: string;
  readonly reviewed?: string;
}
