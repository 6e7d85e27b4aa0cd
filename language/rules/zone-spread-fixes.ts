import { demandOf } from '../analysis/capacity/demand.js';
import { instancesFor } from '../analysis/capacity/site-headroom.js';
import { votesOf } from '../analysis/structure/sides.js';
import { standingSide } from '../analysis/structure/standing.js';
import type { Edit } from '../edit/edit.js';
import type { Component, Model, Placement, Region } from '../model/model.js';
import { activePlacements, instanceCount, requiredInstances } from '../model/queries.js';
import { anotherRegion } from './another-region.js';
import { countFix, needsMajority, otherRegionFix, placementEdit, runsStatement } from './placement-fixes.js';
import type { Fix } from './rule.js';
import { regionsOf, workingSites } from './sites.js';
import { counted } from './wording.js';
import { buildingsOver, zoneLossesOf } from './zone-losses.js';

/** How many instances more a fix may ask for: beyond that the design has to change, and not a number. */
const mostAdded = 24;

/** How many ways are offered. */
const mostOffered = 3;

interface Candidate {
  readonly fix: Fix;
  readonly added: number;
}

/** Whether any zone, and any building, may be lost: a side of the component still stands by its own instances. */
export function standsZoneLosses(component: Component, model: Model): boolean {
  return zoneLossesOf(component, buildingsOver(component, model)).every(
    ({ zones }) => standingSide(component, (instance) => zones.has(instance.zone)) !== undefined,
  );
}

/**
 * Ways to place the active instances so that any zone and any building may be lost, fewest added instances first: a placement spread over
 * the zones of its region, or some more in one zone. Each is tried before it is offered. Where none does, a second region.
 */
export function zoneSpreadFixes(component: Component, model: Model): readonly Fix[] {
  const regions = model.regions.filter((region) => activePlacements(component).some((each) => each.region === region.name));
  const found = [
    ...activePlacements(component).flatMap((placement) => spread(component, placement, regions, model) ?? []),
    ...regions.flatMap((region) => region.zones.flatMap((zone) => more(component, region, zone.path, model) ?? [])),
  ];
  const best = found.sort((a, b) => a.added - b.added || (a.fix.title < b.fix.title ? -1 : 1)).slice(0, mostOffered);
  if (best.length > 0) return best.map((candidate) => candidate.fix);
  // A second region as standby has too few votes to decide alone: a third place for a vote is what is missing.
  if (votesOf(component) !== undefined) return withWitness(component, regions, model);
  const elsewhere = otherRegionFix(component, model, new Set(regionsOf(workingSites(component))));
  return elsewhere === undefined ? [] : [elsewhere];
}

/** One placement over all zones of its region, with the least count that stands every loss. */
function spread(component: Component, placement: Placement, regions: readonly Region[], model: Model): Candidate | undefined {
  const region = regions.find((each) => each.name === placement.region);
  const zones = region?.zones.map((zone) => zone.path) ?? [];
  const now = placement.zones.length;
  if (zones.length < 2) return undefined;
  for (let count = now; count <= now + mostAdded; count += 1) {
    const placed = Array.from({ length: count }, (_, index) => zones[index % zones.length] ?? placement.region);
    const { pinned: _, ...free } = placement;
    const tried = replaced(component, placement, { ...free, zones: placed });
    if (!suits(tried, model)) continue;
    const whole = placement.pinned === undefined ? countFix(component, placement, count) : undefined;
    const edits = whole?.edits ?? [placementEdit(placement, count, placement.region)];
    const title = `Run ${counted(count, 'instance')} of ${component.name} over the zones of ${placement.region}`;
    return { fix: { title, edits, safe: false }, added: count - now };
  }
  return undefined;
}

/** The one placement over all zones of its region, and a vote in another region, so that no zone holds half of the votes. */
function withWitness(component: Component, regions: readonly Region[], model: Model): readonly Fix[] {
  const [placement, ...others] = activePlacements(component);
  if (others.length > 0) return moved(component, model);
  const region = regions.find((each) => each.name === placement?.region);
  const elsewhere = anotherRegion([component], model, new Set(regions.map(({ name }) => name)));
  if (placement === undefined || region === undefined || elsewhere === undefined) return [];
  const zones = region.zones.map((zone) => zone.path);
  const witness: Placement = {
    ...placement,
    region: elsewhere.name,
    role: 'witness',
    zones: elsewhere.zones.slice(0, 1),
  };
  for (let count = placement.zones.length; count <= placement.zones.length + mostAdded; count += 1) {
    const spreadOut = {
      ...placement,
      zones: Array.from({ length: count }, (_, index) => zones[index % zones.length] ?? region.name),
    };
    const tried = replaced(component, placement, spreadOut);
    if (!standsZoneLosses({ ...tried, placements: [...tried.placements, witness] }, model)) continue;
    const title = `Run ${counted(count, 'instance')} of ${component.name} over the zones of ${region.name}, and a witness in ${elsewhere.said}`;
    const text = runsStatement(1, elsewhere.name, 'witness');
    const edits: readonly Edit[] = [
      placementEdit(placement, count, region.name),
      { kind: 'add-statement', block: component.source, text },
      ...elsewhere.edits,
    ];
    return [{ title, edits, safe: false }];
  }
  return [];
}

/** One of several placements in another region instead, so that no zone and no building holds half of the votes. */
function moved(component: Component, model: Model): readonly Fix[] {
  const elsewhere = anotherRegion([component], model, new Set(component.placements.map(({ region }) => region)));
  if (elsewhere === undefined) return [];
  return activePlacements(component)
    .flatMap((placement): readonly Fix[] => {
      const count = placement.zones.length;
      const zones = Array.from(
        { length: count },
        (_, index) => elsewhere.zones[index % elsewhere.zones.length] ?? elsewhere.name,
      );
      const { pinned: _, ...free } = placement;
      if (!suits(replaced(component, placement, { ...free, region: elsewhere.name, zones }), model)) return [];
      const title = `Run ${counted(count, 'instance')} of ${component.name} in ${elsewhere.said} instead of ${placement.region}`;
      return [{ title, edits: [placementEdit(placement, count, elsewhere.name), ...elsewhere.edits], safe: false }];
    })
    .slice(0, mostOffered);
}

/** Some instances more in one zone, the others staying. */
function more(component: Component, region: Region, zone: string, model: Model): Candidate | undefined {
  const [first] = activePlacements(component);
  if (first === undefined) return undefined;
  for (let count = 1; count <= Math.max(requiredInstances(component).count, takenByLoad(component)); count += 1) {
    const added: Placement = { ...first, region: region.name, zones: Array.from({ length: count }, () => zone), pinned: true };
    const tried = { ...component, placements: [...component.placements, added] };
    if (!suits(tried, model)) continue;
    const text = runsStatement(count, zone, 'active');
    const title = `Run ${counted(count, 'more instance')} of ${component.name} in ${zone}`;
    return { fix: { title, edits: [{ kind: 'add-statement', block: component.source, text }], safe: false }, added: count };
  }
  return undefined;
}

function replaced(component: Component, old: Placement, by: Placement): Component {
  return { ...component, placements: component.placements.map((placement) => (placement === old ? by : placement)) };
}

/** Whether every loss is stood and leaves so many active instances as the load takes, and votes stay odd, where a majority decides. */
function suits(component: Component, model: Model): boolean {
  const active = activePlacements(component);
  if (needsMajority(component) && instanceCount(active) % 2 === 0) return false;
  if (!standsZoneLosses(component, model)) return false;
  const taken = takenByLoad(component);
  // Where few must stand and more are needed for the load, a spread that leaves the few is no remedy.
  return (
    taken < 2 ||
    zoneLossesOf(component, buildingsOver(component, model)).every(
      ({ zones }) => active.flatMap((placement) => placement.zones).filter((zone) => !zones.has(zone)).length >= taken,
    )
  );
}

/** Instances that the peak (or load) takes where nothing scales and further ones carry more; 1 where nobody says. */
function takenByLoad(component: Component): number {
  const demand = demandOf(component);
  const { capacity } = component.demand;
  if (demand === undefined || capacity === undefined || capacity.value <= 0) return 1;
  const carriesAlone = component.data.replication.length > 0 || component.deployment.scales !== undefined;
  return carriesAlone ? 1 : Math.min(instancesFor(demand.value, capacity.value), mostAdded);
}
