/** Lowering of one component: its own statements, then its policies', then the defaults'. */
import {
  type Component as ComponentNode,
  isNeeds,
  isRepairs,
  isRuns,
  isTogether,
  type Journey as JourneyNode,
  type Runs,
} from '../generated/ast.js';
import { maximumInstances } from '../syntax/quantity.js';
import { assumedCommonCause, assumedUnavailability } from './assumptions.js';
import { buildAcceptances, innerAcceptances } from './build-acceptances.js';
import { buildAgrees, buildData, buildRebuilds } from './build-data.js';
import { buildDemand, buildDeployment } from './build-deployment.js';
import { buildEdges, buildRecovers } from './build-edges.js';
import {
  countFact,
  type Layer,
  type Layered,
  Layers,
  nameSourceAt,
  propertySourceAt,
  quantityOf,
  sourceAt,
} from './build-facts.js';
import { buildCosts, buildFailovers, buildObjective, buildRunbook } from './build-promises.js';
import { buildFate, sitePath } from './build-sites.js';
import type { Fact, NameUse } from './fact.js';
import type { Component, ComponentKind, FailureData, Placement, Region, Role, Together } from './model.js';
import { optional } from './optional.js';

/** What lowering a component needs to know of the rest. */
export interface Surroundings {
  readonly regions: ReadonlyMap<string, Region>;
  /** Layers behind the block itself: policies in the order they are followed, defaults of the kind, defaults of all kinds. */
  readonly inherited: readonly Layer[];
  readonly follows: readonly NameUse[];
  readonly documentation: string | undefined;
}

/** `repairs N at once`. */
export function buildRepairs(layers: Layers): Fact<number> | undefined {
  const repairs = layers.nearest(isRepairs, 'Repairs');
  return repairs === undefined ? undefined : countFact(repairs, repairs.node.count, 1, maximumInstances);
}

export function buildComponent(node: ComponentNode, kind: ComponentKind, around: Surroundings): Component {
  const layers = new Layers([{ statements: node.statements, from: undefined }, ...around.inherited]);
  const placements = layers.all(isRuns, 'Runs').flatMap((layered) => placement(layered, around.regions) ?? []);
  const instances = placements.reduce((sum, each) => sum + each.zones.length, 0);
  const needs = layers.all(isNeeds, 'Needs');
  const failure = layers.failure() ?? assumedFailure(kind, placements.length > 0, layers);
  const overall = needs.find((layered) => layered.node.site === undefined);
  return {
    kind,
    name: node.name,
    ...optional('title', node.title),
    ...optional('documentation', around.documentation),
    ...optional('tier', buildTier(node)),
    source: sourceAt(node),
    nameSource: nameSourceAt(node),
    placements,
    hosts: node.sites.flatMap((site) => {
      const region = site.region?.ref;
      return region === undefined
        ? []
        : [{ name: sitePath(region.name, site.zone?.ref?.name), at: sourceAt(site), resolved: true }];
    }),
    failure,
    ...optional('together', buildTogether(layers)),
    commonCause: layers.quantity('common', 'share') ?? assumedCommonCause(instances),
    ...optional('needs', overall === undefined ? undefined : countFact(overall, overall.node.count, 1, maximumInstances)),
    needsIn: needs.flatMap((layered) => {
      const region = layered.node.site?.region?.ref?.name;
      const zone = layered.node.site?.zone?.ref?.name;
      const count = countFact(layered, layered.node.count, 1, maximumInstances);
      if (region === undefined || count === undefined) return [];
      return [{ region, ...optional('zone', zone === undefined ? undefined : sitePath(region, zone)), count }];
    }),
    ...optional('repairsAtOnce', buildRepairs(layers)),
    edges: buildEdges(layers, false),
    recoversAfter: buildRecovers(layers),
    ...optional('rebuildsFrom', buildRebuilds(layers)),
    agreesWith: buildAgrees(layers),
    provides: layers.words('provides'),
    demand: buildDemand(layers),
    deployment: buildDeployment(layers),
    data: buildData(layers),
    failovers: buildFailovers(layers),
    ...optional('evictsAfter', layers.quantity('evicts', 'duration')),
    ...optional('objective', buildObjective(layers)),
    fate: buildFate(layers),
    costs: buildCosts(layers),
    ...optional('owner', layers.text('owner')),
    ...optional('runbook', buildRunbook(layers)),
    accepts: buildAcceptances(layers),
    follows: around.follows,
  };
}

/** What is assumed of its failures; a repair time that is stated without them is kept. */
function assumedFailure(kind: ComponentKind, hasInstances: boolean, layers: Layers): FailureData {
  const unavailability = assumedUnavailability(kind, hasInstances);
  const mttr = layers.quantity('mttr', 'duration');
  return mttr === undefined || mttr.value <= 0 ? { unavailability } : { unavailability, mttr };
}

/** `tier N` of a head. */
export function buildTier(node: ComponentNode | JourneyNode): Fact<number> | undefined {
  const tier = node.tier === undefined ? undefined : quantityOf(node.tier, 'count')?.value;
  return tier === undefined ? undefined : { value: tier, origin: { kind: 'stated', at: propertySourceAt(node, 'tier') } };
}

/** `together { … }`, merged item by item; undefined where nobody says how often. */
function buildTogether(layers: Layers): Together | undefined {
  const blocks = layers.all(isTogether, 'Together');
  const details = new Layers(blocks.map(({ node, from }) => ({ statements: node.details, from })));
  const failure = details.failure();
  const first = blocks[0];
  if (first === undefined || failure === undefined) return undefined;
  return { ...failure, source: sourceAt(first.node), ...innerAcceptances(details) };
}

const roles: Readonly<Record<string, Role>> = {
  active: 'active',
  hot: 'hot-standby',
  warm: 'warm-standby',
  cold: 'cold-standby',
  pilot: 'pilot-light',
  witness: 'witness',
};

/** Spreads instances over the zones as evenly as possible, in order of declaration. */
function placement(layered: Layered<Runs>, regions: ReadonlyMap<string, Region>): Placement | undefined {
  const { node } = layered;
  const region = regions.get(node.site?.region?.ref?.name ?? '');
  const count = countFact(layered, node.count, 0, maximumInstances);
  if (region === undefined || count === undefined) return undefined;
  const named = node.zones.flatMap((use) => use.zone?.ref?.name ?? []);
  const single = node.site.zone?.ref?.name;
  const zones = single !== undefined ? [single] : named.length > 0 ? named : region.zones.map((zone) => zone.name);
  const instances = Array.from({ length: count.value }, (_, index) =>
    sitePath(region.name, zones[index % Math.max(1, zones.length)]),
  );
  return {
    region: region.name,
    role: roles[node.role ?? 'active'] ?? 'active',
    count,
    zones: instances,
    ...(single !== undefined || named.length > 0 ? { pinned: true as const } : {}),
    source: sourceAt(node),
  };
}
