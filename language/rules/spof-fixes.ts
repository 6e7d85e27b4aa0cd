import { votesOf } from '../analysis/structure/sides.js';
import { standingSide } from '../analysis/structure/standing.js';
import type { Source } from '../model/fact.js';
import type { Component, Journey, Model, Placement } from '../model/model.js';
import { activePlacements, instanceCount, isHard, keepsData, requiredInstances, subjectsByName } from '../model/queries.js';
import { acceptFix } from './accept-fix.js';
import type { Apart } from './another-region.js';
import { softenEdgeEdits } from './edge-fixes.js';
import { closureOf, lookup } from './lookup.js';
import { countFix, otherRegionFixes, sparedCount, spreadOverZonesFix } from './placement-fixes.js';
import type { Fix, RuleContext } from './rule.js';
import { secondWayFix } from './second-way-fix.js';
import { activeSites, regionsOf, workingSites } from './sites.js';
import { voteFixes } from './vote-fixes.js';
import { spokenList } from './wording.js';

export type PointKind = 'component' | 'zone' | 'region' | 'provider' | 'account';

/** A single point of failure of one or several journeys. */
export interface PointOfFailure {
  readonly kind: PointKind;
  readonly name: string;
  readonly source: Source;
  /** The journey that accepts it, where the finding is that journey's own. */
  readonly accepting: Journey | undefined;
}

/** How many components one fix may touch: a larger change is a project, not a fix. */
const mostTouched = 20;

/** Changes that take a single point of failure away, and the acceptance of the risk. */
export function spofFixes(point: PointOfFailure, journeys: readonly Journey[], context: RuleContext): readonly Fix[] {
  const { model, analysis } = context;
  const holders = acceptHolders(point, journeys, model);
  const [first, ...others] = holders.map((holder) => acceptFix('DR002', holder, model, analysis.asOf));
  if (first === undefined) return designFixes(point, journeys, context);
  const names = spokenList(holders.map((holder) => holder.name));
  const title = others.length === 0 ? first.title : `Accept DR002 in ${names} for half a year`;
  const accept = { title, edits: [first, ...others].flatMap((fix) => fix.edits), safe: false };
  return [...designFixes(point, journeys, context), accept];
}

/** Blocks in which the acceptance has to stand: the thing's own, or every journey's where the thing has none. */
function acceptHolders(
  point: PointOfFailure,
  journeys: readonly Journey[],
  model: Model,
): readonly Parameters<typeof acceptFix>[1][] {
  if (point.accepting !== undefined) return [];
  switch (point.kind) {
    case 'component':
      return [lookup(model).components.get(point.name)].filter((component) => component !== undefined);
    case 'region':
      return model.regions.filter((region) => region.name === point.name);
    case 'zone':
      return model.regions.filter((region) => region.zones.some((zone) => zone.path === point.name));
    case 'provider':
    case 'account':
      return journeys;
  }
}

function designFixes(point: PointOfFailure, journeys: readonly Journey[], context: RuleContext): readonly Fix[] {
  switch (point.kind) {
    case 'component': {
      const component = lookup(context.model).components.get(point.name);
      return component === undefined
        ? []
        : [
            ...instanceFixes(component, journeys, context),
            ...softFixes(component, journeys, context),
            ...secondWays(component, context),
          ];
    }
    case 'zone':
      return zoneFixes(point.name, journeys, context);
    case 'region':
      return regionFixes(point.name, journeys, context);
    case 'provider':
    case 'account':
      return domainFixes(point.kind, point.name, journeys, context);
  }
}

/**
 * More instances than must stand, where all active ones are stated in one place; or one more beside each lonely instance of a standby that
 * a requirement in its own region holds on to.
 */
function instanceFixes(component: Component, journeys: readonly Journey[], { analysis }: RuleContext): readonly Fix[] {
  const points = journeys
    .flatMap((journey) => analysis.singlePoints(journey.name))
    .filter(({ event }) => event.kind === 'component' && event.name === component.name);
  const isLonely = ({ source }: Placement): boolean =>
    points.some(({ event }) => event.source.uri === source.uri && event.source.start === source.start);
  const standbys = component.placements.filter((placement) => placement.role !== 'active' && isLonely(placement));
  const active = activePlacements(component);
  const [only] = active;
  // A standby needs as many as the active side unless it says otherwise, so that one more may only raise what it needs.
  const needed = ({ region }: Placement): number =>
    component.needsIn.find((need) => need.region === region)?.count.value ?? requiredInstances(component).count;
  const ofStandbys = standbys.map((placement) =>
    countFix(component, placement, Math.max(placement.zones.length, needed(placement)) + 1),
  );
  const isActive = standbys.length === 0 || active.some(isLonely);
  if (isActive && (only === undefined || active.length !== 1)) return [];
  const ofActive =
    isActive && only !== undefined ? [countFix(component, only, sparedCount(component, instanceCount(active) + 1))] : [];
  const fixes = [...ofActive, ...ofStandbys];
  const whole = fixes.filter((fix) => fix !== undefined);
  if (whole.length === 0 || whole.length < fixes.length) return [];
  return [{ title: whole.map(({ title }) => title).join('; '), edits: whole.flatMap(({ edits }) => edits), safe: false }];
}

/** Makes every requirement of the component on the way of the journeys soft, where each is a plain `requires` of a component. */
export function softFixes(component: Component, journeys: readonly Journey[], { model, analysis }: RuleContext): readonly Fix[] {
  const leans = (edges: Component['edges']) =>
    edges.filter((edge) => isHard(edge) && edge.targets.some((target) => target.name === component.name));
  if (journeys.some((journey) => leans(journey.edges).length > 0)) return [];
  const owners = (lookup(model).callers.get(component.name) ?? []).filter(
    (owner) => leans(owner.edges).length > 0 && journeys.some((journey) => closureOf(analysis, journey.name).has(owner.name)),
  );
  if (owners.length === 0 || owners.length > mostTouched) return [];
  const edits = owners.flatMap((owner) => leans(owner.edges).map((edge) => softenEdgeEdits(owner, edge, component.name)));
  const whole = edits.filter((part) => part !== undefined);
  if (whole.length < edits.length) return [];
  const who = owners.length === 1 && owners[0] !== undefined ? owners[0].name : `${owners.length} components`;
  return [{ title: `Let ${who} want ${component.name} instead of requiring it`, edits: whole.flat(), safe: false }];
}

/** A second one of what runs nowhere in the model and keeps no data, so that either is enough: two stores would not be one. */
function secondWays(component: Component, { model }: RuleContext): readonly Fix[] {
  if (component.placements.length > 0 || keepsData(component)) return [];
  const fix = secondWayFix(component, model);
  return fix === undefined ? [] : [fix];
}

/** Spreads every component of the journeys that stands in this zone alone. */
function zoneFixes(zone: string, journeys: readonly Journey[], context: RuleContext): readonly Fix[] {
  const bound = boundUnder(zone, journeys, context);
  if (bound.length === 0 || bound.length > mostTouched) return [];
  const region = context.model.regions.find((candidate) => candidate.zones.some((part) => part.path === zone));
  const fixes = bound.map((component) => spreadOverZonesFix(component, region));
  const whole = fixes.filter((fix) => fix !== undefined);
  if (whole.length < fixes.length) return region === undefined ? [] : elsewhereFixes(bound, new Set([region.name]), context);
  return [{ title: whole.map((fix) => fix.title).join('; '), edits: whole.flatMap((fix) => fix.edits), safe: false }];
}

/** Runs every component of the journeys that stands in this region alone in a second one. */
function regionFixes(region: string, journeys: readonly Journey[], context: RuleContext): readonly Fix[] {
  const bound = boundUnder(region, journeys, context);
  return elsewhereFixes(bound, new Set([region]), context);
}

/** All of them in a region more; of what votes, the votes so that they hold with any region off, where there are regions enough for that. */
function elsewhereFixes(
  bound: readonly Component[],
  used: ReadonlySet<string>,
  { model }: RuleContext,
  apart?: Apart,
): readonly Fix[] {
  const voting = bound.filter((component) => votesOf(component) !== undefined);
  if (bound.length > mostTouched || (apart !== undefined && voting.length > 0)) return [];
  const others = bound.filter((component) => !voting.includes(component));
  const fixes = [
    ...(others.length === 0 ? [] : [otherRegionFixes(others, model, used, apart)]),
    ...voting.map((component) => voteFixes(component, true, model)[0]),
  ];
  const whole = fixes.filter((fix) => fix !== undefined);
  if (whole.length === 0 || whole.length < fixes.length) return [];
  return [{ title: whole.map(({ title }) => title).join('; '), edits: whole.flatMap(({ edits }) => edits), safe: false }];
}

/** Runs every component of the journeys that stands under this provider (or account) alone under another. */
function domainFixes(
  kind: 'provider' | 'account',
  name: string,
  journeys: readonly Journey[],
  context: RuleContext,
): readonly Fix[] {
  const { model } = context;
  const under = model.regions.filter(({ fate }) => fate[kind]?.value === name).map((region) => region.name);
  const reached = reachedBy(journeys, () => true, context);
  const bound = model.components.filter((component) => {
    const sites = workingSites(component);
    return reached.has(component.name) && sites.length > 0 && regionsOf(sites).every((region) => under.includes(region));
  });
  return elsewhereFixes(bound, new Set(under), context, { kind, name });
}

/** Components that the site takes down by themselves, of those that the journeys cannot do without, or of whose choices none is left. */
function boundUnder(site: string, journeys: readonly Journey[], context: RuleContext): readonly Component[] {
  const down = context.analysis.downWithout(site);
  const reached = reachedBy(journeys, (name) => down.has(name), context);
  return context.model.components.filter((component) => reached.has(component.name) && boundTo(component, site));
}

/** What the journeys cannot do without, and of what is down all that it chooses from and is down as well. */
function reachedBy(
  journeys: readonly Journey[],
  isDown: (name: string) => boolean,
  { model, analysis }: RuleContext,
): ReadonlySet<string> {
  const subjects = subjectsByName(model);
  const reached = new Set(journeys.flatMap((journey) => [journey.name, ...closureOf(analysis, journey.name)]));
  for (const name of reached) {
    if (!isDown(name)) continue;
    for (const edge of subjects.get(name)?.edges ?? []) {
      if (!isHard(edge)) continue;
      for (const target of edge.targets) if (isDown(target.name)) reached.add(target.name);
    }
  }
  return reached;
}

/** Whether the loss of the site leaves neither the active side nor a standby with what must stand. */
export function boundTo(component: Component, site: string): boolean {
  const inside = (path: string) => path === site || path.startsWith(`${site}.`);
  const active = activePlacements(component);
  if (active.length === 0) {
    const sites = activeSites(component);
    return sites.length > 0 && sites.every(inside);
  }
  const off = standingSide(component, ({ zone }) => inside(zone));
  return off === undefined && standingSide(component, () => false) !== undefined;
}
