/** The map of places: regions and zones, what role each plays, and which takes a journey down alone. */
import type { Source } from '../model/fact.js';
import type { Model, Region } from '../model/model.js';
import type { Place, SourceRange } from './diagram-graph.js';

/** All regions of the model with their zones; `singles` are the sites that take a journey down alone. */
export function buildPlaces(
  model: Model,
  singles: ReadonlySet<string>,
  range: (source: Source) => SourceRange,
): readonly Place[] {
  return model.regions.map((region) => ({
    site: region.name,
    label: region.name,
    role: roleOf(model, region),
    // Without an alternative it goes without saying.
    single: model.regions.length > 1 && singles.has(region.name),
    source: range(region.nameSource),
    zones: region.zones.map((zone) => ({
      site: zone.path,
      label: zone.name,
      single: region.zones.length > 1 && singles.has(zone.path),
      source: range(zone.nameSource),
    })),
  }));
}

function roleOf(model: Model, region: Region): Place['role'] {
  let role: Place['role'] = 'unused';
  for (const component of model.components) {
    for (const placement of component.placements) {
      if (placement.region !== region.name) continue;
      if (placement.role === 'active') return 'active';
      if (placement.role !== 'witness') role = 'standby';
      else if (role === 'unused') role = 'witness';
    }
  }
  return role;
}
