/** What single statements of a sketch say, by the definition of the language. */
import type { Sketch, SketchComponent, SketchEdge, SketchFailover, SketchRole } from './sketch.js';

export function isHard(edge: SketchEdge): boolean {
  return edge.verb === 'requires' || edge.verb === 'consumes from' || (edge.verb === 'publishes to' && !edge.bestEffort);
}

export function counts(edge: SketchEdge, context: string): boolean {
  return edge.journeys.length === 0 || edge.journeys.includes(context);
}

export function neededOf(edge: SketchEdge): number {
  return edge.need === 'all' ? edge.targets.length : edge.need === 'any' ? 1 : edge.need;
}

/** N: stated, or what the load needs where nothing replicates, or one. */
export function requiredOf(component: SketchComponent): number {
  if (component.needs !== undefined) return component.needs;
  const { load } = component;
  if (load === undefined || component.replication.length > 0) return 1;
  return Math.ceil((load.peak ?? load.load) / load.capacity);
}

/** Each instance in turn in the next zone, from the first zone of each statement on. */
export function placesOf(
  sketch: Sketch,
  component: SketchComponent,
): readonly { readonly site: string; readonly region: string; readonly role: SketchRole }[] {
  return component.runs.flatMap(({ count, region, zones, role }) => {
    const all = zones ?? sketch.regions.find((each) => each.name === region)?.zones.map((zone) => zone.name) ?? [];
    return Array.from({ length: count }, (_, index) => ({
      site: all.length === 0 ? region : `${region}.${all[index % all.length]}`,
      region,
      role,
    }));
  });
}

export function standbyRegions(component: SketchComponent): readonly string[] {
  return [
    ...new Set(
      component.runs.filter(({ role }) => role === 'hot standby' || role === 'warm standby').map(({ region }) => region),
    ),
  ];
}

export function regionsOf(component: SketchComponent): readonly string[] {
  return [
    ...new Set([...component.runs.map(({ region }) => region), ...component.sites.map((site) => site.split('.')[0] ?? '')]),
  ];
}

export function activeRegions(component: SketchComponent): readonly string[] {
  return [...new Set(component.runs.filter(({ role }) => role === 'active').map(({ region }) => region))].sort();
}

/** The nearest block that states the item: those of this way first, then those of any, in order. */
export function nearest(
  blocks: readonly SketchFailover[],
  region: string,
  item: Exclude<keyof SketchFailover, 'to'>,
): number | undefined {
  const here = [...blocks.filter((each) => each.to === region), ...blocks.filter((each) => each.to === undefined)];
  return here.find((each) => each[item] !== undefined)?.[item];
}
