/**
 * Sets of events that grow along a network: a few numbers as a list, many as bits. Bits are handed out as events come into a large set:
 * most events of a system, an instance's own, never leave their component.
 */
import { BitSet } from './bit-set.js';

/** Events by number: ascending, or as bits of a {@link EventSets}. Never changed once made. */
export type EventSet = readonly number[] | BitSet;

export const noEvents: EventSet = [];
const mostListed = 64;

/** How many events a set has. */
export function sizeOf(set: EventSet): number {
  return set instanceof BitSet ? set.size : set.length;
}

export class EventSets {
  private readonly bits = new Map<number, number>();
  private readonly events: number[] = [];

  /** The events that stand in at least `count` of the sets; `count` above 0. One of the sets itself where that is the answer. */
  atLeast(count: number, sets: readonly EventSet[]): EventSet {
    const some = sets.filter((set) => set !== noEvents);
    const [only] = some;
    if (some.length < count || only === undefined) return noEvents;
    if (some.length === 1) return only;
    const lists = some.filter((set): set is readonly number[] => !(set instanceof BitSet));
    if (lists.length === some.length) return this.ofLists(count, lists);
    const all = some.map((set) => this.asBits(set));
    if (count > 1) return BitSet.atLeast(count, all);
    // Mostly one of them has all that the others have, and a chain of services then keeps one set.
    const union = BitSet.union(all);
    return all.find((set) => union.without(set).length === 0) ?? union;
  }

  /** The events of a set, ascending. */
  list(set: EventSet): readonly number[] {
    if (!(set instanceof BitSet)) return set;
    return set
      .without(undefined)
      .map((bit) => this.events[bit] ?? 0)
      .sort((a, b) => a - b);
  }

  private ofLists(count: number, lists: readonly (readonly number[])[]): EventSet {
    const times = new Map<number, number>();
    for (const list of lists) for (const event of list) times.set(event, (times.get(event) ?? 0) + 1);
    const events = [...times.keys()].filter((event) => (times.get(event) ?? 0) >= count).sort((a, b) => a - b);
    if (events.length === 0) return noEvents;
    return events.length > mostListed ? this.asBits(events) : events;
  }

  private asBits(set: EventSet): BitSet {
    return set instanceof BitSet ? set : BitSet.of(set.map((event) => this.bitOf(event)));
  }

  private bitOf(event: number): number {
    let bit = this.bits.get(event);
    if (bit === undefined) {
      bit = this.events.length;
      this.bits.set(event, bit);
      this.events.push(event);
    }
    return bit;
  }
}
