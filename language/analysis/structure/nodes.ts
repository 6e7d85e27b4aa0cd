/**
 * Nodes of the structure: each component and journey as everyone sees it, and once more as a journey does that edges name.
 * `requires X for J` counts only for journey J; only what can reach such an edge is made apart, all else is shared.
 */
import type { Component, Edge, Journey, Model } from '../../model/model.js';
import { isHard } from '../../model/queries.js';

/** An edge that counts for a node, with the nodes it leads to. `need` of the targets must be up. */
export interface NodeEdge {
  readonly edge: Edge;
  readonly targets: readonly number[];
  readonly need: number;
}

/** A component or journey as one journey (or everyone, `context` undefined) sees it. */
export interface StructureNode {
  readonly id: number;
  readonly name: string;
  readonly context: string | undefined;
  readonly component: Component | undefined;
  readonly journey: Journey | undefined;
  readonly hard: readonly NodeEdge[];
  readonly soft: readonly NodeEdge[];
}

/** Site paths of what has no `runs`. */
export function hostSites(component: Component): readonly string[] {
  return component.hosts.filter((use) => use.resolved).map((use) => use.name);
}

const everyone = '';

/** The nodes of a model, with their edges resolved. */
export class NodeTable {
  private readonly list: StructureNode[] = [];
  private readonly ids = new Map<string, number>();
  private readonly affected = new Map<string, ReadonlySet<string>>();
  private readonly componentsByName: ReadonlyMap<string, Component>;
  private readonly journeysByName: ReadonlyMap<string, Journey>;

  constructor(private readonly model: Model) {
    this.componentsByName = new Map(model.components.map((component) => [component.name, component]));
    this.journeysByName = new Map(model.journeys.map((journey) => [journey.name, journey]));
    this.findAffected();
    for (const component of model.components) this.idOf(component.name, everyone);
    for (const journey of model.journeys) this.idOf(journey.name, everyone);
    // Nodes made for a journey are appended while their edges are read.
    for (let id = 0; id < this.list.length; id++) this.resolveEdges(id);
  }

  /** In order of declaration: components, journeys, then what is made for a journey. */
  get nodes(): readonly StructureNode[] {
    return this.list;
  }

  /** A component or journey as `journey` sees it, or everyone. Undefined for unknown names. */
  find(name: string, journey: string | undefined): StructureNode | undefined {
    const id = this.ids.get(key(name, journey ?? everyone)) ?? this.ids.get(key(name, everyone));
    return id === undefined ? undefined : this.list[id];
  }

  /** For each journey that edges name: what can reach such an edge, so that only this is compiled apart. */
  private findAffected(): void {
    const callers = new Map<string, string[]>();
    const owners = new Map<string, Set<string>>();
    for (const component of this.model.components) {
      for (const edge of component.edges) {
        for (const target of edge.targets) {
          const list = callers.get(target.name);
          if (list === undefined) callers.set(target.name, [component.name]);
          else list.push(component.name);
        }
        for (const journey of edge.journeys) {
          const set = owners.get(journey.name);
          if (set === undefined) owners.set(journey.name, new Set([component.name]));
          else set.add(component.name);
        }
      }
    }
    for (const [journey, seeds] of owners) {
      const seen = new Set(seeds);
      for (const name of seen) for (const caller of callers.get(name) ?? []) seen.add(caller);
      this.affected.set(journey, seen);
    }
  }

  private idOf(name: string, context: string): number | undefined {
    const component = this.componentsByName.get(name);
    const journey = component === undefined ? this.journeysByName.get(name) : undefined;
    if (component === undefined && journey === undefined) return undefined;
    const own = component !== undefined && this.affected.get(context)?.has(name) === true ? context : everyone;
    const id = this.ids.get(key(name, own));
    if (id !== undefined) return id;
    this.ids.set(key(name, own), this.list.length);
    this.list.push({
      id: this.list.length,
      name,
      context: own === everyone ? undefined : own,
      component,
      journey,
      hard: [],
      soft: [],
    });
    return this.list.length - 1;
  }

  private resolveEdges(id: number): void {
    const node = this.list[id];
    if (node === undefined) return;
    const context = node.journey?.name ?? node.context ?? everyone;
    const hard: NodeEdge[] = [];
    const soft: NodeEdge[] = [];
    for (const edge of node.component?.edges ?? node.journey?.edges ?? []) {
      if (edge.journeys.length > 0 && !edge.journeys.some((use) => use.name === context)) continue;
      const targets = present(edge.targets.map((target) => this.idOf(target.name, context)));
      if (targets.length === 0) continue;
      const resolved = { edge, targets, need: needOf(edge, targets.length) };
      if (isHard(edge)) hard.push(resolved);
      else soft.push(resolved);
    }
    this.list[id] = { ...node, hard, soft };
  }
}

function key(name: string, context: string): string {
  return `${context} ${name}`;
}

function needOf(edge: Edge, targets: number): number {
  switch (edge.quantifier.kind) {
    case 'all':
      return targets;
    case 'any':
      return 1;
    case 'at-least':
      return Math.min(edge.quantifier.count, targets);
  }
}

function present<T>(values: readonly (T | undefined)[]): T[] {
  return values.filter((value): value is T => value !== undefined);
}
