/**
 * Scopes of a disruption class: what one disruption takes. Sites, whole components, single instances, or the data of one store; the
 * worst scope of a class makes its figure.
 */
import type { Fact } from '../../model/fact.js';
import type { Component, DisruptionClass, Model } from '../../model/model.js';
import { regionOf } from '../../model/queries.js';
import type { Off } from '../structure/evaluate.js';
import { hostSites } from '../structure/nodes.js';
import { type Instance, instancesOf } from '../structure/sides.js';

export interface Scope {
  readonly disruption: DisruptionClass;
  /** For people: `cn-north`, `building BJ-1`, `orders in cn-north`. */
  readonly name: string;
  readonly off: Off;
  /** Instances that are gone, by component: indexes over all its placements. */
  readonly instances: ReadonlyMap<string, ReadonlySet<number>>;
  /** Places that are gone of components without instances: site paths; an empty set where the component has no place and is gone. */
  readonly hosts: ReadonlyMap<string, ReadonlySet<string>>;
  /** Stores whose data is bad; none but for corruption. */
  readonly corrupted: ReadonlySet<string>;
  /** Components with instances that stand but serve nobody, being cut off from what they need. */
  readonly cutOff?: ReadonlySet<string>;
  /** After so long what failed is back, with its data; absent: when somebody has mended it. */
  readonly ends?: Fact<number>;
}

const nothingCorrupted: ReadonlySet<string> = new Set();

/** Names of the components the scope touches. */
export function touchedBy(scope: Scope): readonly string[] {
  return [...scope.instances.keys(), ...scope.hosts.keys(), ...(scope.cutOff ?? [])];
}

/** Whether the component has lost every place it has: all instances, or all sites it lies in. */
export function isGone(scope: Scope, component: Component): boolean {
  const instances = component.placements.reduce((sum, placement) => sum + placement.zones.length, 0);
  if (instances > 0) return (scope.instances.get(component.name)?.size ?? 0) >= instances;
  const hosts = scope.hosts.get(component.name);
  return hosts !== undefined && hosts.size >= hostSites(component).length;
}

/** All scopes of a class, in order of declaration. */
export function scopesOf(model: Model, disruption: DisruptionClass): readonly Scope[] {
  switch (disruption) {
    case 'instance-loss':
      return model.components.flatMap((component) => instanceScopes(component));
    case 'zone-loss':
      return zoneScopes(model);
    case 'region-loss':
      return model.regions.map((region) => siteScope(model, disruption, region.name, new Set([region.name])));
    case 'provider-loss':
      return fateScopes(model, disruption, 'provider');
    case 'account-loss':
      return fateScopes(model, disruption, 'account');
    case 'corruption':
      return corruptionScopes(model);
  }
}

/** Bad data of one store: it is off until it is restored, and what is derived from it until it is rebuilt. */
function corruptionScopes(model: Model): readonly Scope[] {
  const derived = new Map<string, string[]>();
  for (const component of model.components) {
    for (const source of component.rebuildsFrom?.targets ?? []) {
      derived.set(source.name, [...(derived.get(source.name) ?? []), component.name]);
    }
  }
  return model.components.filter(canCorrupt).map((component): Scope => {
    const bad = new Set([component.name]);
    for (const name of bad) for (const next of derived.get(name) ?? []) bad.add(next);
    return {
      disruption: 'corruption',
      name: component.name,
      off: { components: bad },
      instances: new Map(),
      hosts: new Map([...bad].map((name) => [name, new Set<string>()] as const)),
      corrupted: new Set([component.name]),
    };
  });
}

/** Stores that are the only truth of their data. Derived stores take it from their source; queues, caches and locks hold what passes. */
export function canCorrupt(component: Component): boolean {
  return (component.kind === 'database' || component.kind === 'bucket') && component.rebuildsFrom === undefined;
}

/** One instance of each placement: its siblings there are alike. */
function instanceScopes(component: Component): readonly Scope[] {
  const seen = new Set<string>();
  return instancesOf(component).flatMap((instance): readonly Scope[] => {
    const group = `${instance.region} ${instance.role}`;
    if (seen.has(group)) return [];
    seen.add(group);
    return [
      {
        disruption: 'instance-loss',
        name: `${component.name} in ${instance.zone}`,
        off: { instances: new Map([[component.name, [instance.index]]]) },
        instances: new Map([[component.name, new Set([instance.index])]]),
        hosts: new Map(),
        corrupted: nothingCorrupted,
      },
    ];
  });
}

/** Each zone, and each building with all its zones. A region without zones has none to lose. */
function zoneScopes(model: Model): readonly Scope[] {
  const scopes = model.regions
    .flatMap((region) => region.zones)
    .map((zone) => siteScope(model, 'zone-loss', zone.path, new Set([zone.path])));
  // A building with one zone takes what the zone takes.
  for (const [name, zones] of buildingsOf(model))
    if (zones.size > 1) scopes.push(siteScope(model, 'zone-loss', `building ${name}`, zones));
  return scopes;
}

/** Buildings by name, each with the paths of the zones that stand in it. */
export function buildingsOf(model: Model): ReadonlyMap<string, ReadonlySet<string>> {
  const buildings = new Map<string, Set<string>>();
  for (const region of model.regions) {
    for (const zone of region.zones) {
      for (const { value } of [...region.fate.buildings, ...zone.fate.buildings]) {
        buildings.set(value, (buildings.get(value) ?? new Set()).add(zone.path));
      }
    }
  }
  return buildings;
}

/** The scope of these sites together, regions with their zones; a scenario's scope as well, which `Recovery.inScope` answers. */
export function siteScope(model: Model, disruption: DisruptionClass, name: string, sites: ReadonlySet<string>): Scope {
  const isOff = (site: string): boolean => sites.has(site) || sites.has(regionOf(site));
  return {
    disruption,
    name,
    off: { sites },
    ...takenFrom(
      model,
      (_, instance) => isOff(instance.zone),
      (_, site) => site !== undefined && isOff(site),
    ),
    corrupted: nothingCorrupted,
  };
}

/** What belongs to one provider or account. Its own fact wins over its zone's, that over its region's; unstated accounts are one. */
function fateScopes(model: Model, disruption: DisruptionClass, what: 'provider' | 'account'): readonly Scope[] {
  const ofSite = new Map<string, string | undefined>();
  for (const region of model.regions) {
    ofSite.set(region.name, region.fate[what]?.value);
    for (const zone of region.zones) ofSite.set(zone.path, (zone.fate[what] ?? region.fate[what])?.value);
  }
  const fateOf = (component: Component, site: string | undefined): string | undefined => {
    const own: Fact<string> | undefined = component.fate[what];
    if (own !== undefined) return own.value;
    if (site === undefined) return undefined;
    return ofSite.get(site) ?? (what === 'account' ? implicitAccount : undefined);
  };
  const names = new Set<string>();
  for (const component of model.components) {
    for (const instance of instancesOf(component)) addTo(names, fateOf(component, instance.zone));
    for (const site of hostSites(component)) addTo(names, fateOf(component, site));
    if (component.placements.length === 0 && component.hosts.length === 0) addTo(names, fateOf(component, undefined));
  }
  return [...names].sort().map((name) => {
    const taken = takenFrom(
      model,
      (component, instance) => fateOf(component, instance.zone) === name,
      // Credentials cannot delete what is locked.
      (component, site) => fateOf(component, site) === name && !(what === 'account' && isLocked(component)),
    );
    const components = new Set<string>();
    for (const component of model.components) {
      const hosts = taken.hosts.get(component.name);
      if (hosts !== undefined && hosts.size >= hostSites(component).length) components.add(component.name);
    }
    const instances = new Map([...taken.instances].map(([component, gone]) => [component, [...gone]] as const));
    return {
      disruption,
      name: name === implicitAccount ? 'the account' : `${what} ${name}`,
      off: { components, instances },
      ...taken,
      corrupted: nothingCorrupted,
    };
  });
}

/** What nobody stated belongs to one account. The blank keeps it apart from every name that can be written. */
const implicitAccount = ' ';

/** Whether nobody's credentials can delete what lies in the bucket. */
export function isLocked(component: Component): boolean {
  const { locked, immutable, offline } = component.data;
  return component.kind === 'bucket' && (locked !== undefined || immutable !== undefined || offline !== undefined);
}

function takenFrom(
  model: Model,
  takesInstance: (component: Component, instance: Instance) => boolean,
  takesHost: (component: Component, site: string | undefined) => boolean,
): Pick<Scope, 'instances' | 'hosts'> {
  const instances = new Map<string, ReadonlySet<number>>();
  const hosts = new Map<string, ReadonlySet<string>>();
  for (const component of model.components) {
    const gone = instancesOf(component).filter((instance) => takesInstance(component, instance));
    if (gone.length > 0) instances.set(component.name, new Set(gone.map((instance) => instance.index)));
    if (component.placements.length > 0) continue;
    const sites = hostSites(component);
    const lost = sites.filter((site) => takesHost(component, site));
    if (lost.length > 0 || (sites.length === 0 && takesHost(component, undefined))) hosts.set(component.name, new Set(lost));
  }
  return { instances, hosts };
}

function addTo(names: Set<string>, name: string | undefined): void {
  if (name !== undefined) names.add(name);
}
