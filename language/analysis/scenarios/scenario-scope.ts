/** A scenario as one scope: everything that its statements take, together. */
import type { Fact } from '../../model/fact.js';
import type { Component, DisruptionClass, Model, Scenario } from '../../model/model.js';
import type { FailedTarget } from '../../model/scenario.js';
import { type Scope, scopesOf, siteScope } from '../recovery/scope.js';
import { hostSites } from '../structure/nodes.js';
import { instancesOf, liesIn } from '../structure/sides.js';

/** A link that is cut, by the paths of its two sites. */
export interface CutLink {
  readonly a: string;
  readonly b: string;
}

/** What a scenario takes; what a cut link makes unreachable is not in it yet. */
export interface ScenarioScope {
  readonly scope: Scope;
  readonly links: readonly CutLink[];
}

/** The scope of a scenario. Whatever names something that the model does not have takes nothing. */
export function scopeOfScenario(model: Model, scenario: Scenario): ScenarioScope {
  const targets = scenario.fails.flatMap((failing) => failing.targets);
  const sites = new Set(targets.flatMap((target) => sitesOf(model, target)));
  const taken = new Taken(model, siteScope(model, classOf(model, scenario, sites), scenario.name, sites));
  for (const target of targets) {
    if (target.kind === 'component') taken.component(target);
    else if (target.kind === 'provider' || target.kind === 'account') taken.fate(target.kind, target.name);
    else if (target.kind === 'building') taken.building(target.name);
  }
  for (const deletion of scenario.deletes) {
    if (deletion.kind === 'account') taken.fate('account', deletion.account);
    else taken.corrupt(deletion.component.name);
  }
  for (const store of scenario.corrupts) taken.corrupt(store.name);
  const ends = endOf(scenario);
  return {
    scope: { ...taken.scope(), ...(ends === undefined ? {} : { ends }) },
    links: targets.flatMap((target) => (target.kind === 'link' ? [{ a: target.a, b: target.b }] : [])),
  };
}

/** When everything that fails is back; undefined where one of them waits to be mended. */
function endOf(scenario: Scenario): Fact<number> | undefined {
  let last: Fact<number> | undefined;
  for (const { duration } of scenario.fails) {
    if (duration === undefined) return undefined;
    if (last === undefined || duration.value > last.value) last = duration;
  }
  return last;
}

/** The class that the scenario is most like: it decides which disks outlive it, and where what is lost may be started again. */
function classOf(model: Model, scenario: Scenario, sites: ReadonlySet<string>): DisruptionClass {
  const kinds = new Set(scenario.fails.flatMap((failing) => failing.targets.map((target) => target.kind)));
  if (kinds.has('account') || scenario.deletes.some((deletion) => deletion.kind === 'account')) return 'account-loss';
  if (kinds.has('provider')) return 'provider-loss';
  if (model.regions.some((region) => sites.has(region.name))) return 'region-loss';
  if (sites.size > 0 || kinds.has('building')) return 'zone-loss';
  return kinds.size > 0 ? 'instance-loss' : 'corruption';
}

function sitesOf(model: Model, target: FailedTarget): readonly string[] {
  if (target.kind === 'site') return [target.site];
  if (target.kind !== 'building') return [];
  return model.regions.flatMap((region) => {
    const has = (buildings: readonly Fact<string>[]): boolean => buildings.some((building) => building.value === target.name);
    // A region without zones is its own zone.
    if (region.zones.length === 0) return has(region.fate.buildings) ? [region.name] : [];
    return region.zones.flatMap((zone) => (has([...region.fate.buildings, ...zone.fate.buildings]) ? [zone.path] : []));
  });
}

/** Collects what the statements of one scenario take. */
class Taken {
  private readonly components = new Set<string>();
  private readonly instances = new Map<string, Set<number>>();
  private readonly hosts = new Map<string, Set<string>>();
  private readonly corrupted = new Set<string>();

  constructor(
    private readonly model: Model,
    private readonly sites: Scope,
  ) {
    for (const [name, gone] of sites.instances) this.instances.set(name, new Set(gone));
    for (const [name, gone] of sites.hosts) this.hosts.set(name, new Set(gone));
  }

  /** `NAME [in SITE]`, or N instances of it: active ones first, in order of declaration. */
  component(target: Extract<FailedTarget, { kind: 'component' }>): void {
    const component = this.find(target.component);
    if (component === undefined) return;
    const { site, count } = target;
    const there = instancesOf(component).filter((instance) => site === undefined || liesIn(instance.zone, site));
    if (count === undefined && site === undefined) this.components.add(component.name);
    if (component.placements.length === 0) {
      this.lose(
        component,
        hostSites(component).filter((host) => site === undefined || liesIn(host, site)),
      );
      return;
    }
    const ordered = [
      ...there.filter((instance) => instance.role === 'active'),
      ...there.filter((instance) => instance.role !== 'active'),
    ];
    const gone = set(this.instances, component.name);
    for (const instance of ordered.slice(0, count?.value ?? ordered.length)) gone.add(instance.index);
  }

  /** Everything of a provider, or that the credentials of an account can delete. */
  fate(kind: 'provider' | 'account', name: string): void {
    const found = scopesOf(this.model, `${kind}-loss`).find((scope) => scope.name === `${kind} ${name}`);
    for (const [component, gone] of found?.instances ?? []) for (const index of gone) set(this.instances, component).add(index);
    for (const [component, gone] of found?.hosts ?? []) {
      const places = set(this.hosts, component);
      for (const site of gone) places.add(site);
    }
    for (const component of found?.off.components ?? []) this.components.add(component);
  }

  /** What says itself that it stands in a building; the building's zones are among the sites. */
  building(name: string): void {
    for (const component of this.model.components) {
      if (!component.fate.buildings.some((building) => building.value === name)) continue;
      this.component({ kind: 'component', component: component.name, source: component.source });
    }
  }

  /** The data of a store is bad, or deleted: wherever it was replicated to. */
  corrupt(name: string): void {
    const component = this.find(name);
    if (component === undefined) return;
    this.corrupted.add(name);
    // What the class takes with a store, such as what is derived from it, goes here too.
    const found = scopesOf(this.model, 'corruption').find((scope) => scope.corrupted.has(name));
    for (const each of [name, ...(found?.off.components ?? [])]) {
      this.components.add(each);
      set(this.hosts, each);
    }
  }

  scope(): Scope {
    const instances = new Map([...this.instances].filter(([, gone]) => gone.size > 0));
    return {
      disruption: this.sites.disruption,
      name: this.sites.name,
      off: {
        sites: this.sites.off.sites ?? new Set(),
        components: this.components,
        instances: this.offBesideSites(),
      },
      instances,
      hosts: this.hosts,
      corrupted: this.corrupted,
    };
  }

  /** Instances of sites that are off need no switching off: that they are down has its reason in the site. */
  private offBesideSites(): ReadonlyMap<string, readonly number[]> {
    const result = new Map<string, readonly number[]>();
    for (const [name, gone] of this.instances) {
      const beside = [...gone].filter((index) => this.sites.instances.get(name)?.has(index) !== true);
      if (beside.length > 0) result.set(name, beside);
    }
    return result;
  }

  private lose(component: Component, places: readonly string[]): void {
    const all = hostSites(component);
    if (places.length === 0 && all.length > 0) return;
    const lost = set(this.hosts, component.name);
    for (const site of places) lost.add(site);
    if (lost.size >= all.length) this.components.add(component.name);
  }

  private find(name: string): Component | undefined {
    return this.model.components.find((component) => component.name === name);
  }
}

function set<T>(map: Map<string, Set<T>>, key: string): Set<T> {
  let found = map.get(key);
  if (found === undefined) {
    found = new Set();
    map.set(key, found);
  }
  return found;
}
