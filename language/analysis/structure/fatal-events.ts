/**
 * Which events take a gate down alone, by one walk over what is below it: what takes down an input of a conjunction takes it down, and
 * a threshold falls with what takes down too many of its inputs. Sets are shared along chains, so that each gate costs what it adds.
 */
import { type EventSet, EventSets, noEvents, sizeOf } from './event-sets.js';
import type { Network } from './network.js';
import { strongComponents } from './strong-components.js';

export class FatalEvents {
  private readonly sets = new EventSets();
  private readonly eventOf: ReadonlyMap<number, number>;
  private readonly known = new Map<number, EventSet>();
  private readonly belows = new Map<number, readonly number[]>();
  /** Conjunctions that one gate alone reads are looked through; all other gates keep their sets. */
  private readonly readers: Uint8Array;

  /** `leaves`: the leaves that are asked about; an event is the place of its leaf among them. */
  constructor(
    private readonly network: Network,
    leaves: readonly number[],
  ) {
    this.eventOf = new Map(leaves.map((leaf, event) => [leaf, event]));
    this.readers = new Uint8Array(network.size);
    for (let gate = 0; gate < network.size; gate++) {
      for (const input of network.gate(gate).inputs) this.readers[input] = Math.min(2, (this.readers[input] ?? 0) + 1);
    }
  }

  /** The events that take a gate down alone, ascending. None where it is down with everything up. */
  of(gate: number): readonly number[] {
    const circles = strongComponents(
      [gate],
      (each) => this.below(each),
      (each) => this.known.has(each),
    );
    for (const circle of circles) this.settle(circle);
    return this.sets.list(this.known.get(gate) ?? noEvents);
  }

  private settle(circle: readonly number[]): void {
    for (const gate of circle) this.belows.delete(gate);
    const [only] = circle;
    if (circle.length === 1 && only !== undefined) {
      this.known.set(only, this.setOf(only));
      return;
    }
    // A circle falls with the least that makes it fall. One of conjunctions alone falls with all that leads into it.
    for (const gate of circle) this.known.set(gate, noEvents);
    if (circle.every((gate) => this.isConjunction(gate) && !this.network.baseline.has(gate))) {
      const whole = this.sets.atLeast(
        1,
        circle.map((gate) => this.setOf(gate)),
      );
      for (const gate of circle) this.known.set(gate, whole);
      return;
    }
    // From nothing, each round adds what follows from the last; those that are required come last in a circle, and go first here.
    const inward = [...circle].reverse();
    for (let grown = true; grown; ) {
      grown = false;
      for (const gate of inward) {
        const set = this.setOf(gate);
        grown ||= sizeOf(set) > sizeOf(this.known.get(gate) ?? noEvents);
        this.known.set(gate, set);
      }
    }
  }

  private below(gate: number): readonly number[] {
    let below = this.belows.get(gate);
    if (below === undefined) {
      below = this.isConjunction(gate)
        ? this.partsOf(gate)
        : this.network.gate(gate).inputs.flatMap((input) => this.reach(input));
      this.belows.set(gate, below);
    }
    return below;
  }

  private setOf(gate: number): EventSet {
    const { network, sets } = this;
    if (network.baseline.has(gate)) return noEvents;
    const own = this.eventOf.get(gate);
    if (own !== undefined) return [own];
    if (this.isConjunction(gate))
      return sets.atLeast(
        1,
        this.partsOf(gate).map((part) => this.partSet(part)),
      );
    const { need, inputs } = network.gate(gate);
    // What is down anyhow is one of those that are lacking.
    const standing = inputs.filter((input) => !network.baseline.has(input));
    const parts = standing.map((input) =>
      sets.atLeast(
        1,
        this.reach(input).map((part) => this.partSet(part)),
      ),
    );
    return sets.atLeast(standing.length - need + 1, parts);
  }

  private partSet(part: number): EventSet {
    const own = this.eventOf.get(part);
    return own === undefined ? (this.known.get(part) ?? noEvents) : [own];
  }

  /** What an input stands for: itself, where its set is kept, or the parts of the conjunction that it is. */
  private reach(input: number): readonly number[] {
    return this.isKept(input) ? [input] : this.partsOf(input);
  }

  /** The leaves and kept gates that a conjunction leads to. */
  private partsOf(gate: number): readonly number[] {
    const parts: number[] = [];
    const seen = new Set(this.network.gate(gate).inputs);
    for (const each of seen) {
      if (this.isKept(each)) parts.push(each);
      else for (const input of this.network.gate(each).inputs) seen.add(input);
    }
    return parts;
  }

  private isKept(gate: number): boolean {
    return this.readers[gate] !== 1 || !this.isConjunction(gate);
  }

  private isConjunction(gate: number): boolean {
    const { need, inputs } = this.network.gate(gate);
    return inputs.length > 0 && need === inputs.length;
  }
}
