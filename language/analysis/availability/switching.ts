/**
 * The time that switching to a standby takes, as unavailability: c·A_standby·Σᵢ (uᵢ/MTTRᵢ)·Bᵢ·min(T, MTTRᵢ) over the events of the
 * active sides (B: Birnbaum importance; figures: "imperfect failover"). What repairs itself before the switch gains nothing by it.
 * Components that fail over together between the same sites are one failover: the conjunction of their active sides.
 */
import type { Compiled, StructureNode } from '../structure/compile.js';
import { Conjunction } from './conjunction.js';
import { type Contexts, groupsRead, type SharedGroup } from './contexts.js';
import type { Engine } from './engine.js';
import { importancesOf } from './importance.js';
import { type JointSides, jointSides } from './joint-sides.js';
import type { LeafProbabilities } from './leaf-probabilities.js';
import type { ModuleTable } from './module-table.js';
import { frequencyOf } from './outages.js';
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
  readonly moves: readonly Move[];
  /** The longest of them; undefined where one is not stated. */
  readonly seconds: number | undefined;
  /** Undefined where the sides are no modules, and are asked together. */
  readonly apart: Apart | undefined;
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
  readonly shared: ReadonlySet<number>;
  readonly groups: readonly SharedGroup[];
}

/** The failovers of a subject, and how many nodes they come from. */
interface Closure {
  readonly pairs: ReadonlyMap<string, Pair>;
  readonly nodes: number;
}

/**
 * Switching of all subjects of a model. What a service requires is mostly what its largest requirement requires, and a little more:
 * a subject takes over the sums of that requirement and adds its own.
 */
export class SwitchingSums {
  private readonly moves: readonly (readonly Move[])[];
  private readonly required: readonly (readonly number[])[];
  private readonly closures = new Map<number, Closure>();
  private readonly visited: Int32Array;
  private visit = 0;
  private readonly weights = new WeakMap<Float64Array, Map<string, Float64Array>>();
  private readonly joints = new WeakMap<Pair, JointSides | 'past the budget'>();

  constructor(
    private readonly engine: Engine,
    private readonly compiled: Compiled,
    private readonly leaves: LeafProbabilities,
    time: SwitchingTime,
  ) {
    this.moves = compiled.nodes.map((node) => movesOf(compiled, node, time));
    // Requirements with a choice (`any of`, `N of`) are left out: another member serves.
    this.required = compiled.nodes.map((node) =>
      node.hard.flatMap((entry) => (entry.need === entry.targets.length ? entry.targets : [])),
    );
    this.visited = new Int32Array(compiled.nodes.length);
  }

  /** Switching over the hard closure of a subject. */
  of(subject: StructureNode): Switching {
    let unavailability: number | undefined = 0;
    let ceiling = 0;
    let assumesRepair = false;
    const missing = new Set<string>();
    for (const pair of this.closureOf(subject.id).pairs.values()) {
      const cost = this.costOfPair(pair);
      const exact = cost !== undefined && pair.seconds !== undefined;
      unavailability = unavailability === undefined || !exact ? undefined : unavailability + cost;
      ceiling += cost ?? 1;
      if (cost === undefined) missing.add(`an exact figure of the failover ${pair.moves[0]?.pair ?? ''}`);
      assumesRepair ||= pair.assumesRepair;
      for (const move of pair.moves) for (const each of move.missing) missing.add(each);
    }
    return { unavailability, ceiling, missing: [...missing], assumesRepair };
  }

  /** How often the active sides fail, and how often a standby then takes over. */
  switchesOf(subject: StructureNode): Switches {
    let failures = 0;
    let taken = 0;
    let assumesRepair = false;
    for (const pair of this.closureOf(subject.id).pairs.values()) {
      const switches = this.switchesOfPair(pair);
      failures += switches.failures;
      taken += switches.taken;
      assumesRepair ||= switches.assumesRepair;
    }
    return { failures, taken, assumesRepair };
  }

  /** The failovers of a subject one by one, by their names: the terms of its switching. */
  pairsOf(subject: StructureNode): readonly PairSwitching[] {
    return [...this.closureOf(subject.id).pairs]
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
      return apart.standby.sum.allUp() * (apart.active.sum.weighted() + this.ofSites(apart.active, pair.seconds));
    const joint = this.jointOf(pair);
    if (joint === 'past the budget') return undefined;
    let cost = 0;
    for (const [leaf, importance] of joint.importances) cost += this.costOf(leaf, pair.seconds) * importance;
    return joint.takesOver * cost;
  }

  /** Past the budget there is nothing to add. */
  private switchesOfPair(pair: Pair): Switches {
    const { moves, apart } = pair;
    const joint = apart === undefined ? this.jointOf(pair) : undefined;
    if (joint === 'past the budget') return { failures: 0, taken: 0, assumesRepair: false };
    const importances =
      apart === undefined
        ? (joint?.importances ?? new Map<number, number>())
        : importancesOf({
            contexts: apart.active.sum.contexts,
            groups: apart.active.groups,
            series: moves.map((move) => this.tableOf(move.active)),
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
      const { moves } = pair;
      const ranks = Math.max(...moves.map((move) => move.earlier.length));
      joint =
        jointSides(this.compiled.network, this.leaves, {
          active: moves.map((move) => move.active),
          standby: moves.map((move) => move.standby),
          earlier: Array.from({ length: ranks }, (_, rank) => moves.flatMap((move) => move.earlier[rank] ?? [])),
        }) ?? 'past the budget';
      this.joints.set(pair, joint);
    }
    return joint;
  }

  private closureOf(id: number): Closure {
    // Requirements first, without recursion; a circle comes back to what is entered.
    const entered = new Set([id]);
    const stack = [{ id, at: 0 }];
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      const next: number | undefined = this.closures.has(top.id) ? undefined : this.required[top.id]?.[top.at++];
      if (next === undefined) {
        stack.pop();
        if (!this.closures.has(top.id)) this.closures.set(top.id, this.closed(top.id));
      } else if (!entered.has(next)) {
        entered.add(next);
        stack.push({ id: next, at: 0 });
      }
    }
    return this.closures.get(id) ?? { pairs: new Map(), nodes: 0 };
  }

  private closed(id: number): Closure {
    let base: Closure | undefined;
    let from = -1;
    for (const each of this.required[id] ?? []) {
      const closure = this.closures.get(each);
      if (closure === undefined || closure.nodes <= (base?.nodes ?? 0)) continue;
      base = closure;
      from = each;
    }
    const visit = ++this.visit;
    if (from >= 0) this.below(from, visit);
    const added = this.below(id, visit);
    const moves = new Map<string, Move[]>();
    for (const node of added) {
      for (const move of this.moves[node] ?? []) {
        const list = moves.get(move.pair);
        if (list === undefined) moves.set(move.pair, [move]);
        else list.push(move);
      }
    }
    const nodes = (base?.nodes ?? 0) + added.length;
    if (moves.size === 0) return { pairs: base?.pairs ?? new Map(), nodes };
    const pairs = new Map(base?.pairs);
    for (const [name, list] of moves) pairs.set(name, this.extended(pairs.get(name), list));
    return { pairs, nodes };
  }

  /** The nodes that a node cannot do without, itself included, each once for a `visit`. */
  private below(id: number, visit: number): readonly number[] {
    const found: number[] = [];
    const work = [id];
    for (let node = work.pop(); node !== undefined; node = work.pop()) {
      if (this.visited[node] === visit) continue;
      this.visited[node] = visit;
      found.push(node);
      for (const next of this.required[node] ?? []) if (this.visited[next] !== visit) work.push(next);
    }
    return found;
  }

  private extended(before: Pair | undefined, all: readonly Move[]): Pair {
    // A component that journeys see apart moves once.
    const known = new Set(before?.moves.map((move) => move.active));
    const added = all.filter((move) => !known.has(move.active) && known.add(move.active));
    if (before !== undefined && added.length === 0) return before;
    const moves = [...(before?.moves ?? []), ...added];
    const times = added.map((move) => move.seconds);
    if (before !== undefined) times.push(before.seconds);
    const seconds = times.includes(undefined) ? undefined : Math.max(...times.filter((each) => each !== undefined));
    const assumesRepair = before?.assumesRepair === true || this.assumes(added);
    if (moves.some((move) => move.entangled)) return { moves, seconds, apart: undefined, assumesRepair };
    // Weights depend on the longest time: where that has changed, all is added anew.
    const kept = before?.seconds === seconds ? before?.apart?.active : undefined;
    const active = this.sideOf(kept, moves, added, (move) => move.active, seconds);
    const standby = this.sideOf(before?.apart?.standby, moves, added, (move) => move.standby, undefined);
    return { moves, seconds, apart: { active, standby }, assumesRepair };
  }

  private sideOf(
    before: SideSum | undefined,
    moves: readonly Move[],
    added: readonly Move[],
    side: (move: Move) => number,
    seconds: number | undefined,
  ): SideSum {
    const fresh = added.flatMap((move) => this.tableOf(side(move)).shared).filter((gate) => before?.shared.has(gate) !== true);
    // Sums over other contexts cannot be taken over.
    const kept = fresh.length === 0 ? before : undefined;
    const shared = kept?.shared ?? new Set(moves.flatMap((move) => this.tableOf(side(move)).shared));
    const groups = kept?.groups ?? groupsRead(this.leaves.groups, shared);
    const contexts = kept?.sum.contexts ?? this.engine.contextsOf(groups);
    const sum = new Conjunction(contexts, kept?.sum);
    for (const move of kept === undefined ? moves : added) {
      const table = this.tableOf(side(move));
      sum.add({ row: table.row(contexts), weight: this.weightOf(table, contexts, seconds) });
    }
    return { sum, shared, groups };
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

  /** What an event costs a year, as unavailability, for each unit of its importance: its frequency times what a switch takes of its repair. */
  private costOf(gate: number, seconds: number | undefined): number {
    const event = this.leaves.events.get(gate);
    if (event === undefined) return 0;
    const { value: mttr } = event.mttr;
    return (event.unavailability / mttr) * Math.min(seconds ?? mttr, mttr);
  }

  /** What a module's own events cost in each context while all the other modules are up. */
  private weightOf(table: ModuleTable, contexts: Contexts, seconds: number | undefined): Float64Array {
    const costs = table.privateLeaves.map((leaf) => this.costOf(leaf, seconds));
    const row = table.row(contexts);
    let known = this.weights.get(row);
    if (known === undefined) {
      known = new Map();
      this.weights.set(row, known);
    }
    // Modules of one shape have one row; those whose repairs take as long as well have the same weights.
    const key = costs.join(' ');
    let weight = known.get(key);
    if (weight === undefined) {
      weight = table.masks(contexts).map((mask) => {
        let sum = 0;
        costs.forEach((cost, index) => {
          if (cost > 0) sum += cost * table.importance(index, mask);
        });
        return sum;
      });
      known.set(key, weight);
    }
    return weight;
  }

  /**
   * What the sites cost: Birnbaum importance of each for the conjunction of the active sides, the expectation over the contexts where it
   * is up less that where it is down. Contexts where a zone's region is down say nothing of the zone.
   */
  private ofSites({ sum: active, groups }: SideSum, seconds: number | undefined): number {
    const ups = new Map<number, number>();
    const downs = new Map<number, number>();
    const add = (map: Map<number, number>, gate: number, value: number): void => {
      map.set(gate, (map.get(gate) ?? 0) + value);
    };
    active.contexts.contexts.forEach((context, at) => {
      const value = context.probability * active.up(at);
      for (const { parent, children } of groups) {
        const parentDown = parent !== undefined && context.down.has(parent.gate);
        if (parent !== undefined) add(parentDown ? downs : ups, parent.gate, value);
        if (parentDown) continue;
        for (const child of children) add(context.down.has(child.gate) ? downs : ups, child.gate, value);
      }
    });
    let cost = 0;
    for (const { parent, children } of groups) {
      for (const { gate, unavailability: u } of [...(parent === undefined ? [] : [parent]), ...children]) {
        const importance = (u < 1 ? (ups.get(gate) ?? 0) / (1 - u) : 0) - (downs.get(gate) ?? 0) / u;
        cost += this.costOf(gate, seconds) * importance;
      }
    }
    return cost;
  }
}
