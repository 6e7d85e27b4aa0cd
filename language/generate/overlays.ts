/** The clusters a model deploys to, and what runs in each: one overlay per region and cluster. */

import type { GenerationProblem } from '../model/generation-problem.js';
import type { Component, Model, Placement, Region, Role, Zone } from '../model/model.js';
import { keepsData } from '../model/queries.js';
import type { Names } from './names.js';

/** A component in one cluster. */
export interface Residence {
  readonly component: Component;
  /** The strongest of its roles there. */
  readonly role: Role;
  /** Instances that run: those placed, none for a cold standby or the services of a pilot light. */
  readonly replicas: number;
  readonly active: number;
  /** Zone paths its instances are placed in, in the region's order; empty where the region has no zones. */
  readonly zones: readonly string[];
  /** Set where the zones used are fewer than an even spread over the cluster would use, so that pods must be held there. */
  readonly pinned: boolean;
  readonly placements: readonly Placement[];
}

export interface Overlay {
  readonly region: Region;
  readonly cluster: string | undefined;
  /** `overlays/cn-north/default` */
  readonly path: string;
  readonly zones: readonly Zone[];
  /** Residents by the component's name in the model, in the order of names. */
  readonly residents: ReadonlyMap<string, Residence>;
}

const strongestFirst: readonly Role[] = ['active', 'hot-standby', 'warm-standby', 'pilot-light', 'cold-standby', 'witness'];

/** Instances of a placement that run before any failover: the table of roles. */
export function runningInstances(component: Component, role: Role, placed: number): number {
  switch (role) {
    case 'active':
    case 'hot-standby':
    case 'warm-standby':
    case 'witness':
      return placed;
    case 'pilot-light':
      return keepsData(component) ? placed : 0;
    case 'cold-standby':
      return 0;
  }
}

/** Overlays of a model, sorted by path, those without residents left out. */
export function overlaysOf(
  model: Model,
  names: Names,
  components: readonly Component[],
  report: (problem: GenerationProblem) => void,
): readonly Overlay[] {
  const overlays: Overlay[] = [];
  for (const region of model.regions) {
    const groups = new Map<string, { cluster: string | undefined; zones: Zone[] }>();
    const join = (cluster: string | undefined, zone?: Zone): void => {
      const key = names.cluster(cluster);
      const group = groups.get(key) ?? { cluster, zones: [] };
      if (zone !== undefined) group.zones.push(zone);
      groups.set(key, group);
    };
    if (region.zones.length === 0) join(region.cluster?.value);
    for (const zone of region.zones) join(zone.cluster?.value ?? region.cluster?.value, zone);
    for (const [directory, { cluster, zones }] of groups) {
      const residents = new Map<string, Residence>();
      for (const component of components) {
        const residence = residenceOf(component, region, zones);
        if (residence !== undefined) residents.set(component.name, residence);
      }
      const path = `overlays/${names.region(region.name)}/${directory}`;
      if (residents.size > 0) overlays.push({ region, cluster, path, zones, residents });
    }
  }
  reportSharedClusters(overlays, report);
  return overlays.sort((a, b) => (a.path < b.path ? -1 : 1));
}

function residenceOf(component: Component, region: Region, zones: readonly Zone[]): Residence | undefined {
  const order = zones.length === 0 ? [region.name] : zones.map((zone) => zone.path);
  const here = component.placements.filter((placement) => placement.region === region.name);
  const counted = here.map((placement) => ({
    placement,
    // A region that gained zones and an instance placed by region only still meet in the region's own name.
    sites: placement.zones.filter((site) => order.includes(site) || (site === region.name && zones.length > 0)),
  }));
  const present = counted.filter(
    ({ placement, sites }) => sites.length > 0 || (placement.zones.length === 0 && zones.length === 0),
  );
  const strongest = strongestFirst.find((role) => present.some(({ placement }) => placement.role === role));
  if (strongest === undefined) return undefined;
  const sites = present.flatMap((entry) => entry.sites);
  const used = zones.length === 0 ? [] : order.filter((site) => sites.includes(site));
  const running = (wanted: (role: Role) => boolean): number =>
    present
      .filter(({ placement }) => wanted(placement.role))
      .reduce((sum, entry) => sum + runningInstances(component, entry.placement.role, entry.sites.length), 0);
  return {
    component,
    role: strongest,
    replicas: running(() => true),
    active: running((role) => role === 'active'),
    zones: used,
    pinned: used.length < order.length && present.some((entry) => !isEven(entry.sites, order)),
    placements: present.map((entry) => entry.placement),
  };
}

/** Whether the sites are what an even spread over the zones in their order gives, so that nobody asked for less. */
function isEven(sites: readonly string[], order: readonly string[]): boolean {
  const used = order.filter((site) => sites.includes(site));
  return used.length === Math.min(sites.length, order.length) && used.every((site, index) => site === order[index]);
}

/** Two regions in one cluster would write objects of the same names with different numbers. */
function reportSharedClusters(overlays: readonly Overlay[], report: (problem: GenerationProblem) => void): void {
  const first = new Map<string, Overlay>();
  for (const overlay of overlays) {
    const at = overlay.region.cluster ?? overlay.zones[0]?.cluster;
    if (overlay.cluster === undefined || at === undefined) continue;
    const other = first.get(overlay.cluster);
    if (other === undefined) {
      first.set(overlay.cluster, overlay);
      continue;
    }
    report({
      kind: 'missing',
      message: `Regions ${other.region.name} and ${overlay.region.name} name the same cluster "${overlay.cluster}", and their overlays would overwrite each other. Model it as one region with zones, or name two clusters.`,
      source: overlay.region.nameSource,
    });
  }
}
