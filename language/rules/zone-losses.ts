import { buildingsOf } from '../analysis/recovery/scope.js';
import type { Component, Model } from '../model/model.js';
import { oncePer } from '../model/once-per.js';
import { workingSites } from './sites.js';

/** What one loss of the class zone-loss takes: a zone, or a building with all zones that stand in it. */
export interface ZoneLoss {
  /** As the analysis calls it: `cn-north.a`, `building BJ-1`. */
  readonly name: string;
  readonly zones: ReadonlySet<string>;
}

/** Buildings that several zones stand in; a building with one zone takes what the zone takes. In the order of their names. */
export const sharedBuildings = oncePer((model: Model): readonly ZoneLoss[] =>
  [...buildingsOf(model)]
    .filter(([, zones]) => zones.size > 1)
    .map(([name, zones]) => ({ name: `building ${name}`, zones }))
    .sort((a, b) => (a.name < b.name ? -1 : 1)),
);

/** The zones that a component stands in, by name. */
const zonesOf = oncePer((component: Component): readonly string[] =>
  workingSites(component)
    .filter((site) => site.includes('.'))
    .sort(),
);

/** The shared buildings that a zone of the component lies in. */
export function buildingsOver(component: Component, model: Model): readonly ZoneLoss[] {
  return sharedBuildings(model).filter((building) => zonesOf(component).some((zone) => building.zones.has(zone)));
}

/** The zones that a component stands in, by name, then these {@link buildingsOver} it. Regions without zones have none. */
export function zoneLossesOf(component: Component, buildings: readonly ZoneLoss[]): readonly ZoneLoss[] {
  const zones = zonesOf(component);
  return [...zones.map((zone) => ({ name: zone, zones: new Set([zone]) })), ...buildings];
}
