/** What each leaf of the compiled structure is worth: unavailability, mean time to repair, and whether components share it. */
import { assumedRepair } from '../../model/assumptions.js';
import type { Fact } from '../../model/fact.js';
import type { Component, FailureData, Model } from '../../model/model.js';
import { instanceCount } from '../../model/queries.js';
import type { Compiled } from '../structure/compile.js';
import { instancesOf } from '../structure/sides.js';
import { crewsOf } from './component-crews.js';
import type { SharedGroup } from './contexts.js';
import type { CrewedUnits } from './repair-crews.js';

/** One leaf that can fail by chance. `mttr` in seconds, assumed where nobody stated one. */
export interface LeafEvent {
  readonly unavailability: number;
  readonly mttr: Fact<number>;
}

export interface LeafProbabilities {
  readonly groups: readonly SharedGroup[];
  /** Leaves that can fail by chance. */
  readonly events: ReadonlyMap<number, LeafEvent>;
  /** Of a leaf that fails by itself; 0 for failovers and for what cannot fail. */
  unavailability(leaf: number): number;
  /** The same, with the chance that a failover does not work. */
  chance(leaf: number): number;
  /** The crews that an instance waits for with the others of its component; its chance then holds the waiting. */
  crewOf(leaf: number): CrewedUnits | undefined;
  /**
   * The same as if nobody waited, where waiting is not exactly known: then all of these chances are as bad as it can get, and the truth lies
   * between.
   */
  readonly atBest: LeafProbabilities | undefined;
}

export function leafProbabilities(model: Model, compiled: Compiled): LeafProbabilities {
  return gathered(model, compiled, true);
}

/** `waits`: whether instances wait for crews where that is not exactly known. */
function gathered(model: Model, compiled: Compiled, waits: boolean): LeafProbabilities {
  const events = new Map<number, LeafEvent>();
  const crewed = new Map<number, CrewedUnits>();
  let inexact = false;
  const add = (gate: number | undefined, failure: FailureData | undefined, share = 1): void => {
    if (gate === undefined || failure === undefined) return;
    const unavailability = failure.unavailability.value * share;
    if (unavailability > 0) events.set(gate, { unavailability, mttr: failure.mttr ?? assumedRepair });
  };
  for (const component of model.components) {
    const gates = compiled.components.get(component.name);
    if (gates === undefined) continue;
    add(gates.together, component.together);
    if (component.placements.length === 0) add(gates.whole, component.failure);
    for (const gate of gates.commonCauses.values()) add(gate, component.failure, component.commonCause.value);
    // Instances of one component in one region share a common cause: the rest of an instance's failures is its own.
    const shares = ownShares(component, gates.commonCauses);
    gates.events.forEach((gate, index) => {
      add(gate, component.failure, shares[index] ?? 1);
    });
    const crews = crewsOf(model, component, shares);
    inexact ||= crews?.exact === false;
    if (crews === undefined || (!crews.exact && !waits)) continue;
    const { units, running, readByOthers } = crews;
    for (const index of running) {
      const gate = gates.events[index];
      if (gate === undefined) continue;
      // Whatever is known of the others, an instance is down no oftener than the worst of that says.
      const unavailability = readByOthers ? units.worst : units.chance(0, 0);
      events.set(gate, {
        unavailability,
        mttr: withWaiting(component.failure.mttr ?? assumedRepair, unavailability, units.ratio),
      });
      if (!readByOthers) crewed.set(gate, units);
    }
  }
  const groups: SharedGroup[] = [];
  for (const region of model.regions) {
    const own = compiled.siteEvents.get(region.name);
    if (own === undefined) continue;
    add(own, region.failure);
    const children = region.zones.flatMap((zone) => {
      const gate = compiled.siteEvents.get(zone.path);
      add(gate, zone.failure);
      return gate === undefined ? [] : [{ gate, unavailability: zone.failure?.unavailability.value ?? 0 }];
    });
    groups.push({ parent: { gate: own, unavailability: region.failure?.unavailability.value ?? 0 }, children });
  }
  for (const [gate, { success }] of compiled.failoverEvents) {
    groups.push({ parent: undefined, children: [{ gate, unavailability: 1 - success.value }] });
  }
  // The switch of all failovers is read by every standby side. It cannot fail by chance, and must not keep a side from being a module.
  groups.push({ parent: undefined, children: [{ gate: compiled.failover, unavailability: 0 }] });
  const unavailability = (leaf: number): number => events.get(leaf)?.unavailability ?? 0;
  const chance = (leaf: number): number => {
    const failover = compiled.failoverEvents.get(leaf);
    return failover === undefined ? unavailability(leaf) : 1 - failover.success.value;
  };
  const atBest = inexact && waits ? gathered(model, compiled, false) : undefined;
  return { groups, events, unavailability, chance, crewOf: (leaf) => crewed.get(leaf), atBest };
}

/** How long an instance is down, waiting included: it fails as often as before while it is up. */
function withWaiting(mttr: Fact<number>, unavailability: number, ratio: number): Fact<number> {
  return { ...mttr, value: (mttr.value * unavailability) / ((1 - unavailability) * ratio) };
}

function ownShares(component: Component, commonCauses: ReadonlyMap<string, number>): readonly number[] {
  if (instanceCount(component.placements) === 0) return [];
  return instancesOf(component).map((instance) => (commonCauses.has(instance.region) ? 1 - component.commonCause.value : 1));
}
