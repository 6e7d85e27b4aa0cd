/** What a figure is, and how it explains itself. Plain, readonly data; probabilities 0..1, times in seconds. */
import type { Source } from '../model/fact.js';

/** Objective beside a figure: `met` is undefined where the figure cannot tell. */
export interface Verdict {
  readonly target: number;
  readonly met: boolean | undefined;
  readonly source?: Source;
}

/**
 * A figure is known, bounded (a labelled interval), unknown (and what is missing), unbounded (no limit can be given),
 * or never (it does not come back; for data: nothing survives).
 */
export type Figure = (
  | { readonly status: 'known'; readonly value: number }
  | { readonly status: 'bounded'; readonly lower: number; readonly upper: number }
  | { readonly status: 'unknown'; readonly missing: readonly string[] }
  | { readonly status: 'unbounded'; readonly because: string }
  | { readonly status: 'never'; readonly because: string }
) & {
  /** `share` is of a whole and may pass 1; `count` is of instances or calls; `per-second` of requests; money is in the model's currency. */
  readonly unit:
    | 'probability'
    | 'seconds'
    | 'per-year'
    | 'count'
    | 'share'
    | 'per-second'
    | 'cores'
    | 'bytes'
    | 'money'
    | 'money-per-year';
  readonly verdict?: Verdict;
  /** Named parts of a sum or chain, in order: the terms of an RTO or RPO. Empty for probabilities. */
  readonly terms: readonly Term[];
  /** Sentences of the assumptions it rests on. */
  readonly assumptions: readonly string[];
};

/** One named part of a time: `detect 30s`. `seconds` undefined: not known. */
export interface Term {
  readonly name: string;
  readonly seconds: number | undefined;
  readonly source?: Source;
  readonly note?: string;
}

/** A tree of terms: what hover, command line and documentation print. */
export interface Explanation {
  /** `orders availability` */
  readonly label: string;
  /** Printed value with unit: `99.9898% (53.7 min/yr)`. */
  readonly value: string;
  /** `1 − Π(1 − uᵢ) = …`, with numbers. */
  readonly formula?: string;
  readonly source?: Source;
  /** Where a fact comes from that does not stand in the block itself: `defaults database`, `policy gold`, `assumed`. */
  readonly origin?: string;
  readonly children: readonly Explanation[];
}
