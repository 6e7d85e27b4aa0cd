/** What must be there before something starts: the least fixed point of requirements, and where it deadlocks. */
import { strongComponents } from '../analysis/structure/strong-components.js';
import type { Source } from '../model/fact.js';
import type { Component, Model, Quantifier } from '../model/model.js';
import { oncePer } from '../model/once-per.js';
import { componentsByName } from '../model/queries.js';

/** One requirement of a component that holds while it starts, `runs` as well where it must hold while it runs. */
export interface StartEdge {
  readonly from: string;
  readonly kind: 'requires' | 'consumes' | 'recovers';
  readonly quantifier: Quantifier;
  readonly targets: readonly { readonly name: string; readonly at: Source }[];
  readonly source: Source;
}

/** A set of components that reach each other over start edges. */
export interface Knot {
  /** By name. */
  readonly members: readonly string[];
  /** Edges from members to at least one member. */
  readonly edges: readonly StartEdge[];
}

/** Edges that a start waits for: requires, consumes and `recovers after`, without those that hold for single journeys only. */
export const startEdges = oncePer((component: Component): readonly StartEdge[] => {
  const edges: StartEdge[] = [];
  for (const edge of component.edges) {
    if ((edge.kind !== 'requires' && edge.kind !== 'consumes') || edge.journeys.length > 0) continue;
    edges.push({
      from: component.name,
      kind: edge.kind,
      quantifier: edge.quantifier,
      targets: edge.targets,
      source: edge.source,
    });
  }
  for (const order of component.recoversAfter) {
    edges.push({
      from: component.name,
      kind: 'recovers',
      quantifier: order.quantifier,
      targets: order.targets,
      source: order.source,
    });
  }
  return edges;
});

const targetsOf = oncePer((component: Component): readonly string[] =>
  startEdges(component).flatMap((edge) => edge.targets.map((target) => target.name)),
);

/** Knots of a model: strongly connected sets of more than one component, and components that wait for themselves. */
export function knots(model: Model): readonly Knot[] {
  return tiedIn(model).map((members) => {
    const inside = new Set(members);
    // By name, so that the cycle is told the same whatever the order of declaration.
    const ordered = model.components.filter(({ name }) => inside.has(name)).sort((a, b) => (a.name < b.name ? -1 : 1));
    const kept = ordered.flatMap((component) =>
      startEdges(component).filter((edge) => edge.targets.some((target) => inside.has(target.name))),
    );
    return { members: ordered.map(({ name }) => name), edges: kept };
  });
}

/** Who waited for whom when it was last asked, and who was tied: most edits change neither. */
let latest: {
  readonly names: readonly string[];
  readonly targets: readonly (readonly string[])[];
  readonly tied: readonly (readonly string[])[];
} = { names: [], targets: [], tied: [] };

/** Names of the components of each knot. */
function tiedIn(model: Model): readonly (readonly string[])[] {
  const names = model.components.map(({ name }) => name);
  const targets = model.components.map(targetsOf);
  const sameTargets = targets.every((list, index) => list === latest.targets[index] || isSameList(list, latest.targets[index]));
  if (sameTargets && isSameList(names, latest.names)) return latest.tied;
  const components = componentsByName(model);
  const next = (component: Component): readonly Component[] => targetsOf(component).flatMap((name) => components.get(name) ?? []);
  const tied = strongComponents(components.values(), next)
    .filter(([first, ...others]) => others.length > 0 || (first !== undefined && targetsOf(first).includes(first.name)))
    .map((members) => members.map(({ name }) => name));
  latest = { names, targets, tied };
  return tied;
}

function isSameList(one: readonly string[], other: readonly string[] | undefined): boolean {
  return one.length === other?.length && one.every((name, index) => name === other[index]);
}

/** Whether the requirement holds where `up` says who of the knot is up; everything outside the knot is taken to be up. */
function holds(edge: StartEdge, inside: ReadonlySet<string>, up: ReadonlySet<string>): boolean {
  const there = edge.targets.filter((target) => !inside.has(target.name) || up.has(target.name)).length;
  switch (edge.quantifier.kind) {
    case 'all':
      return there === edge.targets.length;
    case 'any':
      return there > 0 || edge.targets.length === 0;
    case 'at-least':
      return there >= edge.quantifier.count;
  }
}

/** What is down with some members down: everything whose running requirements no longer hold. Linear in the edges. */
export function downWith(knot: Knot, edges: readonly StartEdge[], lost: ReadonlySet<string>): ReadonlySet<string> {
  const inside = new Set(knot.members);
  const up = new Set(knot.members.filter((name) => !lost.has(name)));
  const leaning = edgesByTarget(edges.filter((edge) => edge.kind !== 'recovers'));
  const open = [...lost];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    for (const edge of leaning.get(name) ?? []) {
      if (!up.has(edge.from) || holds(edge, inside, up)) continue;
      up.delete(edge.from);
      open.push(edge.from);
    }
  }
  return new Set(knot.members.filter((name) => !up.has(name)));
}

/** Of what is down, what never starts again from the survivors: it waits for something that waits for it. Linear in the edges. */
export function stuck(knot: Knot, edges: readonly StartEdge[], down: ReadonlySet<string>): readonly string[] {
  const inside = new Set(knot.members);
  const up = new Set(knot.members.filter((name) => !down.has(name)));
  const own = edgesByOwner(edges);
  const leaning = edgesByTarget(edges);
  const starts = (name: string) => !up.has(name) && (own.get(name) ?? []).every((edge) => holds(edge, inside, up));
  const open = [...down];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (!starts(name)) continue;
    up.add(name);
    for (const edge of leaning.get(name) ?? []) if (down.has(edge.from)) open.push(edge.from);
  }
  return knot.members.filter((name) => !up.has(name));
}

function edgesByOwner(edges: readonly StartEdge[]): ReadonlyMap<string, readonly StartEdge[]> {
  const index = new Map<string, StartEdge[]>();
  for (const edge of edges) {
    const known = index.get(edge.from);
    if (known === undefined) index.set(edge.from, [edge]);
    else known.push(edge);
  }
  return index;
}

function edgesByTarget(edges: readonly StartEdge[]): ReadonlyMap<string, readonly StartEdge[]> {
  const index = new Map<string, StartEdge[]>();
  for (const edge of edges) {
    for (const target of edge.targets) {
      const known = index.get(target.name);
      if (known === undefined) index.set(target.name, [edge]);
      else known.push(edge);
    }
  }
  return index;
}

/** From how many members the shortest cycle is looked for. */
const mostStarts = 20;

/** A shortest cycle through the knot, as its edges in order, by breadth-first search from its first member that lies on one. */
export function shortestCycle(knot: Knot, edges: readonly StartEdge[], among: ReadonlySet<string>): readonly StartEdge[] {
  let best: readonly StartEdge[] = [];
  const own = edgesByOwner(edges);
  for (const start of knot.members.slice(0, mostStarts)) {
    if (!among.has(start)) continue;
    const cameBy = new Map<string, StartEdge>();
    const open = [start];
    for (let index = 0; index < open.length && !cameBy.has(start); index += 1) {
      for (const edge of own.get(open[index] ?? '') ?? []) {
        for (const target of edge.targets) {
          if (!among.has(target.name) || cameBy.has(target.name)) continue;
          cameBy.set(target.name, edge);
          open.push(target.name);
        }
      }
    }
    const cycle: StartEdge[] = [];
    for (let edge = cameBy.get(start); edge !== undefined; edge = edge.from === start ? undefined : cameBy.get(edge.from))
      cycle.unshift(edge);
    if (cycle.length > 0 && (best.length === 0 || cycle.length < best.length)) best = cycle;
  }
  return best;
}
