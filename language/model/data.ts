/** What a component says about the data it keeps: engine, copies, backups. Part of the semantic model. */
import type { Acceptance } from './acceptance.js';
import type { Mount } from './deployment.js';
import type { Fact, NameUse, Source, Written } from './fact.js';

/** Everything a component says about its data; empty lists where it says nothing. */
export interface DataFacts {
  readonly engine?: Fact<{ readonly name: string; readonly version?: string }>;
  readonly managedBy?: Fact<{ readonly manager: string; readonly operator?: string }>;
  /** Bytes. */
  readonly size?: Fact<number>;
  /** Bytes per second. */
  readonly changes?: Fact<number>;
  /** `zonal`, `raid10`, `erasure 4+2`. */
  readonly storage?: Fact<string>;
  /** The StorageClass that makes its volumes. */
  readonly storageClass?: Fact<string>;
  readonly disks?: Fact<number>;
  /** Mean seconds between failures of one disk under each copy. */
  readonly diskMtbf?: Fact<number>;
  /** Seconds until a new disk is filled. */
  readonly diskRebuild?: Fact<number>;
  readonly replication: readonly Replication[];
  readonly consistency?: Fact<{ readonly level: string; readonly onPartition?: string }>;
  readonly conflicts?: Fact<string>;
  /** Jurisdictions its copies may lie in. */
  readonly residency: readonly Fact<string>[];
  readonly sensitive?: Source;
  readonly corruptionFoundWithin?: Fact<number>;
  /** Mean seconds from one corruption of the data to the next. */
  readonly corruptionEvery?: Fact<number>;
  readonly backups: readonly Backup[];
  /** How long nobody can delete what was written, in seconds. */
  readonly locked?: Fact<number>;
  /** What the copies lie on: `tape`. */
  readonly media?: Fact<string>;
  readonly offline?: Source;
  readonly immutable?: Source;
  /** Bytes per second that a bucket gives to all restores together. */
  readonly bandwidth?: Fact<number>;
  readonly keeps?: Fact<number>;
  /** Bytes that a queue can hold. */
  readonly holds?: Fact<number>;
  readonly deadLetters?: NameUse;
}

/** `replicates sync within REGION quorum N`, `replicates async to REGION lag D`. `region` absent: everywhere it runs. */
export interface Replication extends Written {
  readonly mode: 'sync' | 'async';
  readonly scope?: 'within' | 'to';
  readonly region?: string;
  /** The path of the zone, where the site is one. */
  readonly zone?: string;
  readonly quorum?: Fact<number>;
  readonly shrinksTo?: Fact<number>;
  /** Seconds without an answer after which the quorum shrinks. */
  readonly shrinksAfter?: Fact<number>;
  readonly lag?: Fact<number>;
  readonly degradesAfter?: Fact<number>;
}

/** A set of earlier points in time. */
export interface Backup extends Written {
  readonly name: string;
  readonly nameSource: Source;
  readonly series: readonly BackupSeries[];
  readonly consistentAt: Fact<'start' | 'end'>;
  readonly toleratesFailedRuns: Fact<number>;
  readonly copies: readonly { readonly bucket: NameUse; readonly takes?: Fact<number>; readonly source: Source }[];
  readonly keeps?: Fact<number>;
  /** Runs wait for each other: a full holds up the increments. */
  readonly exclusive?: Source;
  readonly immutable?: Source;
  readonly offline?: Source;
  readonly encrypted?: { readonly key?: NameUse; readonly source: Source };
  /** Bytes per second. */
  readonly restoresAt?: Fact<number>;
  /** Bytes per second. */
  readonly replaysAt?: Fact<number>;
  readonly tested?: { readonly date: string; readonly took?: Fact<number>; readonly source: Source };
  /** What somebody is told about: `age`, `size`, `failure`. */
  readonly alertsOn: readonly Fact<string>[];
  /** What takes a dump and uploads it. */
  readonly image?: Fact<string>;
  /** Credentials and settings of a dump, by name only. */
  readonly mounts?: readonly Mount[];
  readonly accepts?: readonly Acceptance[];
}

/** `full every 1d at 02:00 takes 40m`. Times in seconds. */
export interface BackupSeries {
  readonly kind: 'full' | 'incremental' | 'snapshot' | 'log';
  readonly every: Fact<number>;
  /** `HH:MM` in the model's time zone. */
  readonly at?: string;
  readonly takes?: Fact<number>;
  readonly lags?: Fact<number>;
  readonly source: Source;
}
