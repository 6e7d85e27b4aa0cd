import type { Fact } from '../model/fact.js';
import type { Component, Model, Region, Zone } from '../model/model.js';
import { oncePer } from '../model/once-per.js';
import { regionOf, regionsByName } from '../model/queries.js';

/** Site paths where a component keeps instances that carry or can take over its work: `runs` apart from witnesses, or `in SITE`. */
export const workingSites = oncePer((component: Component): readonly string[] => {
  const placed = component.placements.filter((placement) => placement.role !== 'witness').flatMap((placement) => placement.zones);
  return [...new Set([...placed, ...component.hosts.filter((host) => host.resolved).map((host) => host.name)])];
});

/** Site paths of what serves while all is well: active instances, or `in SITE`. */
export const activeSites = oncePer((component: Component): readonly string[] => {
  const placed = component.placements.filter((placement) => placement.role === 'active').flatMap((placement) => placement.zones);
  return [...new Set([...placed, ...component.hosts.filter((host) => host.resolved).map((host) => host.name)])];
});

/** Regions of site paths, each once. */
export function regionsOf(sites: readonly string[]): readonly string[] {
  return [...new Set(sites.map(regionOf))];
}

/** The zone of a path, undefined for a region's own path. */
export function zoneAt(model: Model, path: string): Zone | undefined {
  return regionAt(model, path)?.zones.find((zone) => zone.path === path);
}

/** The region of a site path. */
export function regionAt(model: Model, path: string): Region | undefined {
  return regionsByName(model).get(regionOf(path));
}

/**
 * The places that burn down together with a site: the buildings of a zone, the zone itself where no building is stated, and the
 * zones of a region for what lies in the region as a whole.
 */
export function buildingsOf(model: Model, path: string): readonly string[] {
  const region = regionAt(model, path);
  const zone = zoneAt(model, path);
  if (zone !== undefined) return buildingsOfZone(zone, region);
  if (region === undefined || region.zones.length === 0) return stated(region?.fate.buildings ?? [], path);
  return [...new Set(region.zones.flatMap((each) => buildingsOfZone(each, region)))];
}

/** Its own and those of its region. */
function buildingsOfZone(zone: Zone, region: Region | undefined): readonly string[] {
  return stated([...zone.fate.buildings, ...(region?.fate.buildings ?? [])], zone.path);
}

function stated(buildings: readonly Fact<string>[], path: string): readonly string[] {
  return buildings.length === 0 ? [path] : buildings.map((building) => building.value);
}
