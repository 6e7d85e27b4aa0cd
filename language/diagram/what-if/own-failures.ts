/** What is down by itself in a what-if, whatever it requires: what comes back elsewhere does not bring it back. */
import type { SubjectStanding, WhatIfFigures } from '../../analysis/analysis.js';
import { type Majority, sidesOf } from '../../analysis/structure/sides.js';
import type { Component, Model } from '../../model/model.js';
import { componentsByName, regionOf } from '../../model/queries.js';

type Reason = NonNullable<SubjectStanding['reason']>;

/** Components whose places are all lost, or of whose instances too few are left for each side, with the reason. */
export function ownFailures({ standings, sites }: WhatIfFigures, model: Model): ReadonlyMap<string, Reason> {
  const components = componentsByName(model);
  const lost = new Set(sites);
  return new Map(
    standings.flatMap(({ name, up, offInstances }): readonly (readonly [string, Reason])[] => {
      const component = components.get(name);
      if (up || component === undefined) return [];
      if (component.placements.length > 0) {
        return canServe(component, new Set(offInstances))
          ? []
          : [[name, { kind: 'instances', name, text: 'too few instances are up' }]];
      }
      const gone = component.hosts.flatMap((host) => [host.name, regionOf(host.name)].find((site) => lost.has(site)) ?? []);
      const [site] = gone;
      return site === undefined || gone.length < component.hosts.length
        ? []
        : [[name, { kind: 'site', name: site, text: `${site} is down` }]];
    }),
  );
}

/** Whether one of the sides has the instances, the quorum and the votes that it needs. */
function canServe(component: Component, off: ReadonlySet<number>): boolean {
  const holds = ({ members, need }: Majority): boolean => members.filter((member) => !off.has(member)).length >= need;
  const { active, standbys } = sidesOf(component);
  return [active, ...standbys].some((side) => holds(side) && side.holds.every(holds));
}
