/** The map of places: regions and zones, what role each plays, and which takes a journey down alone. */
import type { Source } from '../model/fact.js';
import type { Model, Region } from '../model/model.js';
import { regionOf } from '../model/queries.js';
import type { Place, SourceRange } from './diagram-graph.js';
import { zoneLabels } from './graph-rows.js';

/** All regions of the model with their zones; `singles` are the sites that take a journey down alone. */
export function buildPlaces(
  model: Model,
  singles: ReadonlySet<string>,
  range: (source: Source) => SourceRange,
): readonly Place[] {
  return model.regions.map((region) => {
    const labels = zoneLabels(region);
    return {
      site: region.name,
      label: region.name,
      role: roleOf(model, region),
      // Without an alternative it goes without saying.
      single: model.regions.length > 1 && singles.has(region.name),
      source: range(region.nameSource),
      zones: region.zones.map((zone, index) => ({
        site: zone.path,
        label: labels[index] ?? zone.name,
        single: region.zones.length > 1 && singles.has(zone.path),
        source: range(zone.nameSource),
      })),
    };
  });
}

/** The most that anything does there: serve, stand by, vote, keep copies. */
function roleOf(model: Model, region: Region): Place['role'] {
  const roles = new Set<Place['role']>();
  const hosted = new Set<Place['role']>();
  for (const component of model.components) {
    for (const placement of component.placements) {
      if (placement.region !== region.name) continue;
      if (placement.role === 'active' || placement.role === 'witness') roles.add(placement.role);
      else roles.add('standby');
    }
    if (component.hosts.some((host) => host.resolved && regionOf(host.name) === region.name)) {
      hosted.add(component.kind === 'bucket' ? 'copies' : 'active');
    }
  }
  // What has no instances of its own (a managed queue in both regions) says less about a region than what has.
  const told = roles.size > 0 ? roles : hosted;
  return (['active', 'standby', 'witness', 'copies'] as const).find((role) => told.has(role)) ?? 'unused';
}
