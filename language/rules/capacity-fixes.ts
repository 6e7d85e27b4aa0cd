import { instancesOf, liesIn } from '../analysis/structure/sides.js';
import type { Edit } from '../edit/edit.js';
import type { Component, Model, Placement } from '../model/model.js';
import { regionsByName } from '../model/queries.js';
import type { Fix } from './rule.js';
import type { Overloaded } from './site-capacity.js';
import { counted, spokenList } from './wording.js';

/** How many instances more in one placement a fix may ask for: beyond that the design has to change, and not a number. */
const mostAdded = 200;

/** Counts of placements that are to change. */
type Counts = ReadonlyMap<Placement, number>;

/**
 * One way to place so many instances that every loss leaves as many as the load takes: more in each active placement, or in the standby
 * that takes over; `scales to` goes along where it would be less than that. Empty where counts alone do not do it.
 */
export function capacityFixes(overload: Overloaded): readonly Fix[] {
  const { component } = overload;
  const counts = countsFor(overload);
  if (counts === undefined || counts.size === 0) return [];
  const edits: Edit[] = [];
  for (const [placement, count] of counts) {
    const { origin } = placement.count;
    if (origin.kind !== 'stated') return [];
    edits.push({ kind: 'set-value', at: origin.at, after: 'runs', text: `${count}` });
  }
  const scaling = scalingEdit(component, counts);
  if (scaling === 'elsewhere') return [];
  if (scaling !== undefined) edits.push(scaling);
  const said = [...counts].map(([placement, count]) => `${count} in ${siteText(placement)}`);
  const total =
    said.length === 1
      ? `Run ${said[0]?.replace(' in ', ` instances of ${component.name} in `)}`
      : `Run ${component.name} with ${spokenList(said)}`;
  return [{ title: `${total}, so that what is left carries the load`, edits, safe: false }];
}

function siteText({ region, zones, pinned }: Placement): string {
  const [only, ...more] = [...new Set(zones)];
  return pinned && only !== undefined && more.length === 0 ? only : region;
}

function countsFor({ component, needed, losses, model }: Overloaded): Counts | undefined {
  const counts = new Map<Placement, number>();
  const standbys = new Set(
    losses.flatMap(({ carriedBy }) => (carriedBy === undefined || carriedBy === 'active' ? [] : [carriedBy])),
  );
  for (const region of standbys) {
    const own = component.placements.filter(
      (placement) => placement.role !== 'active' && placement.role !== 'witness' && placement.region === region,
    );
    const [first] = own;
    if (first === undefined) return undefined;
    const lost = losses.flatMap(({ carriedBy, site }) => (carriedBy === region ? [site] : []));
    // One that stands in the region of what is lost loses a part of its own.
    const leaves = (count: number): boolean =>
      lost.every(
        (site) => standingZones(own, new Map([[first, count]]), model).filter((zone) => !liesIn(zone, site)).length >= needed,
      );
    let count = first.zones.length;
    for (; !leaves(count); count += 1) if (count - first.zones.length > mostAdded) return undefined;
    if (count > first.zones.length) counts.set(first, count);
  }
  const sites = losses.flatMap(({ carriedBy, site }) => (carriedBy === undefined || carriedBy === 'active' ? [site] : []));
  const active = component.placements.filter((placement) => placement.role === 'active');
  const carried = (tried: Counts): boolean =>
    sites.every((site) => standingZones(active, tried, model).filter((zone) => !liesIn(zone, site)).length >= needed);
  for (let added = 0; !carried(counts); added += 1) {
    if (added > mostAdded) return undefined;
    for (const placement of active) counts.set(placement, placement.zones.length + added);
  }
  // What was raised only because another placement needed it goes back.
  for (const placement of active) {
    for (let count = counts.get(placement) ?? 0; count > placement.zones.length; count -= 1) {
      const fewer = new Map(counts).set(placement, count - 1);
      if (!carried(fewer)) break;
      counts.set(placement, count - 1);
    }
    if (counts.get(placement) === placement.zones.length) counts.delete(placement);
  }
  return counts;
}

/** The zones of the instances of these placements, one each, with other counts: as the model places them. */
function standingZones(placements: readonly Placement[], counts: Counts, model: Model): readonly string[] {
  return placements.flatMap((placement) => {
    const count = counts.get(placement) ?? placement.zones.length;
    if (count === placement.zones.length) return placement.zones;
    const named = [...new Set(placement.zones)];
    const region =
      regionsByName(model)
        .get(placement.region)
        ?.zones.map(({ path }) => path) ?? [];
    const zones = placement.pinned === true || region.length === 0 ? named : region;
    return Array.from({ length: count }, (_, index) => zones[index % zones.length] ?? placement.region);
  });
}

/** The edit that lets scaling go as far as the instances that are to run in one region; `elsewhere` where its number is not this component's. */
function scalingEdit(component: Component, counts: Counts): Edit | 'elsewhere' | undefined {
  const scales = component.deployment.scales;
  if (scales === undefined) return undefined;
  const regions = [...counts.keys()].map(({ region }) => region);
  const most = Math.max(
    0,
    ...regions.map((region) =>
      component.placements
        .filter((placement) => placement.region === region)
        .reduce((sum, placement) => sum + (counts.get(placement) ?? placement.zones.length), 0),
    ),
  );
  return most <= scales.max.value ? undefined : scalesTo(component, most);
}

/** Sets the upper end of scaling; `elsewhere` where it comes from a policy or from defaults, which others share. */
function scalesTo({ deployment: { scales }, source }: Component, most: number): Edit | 'elsewhere' {
  const origin = scales?.max.origin;
  if (origin?.kind !== 'stated' || origin.at.uri !== source.uri || origin.at.start < source.start || origin.at.end > source.end)
    return 'elsewhere';
  return { kind: 'set-value', at: origin.at, after: 'to', text: `${most}` };
}

/** Scaling that reaches what the load takes after every loss; undefined where it does not scale, or not by its own statement. */
export function scaleFurtherFix(overload: Overloaded): Fix | undefined {
  const { component } = overload;
  const most = scalingNeeded(overload);
  if (most === undefined) return undefined;
  const edit = scalesTo(component, most);
  return edit === 'elsewhere'
    ? undefined
    : { title: `Let ${component.name} scale to ${counted(most, 'instance')} at each site`, edits: [edit], safe: false };
}

/** The least `scales to` with which the survivors of every loss come to what the load takes. */
export function scalingNeeded({ component, needed, losses }: Overloaded): number | undefined {
  const scales = component.deployment.scales;
  if (scales === undefined) return undefined;
  let most = scales.max.value;
  for (const loss of losses) {
    const standby = loss.carriedBy === undefined || loss.carriedBy === 'active' ? undefined : loss.carriedBy;
    const here = new Map<string, number>();
    for (const { role, region, zone } of instancesOf(component)) {
      if (role === 'witness' || liesIn(zone, loss.site)) continue;
      if (standby === undefined ? role !== 'active' : role === 'active' || region !== standby) continue;
      here.set(region, (here.get(region) ?? 0) + 1);
    }
    if (here.size === 0) return undefined;
    const reach = (to: number): number => [...here.values()].reduce((sum, count) => sum + Math.max(count, to), 0);
    while (reach(most) < needed) most += 1;
  }
  return most;
}
