/**
 * What a cut link takes whatever else fails. An instance whose every way to what it requires lies behind the link is off for certain; one
 * that reaches some of the instances there, but not all, is off in some states and not in others: the availability lies between.
 */
import type { Component, Edge, Model } from '../../model/model.js';
import type { Off, Structure } from '../structure/evaluate.js';
import { hostSites, type NodeEdge } from '../structure/nodes.js';
import { instancesOf } from '../structure/sides.js';

/** A model beside the cut, and what is off in it. */
export interface Beside {
  readonly model: Model;
  readonly off: Off;
}

/** At best, and at worst. Alike where no state of the rest makes a difference. */
export interface ReachBounds {
  readonly best: Beside;
  readonly worst: Beside;
}

/** The bounds beside `off`, which holds what the links take of stores. `isCut` tells whether one place cannot reach another. */
export function reachBounds(structure: Structure, off: Off, isCut: (from: string, to: string) => boolean): ReachBounds {
  return {
    best: new Reach(structure, off, isCut, 'sometimes').beside(),
    worst: new Reach(structure, off, isCut, 'always').beside(),
  };
}

/** Takes what is reached `sometimes` as reached, or only what is reached `always`. */
class Reach {
  private readonly components: Set<string>;
  private readonly gone: Map<string, Set<number>>;

  constructor(
    private readonly structure: Structure,
    private readonly before: Off,
    private readonly isCut: (from: string, to: string) => boolean,
    private readonly counts: 'always' | 'sometimes',
  ) {
    this.components = new Set(before.components);
    this.gone = new Map([...(before.instances ?? [])].map(([name, indexes]) => [name, new Set(indexes)]));
  }

  /** Rounds, since what is off serves nobody; each drops something, or is the last. */
  beside(): Beside {
    while (this.round());
    const narrowed = new Map<Component, ReadonlyMap<Edge, Edge>>();
    for (const { component, context, hard } of this.structure.compiled.nodes) {
      if (component === undefined || context !== undefined) continue;
      const edges = new Map(hard.flatMap((entry) => this.narrowed(component, entry)));
      if (edges.size > 0) narrowed.set(component, edges);
    }
    const { model } = this.structure;
    const instances = new Map([...this.gone].map(([name, indexes]) => [name, [...indexes]] as const));
    return {
      model:
        narrowed.size === 0
          ? model
          : { ...model, components: model.components.map((each) => withEdges(each, narrowed.get(each))) },
      off: { ...this.before, components: this.components, instances },
    };
  }

  private round(): boolean {
    let changed = false;
    for (const { component, context, hard } of this.structure.compiled.nodes) {
      if (component === undefined || context !== undefined || hard.length === 0 || this.components.has(component.name)) continue;
      const reaches = (place: string): boolean =>
        hard.every((entry) => entry.edge.sameRegion || this.reached(entry, place).length >= entry.need);
      const lost = this.gone.get(component.name) ?? new Set<number>();
      const instances = instancesOf(component);
      const more = instances.filter(({ index, zone }) => !lost.has(index) && !reaches(zone));
      for (const { index } of more) lost.add(index);
      if (more.length > 0) this.gone.set(component.name, lost);
      const hosts = hostSites(component);
      const stranded = instances.length === 0 && hosts.length > 0 && !hosts.some(reaches);
      if (stranded) this.components.add(component.name);
      if (more.length > 0 || stranded) changed = true;
    }
    return changed;
  }

  /** The edge with only the targets that count; none where all do. Where places reach different ones, those of any at best, of all at worst. */
  private narrowed(component: Component, entry: NodeEdge): readonly (readonly [Edge, Edge])[] {
    const { edge, targets, need } = entry;
    const places = this.placesOf(component);
    if (edge.sameRegion || places === undefined || places.length === 0) return [];
    const reached = places.map((place) => new Set(this.reached(entry, place)));
    const kept = targets.filter((id) =>
      this.counts === 'always' ? reached.every((each) => each.has(id)) : reached.some((each) => each.has(id)),
    );
    if (kept.length === targets.length) return [];
    if (kept.length < need) {
      this.components.add(component.name);
      return [];
    }
    const names = new Set(kept.map((id) => this.structure.compiled.nodes[id]?.name));
    return [[edge, { ...edge, targets: edge.targets.filter(({ name }) => names.has(name)) }]];
  }

  private reached({ targets }: NodeEdge, from: string): readonly number[] {
    return targets.filter((id) => {
      const target = this.structure.compiled.nodes[id]?.component;
      const places = target === undefined ? undefined : this.placesOf(target);
      // What has no place is reached from everywhere; what is off takes who requires it down without the link.
      if (places === undefined || places.length === 0) return true;
      const near = places.filter((place) => !this.isCut(from, place)).length;
      return this.counts === 'always' ? near === places.length : near > 0;
    });
  }

  /** Where the component may serve; undefined where it is off. */
  private placesOf(component: Component): readonly string[] | undefined {
    if (this.components.has(component.name)) return undefined;
    const instances = instancesOf(component);
    if (instances.length === 0) return hostSites(component);
    const lost = this.gone.get(component.name);
    return instances.flatMap(({ index, zone, role }) => {
      const serves = role === 'active' || role === 'hot-standby' || role === 'warm-standby';
      return serves && lost?.has(index) !== true ? [zone] : [];
    });
  }
}

function withEdges(component: Component, narrowed: ReadonlyMap<Edge, Edge> | undefined): Component {
  if (narrowed === undefined) return component;
  return { ...component, edges: component.edges.map((edge) => narrowed.get(edge) ?? edge) };
}
