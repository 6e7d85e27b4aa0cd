/** Who depends on whom for coming back: requirements, recovery order, sources of derived data. Made once a model. */
import type { Component, Edge, Requirement } from '../../model/model.js';
import type { Structure } from '../structure/evaluate.js';
import type { NodeEdge } from '../structure/nodes.js';
import { strongComponents } from '../structure/strong-components.js';

export class RecoveryGraph {
  /** Strongly connected nodes, callees before callers. */
  readonly groups: readonly (readonly number[])[];
  private readonly groupIndex: Int32Array;
  private readonly dependents: readonly (readonly number[])[];
  private readonly restarts: readonly (readonly Pick<NodeEdge, 'need' | 'targets'>[])[];
  private readonly sources: readonly (readonly number[])[];
  private readonly targets: readonly (readonly number[])[];
  private readonly agreeing: ReadonlyMap<string, readonly string[]>;
  private readonly callers = new Map<string, Edge[]>();
  private readonly components: ReadonlyMap<string, Component>;
  private readonly nodesByName = new Map<string, number[]>();
  private heights: Int32Array | undefined;
  private closures: readonly Uint32Array[] | undefined;

  constructor(structure: Structure) {
    const { nodes } = structure.compiled;
    this.components = new Map(structure.model.components.map((component) => [component.name, component]));
    for (const node of nodes) push(this.nodesByName, node.name, node.id);
    const idsOf = (requirement: Pick<Requirement, 'targets'>): number[] =>
      requirement.targets.flatMap((target) => structure.compiled.nodeOf(target.name)?.id ?? []);
    this.sources = nodes.map((node) => (node.component?.rebuildsFrom === undefined ? [] : idsOf(node.component.rebuildsFrom)));
    this.restarts = nodes.map((node, id) => {
      const order = (node.component?.recoversAfter ?? []).map((requirement) => ({
        targets: idsOf(requirement),
        need: neededOf(requirement, idsOf(requirement).length),
      }));
      const sources = this.sources[id] ?? [];
      return [...order, ...(sources.length === 0 ? [] : [{ targets: sources, need: sources.length }])];
    });
    this.agreeing = agreeingStores(structure.model.components);
    // Whoever loses data takes those it agrees with back to the same moment: each is linked to the next of its circle.
    const beside = (name: string): readonly number[] => {
      const circle = this.agreeing.get(name) ?? [];
      const next = circle[(circle.indexOf(name) + 1) % circle.length];
      return next === undefined || next === name ? [] : (this.nodesByName.get(next) ?? []);
    };
    this.targets = nodes.map((node, id) => [
      ...new Set([
        ...[...node.hard, ...(this.restarts[id] ?? [])].flatMap((entry) => entry.targets),
        ...(node.component === undefined ? [] : beside(node.name)),
      ]),
    ]);
    const dependents: number[][] = nodes.map(() => []);
    this.targets.forEach((list, id) => {
      for (const target of list) dependents[target]?.push(id);
    });
    this.dependents = dependents;
    this.groups = strongComponents(this.targets.keys(), (id) => this.targets[id] ?? []);
    this.groupIndex = new Int32Array(nodes.length);
    this.groups.forEach((group, index) => {
      for (const id of group) this.groupIndex[id] = index;
    });
    for (const component of structure.model.components) {
      for (const edge of component.edges) for (const target of edge.targets) push(this.callers, target.name, edge);
    }
  }

  /** Groups with at least one of these nodes, callees first. */
  groupsOf(nodes: ReadonlySet<number>): readonly (readonly number[])[] {
    const indexes = new Set<number>();
    for (const id of nodes) indexes.add(this.groupIndex[id] ?? 0);
    return [...indexes].sort((a, b) => a - b).flatMap((index) => [this.groups[index] ?? []]);
  }

  /** Where a node stands in the order of groups: callees have lower numbers. */
  orderOf(id: number): number {
    return this.groupIndex[id] ?? 0;
  }

  /** Steps from a node down to what depends on nothing, a group counted as one: the same in every model that holds what it depends on. */
  heightOf(id: number): number {
    this.heights ??= this.measure();
    return this.heights[this.orderOf(id)] ?? 0;
  }

  private measure(): Int32Array {
    const heights = new Int32Array(this.groups.length);
    this.groups.forEach((group, index) => {
      let highest = 0;
      for (const id of group) {
        for (const target of this.targets[id] ?? []) {
          const callee = this.orderOf(target);
          if (callee !== index) highest = Math.max(highest, 1 + (heights[callee] ?? 0));
        }
      }
      heights[index] = highest;
    });
    return heights;
  }

  /** Whether a node depends on itself. */
  isCyclic(id: number): boolean {
    return (this.groups[this.orderOf(id)]?.length ?? 0) > 1 || this.targets[id]?.includes(id) === true;
  }

  /** The component of this name. */
  component(name: string): Component | undefined {
    return this.components.get(name);
  }

  /** Edges that lead to a component. */
  callersOf(name: string): readonly Edge[] {
    return this.callers.get(name) ?? [];
  }

  /** What a node waits for when it starts anew, its requirements apart. */
  restartEdgesOf(id: number): readonly Pick<NodeEdge, 'need' | 'targets'>[] {
    return this.restarts[id] ?? [];
  }

  /** Names of the stores that a store must agree with, itself among them; undefined where there are none. */
  agreeingWith(name: string): readonly string[] | undefined {
    return this.agreeing.get(name);
  }

  /** Sources of derived data. */
  sourcesOf(id: number): readonly number[] {
    return this.sources[id] ?? [];
  }

  /** Nodes of these components and of all that depends on them. */
  dependentsOf(names: readonly string[]): ReadonlySet<number> {
    const seen = new Set(names.flatMap((name) => this.nodesByName.get(name) ?? []));
    for (const id of seen) for (const dependent of this.dependents[id] ?? []) seen.add(dependent);
    return seen;
  }

  /** Nodes of a component: one more for every journey that needs it otherwise. */
  nodesOf(name: string): readonly number[] {
    return this.nodesByName.get(name) ?? [];
  }

  /** Whether one node is the other or depends on it. */
  reaches(from: number, to: number): boolean {
    this.closures ??= this.close();
    const target = this.orderOf(to);
    return (((this.closures[this.orderOf(from)]?.[target >>> 5] ?? 0) >>> (target & 31)) & 1) === 1;
  }

  /** The groups that a node depends on, its own included, by their places in the order of groups. */
  groupsBelow(id: number): readonly number[] {
    this.closures ??= this.close();
    const found: number[] = [];
    this.closures[this.orderOf(id)]?.forEach((word, index) => {
      for (let bits = word; bits !== 0; bits &= bits - 1) found.push((index << 5) + (31 - Math.clz32(bits & -bits)));
    });
    return found;
  }

  /** For each group the groups it depends on, itself included, as bits: those of its targets taken together. */
  private close(): readonly Uint32Array[] {
    const result: Uint32Array[] = [];
    this.groups.forEach((group, index) => {
      // Callees have lower numbers.
      const bits = new Uint32Array((index >>> 5) + 1);
      bits[index >>> 5] = 1 << (index & 31);
      const met = new Set([index]);
      for (const id of group) {
        for (const target of this.targets[id] ?? []) {
          const callee = this.orderOf(target);
          if (met.has(callee)) continue;
          met.add(callee);
          const more = result[callee];
          if (more !== undefined) for (let at = 0; at < more.length; at++) bits[at] = (bits[at] ?? 0) | (more[at] ?? 0);
        }
      }
      result.push(bits);
    });
    return result;
  }
}

/** Stores that `agrees with` joins, directly or through others, whoever says so: by name, each with all of them in the order of names. */
function agreeingStores(components: readonly Component[]): ReadonlyMap<string, readonly string[]> {
  const next = new Map<string, string[]>();
  for (const { name, agreesWith } of components) {
    for (const other of agreesWith) {
      push(next, name, other.name);
      push(next, other.name, name);
    }
  }
  const result = new Map<string, readonly string[]>();
  for (const name of next.keys()) {
    if (result.has(name)) continue;
    const circle = new Set([name]);
    for (const each of circle) for (const other of next.get(each) ?? []) circle.add(other);
    const sorted = [...circle].sort();
    for (const each of sorted) result.set(each, sorted);
  }
  return result;
}

function neededOf(requirement: Requirement, targets: number): number {
  switch (requirement.quantifier.kind) {
    case 'all':
      return targets;
    case 'any':
      return 1;
    case 'at-least':
      return Math.min(requirement.quantifier.count, targets);
  }
}

function push<T>(map: Map<string, T[]>, key: string, value: T): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}
