/**
 * The smallest pieces of the semantic model: where a fact stands, and how it came to be known.
 * Everything here is plain, readonly data that survives JSON.
 */

/** A half-open range of UTF-16 offsets in one file. {@link locate} turns it into lines. */
export interface Source {
  readonly uri: string;
  readonly start: number;
  readonly end: number;
}

/**
 * How a fact came to be known.
 * - `stated`: written in the block itself.
 * - `inherited`: written in a `policy` the block follows, or in a `defaults` block; `at` is that place.
 * - `derived`: computed from other stated facts (mtbf from availability and mttr).
 * - `assumed`: nobody wrote it; `assumption` is its code in the table of `assumptions.ts`.
 */
export type Origin =
  | { readonly kind: 'stated'; readonly at: Source }
  | { readonly kind: 'inherited'; readonly at: Source; readonly from: string }
  | { readonly kind: 'derived'; readonly at: Source }
  | { readonly kind: 'assumed'; readonly assumption: AssumptionCode };

/** A value with its origin. Units are SI: seconds, bytes, bytes per second, probabilities and shares as 0..1. */
export interface Fact<T> {
  readonly value: T;
  readonly origin: Origin;
}

/** A statement of several facts: where it stands. */
export interface Written {
  readonly source: Source;
  /** `policy gold` or `defaults database` where it was inherited; absent where it stands in the block itself. */
  readonly from?: string;
}

/** A name somebody wrote, and where. The name may be of something that does not exist: then `resolved` is false. */
export interface NameUse {
  readonly name: string;
  readonly at: Source;
  readonly resolved: boolean;
}

/** Codes of the table of assumptions; see `assumptions.ts` for what each says and where it comes from. */
export type AssumptionCode =
  | 'common-cause'
  | 'sites-perfect'
  | 'instance-availability'
  | 'managed-availability'
  | 'mean-time-to-repair'
  | 'failover-success'
  | 'spread-evenly'
  | 'needs-one'
  | 'needs-from-load'
  | 'no-failed-runs'
  | 'consistent-at-start'
  | 'upload-lag-zero'
  | 'no-time-stated';

/** The place of a fact, or `undefined` where it was assumed. */
export function sourceOf(fact: Fact<unknown>): Source | undefined {
  return fact.origin.kind === 'assumed' ? undefined : fact.origin.at;
}
