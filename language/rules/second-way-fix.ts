import type { Edit } from '../edit/edit.js';
import type { Component, Edge, Journey, Model } from '../model/model.js';
import { isHard } from '../model/queries.js';
import { lookup } from './lookup.js';
import type { Fix } from './rule.js';

/** How many components one fix may touch: a larger change is a project, not a fix. */
const mostTouched = 20;

/**
 * A second one of a component, of which either is enough: declares it, and turns each `requires X` into `requires any of X, X-2`.
 * Undefined where somebody publishes to it or consumes from it, chooses already, or leans on it by a policy.
 */
export function secondWayFix(component: Component, model: Model): Fix | undefined {
  const owners = leaning(component, model);
  const leans = owners.flatMap((owner) => hardEdges(owner, component).map((edge) => ({ owner, edge })));
  if (leans.length === 0 || owners.length > mostTouched) return undefined;
  const plain = leans.every(({ edge }) => edge.kind === 'requires' && edge.quantifier.kind === 'all' && edge.from === undefined);
  if (!plain || leans.some(({ edge }) => edge.targets.length > 1 && hasOptions(edge))) return undefined;
  const second = freeName(component, model);
  const roles = component.provides.map(({ value }) => value);
  const body = [...(roles.length === 0 ? [] : [`provides ${roles.join(', ')}`]), ...ownStatements(component)].join('  ');
  const declared: Edit = { kind: 'add-declaration', after: component.source, text: `${component.kind} ${second} { ${body} }` };
  return {
    title: `Add ${second} and require any of the two`,
    edits: [...leans.flatMap(({ owner, edge }) => choiceEdits(owner, edge, component.name, second)), declared],
    safe: false,
  };
}

/** Components and journeys that have a hard edge to the component. */
function leaning(component: Component, model: Model): readonly (Component | Journey)[] {
  const callers = lookup(model).callers.get(component.name) ?? [];
  return [...callers, ...model.journeys].filter((owner) => hardEdges(owner, component).length > 0);
}

function hardEdges(owner: Component | Journey, component: Component): readonly Edge[] {
  return owner.edges.filter((edge) => isHard(edge) && edge.targets.some(({ name }) => name === component.name));
}

/** What is said of a call in a list holds for all of the list: taking one out would lose it. */
function hasOptions({ source, targets }: Edge): boolean {
  const last = targets.at(-1);
  return last === undefined || source.end > last.at.end;
}

function choiceEdits(owner: Component | Journey, edge: Edge, name: string, second: string): readonly Edit[] {
  const index = edge.targets.findIndex((target) => target.name === name);
  const target = edge.targets[index];
  if (target === undefined) return [];
  const choice = `any of ${name}, ${second}`;
  if (edge.targets.length === 1) return [{ kind: 'replace', at: target.at, text: choice }];
  const others = edge.targets.filter((each) => each !== target).map((each) => each.name);
  return [
    { kind: 'replace', at: edge.source, text: `requires ${others.join(', ')}` },
    { kind: 'add-statement', block: owner.source, text: `requires ${choice}` },
  ];
}

function freeName({ name }: Component, model: Model): string {
  const { names } = lookup(model);
  let number = 2;
  while (names.has(`${name}-${number}`)) number += 1;
  return `${name}-${number}`;
}

/** Instances as those of the first: a second one of a kind that runs has to run somewhere. */
function ownStatements({ placements }: Component): readonly string[] {
  return placements
    .filter((placement) => placement.role === 'active' && placement.pinned === undefined)
    .map((placement) => `runs ${placement.zones.length} in ${placement.region}`);
}
