/**
 * What a cut link makes useless though it stands. A store lives on the side with the majority of its votes, on none where they tie; an
 * instance counts only where what it requires serves on its own side.
 */
import type { Component } from '../../model/model.js';
import { keepsData } from '../../model/queries.js';
import type { Scope } from '../recovery/scope.js';
import type { Off, State, Structure } from '../structure/evaluate.js';
import { hostSites, type NodeEdge, type StructureNode } from '../structure/nodes.js';
import { type Instance, instancesOf, liesIn, type Sides, sidesOf, syncGroups, votesOf } from '../structure/sides.js';
import { type ReachBounds, reachBounds } from './reach-bounds.js';
import type { CutLink } from './scenario-scope.js';

/** The scope with everything off that the links leave without its majority or without what it requires. */
export function withCutLinks(structure: Structure, scope: Scope, links: readonly CutLink[]): Scope {
  if (links.length === 0) return scope;
  const cuts = new Cuts(structure, scope.off, links);
  cuts.splitStores();
  cuts.splitForCertain();
  cuts.splitRequirements();
  return { ...scope, off: cuts.off(), cutOff: cuts.names };
}

/** What the links take whatever else fails, for figures of chance. */
export function boundsOfCutLinks(structure: Structure, scope: Scope, links: readonly CutLink[]): ReachBounds {
  const cuts = new Cuts(structure, scope.off, links);
  cuts.splitStores();
  return reachBounds(structure, cuts.off(), (from, to) => cuts.isCut(from, to));
}

class Cuts {
  readonly names = new Set<string>();
  private readonly sides = new Map<Component, Sides>();
  private readonly components: Set<string>;
  private readonly instances: Map<string, Set<number>>;

  constructor(
    private readonly structure: Structure,
    private readonly before: Off,
    private readonly links: readonly CutLink[],
  ) {
    this.components = new Set(before.components);
    this.instances = new Map([...(before.instances ?? [])].map(([name, gone]) => [name, new Set(gone)]));
  }

  off(): Off {
    return {
      ...this.before,
      components: this.components,
      instances: new Map([...this.instances].map(([name, gone]) => [name, [...gone]] as const)),
    };
  }

  splitStores(): void {
    for (const component of this.structure.model.components) {
      const isStore = keepsData(component) || component.kind === 'coordinator' || component.data.replication.length > 0;
      if (!isStore) continue;
      const instances = instancesOf(component);
      const places = [...new Set(instances.map((instance) => instance.zone))];
      if (!places.some((a) => places.some((b) => this.isCut(a, b)))) continue;
      const votes = instances.filter((instance) => votersOf(component).has(instance.index));
      const alive = this.sidesOf(places).find((side) => votes.filter((vote) => side.has(vote.zone)).length * 2 > votes.length);
      for (const instance of instances) if (alive?.has(instance.zone) !== true) this.drop(component, instance.index);
    }
  }

  /** What reaches what it requires in no state, before what depends on who serves now: else the order of failovers would decide. */
  splitForCertain(): void {
    const { off } = reachBounds(this.structure, this.off(), (from, to) => this.isCut(from, to)).best;
    for (const name of off.components ?? []) {
      if (this.components.has(name)) continue;
      this.components.add(name);
      this.names.add(name);
    }
    for (const component of this.structure.model.components) {
      const before = this.instances.get(component.name);
      for (const index of off.instances?.get(component.name) ?? []) if (before?.has(index) !== true) this.drop(component, index);
    }
  }

  /** Rounds, since what has been cut off from its requirements is missing to others; each round drops something, or is the last. */
  splitRequirements(): void {
    const { nodes } = this.structure.compiled;
    const exposed = nodes.filter((node) => node.component !== undefined && node.context === undefined && this.isExposed(node));
    for (let changed = true; changed; ) {
      changed = false;
      const state = this.structure.evaluate(this.off());
      for (const node of exposed) if (this.dropUnreached(node, state)) changed = true;
    }
  }

  private dropUnreached(node: StructureNode, state: State): boolean {
    const { component } = node;
    if (component === undefined || this.components.has(component.name)) return false;
    const reaches = (place: string): boolean =>
      node.hard.every((entry) => entry.edge.sameRegion || this.reachesEnough(entry, place, state));
    const instances = instancesOf(component);
    let changed = false;
    for (const instance of instances) {
      if (this.instances.get(component.name)?.has(instance.index) === true) continue;
      if (!this.atAnEnd(instance.zone) || reaches(instance.zone)) continue;
      this.drop(component, instance.index);
      changed = true;
    }
    const hosts = hostSites(component);
    if (instances.length > 0 || hosts.length === 0 || hosts.some((site) => !this.atAnEnd(site) || reaches(site))) return changed;
    this.components.add(component.name);
    this.names.add(component.name);
    return true;
  }

  /** Whether enough targets serve where the place can reach them. Where too few are up at all it is no matter of the link. */
  private reachesEnough({ targets, need }: NodeEdge, place: string, state: State): boolean {
    const up = targets.flatMap((id) => this.structure.compiled.nodes[id] ?? []).filter((target) => state.upNode(target));
    return up.length < need || up.filter((target) => this.servesFor(target, place, state)).length >= need;
  }

  private servesFor(target: StructureNode, place: string, state: State): boolean {
    const { component } = target;
    if (component === undefined) return true;
    const instances = instancesOf(component);
    if (instances.length === 0) {
      const hosts = hostSites(component);
      return hosts.length === 0 || hosts.some((site) => !this.isCut(place, site));
    }
    const serving = state.servingSide(target);
    const sides = this.sides.get(component) ?? sidesOf(component);
    this.sides.set(component, sides);
    const side = serving === 'active' ? sides.active : sides.standbys.find((each) => each.name === serving);
    if (side === undefined) return true;
    const up = state.instancesUp(component.name);
    const near = side.members.filter((index) => !this.isCut(place, instances[index]?.zone ?? place));
    const standing = near.filter((index) => up[index] === true);
    return standing.length >= Math.max(1, Math.min(side.need, near.length));
  }

  private drop(component: Component, index: number): void {
    const gone = this.instances.get(component.name) ?? new Set();
    this.instances.set(component.name, gone.add(index));
    this.names.add(component.name);
  }

  private isExposed(node: StructureNode): boolean {
    if (node.component === undefined || node.hard.length === 0) return false;
    return [...instancesOf(node.component).map((instance) => instance.zone), ...hostSites(node.component)].some((place) =>
      this.atAnEnd(place),
    );
  }

  private atAnEnd(place: string): boolean {
    return this.links.some((link) => liesIn(place, link.a) || liesIn(place, link.b));
  }

  /** Whether one place cannot reach another directly. */
  isCut(from: string, to: string): boolean {
    return this.links.some(({ a, b }) => (liesIn(from, a) && liesIn(to, b)) || (liesIn(from, b) && liesIn(to, a)));
  }

  /** Places that still reach one another, directly or through others. */
  private sidesOf(places: readonly string[]): readonly ReadonlySet<string>[] {
    const left = new Set(places);
    const sides: ReadonlySet<string>[] = [];
    for (const start of places) {
      if (!left.delete(start)) continue;
      const side = new Set([start]);
      for (const place of side) {
        for (const other of left) {
          if (this.isCut(place, other)) continue;
          left.delete(other);
          side.add(other);
        }
      }
      sides.push(side);
    }
    return sides;
  }
}

/** Who decides where a store lives: its votes, else its synchronous copies, else those that serve. */
function votersOf(component: Component): ReadonlySet<number> {
  const votes = votesOf(component);
  if (votes !== undefined) return new Set(votes.members);
  const copies = new Set(syncGroups(component).flatMap((group) => group.members));
  if (copies.size > 0) return copies;
  return new Set(
    instancesOf(component)
      .filter((instance: Instance) => instance.role === 'active')
      .map((instance) => instance.index),
  );
}
