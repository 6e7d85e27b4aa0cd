/** Every state of a handful of events at once: bit s of a set says whether something holds in state s, bit i of s whether event i has failed. */

export type States = Uint32Array;

export class StateSpace {
  readonly size: number;
  private readonly words: number;
  private readonly patterns: readonly States[];

  constructor(readonly events: number) {
    if (events > 20) throw new Error(`${events} events have too many states.`);
    this.size = 2 ** events;
    this.words = Math.max(1, this.size / 32);
    this.patterns = Array.from({ length: events }, (_, event) => {
      const set = this.none();
      for (let state = 0; state < this.size; state++)
        if ((state >>> event) & 1) set[state >>> 5] = (set[state >>> 5] ?? 0) | (1 << (state & 31));
      return set;
    });
  }

  none(): States {
    return new Uint32Array(this.words);
  }

  all(): States {
    return this.none().fill(0xffffffff);
  }

  /** The states in which an event has not happened. */
  without(event: number): States {
    return this.not(this.patterns[event] ?? this.none());
  }

  not(set: States): States {
    return set.map((word) => ~word);
  }

  and(sets: readonly States[]): States {
    return this.atLeast(sets.length, sets);
  }

  /** The states in which at least `need` of the sets hold. */
  atLeast(need: number, sets: readonly States[]): States {
    if (need <= 0) return this.all();
    if (need > sets.length) return this.none();
    const result = this.none();
    const counts = new Uint32Array(need + 1);
    for (let word = 0; word < this.words; word++) {
      counts.fill(0);
      counts[0] = 0xffffffff;
      for (const set of sets)
        for (let k = need; k > 0; k--) counts[k] = (counts[k] ?? 0) | ((counts[k - 1] ?? 0) & (set[word] ?? 0));
      result[word] = counts[need] ?? 0;
    }
    return result;
  }

  same(a: States, b: States): boolean {
    return a.every((word, index) => word === b[index]);
  }

  has(set: States, state: number): boolean {
    return (((set[state >>> 5] ?? 0) >>> (state & 31)) & 1) === 1;
  }

  /** The probability of each state. */
  chances(unavailability: readonly number[]): Float64Array {
    const chance = new Float64Array(this.size);
    chance[0] = 1;
    for (let event = 0, size = 1; event < this.events; event++, size *= 2) {
      const u = unavailability[event] ?? 0;
      for (let state = 0; state < size; state++) {
        chance[state + size] = (chance[state] ?? 0) * u;
        chance[state] = (chance[state] ?? 0) * (1 - u);
      }
    }
    return chance;
  }

  probability(set: States, chances: Float64Array): number {
    let sum = 0;
    for (let state = 0; state < this.size; state++) if (this.has(set, state)) sum += chances[state] ?? 0;
    return sum;
  }

  /** Whether an event makes the difference, summed over the states of all others: P(down | it failed) − P(down | it did not). */
  birnbaum(down: States, event: number, unavailability: readonly number[]): number {
    const others = this.chances(unavailability.map((u, index) => (index === event ? 0 : u)));
    let sum = 0;
    for (let state = 0; state < this.size; state++) {
      if ((state >>> event) & 1) continue;
      if (this.has(down, state | (1 << event)) && !this.has(down, state)) sum += others[state] ?? 0;
    }
    return sum;
  }

  /** The states that take something down of which no failure can be spared. Down must never be mended by a failure. */
  minimal(down: States): readonly number[] {
    const result: number[] = [];
    for (let state = 0; state < this.size; state++) {
      if (!this.has(down, state)) continue;
      let spared = false;
      for (let event = 0; event < this.events && !spared; event++) {
        spared = ((state >>> event) & 1) === 1 && this.has(down, state & ~(1 << event));
      }
      if (!spared) result.push(state);
    }
    return result;
  }
}
