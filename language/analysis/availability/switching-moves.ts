/** Who fails over from where to where, and how long that takes: what the unavailability of switching is counted from. */
import type { Component, Model } from '../../model/model.js';
import { keepsData } from '../../model/queries.js';
import { detectAndDecide, failoverTo, promoteSteps, startSteps } from '../recovery/failover.js';
import { inSequence } from '../recovery/time.js';
import type { Compiled, StructureNode } from '../structure/compile.js';

/** One component's failover from its active sites to a standby. */
export interface Move {
  /** Active regions and the standby's: what has the same pair moves together. */
  readonly pair: string;
  /** Gates of the two sides. */
  readonly active: number;
  readonly standby: number;
  /** Gates of the standbys that are asked before this one. */
  readonly earlier: readonly number[];
  /** The sides may share events beside the sites: something is required in the same region, or there is more than one standby. */
  readonly entangled: boolean;
  /** How long it takes; undefined where a step is not stated. */
  readonly seconds: number | undefined;
  readonly missing: readonly string[];
}

/** How long a failover to a region takes, and what is not stated of it. */
export type SwitchingTime = (
  component: Component,
  region: string,
) => {
  readonly seconds: number | undefined;
  readonly missing: readonly string[];
  /** A step without a time is taken to take none. */
  readonly assumesNoTime: boolean;
};

/** The failovers of one node, in order of its standbys. */
export function movesOf(compiled: Compiled, node: StructureNode, time: SwitchingTime): readonly Move[] {
  const { component } = node;
  const [active, ...standbys] = compiled.gates[node.id]?.sides ?? [];
  if (component === undefined || active === undefined || standbys.length === 0) return [];
  const from = [...new Set(component.placements.filter((each) => each.role === 'active').map((each) => each.region))]
    .sort()
    .join(' ');
  const local = node.hard.some((entry) => entry.edge.sameRegion);
  return standbys.map((standby, rank) => {
    const before = standbys.slice(0, rank);
    return {
      pair: [`${from} -> ${standby.name}`, ...before.map((each) => `after ${each.name}`)].join(' '),
      active: active.gate,
      standby: standby.gate,
      earlier: before.map((each) => each.gate),
      entangled: local || rank > 0,
      ...time(component, standby.name),
    };
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
    return { seconds, missing: steps.missing, assumesNoTime: steps.assumptions.length > 0 };
  };
}
