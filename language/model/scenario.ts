/** Assertions on the architecture, and the evidence for them. Part of the semantic model. */
import type { Acceptance } from './acceptance.js';
import type { Fact, NameUse, Source } from './fact.js';
import type { Runbook } from './model.js';

/** What fails, and what is then expected. Targets that did not resolve are left out. */
export interface Scenario {
  readonly name: string;
  readonly title?: string;
  readonly documentation?: string;
  readonly source: Source;
  readonly nameSource: Source;
  readonly fails: readonly Failing[];
  /** Components whose data goes bad. */
  readonly corrupts: readonly NameUse[];
  readonly deletes: readonly Deletion[];
  readonly expects: readonly Expectation[];
  readonly owner?: Fact<string>;
  readonly runbook?: Runbook;
  readonly accepts: readonly Acceptance[];
}

/** One `fails` statement: its targets are off together, for a time or until somebody mends them. */
export interface Failing {
  readonly targets: readonly FailedTarget[];
  /** Seconds; absent: until it is repaired. */
  readonly duration?: Fact<number>;
  readonly source: Source;
}

/** Sites are paths (`cn-north`, `cn-north.a`). */
export type FailedTarget =
  | { readonly kind: 'site'; readonly site: string; readonly source: Source }
  | {
      readonly kind: 'component';
      readonly component: string;
      /** So many instances of it; absent: all. */
      readonly count?: Fact<number>;
      /** Only those in this site. */
      readonly site?: string;
      readonly source: Source;
    }
  | { readonly kind: 'link'; readonly a: string; readonly b: string; readonly source: Source }
  | { readonly kind: 'provider' | 'account' | 'building'; readonly name: string; readonly source: Source };

/** `deletes account prod`: what its credentials can delete; `deletes orders-db`: that component's data. */
export type Deletion =
  | { readonly kind: 'account'; readonly account: string; readonly source: Source }
  | { readonly kind: 'component'; readonly component: NameUse; readonly source: Source };

/** What must hold of a component or a journey. */
export interface Expectation {
  readonly target: NameUse;
  readonly state?: Fact<'up' | 'degraded' | 'down'>;
  readonly bounds: readonly Bound[];
  readonly source: Source;
}

/** `rto <= 15m`. Times in seconds, availability 0..1. */
export interface Bound {
  readonly measure: 'rto' | 'rpo' | 'availability';
  readonly comparison: '<=' | '>=' | '<' | '>';
  readonly value: Fact<number>;
}

/** A scenario that was tried for real. */
export interface Drill {
  readonly scenario: string;
  /** `YYYY-MM-DD` */
  readonly date: string;
  readonly source: Source;
  /** Where the scenario's name stands. */
  readonly scenarioSource: Source;
  readonly environment?: Fact<'production' | 'staging'>;
  /** Share of real traffic that took part, 0..1. */
  readonly traffic?: Fact<number>;
  /** Seconds. */
  readonly lasts?: Fact<number>;
  readonly stopsWhen?: Fact<string>;
  readonly measured: readonly Measurement[];
  readonly accepts: readonly Acceptance[];
}

/** What a drill showed, of one component or journey or (without `target`) of all that the scenario expects something of. */
export interface Measurement {
  readonly target?: NameUse;
  readonly rto?: Fact<number>;
  readonly rpo?: Fact<number>;
  readonly source: Source;
}
