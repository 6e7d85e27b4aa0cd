/** Lowering of one component: its own statements, then its policies', then the defaults'. */
import {
  type Component as ComponentNode,
  type Detail,
  isLoad,
  isMounts,
  isNeeds,
  isPort,
  isProbe,
  isRepairs,
  isRollout,
  isRoutes,
  isRuns,
  isScales,
  isTogether,
  type Runs,
  type Statement,
} from '../generated/ast.js';
import { maximumInstances } from '../syntax/quantity.js';
import { assumedCommonCause, assumedUnavailability } from './assumptions.js';
import { buildAgrees, buildData, buildRebuilds } from './build-data.js';
import { buildEdges, buildRecovers, optional } from './build-edges.js';
import { countFact, type Layer, type Layered, Layers, nameSourceAt, quantityFact, quantityOf, sourceAt } from './build-facts.js';
import { buildAcceptances, buildCosts, buildFailovers, buildObjective, buildRunbook } from './build-promises.js';
import { buildFate, sitePath } from './build-sites.js';
import type { NameUse } from './fact.js';
import type { Component, ComponentKind, Demand, Deployment, Placement, Port, Probe, Region, Role } from './model.js';

/** What lowering a component needs to know of the rest. */
export interface Surroundings {
  readonly regions: ReadonlyMap<string, Region>;
  /** Layers behind the block itself: policies in the order they are followed, defaults of the kind, defaults of all kinds. */
  readonly inherited: readonly Layer[];
  readonly follows: readonly NameUse[];
  readonly documentation: string | undefined;
}

export function buildComponent(node: ComponentNode, kind: ComponentKind, around: Surroundings): Component {
  const layers = new Layers([{ statements: node.statements, from: undefined }, ...around.inherited]);
  const placements = layers.all(isRuns, 'Runs').flatMap((layered) => placement(layered, around.regions) ?? []);
  const instances = placements.reduce((sum, each) => sum + each.zones.length, 0);
  const together = block(layers.all(isTogether, 'Together')).failure();
  const needs = layers.all(isNeeds, 'Needs');
  const repairs = layers.nearest(isRepairs, 'Repairs');
  const failure = layers.failure() ?? { unavailability: assumedUnavailability(kind, placements.length > 0) };
  const tier = node.tier === undefined ? undefined : quantityOf(node.tier, 'count')?.value;
  const overall = needs.find((layered) => layered.node.site === undefined);
  return {
    kind,
    name: node.name,
    ...optional('title', node.title),
    ...optional('documentation', around.documentation),
    ...(tier === undefined ? {} : { tier: { value: tier, origin: { kind: 'stated', at: nameSourceAt(node) } } }),
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
    ...optional('together', together),
    commonCause: layers.quantity('common', 'share') ?? assumedCommonCause(instances),
    ...optional('needs', overall === undefined ? undefined : countFact(overall, overall.node.count, 1, maximumInstances)),
    needsIn: needs.flatMap((layered) => {
      const region = layered.node.site?.region?.ref?.name;
      const count = countFact(layered, layered.node.count, 1, maximumInstances);
      return region === undefined || count === undefined ? [] : [{ region, count }];
    }),
    ...optional('repairsAtOnce', repairs === undefined ? undefined : countFact(repairs, repairs.node.count, 1, maximumInstances)),
    edges: buildEdges(layers, false),
    recoversAfter: buildRecovers(layers),
    ...optional('rebuildsFrom', buildRebuilds(layers)),
    agreesWith: buildAgrees(layers),
    provides: layers.words('provides'),
    demand: demand(layers),
    deployment: deployment(layers),
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

/** Details of several blocks of one kind, nearest first, as one set of layers. */
function block(blocks: readonly Layered<{ readonly $type: Statement['$type']; readonly details: readonly Detail[] }>[]): Layers {
  return new Layers(blocks.map(({ node, from }) => ({ statements: node.details, from })));
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

function demand(layers: Layers): Demand {
  const load = layers.nearest(isLoad, 'Load');
  return {
    ...optional('load', load === undefined ? undefined : quantityFact(load, load.node.value, 'rate')),
    ...optional('peak', load === undefined ? undefined : quantityFact(load, load.node.peak, 'rate')),
    ...optional('capacity', layers.quantity('capacity', 'rate')),
    ...optional('cpu', layers.quantity('cpu', 'cpu')),
    ...optional('cpuLimit', layers.upper('cpu', 'cpu')),
    ...optional('memory', layers.quantity('memory', 'size')),
    ...optional('memoryLimit', layers.upper('memory', 'size')),
  };
}

function deployment(layers: Layers): Deployment {
  const scales = layers.nearest(isScales, 'Scales');
  const scalesTo = scales === undefined ? undefined : countFact(scales, scales.node.max, 1, maximumInstances);
  const rollouts = layers.all(isRollout, 'Rollout');
  const rollout = block(rollouts);
  return {
    ...optional('image', layers.text('image')),
    ...optional('platformId', layers.text('id')),
    ...optional('manifest', layers.text('manifest')),
    ...optional('host', layers.text('host')),
    ...optional('certificate', layers.word('certificate')),
    ports: layers.nearestLayer(isPort, 'Port').flatMap(({ node }): readonly Port[] => {
      const number = quantityOf(node.number, 'count')?.value;
      const target = quantityOf(node.target, 'count')?.value;
      if (number === undefined || number < 1 || number > 65_535) return [];
      return [
        {
          ...optional('name', node.name),
          number,
          ...optional('target', target),
          protocol: protocolOf(node.protocol ?? node.name),
          source: sourceAt(node),
        },
      ];
    }),
    routes: layers.all(isRoutes, 'Routes').flatMap(({ node }) =>
      node.routes.flatMap((route) => {
        const name = route.target?.ref?.name;
        return name === undefined
          ? []
          : [{ path: route.path, target: { name, at: sourceAt(route), resolved: true }, source: sourceAt(route) }];
      }),
    ),
    probes: probes(layers),
    ...(scales === undefined || scalesTo === undefined
      ? {}
      : {
          scales: {
            ...optional('min', countFact(scales, scales.node.min, 0, maximumInstances)),
            max: scalesTo,
            ...optional('utilisation', quantityFact(scales, scales.node.utilisation, 'share')),
            ...optional('within', quantityFact(scales, scales.node.within, 'duration')),
            source: sourceAt(scales.node),
          },
        }),
    ...(rollouts.length === 0
      ? {}
      : {
          rollout: {
            ...optional('surge', rollout.quantity('surge', 'share')),
            ...optional('unavailable', rollout.quantity('unavailable', 'share')),
            ...optional('waves', rollout.quantity('waves', 'count')),
            ...optional('bake', rollout.quantity('bake', 'duration')),
          },
        }),
    ...optional('grace', layers.quantity('grace', 'duration')),
    mounts: layers.all(isMounts, 'Mounts').flatMap(({ node }) =>
      node.mounts.map((mount) => ({
        kind: mount.kind === 'config' ? ('config' as const) : ('secret' as const),
        name: mount.name,
        source: sourceAt(mount),
      })),
    ),
  };
}

/** The nearest probe of each kind. */
function probes(layers: Layers): readonly Probe[] {
  const found = new Map<string, Probe>();
  for (const layered of layers.all(isProbe, 'Probe')) {
    const kind = layered.node.probe;
    if (found.has(kind) || (kind !== 'readiness' && kind !== 'liveness' && kind !== 'startup')) continue;
    const { path, every, failures, timeout } = layered.node;
    found.set(kind, {
      kind,
      ...(path === undefined ? {} : { path: { value: path, origin: { kind: 'stated', at: sourceAt(layered.node) } } }),
      ...optional('every', quantityFact(layered, every, 'duration')),
      ...optional('failures', countFact(layered, failures, 1, 1000)),
      ...optional('timeout', quantityFact(layered, timeout, 'duration')),
      source: sourceAt(layered.node),
    });
  }
  return [...found.values()];
}

function protocolOf(word: string | undefined): Port['protocol'] {
  return word === 'http' || word === 'grpc' || word === 'tls' ? word : 'tcp';
}
