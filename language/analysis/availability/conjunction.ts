/**
 * Conjunctions of modules that differ from subject to subject by a few members: sums over the members, context by context, to which
 * more can be added. A member that is down for sure in a context makes the product 0 there and is counted apart, since a
 * logarithm could not be taken back.
 */
import type { Contexts } from './contexts.js';

/** What one module brings into a conjunction, by context. */
export interface Member {
  /** Unavailability. */
  readonly row: Float64Array;
  /** A quantity that counts where all the other members are up: the weighted importance of the module's own leaves. */
  readonly weight: Float64Array;
}

export class Conjunction {
  /** Σ ln(1 − u) over the members that can be up, and how many cannot. */
  private readonly logarithms: Float64Array;
  private readonly certainlyDown: Uint32Array;
  /** Σ weight / (1 − u) over the members that can be up, and Σ weight over those that cannot. */
  private readonly shares: Float64Array;
  private readonly sharesDown: Float64Array;

  constructor(
    readonly contexts: Contexts,
    before?: Conjunction,
  ) {
    const length = contexts.contexts.length;
    this.logarithms = before?.logarithms.slice() ?? new Float64Array(length);
    this.certainlyDown = before?.certainlyDown.slice() ?? new Uint32Array(length);
    this.shares = before?.shares.slice() ?? new Float64Array(length);
    this.sharesDown = before?.sharesDown.slice() ?? new Float64Array(length);
  }

  add({ row, weight }: Member): void {
    const { logarithms, certainlyDown, shares, sharesDown } = this;
    for (let at = 0; at < logarithms.length; at++) {
      const u = row[at] ?? 0;
      const w = weight[at] ?? 0;
      if (u >= 1) {
        certainlyDown[at] = (certainlyDown[at] ?? 0) + 1;
        sharesDown[at] = (sharesDown[at] ?? 0) + w;
      } else {
        logarithms[at] = (logarithms[at] ?? 0) + Math.log1p(-u);
        shares[at] = (shares[at] ?? 0) + w / (1 - u);
      }
    }
  }

  /** Probability that all members are up in a context, given it. */
  up(at: number): number {
    return this.certainlyDown[at] === 0 ? Math.exp(this.logarithms[at] ?? 0) : 0;
  }

  /** Σ over the contexts of their probability and all members being up. */
  allUp(): number {
    let sum = 0;
    this.contexts.contexts.forEach((context, at) => {
      sum += context.probability * this.up(at);
    });
    return sum;
  }

  /** Σ over members and contexts of the member's weight while all the others are up. */
  weighted(): number {
    let sum = 0;
    this.contexts.contexts.forEach((context, at) => {
      const down = this.certainlyDown[at] ?? 0;
      if (down > 1) return;
      const others = Math.exp(this.logarithms[at] ?? 0);
      sum += context.probability * others * (down === 0 ? (this.shares[at] ?? 0) : (this.sharesDown[at] ?? 0));
    });
    return sum;
  }
}
