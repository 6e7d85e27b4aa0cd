/**
 * The time that switching to a standby takes, as unavailability: c·A_standby·Σᵢ (uᵢ/MTTRᵢ)·Bᵢ·min(T, MTTRᵢ) over the events of the
 * active sides (B: Birnbaum importance; figures: "imperfect failover"). What repairs itself before the switch gains nothing by it.
 * Components that fail over together between the same sites are one failover: the conjunction of their active sides.
 */
import type { Component, Model } from '../../model/model.js';
import { regionOf } from '../../model/queries.js';
import type { Compiled, StructureNode } from '../structure/compile.js';
import { enumerateContexts, type SharedGroup } from './contexts.js';
import type { LeafProbabilities } from './leaf-probabilities.js';
import { ModuleTable } from './module-table.js';

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
    const one = switchingOfPair(compiled, leaves, moves);
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

function switchingOfPair(compiled: Compiled, leaves: LeafProbabilities, moves: readonly Move[]): Switching {
  const { network } = compiled;
  const shared = new Set(
    leaves.groups.flatMap((group) => [
      ...(group.parent === undefined ? [] : [group.parent.gate]),
      ...group.children.map((child) => child.gate),
    ]),
  );
  const table = (gate: number): ModuleTable =>
    new ModuleTable(
      network,
      gate,
      (each) => shared.has(each),
      (leaf) => leaves.unavailability(leaf),
    );
  const actives = moves.map((move) => table(move.active));
  const standbys = moves.map((move) => table(move.standby));
  const missing = moves.flatMap((move) => move.missing.map((what) => `${what} of ${move.component.name}`));
  const times = moves.map((move) => move.seconds);
  const seconds = times.includes(undefined) ? undefined : Math.max(...times.filter((each) => each !== undefined));
  const relevant = groupsRead(leaves.groups, [...actives, ...standbys]);
  let standbyUp = 0;
  for (const context of enumerateContexts(relevant).contexts) standbyUp += context.probability * product(standbys, context.down);
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
  const groups = groupsRead(leaves.groups, actives);
  for (const gate of groups.flatMap((group) => [
    ...(group.parent === undefined ? [] : [group.parent.gate]),
    ...group.children.map((child) => child.gate),
  ])) {
    count(gate, upWith(actives, forced(groups, gate, 0)) - upWith(actives, forced(groups, gate, 1)));
  }
  const { contexts } = enumerateContexts(groups);
  const importances = new Map<number, number>();
  for (const context of contexts) {
    const ups = actives.map((active) => 1 - active.under(context.down));
    // Products of all the others, from both ends, so that a factor of zero is never divided by.
    const before = prefixProducts(ups);
    const after = prefixProducts([...ups].reverse()).reverse();
    actives.forEach((active, index) => {
      const others = context.probability * (before[index] ?? 1) * (after[index] ?? 1);
      if (others === 0) return;
      for (const leaf of active.privateLeaves) {
        if (!leaves.events.has(leaf)) continue;
        importances.set(leaf, (importances.get(leaf) ?? 0) + others * active.importance(leaf, context.down));
      }
    });
  }
  for (const [leaf, importance] of importances) count(leaf, importance);
  return {
    unavailability: seconds === undefined ? undefined : standbyUp * sum,
    ceiling: standbyUp * ceiling,
    missing,
    assumesRepair,
  };
}

function groupsRead(groups: readonly SharedGroup[], tables: readonly ModuleTable[]): readonly SharedGroup[] {
  const used = new Set(tables.flatMap((table) => table.shared));
  return groups.flatMap((group) => {
    const parent =
      group.parent !== undefined && group.parent.unavailability > 0 && used.has(group.parent.gate) ? group.parent : undefined;
    const children = group.children.filter((child) => child.unavailability > 0 && used.has(child.gate));
    return parent === undefined && children.length === 0 ? [] : [{ parent, children }];
  });
}

/** The groups with one event's unavailability replaced. */
function forced(groups: readonly SharedGroup[], gate: number, unavailability: number): readonly SharedGroup[] {
  const replace = <T extends { readonly gate: number }>(event: T): T =>
    event.gate === gate ? { ...event, unavailability } : event;
  return groups.map((group) => ({
    parent: group.parent === undefined ? undefined : replace(group.parent),
    children: group.children.map(replace),
  }));
}

function upWith(tables: readonly ModuleTable[], groups: readonly SharedGroup[]): number {
  let result = 0;
  for (const context of enumerateContexts(groups).contexts) result += context.probability * product(tables, context.down);
  return result;
}

/** Probability that all are up in a context. */
function product(tables: readonly ModuleTable[], off: ReadonlySet<number>): number {
  let result = 1;
  for (const table of tables) result *= 1 - table.under(off);
  return result;
}

/** The failover of a component to a region, item by item: its own block for that region, then for all, then the link's. */
export function statedSwitchingTime(model: Model): SwitchingTime {
  return (component, region) => {
    const from = new Set(component.placements.filter((each) => each.role === 'active').map((each) => each.region));
    const link = model.links.find(
      (each) => [each.a, each.b].map(regionOf).includes(region) && [each.a, each.b].some((site) => from.has(regionOf(site))),
    );
    const own = component.failovers.filter((each) => each.scope !== 'within');
    const blocks = [
      ...own.filter((each) => each.region === region),
      ...own.filter((each) => each.region === undefined),
      ...(link?.failover === undefined ? [] : [link.failover]),
    ];
    const detect = blocks.find((each) => each.detect !== undefined)?.detect?.value;
    const switching = blocks.find((each) => each.switch !== undefined)?.switch?.value;
    const decide = blocks.find((each) => each.decide !== undefined)?.decide?.value;
    const missing: string[] = [];
    if (detect === undefined) missing.push('detect');
    if (switching === undefined) missing.push('switch');
    else if (switching.means === 'dns' && switching.ttl === undefined) missing.push('ttl');
    if (decide?.mode === 'manual' && decide.delay === undefined) missing.push('decide manual');
    const promote = blocks.find((each) => each.promote !== undefined)?.promote?.value;
    if (promote === undefined && (component.kind === 'database' || component.kind === 'cache')) missing.push('promote');
    if (missing.length > 0) return { seconds: undefined, missing };
    const warmup = blocks.find((each) => each.warmup !== undefined)?.warmup?.value ?? 0;
    const verify = blocks.find((each) => each.verify !== undefined)?.verify?.value ?? 0;
    return { seconds: (detect ?? 0) + (decide?.delay ?? 0) + (promote ?? 0) + warmup + (switching?.ttl ?? 0) + verify, missing };
  };
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
