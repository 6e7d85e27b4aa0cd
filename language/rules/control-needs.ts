/** What a recovery leans on while it goes on: components to start after, and platform roles that its steps use. */
import { liesIn } from '../analysis/structure/sides.js';
import { standingSide } from '../analysis/structure/standing.js';
import { type Source, sourceOf } from '../model/fact.js';
import type { Component, Model, Requirement } from '../model/model.js';
import { oncePer } from '../model/once-per.js';
import { activePlacements, regionOf } from '../model/queries.js';
import { closureOf, lookup } from './lookup.js';
import { claims } from './objectives.js';
import type { RuleContext } from './rule.js';
import { placeOfWay, type StandbyWay, standbyWays } from './standby-ways.js';

/** Platform roles that steps of a failover use. */
export type ControlRole = 'dns' | 'identity' | 'deploy' | 'registry';

/** A step of one component's failover that cannot be done while a role is not provided. */
export interface RoleNeed {
  readonly component: Component;
  readonly role: ControlRole;
  /** The step: the switch, the decision, or the standby that has to be started. */
  readonly at: Source;
  /** What is off then: a site, or the component itself. */
  readonly off: string;
}

/** An order of recovery that cannot be kept: these targets are not up. */
export interface OrderNeed {
  readonly component: Component;
  readonly order: Requirement;
  readonly missing: readonly string[];
  /** What is off then: a site, or the component itself. */
  readonly off: string;
}

/** Components that provide each role, by name. */
export const providersOf = oncePer((model: Model): ReadonlyMap<string, readonly Component[]> => {
  const found = new Map<string, Component[]>();
  for (const component of model.components) {
    for (const { value } of component.provides) {
      const list = found.get(value);
      if (list === undefined) found.set(value, [component]);
      else list.push(component);
    }
  }
  for (const list of found.values()) list.sort((a, b) => (a.name < b.name ? -1 : 1));
  return found;
});

/** Roles that nobody provides when a component or a site is gone, of those that somebody provides at all. */
function lostRoles(model: Model, isDown: (provider: Component) => boolean): ReadonlySet<string> {
  return new Set([...providersOf(model)].flatMap(([role, providers]) => (providers.every(isDown) ? [role] : [])));
}

/** Needs that are not met while a component itself is down. */
export function ownNeeds({ model, analysis }: RuleContext): {
  readonly roles: readonly RoleNeed[];
  readonly orders: readonly OrderNeed[];
} {
  const fallsWith = (name: string, component: Component): boolean =>
    name === component.name || closureOf(analysis, name).has(component.name);
  const roles = standbyWays(model).flatMap((way) => {
    const uses = usesOf(way, isCold(way), model).filter(({ role }) => providersOf(model).has(role));
    return uses.flatMap(({ role, at }): readonly RoleNeed[] => {
      const down = (providersOf(model).get(role) ?? []).every(({ name }) => fallsWith(name, way.component));
      return down ? [{ component: way.component, role, at, off: way.component.name }] : [];
    });
  });
  const orders = model.components.flatMap((component) =>
    component.recoversAfter.flatMap((order): readonly OrderNeed[] => {
      const missing = order.targets.filter(({ name }) => fallsWith(name, component)).map(({ name }) => name);
      return isKept(order, missing.length) ? [] : [{ component, order, missing, off: component.name }];
    }),
  );
  return { roles, orders };
}

/** Needs that are not met with a site off, of a class that an objective of the component, or of who leans on it, names. */
export function siteNeeds(context: RuleContext): { readonly roles: readonly RoleNeed[]; readonly orders: readonly OrderNeed[] } {
  const { model, analysis } = context;
  const ways = new Map<Component, StandbyWay[]>();
  for (const way of standbyWays(model)) {
    const list = ways.get(way.component);
    if (list === undefined) ways.set(way.component, [way]);
    else list.push(way);
  }
  const movers = [...ways.keys()].filter(
    (component) => component.recoversAfter.length > 0 || ways.get(component)?.some((way) => needsRole(way, model)) === true,
  );
  const roles: RoleNeed[] = [];
  const orders: OrderNeed[] = [];
  const lost = new Map<string, ReadonlySet<string>>();
  for (const disruption of ['region-loss', 'zone-loss'] as const) {
    const asked = claims(model, analysis, disruption, movers, () => true);
    for (const component of movers) {
      if (!asked.has(component.name)) continue;
      for (const site of homesOf(component, disruption === 'region-loss')) {
        const down = analysis.downWithout(site);
        const gone = lost.get(site) ?? lostRoles(model, ({ name }) => down.has(name));
        lost.set(site, gone);
        if (gone.size === 0 && component.recoversAfter.length === 0) continue;
        const out = wayOut(component, ways.get(component) ?? [], site);
        if (out === undefined) continue;
        for (const { role, at } of usesOf(out.way, out.cold, model))
          if (gone.has(role)) roles.push({ component, role, at, off: site });
        for (const order of component.recoversAfter) {
          const missing = order.targets
            .filter(({ name }) => down.has(name) && !comesBack(model, name, site))
            .map(({ name }) => name);
          if (!isKept(order, missing.length)) orders.push({ component, order, missing, off: site });
        }
      }
    }
  }
  return { roles, orders };
}

function needsRole(way: StandbyWay, model: Model): boolean {
  return usesOf(way, isCold(way), model).some(({ role }) => providersOf(model).has(role));
}

function isKept({ quantifier, targets }: Requirement, missing: number): boolean {
  const there = targets.length - missing;
  switch (quantifier.kind) {
    case 'all':
      return missing === 0;
    case 'any':
      return there > 0 || targets.length === 0;
    case 'at-least':
      return there >= quantifier.count;
  }
}

/** Sites where the component serves. */
function homesOf(component: Component, regions: boolean): readonly string[] {
  const zones = activePlacements(component).flatMap((placement) => placement.zones);
  return [...new Set(regions ? zones.map(regionOf) : zones.filter((zone) => zone.includes('.')))].sort();
}

/** How the component leaves a site that is off: undefined where it need not move, or has nowhere to go. */
function wayOut(
  component: Component,
  ways: readonly StandbyWay[],
  site: string,
): { readonly way: StandbyWay; readonly cold: boolean } | undefined {
  const side = standingSide(component, ({ zone }) => liesIn(zone, site));
  if (side === 'active') return undefined;
  if (side !== undefined) {
    const way = ways.find(({ region }) => region === side);
    return way === undefined ? undefined : { way, cold: false };
  }
  const way = ways.find(({ standbys }) => standbys.some((standby) => startsLater(standby.role) && outside(standby.zones, site)));
  return way === undefined ? undefined : { way, cold: true };
}

/** Whether it has a pilot light or a cold standby outside the site: then it comes back in its turn. */
function comesBack(model: Model, name: string, site: string): boolean {
  const placements = lookup(model).components.get(name)?.placements ?? [];
  return placements.some(({ role, zones }) => startsLater(role) && outside(zones, site));
}

function outside(zones: readonly string[], site: string): boolean {
  return zones.some((zone) => !liesIn(zone, site));
}

function startsLater(role: string): boolean {
  return role === 'pilot-light' || role === 'cold-standby';
}

function isCold({ standbys }: StandbyWay): boolean {
  return standbys.every(({ role }) => startsLater(role));
}

/** Roles that the steps of a way use; `cold`: its instances have to be started first, from images that lie there where it mirrors them. */
function usesOf(way: StandbyWay, cold: boolean, model: Model): readonly { readonly role: ControlRole; readonly at: Source }[] {
  const { switch: moved, decide } = way.facts;
  const place = placeOfWay(way);
  const started = way.standbys.find(({ role }) => startsLater(role))?.source ?? place;
  return [
    ...(moved?.value.means === 'dns' ? [{ role: 'dns' as const, at: sourceOf(moved) ?? place }] : []),
    ...(decide?.value.mode === 'manual' ? [{ role: 'identity' as const, at: sourceOf(decide) ?? place }] : []),
    ...(cold ? [{ role: 'deploy' as const, at: started }] : []),
    ...(cold && !mirrorsImages(model, way.region) ? [{ role: 'registry' as const, at: started }] : []),
  ];
}

function mirrorsImages({ regions }: Model, name: string): boolean {
  return regions.find((region) => region.name === name)?.mirrors.some(({ value }) => value === 'images') === true;
}
