/**
 * The time that switching to a standby takes, as unavailability: c·A_standby·Σᵢ (uᵢ/MTTRᵢ)·Bᵢ·min(T, MTTRᵢ) over the events of the
 * active sides (B: Birnbaum importance; figures: "imperfect failover"). What repairs itself before the switch gains nothing by it.
 * Components that fail over together between the same sites are one failover: the conjunction of their active sides.
 */
import type { Compiled, StructureNode } from '../structure/compile.js';
import { Conjunction } from './conjunction.js';
import { OverBudget } from './decision-diagram.js';
import type { Engine } from './engine.js';
import { FailoverClosures, type MovesTogether, movesIn } from './failover-closures.js';
import { importancesOf } from './importance.js';
import { type JointSides, jointSides } from './joint-sides.js';
import type { LeafProbabilities } from './leaf-probabilities.js';
import type { ModuleTable, SharedReading } from './module-table.js';
import { frequencyOf } from './outages.js';
import { SwitchCosts } from './switch-costs.js';
import { type Move, movesOf, type SwitchingTime } from './switching-moves.js';

/** Switching of one subject. `unavailability` undefined: a step's time is not stated; `ceiling` then is the most it can cost. */
export interface Switching {
  readonly unavailability: number | undefined;
  /** What it costs if a switch gains nothing: T as long as every repair. */
  readonly ceiling: number;
  readonly missing: readonly string[];
  readonly assumesRepair: boolean;
}

/** What one failover of a subject costs, all components that move between the same sites taken together. */
export interface PairSwitching {
  /** `r1 -> r2`: active regions and the standby's. */
  readonly pair: string;
  /** Share of the time; where the switching time is not stated, the most it can be. */
  readonly unavailability: number;
  /** The longest switch of what moves together, in seconds; undefined where a step is not stated. */
  readonly seconds: number | undefined;
  /** Failures a year of the active side that the standby takes over from. */
  readonly perYear: number;
}

/** Times a year. */
export interface Switches {
  /** Failures of the active sides. */
  readonly failures: number;
  /** Those that a standby takes over from: short outages, each as long as its switch. */
  readonly taken: number;
  readonly assumesRepair: boolean;
}

/** All failovers of a subject between the same sites. */
interface Pair {
  readonly together: MovesTogether;
  /** The longest of them; undefined where one is not stated. */
  readonly seconds: number | undefined;
  /** Undefined where the sides are no modules, and are asked together. */
  readonly apart: Apart | undefined;
  readonly missing: readonly string[];
  readonly assumesRepair: boolean;
}

/** Sides that share nothing but sites. */
interface Apart {
  /** The active sides, weighted by what their own events cost. */
  readonly active: SideSum;
  readonly standby: SideSum;
}

/** The conjunction of all sides of one kind, and the sites that they read. */
interface SideSum {
  readonly sum: Conjunction;
  readonly readings: ReadonlySet<SharedReading>;
}

/**
 * Switching of all subjects of a model. What a service requires is mostly what its largest requirement requires, and a little more:
 * a subject takes over the sums of that requirement and adds its own.
 */
export class SwitchingSums {
  private readonly closures: FailoverClosures;
  private readonly pairs = new WeakMap<MovesTogether, Pair>();
  private readonly costs: SwitchCosts;
  private readonly joints = new WeakMap<Pair, JointSides | 'past the budget'>();
  /** By the first active side, the first standby in line that was past the budget: those behind it read all that it reads. */
  private readonly tooFar = new Map<number, number>();

  constructor(
    private readonly engine: Engine,
    private readonly compiled: Compiled,
    private readonly leaves: LeafProbabilities,
    time: SwitchingTime,
  ) {
    this.costs = new SwitchCosts(leaves);
    this.closures = new FailoverClosures(
      compiled.nodes.map((node) => movesOf(compiled, node, time)),
      // Requirements with a choice (`any of`, `N of`) are left out: another member serves.
      compiled.nodes.map((node) => node.hard.flatMap((entry) => (entry.need === entry.targets.length ? entry.targets : []))),
    );
  }

  /** Switching over the hard closure of a subject. */
  of(subject: StructureNode): Switching {
    let unavailability: number | undefined = 0;
    let ceiling = 0;
    let assumesRepair = false;
    const missing = new Set<string>();
    for (const [name, pair] of this.pairsBelow(subject)) {
      const cost = this.costOfPair(pair);
      const exact = cost !== undefined && pair.seconds !== undefined;
      unavailability = unavailability === undefined || !exact ? undefined : unavailability + cost;
      ceiling += cost ?? 1;
      if (cost === undefined) missing.add(`an exact figure of the failover ${name}`);
      assumesRepair ||= pair.assumesRepair;
      for (const each of pair.missing) missing.add(each);
    }
    return { unavailability, ceiling, missing: [...missing], assumesRepair };
  }

  /** How often the active sides fail, and how often a standby then takes over. */
  switchesOf(subject: StructureNode): Switches {
    let failures = 0;
    let taken = 0;
    let assumesRepair = false;
    for (const pair of this.pairsBelow(subject).values()) {
      const switches = this.switchesOfPair(pair);
      // A second standby waits behind the same active side: its failures are those of the first.
      if (movesIn(pair.together).some((move) => move.earlier.length === 0)) failures += switches.failures;
      taken += switches.taken;
      assumesRepair ||= switches.assumesRepair;
    }
    return { failures, taken, assumesRepair };
  }

  /** The failovers of a subject one by one, by their names: the terms of its switching. */
  pairsOf(subject: StructureNode): readonly PairSwitching[] {
    return [...this.pairsBelow(subject)]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, pair]) => ({
        pair: name,
        unavailability: this.costOfPair(pair) ?? 1,
        seconds: pair.seconds,
        perYear: this.switchesOfPair(pair).taken,
      }));
  }

  /** Undefined past the budget. */
  private costOfPair(pair: Pair): number | undefined {
    const { apart } = pair;
    if (apart !== undefined)
      return apart.standby.sum.allUp() * (apart.active.sum.weighted() + this.costs.ofSites(apart.active.sum, pair.seconds));
    const joint = this.jointOf(pair);
    if (joint === 'past the budget') return undefined;
    let cost = 0;
    for (const [leaf, importance] of joint.importances) cost += this.costs.of(leaf, pair.seconds) * importance;
    return joint.takesOver * cost;
  }

  /** Past the budget there is nothing to add. */
  private switchesOfPair(pair: Pair): Switches {
    const { apart } = pair;
    const joint = apart === undefined ? this.jointOf(pair) : undefined;
    if (joint === 'past the budget') return { failures: 0, taken: 0, assumesRepair: false };
    const importances =
      apart === undefined
        ? (joint?.importances ?? new Map<number, number>())
        : importancesOf({
            contexts: apart.active.sum.contexts,
            series: movesIn(pair.together).map((move) => this.tableOf(move.active)),
            diagrams: [],
            atoms: new Map(),
            rows: new Map(),
          });
    const failures = frequencyOf(importances, this.leaves);
    return {
      failures: failures.perYear,
      taken: failures.perYear * (apart === undefined ? (joint?.takesOver ?? 0) : apart.standby.sum.allUp()),
      assumesRepair: failures.assumesRepair,
    };
  }

  /** Of sides that are no modules: what they require in the same region is part of them, or a standby waits for another. */
  private jointOf(pair: Pair): JointSides | 'past the budget' {
    let joint = this.joints.get(pair);
    if (joint === undefined) {
      const moves = movesIn(pair.together);
      const ranks = Math.max(...moves.map((move) => move.earlier.length));
      const first = moves[0]?.active ?? -1;
      const known =
        ranks > (this.tooFar.get(first) ?? Number.POSITIVE_INFINITY)
          ? undefined
          : jointSides(this.compiled.network, this.leaves, {
              active: moves.map((move) => move.active),
              standby: moves.map((move) => move.standby),
              earlier: Array.from({ length: ranks }, (_, rank) => moves.flatMap((move) => move.earlier[rank] ?? [])),
            });
      if (known === undefined) this.tooFar.set(first, Math.min(ranks, this.tooFar.get(first) ?? ranks));
      joint = known ?? 'past the budget';
      this.joints.set(pair, joint);
    }
    return joint;
  }

  private pairsBelow(subject: StructureNode): ReadonlyMap<string, Pair> {
    return new Map([...this.closures.of(subject.id)].map(([name, together]) => [name, this.pairOf(together)]));
  }

  /** Sums go on from those of before, which are mostly known. */
  private pairOf(together: MovesTogether): Pair {
    const unknown: MovesTogether[] = [];
    let pair: Pair | undefined;
    for (let each: MovesTogether | undefined = together; each !== undefined; each = each.before) {
      pair = this.pairs.get(each);
      if (pair !== undefined) break;
      unknown.push(each);
    }
    for (const each of unknown.reverse()) {
      pair = this.extended(pair, each);
      this.pairs.set(each, pair);
    }
    return pair ?? this.extended(undefined, together);
  }

  private extended(before: Pair | undefined, together: MovesTogether): Pair {
    const { added } = together;
    const times = added.map((move) => move.seconds);
    if (before !== undefined) times.push(before.seconds);
    const seconds = times.includes(undefined) ? undefined : Math.max(...times.filter((each) => each !== undefined));
    const assumesRepair = before?.assumesRepair === true || this.assumes(added);
    const fresh = added.flatMap((move) => move.missing).filter((each) => before?.missing.includes(each) !== true);
    const missing =
      before !== undefined && fresh.length === 0 ? before.missing : [...new Set([...(before?.missing ?? []), ...fresh])];
    const entangled = (before !== undefined && before.apart === undefined) || added.some((move) => move.entangled);
    if (entangled) return { together, seconds, apart: undefined, missing, assumesRepair };
    return { together, seconds, apart: this.apartOf(before, together, seconds), missing, assumesRepair };
  }

  /** Undefined where a side alone is past the budget. */
  private apartOf(before: Pair | undefined, together: MovesTogether, seconds: number | undefined): Apart | undefined {
    try {
      // Weights depend on the longest time: where that has changed, all is added anew.
      const kept = before?.seconds === seconds ? before?.apart?.active : undefined;
      return {
        active: this.sideOf(kept, together, (move) => move.active, seconds),
        standby: this.sideOf(before?.apart?.standby, together, (move) => move.standby, undefined),
      };
    } catch (error) {
      if (error instanceof OverBudget || error instanceof RangeError) return undefined;
      throw error;
    }
  }

  private sideOf(
    before: SideSum | undefined,
    together: MovesTogether,
    side: (move: Move) => number,
    seconds: number | undefined,
  ): SideSum {
    // Where nothing is taken over, what earlier moves read counts anew as well.
    const fresh = (before === undefined ? movesIn(together) : together.added)
      .map((move) => this.tableOf(side(move)).reading)
      .filter((reading) => before?.readings.has(reading) !== true);
    const readings =
      before !== undefined && fresh.length === 0 ? before.readings : new Set([...(before?.readings ?? []), ...fresh]);
    const contexts = readings === before?.readings ? before.sum.contexts : this.engine.contexts.of(readings);
    // Sums over other contexts cannot be taken over.
    const kept = contexts === before?.sum.contexts ? before : undefined;
    const moves = kept === undefined ? movesIn(together) : together.added;
    const sum = new Conjunction(contexts, kept?.sum);
    for (const move of moves) {
      const table = this.tableOf(side(move));
      sum.add({ row: table.row(contexts), weight: this.costs.inContexts(table, contexts, seconds) });
    }
    return { sum, readings };
  }

  private tableOf(gate: number): ModuleTable {
    return this.engine.tables.of(gate);
  }

  /** Whether the repair of something below the active sides is assumed. */
  private assumes(moves: readonly Move[]): boolean {
    const below = new Set(moves.map((move) => move.active));
    for (const gate of below) {
      if (this.leaves.events.get(gate)?.mttr.origin.kind === 'assumed') return true;
      for (const input of this.compiled.network.gate(gate).inputs) below.add(input);
    }
    return false;
  }
}
