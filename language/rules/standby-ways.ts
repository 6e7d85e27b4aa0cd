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
export const standbyWays = oncePer((model: Model): readonly StandbyWay[] => {
  const linked = model.links.some(({ failovers }) => failovers.length > 0);
  return model.components.flatMap((component) => (linked ? waysOf(component, model) : ownWays(component)));
});

/** The ways of a component that no link speaks of: they stay the same from one edit to the next. */
const ownWays = oncePer((component: Component): readonly StandbyWay[] => waysOf(component, { links: [] }));

function waysOf(component: Component, links: Pick<Model, 'links'>): readonly StandbyWay[] {
  const standbys = component.placements.filter(({ role }) => role !== 'active' && role !== 'witness');
  const [only, ...others] = standbys;
  if (only === undefined) return [];
  if (others.length === 0) return wayTo(component, only.region, standbys, links);
  return [...Map.groupBy(standbys, ({ region }) => region)].flatMap(([region, there]) => wayTo(component, region, there, links));
}

function wayTo(
  component: Component,
  region: string,
  standbys: readonly Placement[],
  links: Pick<Model, 'links'>,
): readonly StandbyWay[] {
  const [block] = blocksTo(links, component, region);
  if (block !== undefined) return [{ component, region, standbys, facts: failoverTo(links, component, region), block }];
  // A standby beside its active instances may be spoken of as an election.
  const beside = activePlacements(component).some((placement) => placement.region === region);
  const election = beside ? component.failovers.find(({ scope }) => scope === 'within') : undefined;
  const facts = election === undefined ? undefined : failoverWithin(component, region);
  return election === undefined || facts === undefined ? [] : [{ component, region, standbys, facts, block: election }];
}

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
  for (const group of groups.values()) if (group.length > 1) group.sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
  return [...groups.values()];
}

/** Where to point: who decides, where the text says it, else the nearest block that speaks of the way. */
export function placeOfWay({ facts: { decide }, block }: StandbyWay): Source {
  return (decide === undefined ? undefined : sourceOf(decide)) ?? block.source;
}

/** Names of the components, each once. */
export function componentsOf(ways: readonly StandbyWay[]): readonly string[] {
  const [only, ...others] = ways;
  if (only !== undefined && others.length === 0) return [only.component.name];
  return [...new Set(ways.map(({ component }) => component.name))].sort();
}

/** Names of the regions where the standbys are, each once. */
export function standbyRegionsOf(ways: readonly StandbyWay[]): readonly string[] {
  const [only, ...others] = ways;
  if (only !== undefined && others.length === 0) return [only.region];
  return [...new Set(ways.map(({ region }) => region))].sort();
}
