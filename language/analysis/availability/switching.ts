/**
 * The time that switching to a standby takes, as unavailability: c·A_standby·Σᵢ (uᵢ/MTTRᵢ)·Bᵢ·min(T, MTTRᵢ) over the events of the
 * active sides (B: Birnbaum importance; figures: "imperfect failover"). What repairs itself before the switch gains nothing by it.
 * Components that fail over together between the same sites are one failover: the conjunction of their active sides.
 */
import type { Component, Model } from '../../model/model.js';
import { keepsData } from '../../model/queries.js';
import { detectAndDecide, failoverTo, promoteSteps, startSteps } from '../recovery/failover.js';
import { inSequence } from '../recovery/time.js';
import type { Compiled, StructureNode } from '../structure/compile.js';
import { type Contexts, groupsRead, type SharedGroup } from './contexts.js';
import type { Engine } from './engine.js';
import type { LeafProbabilities } from './leaf-probabilities.js';
import type { ModuleTable } from './module-table.js';

/** Switching of one subject. `seconds` undefined: a step's time is not stated; `ceiling` then is the most it can cost. */
export interface Switching {
  readonly unavailability: number | undefined;
  /** What it costs if a switch gains nothing: T as long as every repair. */
  readonly ceiling: number;
  readonly missing: readonly string[];
  readonly assumesRepair: boolean;
}

/** One component's failover from its active sites to a standby. */
interface Move {
  readonly component: Component;
  readonly active: number;
  readonly standby: number;
  readonly seconds: number | undefined;
  readonly missing: readonly string[];
}

/** How long a failover to a region takes, and what is not stated of it. */
export type SwitchingTime = (
  component: Component,
  region: string,
) => { readonly seconds: number | undefined; readonly missing: readonly string[] };

const nothing: Switching = { unavailability: 0, ceiling: 0, missing: [], assumesRepair: false };

/** Switching over the hard closure of a subject. Requirements with a choice (`any of`, `N of`) are left out: another member serves. */
export function switchingOf(
  engine: Engine,
  compiled: Compiled,
  leaves: LeafProbabilities,
  subject: StructureNode,
  time: SwitchingTime,
): Switching {
  const pairs = new Map<string, Move[]>();
  for (const node of conjunctiveClosure(compiled, subject)) {
    for (const move of movesOf(compiled, node, time)) {
      const list = pairs.get(move.pair);
      if (list === undefined) pairs.set(move.pair, [move.move]);
      else list.push(move.move);
    }
  }
  let total: Switching = nothing;
  for (const moves of pairs.values()) {
    const one = switchingOfPair(engine, leaves, moves);
    total = {
      unavailability:
        total.unavailability === undefined || one.unavailability === undefined
          ? undefined
          : total.unavailability + one.unavailability,
      ceiling: total.ceiling + one.ceiling,
      missing: [...new Set([...total.missing, ...one.missing])],
      assumesRepair: total.assumesRepair || one.assumesRepair,
    };
  }
  return total;
}

function conjunctiveClosure(compiled: Compiled, subject: StructureNode): readonly StructureNode[] {
  const seen = new Set<number>([subject.id]);
  for (const id of seen) {
    for (const edge of compiled.nodes[id]?.hard ?? [])
      if (edge.need === edge.targets.length) for (const target of edge.targets) seen.add(target);
  }
  return [...seen].flatMap((id) => compiled.nodes[id] ?? []);
}

function movesOf(
  compiled: Compiled,
  node: StructureNode,
  time: SwitchingTime,
): readonly { readonly pair: string; readonly move: Move }[] {
  const { component } = node;
  const [active, ...standbys] = compiled.gates[node.id]?.sides ?? [];
  if (component === undefined || active === undefined) return [];
  const from = [...new Set(component.placements.filter((each) => each.role === 'active').map((each) => each.region))]
    .sort()
    .join(' ');
  return standbys.map((standby) => ({
    pair: `${from} -> ${standby.name}`,
    move: { component, active: active.gate, standby: standby.gate, ...time(component, standby.name) },
  }));
}

function switchingOfPair(engine: Engine, leaves: LeafProbabilities, moves: readonly Move[]): Switching {
  const actives = moves.map((move) => engine.tables.of(move.active));
  const standbys = moves.map((move) => engine.tables.of(move.standby));
  const missing = moves.flatMap((move) => move.missing);
  const times = moves.map((move) => move.seconds);
  const seconds = times.includes(undefined) ? undefined : Math.max(...times.filter((each) => each !== undefined));
  let sum = 0;
  let ceiling = 0;
  let assumesRepair = false;
  const count = (gate: number, importance: number): void => {
    const event = leaves.events.get(gate);
    if (event === undefined) return;
    const rate = (event.unavailability / event.mttr.value) * importance;
    sum += rate * Math.min(seconds ?? event.mttr.value, event.mttr.value);
    ceiling += rate * event.mttr.value;
    assumesRepair ||= event.mttr.origin.kind === 'assumed';
  };
  const used = new Set(actives.flatMap((table) => table.shared));
  const groups = groupsRead(leaves.groups, used);
  const contexts = engine.contextsOf(groups);
  for (const [gate, importance] of sharedImportances(groups, contexts, actives)) count(gate, importance);
  for (const [leaf, importance] of privateImportances(contexts, actives)) count(leaf, importance);
  const standbyUp = upWith(engine, leaves, standbys);
  return {
    unavailability: seconds === undefined ? undefined : standbyUp * sum,
    ceiling: standbyUp * ceiling,
    missing,
    assumesRepair,
  };
}

/**
 * Birnbaum importance of the shared events for the conjunction of the tables, in one pass: the expectation over the contexts where
 * the event is up less that where it is down. Contexts where a zone's region is down say nothing of the zone and cancel out.
 */
function sharedImportances(
  groups: readonly SharedGroup[],
  contexts: Contexts,
  tables: readonly ModuleTable[],
): ReadonlyMap<number, number> {
  const ups = new Map<number, number>();
  const downs = new Map<number, number>();
  const add = (map: Map<number, number>, gate: number, value: number): void => {
    map.set(gate, (map.get(gate) ?? 0) + value);
  };
  const rows = tables.map((table) => table.row(contexts));
  contexts.contexts.forEach((context, at) => {
    const value = context.probability * productAt(rows, at);
    for (const group of groups) {
      if (group.parent !== undefined) {
        const isDown = context.down.has(group.parent.gate);
        add(isDown ? downs : ups, group.parent.gate, value);
        if (isDown) continue;
      }
      for (const child of group.children) add(context.down.has(child.gate) ? downs : ups, child.gate, value);
    }
  });
  const result = new Map<number, number>();
  for (const group of groups) {
    for (const { gate, unavailability: u } of [...(group.parent === undefined ? [] : [group.parent]), ...group.children]) {
      result.set(gate, (u < 1 ? (ups.get(gate) ?? 0) / (1 - u) : 0) - (downs.get(gate) ?? 0) / u);
    }
  }
  return result;
}

/** Birnbaum importance of the events that only one table reads, for the conjunction of all. */
function privateImportances(contexts: Contexts, tables: readonly ModuleTable[]): ReadonlyMap<number, number> {
  // For each table, how likely each state of its shared events is while all the other tables are up.
  const weights = tables.map(() => new Map<number, number>());
  const rows = tables.map((table) => table.row(contexts));
  const masks = tables.map((table) => table.masks(contexts));
  contexts.contexts.forEach((context, at) => {
    const ups = rows.map((row) => 1 - (row[at] ?? 0));
    // Products of all the others, from both ends, so that a factor of zero is never divided by.
    const before = prefixProducts(ups);
    const after = prefixProducts([...ups].reverse()).reverse();
    tables.forEach((_, index) => {
      const mask = masks[index]?.[at] ?? 0;
      const weight = context.probability * (before[index] ?? 1) * (after[index] ?? 1);
      weights[index]?.set(mask, (weights[index]?.get(mask) ?? 0) + weight);
    });
  });
  const result = new Map<number, number>();
  tables.forEach((table, index) => {
    table.privateLeaves.forEach((leaf, leafIndex) => {
      let importance = 0;
      for (const [mask, weight] of weights[index] ?? []) if (weight > 0) importance += weight * table.importance(leafIndex, mask);
      result.set(leaf, importance);
    });
  });
  return result;
}

/** Probability that all tables are up. */
function upWith(engine: Engine, leaves: LeafProbabilities, tables: readonly ModuleTable[]): number {
  let result = 0;
  const contexts = engine.contextsOf(groupsRead(leaves.groups, new Set(tables.flatMap((table) => table.shared))));
  const rows = tables.map((table) => table.row(contexts));
  contexts.contexts.forEach((context, at) => {
    result += context.probability * productAt(rows, at);
  });
  return result;
}

/** Probability that all are up in one context. */
function productAt(rows: readonly Float64Array[], at: number): number {
  let result = 1;
  for (const row of rows) result *= 1 - (row[at] ?? 0);
  return result;
}

/** Products of the factors before each place: 1, a, ab, abc for a, b, c, d. */
function prefixProducts(factors: readonly number[]): number[] {
  let product = 1;
  return factors.map((factor) => {
    const before = product;
    product *= factor;
    return before;
  });
}

/** The time of a switch as recovery counts it: detect, decide, promote, warm up, switch, verify. */
export function statedSwitchingTime(model: Model): SwitchingTime {
  return (component, region) => {
    const facts = failoverTo(model, component, region);
    const steps = inSequence(
      detectAndDecide(component, facts),
      promoteSteps(component, facts, keepsData(component)),
      startSteps(component, facts, true),
    );
    const seconds = steps.missing.length > 0 ? undefined : steps.terms.reduce((sum, term) => sum + (term.seconds ?? 0), 0);
    return { seconds, missing: steps.missing };
  };
}
