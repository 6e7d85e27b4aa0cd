/** The ways on which components move to their standbys: what several rules judge, worked out once a model. */
import { blocksTo, type FailoverFacts, failoverTo, failoverWithin } from '../analysis/recovery/failover.js';
import { type Source, sourceOf } from '../model/fact.js';
import type { Component, Failover, Model, Placement } from '../model/model.js';
import { oncePer } from '../model/once-per.js';
import { activePlacements } from '../model/queries.js';

/** The way of one component to its standbys in one region. */
export interface StandbyWay {
  readonly component: Component;
  readonly region: string;
  /** Its standbys there, witnesses apart. */
  readonly standbys: readonly Placement[];
  /** What is stated of the way, whichever block says it. */
  readonly facts: FailoverFacts;
  /** The nearest block that speaks of it: its own, one of a policy or of the defaults, or the link's. */
  readonly block: Failover;
}

/** All ways of a model that some `failover` speaks of, in order of declaration. */
export const standbyWays = oncePer((model: Model): readonly StandbyWay[] =>
  model.components.flatMap((component) => {
    const standbys = component.placements.filter(({ role }) => role !== 'active' && role !== 'witness');
    const regions = [...new Set(standbys.map(({ region }) => region))];
    return regions.flatMap((region): readonly StandbyWay[] => {
      const there = standbys.filter((placement) => placement.region === region);
      const [block] = blocksTo(model, component, region);
      if (block !== undefined)
        return [{ component, region, standbys: there, facts: failoverTo(model, component, region), block }];
      // A standby beside its active instances may be spoken of as an election.
      const beside = activePlacements(component).some((placement) => placement.region === region);
      const election = beside ? component.failovers.find(({ scope }) => scope === 'within') : undefined;
      const facts = election === undefined ? undefined : failoverWithin(component, region);
      return election === undefined || facts === undefined
        ? []
        : [{ component, region, standbys: there, facts, block: election }];
    });
  }),
);

/** Whether a machine decides that it moves: where nobody says who decides, it moves at once. */
export function movesByItself({ facts }: StandbyWay): boolean {
  return facts.decide?.value.mode !== 'manual';
}

/** Ways gathered by the block that speaks of them, each group in order of the names of components and regions. */
export function byBlock(ways: readonly StandbyWay[], placeOf: (way: StandbyWay) => string): readonly (readonly StandbyWay[])[] {
  const groups = new Map<string, StandbyWay[]>();
  for (const way of ways) {
    const key = placeOf(way);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [way]);
    else group.push(way);
  }
  const nameOf = ({ component, region }: StandbyWay): string => `${component.name} ${region}`;
  return [...groups.values()].map((group) => group.sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1)));
}

/** Where to point: who decides, where the text says it, else the nearest block that speaks of the way. */
export function placeOfWay({ facts: { decide }, block }: StandbyWay): Source {
  return (decide === undefined ? undefined : sourceOf(decide)) ?? block.source;
}

/** Names of the components, each once. */
export function componentsOf(ways: readonly StandbyWay[]): readonly string[] {
  return [...new Set(ways.map(({ component }) => component.name))].sort();
}

/** Names of the regions where the standbys are, each once. */
export function standbyRegionsOf(ways: readonly StandbyWay[]): readonly string[] {
  return [...new Set(ways.map(({ region }) => region))].sort();
}
