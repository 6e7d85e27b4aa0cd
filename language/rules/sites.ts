import type { Component, Model, Region, Zone } from '../model/model.js';
import { oncePer } from '../model/once-per.js';
import { regionOf } from '../model/queries.js';

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
  return model.regions.find((region) => region.name === regionOf(path))?.zones.find((zone) => zone.path === path);
}

/** The region of a site path. */
export function regionAt(model: Model, path: string): Region | undefined {
  const name = regionOf(path);
  return model.regions.find((region) => region.name === name);
}

/**
 * The places that burn down together with a site: the buildings of a zone, the zone itself where no building is stated, and the
 * zones of a region for what lies in the region as a whole.
 */
export function buildingsOf(model: Model, path: string): readonly string[] {
  const zone = zoneAt(model, path);
  if (zone !== undefined) return buildingsOfZone(zone);
  const zones = regionAt(model, path)?.zones ?? [];
  return zones.length === 0 ? [path] : [...new Set(zones.flatMap(buildingsOfZone))];
}

function buildingsOfZone(zone: Zone): readonly string[] {
  return zone.fate.buildings.length === 0 ? [zone.path] : zone.fate.buildings.map((building) => building.value);
}
