/** Which region's instances a caller uses, and where it goes when none of them is healthy. */
import { sourceOf } from '../../model/fact.js';
import type { Component, Edge, Placement, Region } from '../../model/model.js';
import { keepsData, regionsByName } from '../../model/queries.js';
import type { Context } from '../context.js';
import { runningInstances } from '../overlays.js';
import { traced, type Yaml, type YamlObject } from '../yaml.js';

/** A placement that takes traffic, with its region's name on the platform. */
interface Home {
  readonly placement: Placement;
  readonly region: string;
}

/**
 * The locality setting of a callee that runs in several regions, `undefined` for one that does not. It is one of three:
 * - a store with a standby that nothing has promoted yet: every caller goes to the active regions, until the model says otherwise;
 * - what all its callers require in their own region: nobody leaves his;
 * - anything else: the own region first, then the first active region, then the first standby that runs.
 */
export function localityPreference(context: Context, component: Component, edges: readonly Edge[]): YamlObject | undefined {
  const homes = homesOf(context, component);
  if (new Set(homes.map((home) => home.region)).size < 2) return undefined;
  const active = homes.filter(({ placement }) => placement.role === 'active');
  if (keepsData(component) && active.length < homes.length && active.length > 0 && !switchesByMesh(component)) {
    return { enabled: true, distribute: distribution(homes, active) };
  }
  if (edges.length > 0 && edges.every((edge) => edge.sameRegion)) {
    return { enabled: true, distribute: distribution(homes, homes) };
  }
  return { enabled: true, failover: failover(homes, active) };
}

/** Running placements outside witnesses, one per region of the platform. */
function homesOf(context: Context, component: Component): readonly Home[] {
  const regions = regionsByName(context.model);
  const homes = new Map<string, Home>();
  for (const placement of component.placements) {
    const region = regions.get(placement.region);
    const runs = placement.role !== 'witness' && runningInstances(component, placement.role, placement.zones.length) > 0;
    const name = runs && region !== undefined ? platformRegion(context, region) : undefined;
    if (name !== undefined && homes.get(name)?.placement.role !== 'active') homes.set(name, { placement, region: name });
  }
  return [...homes.values()];
}

/** All of a region's calls to its own target, where it is one, else to all targets in equal parts. */
function distribution(homes: readonly Home[], targets: readonly Home[]): readonly Yaml[] {
  const shares = targets.map((target, index) => {
    const least = Math.floor(100 / targets.length);
    // The parts have to sum to 100: the first takes what division leaves.
    return [`${target.region}/*`, index === 0 ? 100 - least * (targets.length - 1) : least] as const;
  });
  return sorted(homes).map((home) => {
    const own = targets.some((target) => target.region === home.region);
    return traced(
      { from: `${home.region}/*`, to: own ? { [`${home.region}/*`]: 100 } : Object.fromEntries(shares) },
      home.placement.source,
    );
  });
}

function failover(homes: readonly Home[], active: readonly Home[]): readonly Yaml[] {
  const ranked = [...active, ...homes.filter((home) => !active.includes(home))];
  return sorted(homes).flatMap((home) => {
    const to = ranked.find((target) => target.region !== home.region);
    return to === undefined ? [] : [traced({ from: home.region, to: to.region }, home.placement.source)];
  });
}

function sorted(homes: readonly Home[]): readonly Home[] {
  return [...homes].sort((a, b) => (a.region < b.region ? -1 : 1));
}

/** Whether the failover to a standby is the mesh's to carry out. */
function switchesByMesh(component: Component): boolean {
  return component.failovers.some((candidate) => candidate.scope !== 'within' && candidate.switch?.value.means === 'mesh');
}

/** The region as nodes are labelled with it; a separator or a wildcard in it would be refused. */
function platformRegion(context: Context, region: Region): string | undefined {
  const name = region.platformId?.value ?? region.name;
  if (!/[/*\s]/.test(name) && name !== '') return name;
  context.report({
    kind: 'missing',
    message: `Region ${region.name} has the platform name "${name}", which the mesh cannot use for failover. Write the value of its nodes' label topology.kubernetes.io/region.`,
    source: (region.platformId === undefined ? undefined : sourceOf(region.platformId)) ?? region.nameSource,
  });
  return undefined;
}
