/** The lines of the picture: who depends on whom, and where copies go. */

import { durationText } from '../analysis/figure-text.js';
import type { Source } from '../model/fact.js';
import type { Component, Edge, Journey, Model } from '../model/model.js';
import type { DiagramEdge, Relation, SourceRange } from './diagram-graph.js';

/** Lines between the nodes of `ids`, in order of declaration; the same relation of the same two nodes is one line. */
export function buildEdges(
  model: Model,
  ids: ReadonlySet<string>,
  range: (source: Source) => SourceRange,
): readonly DiagramEdge[] {
  const edges = new Map<string, DiagramEdge>();
  const add = (from: string, to: string, relation: Relation, source: Source, says: string): void => {
    if (from === to || !ids.has(to)) return;
    const id = `${from} ${relation} ${to}`;
    const known = edges.get(id);
    if (known === undefined) edges.set(id, { id, from, to, relation, source: range(source), says });
    else edges.set(id, { ...known, says: `${known.says} ${says}` });
  };
  for (const journey of model.journeys) addDependencies(journey, add);
  for (const component of model.components) {
    addDependencies(component, add);
    addRoutes(component, add);
    addCopies(component, add);
  }
  return [...edges.values()];
}

type Add = (from: string, to: string, relation: Relation, source: Source, says: string) => void;

function addDependencies(owner: Component | Journey, add: Add): void {
  for (const edge of owner.edges) {
    for (const target of edge.targets) {
      add(owner.name, target.name, relationOf(edge), edge.source, sentence(owner.name, edge, target.name));
    }
  }
}

function addRoutes(component: Component, add: Add): void {
  const required = new Set(component.edges.flatMap((edge) => edge.targets.map((target) => target.name)));
  for (const route of component.deployment.routes) {
    if (!route.target.resolved || required.has(route.target.name)) continue;
    add(
      component.name,
      route.target.name,
      'route',
      route.source,
      `${component.name} sends ${route.path} to ${route.target.name}.`,
    );
  }
}

function addCopies(component: Component, add: Add): void {
  for (const backup of component.data.backups) {
    for (const copy of backup.copies) {
      if (!copy.bucket.resolved) continue;
      const takes = copy.takes === undefined ? '' : ` within ${durationText(copy.takes.value)}`;
      const says = `Backup ${backup.name} of ${component.name} is copied to ${copy.bucket.name}${takes}.`;
      add(component.name, copy.bucket.name, 'backup', copy.source, says);
    }
  }
  const letters = component.data.deadLetters;
  if (letters?.resolved) {
    add(component.name, letters.name, 'async', letters.at, `What ${component.name} cannot deliver goes to ${letters.name}.`);
  }
}

function relationOf(edge: Edge): Relation {
  switch (edge.kind) {
    case 'wants':
      return 'soft';
    case 'publishes':
    case 'consumes':
      return 'async';
    case 'requires':
      return spare(edge) ? 'choice' : 'hard';
  }
}

/** Whether one target may be down without harm. */
function spare(edge: Edge): boolean {
  if (edge.targets.length < 2) return false;
  switch (edge.quantifier.kind) {
    case 'all':
      return false;
    case 'any':
      return true;
    case 'at-least':
      return edge.quantifier.count < edge.targets.length;
  }
}

function sentence(owner: string, edge: Edge, target: string): string {
  const only = edge.journeys.length === 0 ? '' : ` for ${edge.journeys.map((journey) => journey.name).join(', ')}`;
  const options = [
    ...(edge.timeout === undefined ? [] : [`timeout ${durationText(edge.timeout.value)}`]),
    ...(edge.retries === undefined ? [] : [`${edge.retries.count.value} retries`]),
    ...(edge.fallback === undefined ? [] : [`fallback: ${edge.fallback.value}`]),
  ];
  const more = options.length === 0 ? '' : ` (${options.join(', ')})`;
  return `${owner} ${verb(edge)} ${target}${only}${more}.`;
}

function verb(edge: Edge): string {
  switch (edge.kind) {
    case 'wants':
      return 'wants and can do without';
    case 'publishes':
      return edge.bestEffort ? 'publishes as best effort to' : 'publishes to';
    case 'consumes':
      return 'consumes from';
    case 'requires': {
      const names = edge.targets.map((each) => each.name).join(', ');
      if (!spare(edge)) return 'requires';
      const count = edge.quantifier.kind === 'at-least' ? edge.quantifier.count : 1;
      return `requires ${count} of ${names}, one of them`;
    }
  }
}
