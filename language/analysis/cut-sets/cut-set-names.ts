/** Cut sets of components and journeys, by name, with what each explains of the outage. */
import type { CutSet, CutSetFigures, FailureEvent } from '../analysis.js';
import type { LeafProbabilities } from '../availability/leaf-probabilities.js';
import type { Structure } from '../structure/evaluate.js';
import { eventId, roundedChance } from '../structure/event-id.js';
import { failureEvents } from '../structure/failure-leaves.js';
import { CutSets, KnownFamilies, type LeafSet } from './cut-sets.js';

/** A set in the order of its events' names; `weight` is its probability without the digits that hang on the order of computing. */
interface RankedSet extends LeafSet {
  readonly ranks: readonly number[];
  readonly weight: number;
}

/** How many sets are written out where somebody asks for all of them; no set has as many events. */
const mostWritten = 1000;

/** How many sets of one and two events are named, and how many of the likeliest. */
const mostNamed = 100;
const mostLikeliest = 10;

/** So many of the likeliest are looked at where the last of those asked for has equals. */
const mostEquals = 200;

export class CutSetNames {
  private readonly events: ReadonlyMap<number, FailureEvent>;
  private readonly families = new KnownFamilies();
  /** Places of the leaves in the alphabetical order of their events: numbers of leaves hang on the order of declaration. */
  private readonly ranks: ReadonlyMap<number, number>;

  constructor(
    private readonly structure: Structure,
    private readonly leaves: LeafProbabilities,
  ) {
    this.events = failureEvents(structure);
    const byName = [...this.events].map(([leaf, event]) => [leaf, eventId(event)] as const);
    this.ranks = new Map(byName.sort(([, a], [, b]) => (a < b ? -1 : 1)).map(([leaf], rank) => [leaf, rank]));
  }

  /** The cut sets of a gate; `whole` is the unavailability that shares are of, where it is known. */
  of(gate: number, whole: number | undefined): CutSetFigures {
    const sets = this.setsOf(gate);
    if (sets === undefined) return { count: undefined, smallest: [], likeliest: [], every: undefined };
    const count = sets.count();
    const every = (): readonly CutSet[] => this.smallestOf(this.setsOf(gate), mostWritten).map((set) => this.named(set, whole));
    let written: readonly CutSet[] | undefined;
    return {
      count: count.toString(),
      smallest: this.smallestOf(sets, 2)
        .slice(0, mostNamed)
        .map((set) => this.named(set, whole)),
      likeliest: this.likeliest(sets).map((set) => this.named(set, whole)),
      get every() {
        if (count > mostWritten) return undefined;
        // The diagrams are not kept for it: few ask.
        written ??= every();
        return written;
      },
    };
  }

  private setsOf(gate: number): CutSets | undefined {
    return CutSets.of(
      this.structure.compiled.network,
      gate,
      (leaf) => this.events.has(leaf),
      (leaf) => this.leaves.chance(leaf),
      this.families,
    );
  }

  /** The sets of at most `order` events, smallest first. */
  private smallestOf(sets: CutSets | undefined, order: number): readonly RankedSet[] {
    if (sets === undefined) return [];
    const limit = order === 2 ? Number.POSITIVE_INFINITY : Number(sets.count());
    const found = this.ranked(sets.upTo(order, limit));
    return found.sort((a, b) => a.leaves.length - b.leaves.length || byChance(a, b));
  }

  /** The likeliest; of equal ones the first by the names of their events, whatever the order of declaration. */
  private likeliest(sets: CutSets): readonly RankedSet[] {
    return this.ranked(sets.likeliest(mostLikeliest, mostEquals)).sort(byChance).slice(0, mostLikeliest);
  }

  /** Sets with their leaves in the order of their names. */
  private ranked(sets: readonly LeafSet[]): RankedSet[] {
    const rank = (leaf: number): number => this.ranks.get(leaf) ?? 0;
    return sets.map(({ leaves }) => {
      const sorted = [...leaves].sort((a, b) => rank(a) - rank(b));
      const probability = sorted.reduce((product, leaf) => product * this.leaves.chance(leaf), 1);
      return { leaves: sorted, ranks: sorted.map(rank), probability, weight: roundedChance(probability) };
    });
  }

  private named({ leaves, probability }: RankedSet, whole: number | undefined): CutSet {
    return {
      events: leaves.flatMap((leaf) => this.events.get(leaf) ?? []),
      probability,
      share: whole === undefined || whole <= 0 ? undefined : Math.min(1, probability / whole),
    };
  }
}

function byChance(a: RankedSet, b: RankedSet): number {
  if (a.weight !== b.weight) return b.weight - a.weight;
  const at = a.ranks.findIndex((rank, index) => rank !== b.ranks[index]);
  return (a.ranks[at] ?? 0) - (b.ranks[at] ?? 0);
}
