/** How places, instances and replications of the picture stand in a what-if. */
import type { SubjectStanding, WhatIfFigures } from '../../analysis/analysis.js';
import { durationText } from '../../analysis/figure-text.js';
import { instancesOf } from '../../analysis/structure/sides.js';
import type { Component, Model } from '../../model/model.js';
import { regionOf } from '../../model/queries.js';
import type { CellState, ReplicationState, SiteState } from '../states.js';

/** The side that serves, where it is not the one that serves with nothing off. */
function promotedRegion({ up, serving, usually }: SubjectStanding): string | undefined {
  return up && serving !== undefined && serving !== usually && serving !== 'active' ? serving : undefined;
}

/** Places that are off, and regions that serve instead of others. */
export function siteStates(model: Model, figures: WhatIfFigures): readonly SiteState[] {
  const off = new Set(figures.sites);
  const promoted = new Map<string, number>();
  for (const standing of figures.standings) {
    const region = promotedRegion(standing);
    if (region !== undefined) promoted.set(region, (promoted.get(region) ?? 0) + 1);
  }
  return model.regions.flatMap((region): readonly SiteState[] => {
    const allZones = region.zones.length > 0 && region.zones.every((zone) => off.has(zone.path));
    const states: SiteState[] = [];
    if (off.has(region.name) || allZones) states.push({ site: region.name, state: 'lost', says: `${region.name} is lost.` });
    const moved = promoted.get(region.name);
    if (moved !== undefined) {
      const what = moved === 1 ? '1 component' : `${moved} components`;
      states.push({ site: region.name, state: 'ok', promoted: true, says: `${region.name} serves ${what} now.` });
    }
    for (const zone of region.zones) {
      if (off.has(zone.path)) states.push({ site: zone.path, state: 'lost', says: `${zone.path} is lost.` });
    }
    return states;
  });
}

/** Instances that are lost beside lost places, and those that take over. */
export function cellStates(model: Model, figures: WhatIfFigures): readonly CellState[] {
  const off = new Set(figures.sites);
  const standings = new Map(figures.standings.map((standing) => [standing.name, standing]));
  return model.components.flatMap((component): readonly CellState[] => {
    const standing = standings.get(component.name);
    if (standing === undefined || component.placements.length === 0) return [];
    const gone = new Set(standing.offInstances);
    const takeOver = promotedInstances(component, standing, gone);
    const bySite = new Map<string, { lost: number; promoted: number }>();
    for (const { index, zone } of instancesOf(component)) {
      const isGone = gone.has(index) && !off.has(zone) && !off.has(regionOf(zone));
      const isPromoted = takeOver.has(index);
      if (!isGone && !isPromoted) continue;
      const count = bySite.get(zone) ?? { lost: 0, promoted: 0 };
      bySite.set(zone, { lost: count.lost + (isGone ? 1 : 0), promoted: count.promoted + (isPromoted ? 1 : 0) });
    }
    return [...bySite].map(([site, { lost, promoted }]) => ({
      node: component.name,
      site,
      ...(lost === 0 ? {} : { lost }),
      ...(promoted === 0 ? {} : { promoted }),
    }));
  });
}

/** Of what replicates one instance takes over; of all else everything on the side that serves now. */
function promotedInstances(component: Component, standing: SubjectStanding, gone: ReadonlySet<number>): ReadonlySet<number> {
  const instances = instancesOf(component).filter(({ index }) => !gone.has(index));
  const replicates = component.data.replication.length > 0;
  const region = promotedRegion(standing);
  if (region !== undefined) {
    const there = instances.filter((instance) => instance.region === region && instance.role !== 'witness');
    return new Set((replicates ? there.slice(0, 1) : there).map(({ index }) => index));
  }
  // The first active instance is the primary: where it is lost and the side stands, the next one takes over.
  const [primary] = instancesOf(component).filter(({ role }) => role === 'active');
  if (!standing.up || !replicates || primary === undefined || !gone.has(primary.index)) return new Set();
  return new Set(
    instances
      .filter(({ role }) => role === 'active')
      .slice(0, 1)
      .map(({ index }) => index),
  );
}

/** Asynchronous replication to a region that took over: what had not arrived is gone. */
export function replicationStates(model: Model, figures: WhatIfFigures): readonly ReplicationState[] {
  const moved = new Map(figures.standings.map((standing) => [standing.name, promotedRegion(standing)]));
  return model.components.flatMap((component) => {
    const region = moved.get(component.name);
    const entry = component.data.replication.find((each) => each.scope === 'to' && each.region === region);
    if (region === undefined || entry === undefined) return [];
    const lost =
      entry.mode === 'sync' ? ' · nothing lost' : entry.lag === undefined ? '' : ` · ≤ ${durationText(entry.lag.value)} lost`;
    return [{ node: component.name, region, text: `cut${lost}` }];
  });
}
