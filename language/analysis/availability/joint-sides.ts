/**
 * Sides that share events beside the sites: what they require in the same region is part of them, and a second standby is asked only while
 * the first is down. They are no independent modules, so that they are asked together, in a network of their own.
 */
import { Network } from '../structure/network.js';
import type { SharedGroup } from './contexts.js';
import { Engine } from './engine.js';
import type { LeafProbabilities } from './leaf-probabilities.js';

/** Gates of everything that moves together. */
export interface SidesTogether {
  readonly active: readonly number[];
  readonly standby: readonly number[];
  /** Standbys that come before, in order: the standby takes over while none of them is up as a whole. */
  readonly earlier: readonly (readonly number[])[];
}

export interface JointSides {
  /** How likely the standby takes over. */
  readonly takesOver: number;
  /** Birnbaum importance of each event for the active sides together. */
  readonly importances: ReadonlyMap<number, number>;
}

/** Exact figures of sides that may share anything; undefined past the budget. */
export function jointSides(
  network: Network,
  leaves: Pick<LeafProbabilities, 'groups' | 'chance'>,
  sides: SidesTogether,
): JointSides | undefined {
  const { copy, gateOf, old } = copyOf(network, [...sides.active, ...sides.standby, ...sides.earlier.flat()], leaves.groups);
  const all = (gates: readonly number[]): number =>
    copy.threshold(
      gates.length,
      gates.map((gate) => gateOf(gate)),
    );
  const active = all(sides.active);
  const standby = all(sides.standby);
  const before = sides.earlier.map(all);
  const earlier = copy.threshold(1, before);
  const either = copy.threshold(1, [standby, ...before]);
  copy.seal();
  const event = <T extends { readonly gate: number }>(each: T): T => ({ ...each, gate: gateOf(each.gate) });
  const engine = new Engine(copy, [active, standby, earlier, either], {
    unavailability: (gate) => leaves.chance(old[gate] ?? -1),
    groups: leaves.groups.map(({ parent, children }) => ({
      parent: parent === undefined ? undefined : event(parent),
      children: children.map(event),
    })),
  });
  const importances = engine.importances(active);
  const down = [standby, earlier, either].map((gate) => engine.unavailability(gate));
  const [ofStandby, ofEarlier, ofEither] = down;
  if (importances === undefined || ofStandby === undefined || ofEarlier === undefined || ofEither === undefined) return undefined;
  if (down.some(({ lower, upper }) => lower !== upper)) return undefined;
  return {
    takesOver: before.length === 0 ? 1 - ofStandby.lower : Math.max(0, ofEarlier.lower - ofEither.lower),
    importances: new Map([...importances].map(([gate, importance]) => [old[gate] ?? -1, importance])),
  };
}

/** What lies below the gates, and every shared event, with numbers of its own. */
function copyOf(
  network: Network,
  roots: readonly number[],
  groups: readonly SharedGroup[],
): { readonly copy: Network; readonly gateOf: (gate: number) => number; readonly old: readonly number[] } {
  const below = new Set(roots);
  for (const { parent, children } of groups)
    for (const { gate } of [...children, ...(parent === undefined ? [] : [parent])]) below.add(gate);
  for (const gate of below) for (const input of network.gate(gate).inputs) below.add(input);
  const copy = new Network();
  const numbers = new Map([...below].map((gate) => [gate, copy.add()]));
  const gateOf = (gate: number): number => numbers.get(gate) ?? -1;
  for (const [gate, number] of numbers) {
    const { need, inputs } = network.gate(gate);
    copy.define(number, need, inputs.map(gateOf));
  }
  return { copy, gateOf, old: [...below] };
}
