/** The events of a sketch: what can fail by itself, how likely, and what is stated of failovers. */
import type { Failing, Sketch, SketchComponent, SketchFailover } from './sketch.js';
import { activeRegions, nearest, placesOf, standbyRegions } from './statements.js';

export interface ReadEvent {
  /** `r1`, `r1.a`, `c0`, `c0@r1.a#1`, `c0@r1 common cause`, `c0 together`, `failover r1 → r2`, `c0 failover r1 → r2`. */
  readonly key: string;
  readonly u: number;
  /** Hours; undefined for what does not happen in time, like a failover that does not work. */
  readonly repairHours: number | undefined;
  /** Neither a site nor an instance nor a single event. */
  readonly shared: boolean;
}

const assumedRepairHours = 1;
export function eventsOf(sketch: Sketch): readonly ReadEvent[] {
  const events: ReadEvent[] = [];
  const add = (key: string, failing: Failing | undefined, share = 1, shared = false): void => {
    events.push({ key, u: (failing?.u ?? 0) * share, repairHours: failing?.repairHours ?? assumedRepairHours, shared });
  };
  for (const region of sketch.regions) {
    add(region.name, region.failing);
    for (const zone of region.zones) add(`${region.name}.${zone.name}`, zone.failing);
  }
  for (const component of sketch.components) {
    if (component.runs.length === 0) add(component.name, component.failing);
    const beta = commonCause(sketch, component);
    const placed = placesOf(sketch, component);
    placed.forEach(({ site, region }, index) => {
      const nth = placed.slice(0, index + 1).filter((each) => each.site === site).length;
      const alike = placed.filter((each) => each.region === region).length;
      add(`${component.name}@${site}#${nth}`, component.failing, alike >= 2 ? 1 - beta : 1);
    });
    for (const region of new Set(placed.map((each) => each.region))) {
      const alike = placed.filter((each) => each.region === region).length;
      if (alike >= 2 && beta > 0) add(`${component.name}@${region} common cause`, component.failing, beta, true);
    }
    if (component.together !== undefined) add(`${component.name} together`, component.together, 1, true);
  }
  for (const { key, success } of failovers(sketch)) events.push({ key, u: 1 - success, repairHours: undefined, shared: true });
  return events;
}

/** Failovers that may not work, each once. Where one pair of sites has several chances, they are told apart by them. */
function failovers(sketch: Sketch): readonly { readonly key: string; readonly success: number }[] {
  const found = new Map<string, { readonly key: string; readonly success: number }>();
  for (const component of sketch.components) {
    for (const region of standbyRegions(component)) {
      const each = promised(sketch, component, region);
      if (each !== undefined && each.success < 1) found.set(`${each.key} ${each.success}`, each);
    }
  }
  const all = [...found.values()];
  return all.map((each) =>
    all.filter(({ key }) => key === each.key).length === 1 ? each : { ...each, key: `${each.key} ${each.success}` },
  );
}

function commonCause(sketch: Sketch, component: SketchComponent): number {
  return component.commonCause ?? sketch.defaults.commonCause ?? 0.05;
}

/** How often the failover to a region works: the component's own event where its block says so, else the pair's. */
export function promised(
  sketch: Sketch,
  component: SketchComponent,
  region: string,
): { readonly key: string; readonly success: number } | undefined {
  const pair = `failover ${activeRegions(component).join(' and ')} → ${region}`;
  const own = nearest(component.failovers, region, 'success');
  if (own !== undefined) return { key: `${component.name} ${pair}`, success: own };
  const inherited = factsOf(sketch, component, region).success;
  return inherited === undefined ? undefined : { key: pair, success: inherited };
}

/** What is stated of a failover, item by item: the component's own, its policy's, the defaults', the link's. */
export function factsOf(
  sketch: Sketch,
  component: SketchComponent,
  region: string,
): { [K in keyof SketchFailover]: number | undefined } & { success: number | undefined } {
  const { policies, defaults, links } = sketch;
  const policy = policies.find((each) => each.name === component.follows)?.failover;
  const active = activeRegions(component);
  const link = links.find(({ a, b }) => (b === region && active.includes(a)) || (a === region && active.includes(b)));
  const layers = [
    ...component.failovers,
    ...(policy === undefined ? [] : [policy]),
    ...(defaults.failover === undefined ? [] : [defaults.failover]),
  ];
  const of = (item: Exclude<keyof SketchFailover, 'to'>): number | undefined => nearest(layers, region, item);
  return {
    to: undefined,
    detect: of('detect'),
    decide: of('decide'),
    promote: of('promote'),
    warmup: of('warmup'),
    ttl: of('ttl'),
    verify: of('verify'),
    success: of('success') ?? link?.success,
  };
}
