/**
 * The failovers that a subject cannot do without, by pair of sites. What a service requires is mostly what its largest requirement
 * requires, and a little more: each list goes on from that requirement's, so that all subjects together cost what each adds.
 */
import { BitSet } from '../structure/bit-set.js';
import { strongComponents } from '../structure/strong-components.js';
import type { Move } from './switching-moves.js';

/** Moves of one pair of sites: those of a requirement, and what a subject adds to them. */
export interface MovesTogether {
  readonly before: MovesTogether | undefined;
  readonly added: readonly Move[];
}

/** All moves, the first ones first. */
export function movesIn(together: MovesTogether): readonly Move[] {
  const parts: (readonly Move[])[] = [];
  for (let each: MovesTogether | undefined = together; each !== undefined; each = each.before) parts.push(each.added);
  return parts.reverse().flat();
}

interface Closure {
  readonly pairs: ReadonlyMap<string, MovesTogether>;
  /** Its moves, by their numbers here. */
  readonly moves: BitSet;
  readonly size: number;
}

const nothing: Closure = { pairs: new Map(), moves: BitSet.of([]), size: 0 };

export class FailoverClosures {
  private readonly closures = new Map<number, Closure>();
  private readonly numbers = new Map<string, number>();
  private readonly numbered: Move[] = [];

  /** By node: its own failovers, and the nodes that it cannot do without. */
  constructor(
    private readonly moves: readonly (readonly Move[])[],
    private readonly required: readonly (readonly number[])[],
  ) {}

  /** The failovers of a node and of all that it cannot do without, by pair of sites, each once. */
  of(node: number): ReadonlyMap<string, MovesTogether> {
    const circles = strongComponents(
      [node],
      (each) => this.required[each] ?? [],
      (each) => this.closures.has(each),
    );
    // Requirements come before those who require them; the members of a circle require the same.
    for (const circle of circles) {
      const closure = this.close(circle);
      for (const each of circle) this.closures.set(each, closure);
    }
    return (this.closures.get(node) ?? nothing).pairs;
  }

  private close(circle: readonly number[]): Closure {
    const inside = new Set(circle);
    const others = new Set<Closure>();
    for (const node of circle) {
      for (const each of this.required[node] ?? []) if (!inside.has(each)) others.add(this.closures.get(each) ?? nothing);
    }
    let base = nothing;
    for (const each of others) if (each.size > base.size) base = each;
    const own = BitSet.of(circle.flatMap((node) => (this.moves[node] ?? []).map((move) => this.numberOf(move))));
    const moves = BitSet.union([...[...others].map((each) => each.moves), own]);
    const added = moves.without(base.moves).flatMap((number) => this.numbered[number] ?? []);
    if (added.length === 0) return base;
    const byPair = new Map<string, Move[]>();
    for (const move of added) {
      const list = byPair.get(move.pair);
      if (list === undefined) byPair.set(move.pair, [move]);
      else list.push(move);
    }
    const pairs = new Map(base.pairs);
    for (const [pair, list] of byPair) pairs.set(pair, { before: pairs.get(pair), added: list });
    return { pairs, moves, size: base.size + added.length };
  }

  /** A component that journeys see apart moves once: it has the same active side for all of them. */
  private numberOf(move: Move): number {
    const key = `${move.active} ${move.pair}`;
    let number = this.numbers.get(key);
    if (number === undefined) {
      number = this.numbered.length;
      this.numbers.set(key, number);
      this.numbered.push(move);
    }
    return number;
  }
}
