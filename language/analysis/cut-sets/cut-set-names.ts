/** Cut sets of components and journeys, by name, with what each explains of the outage. */
import type { CutSet, CutSetFigures, FailureEvent } from '../analysis.js';
import type { LeafProbabilities } from '../availability/leaf-probabilities.js';
import type { Structure } from '../structure/evaluate.js';
import { failureEvents } from '../structure/failure-leaves.js';
import { CutSets, type LeafSet } from './cut-sets.js';

/** How many sets of one and two events are named, and how many of the likeliest. */
const mostNamed = 100;
const mostLikeliest = 10;

export class CutSetNames {
  private readonly events: ReadonlyMap<number, FailureEvent>;

  constructor(
    private readonly structure: Structure,
    private readonly leaves: LeafProbabilities,
  ) {
    this.events = failureEvents(structure);
  }

  /** The cut sets of a gate; `whole` is the unavailability that shares are of, where it is known. */
  of(gate: number, whole: number | undefined): CutSetFigures {
    const sets = CutSets.of(
      this.structure.compiled.network,
      gate,
      (leaf) => this.events.has(leaf),
      (leaf) => this.leaves.chance(leaf),
    );
    if (sets === undefined) return { count: undefined, smallest: [], likeliest: [] };
    const named = (found: readonly LeafSet[]): readonly CutSet[] => found.map((set) => this.named(set, whole));
    return {
      count: sets.count().toString(),
      smallest: named(sets.upTo(2, mostNamed)),
      likeliest: named(sets.likeliest(mostLikeliest)),
    };
  }

  private named({ leaves, probability }: LeafSet, whole: number | undefined): CutSet {
    return {
      events: leaves.flatMap((leaf) => this.events.get(leaf) ?? []),
      probability,
      share: whole === undefined || whole <= 0 ? undefined : Math.min(1, probability / whole),
    };
  }
}
