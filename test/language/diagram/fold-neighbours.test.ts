import { expect, test } from 'vitest';
import { journeysAround } from '../../../language/diagram/fold-neighbours.js';
import { buildGraph, type DiagramGraph } from '../../../language/diagram/graph.js';
import { boutique, boutiqueFigures } from './boutique.js';

const [node] = buildGraph(boutique, boutiqueFigures).nodes.filter(({ kind }) => kind === 'service');
const [edge] = buildGraph(boutique, boutiqueFigures).edges;

/** Services by name with the journeys that need them, and lines between them. */
function graphOf(
  services: Readonly<Record<string, readonly number[]>>,
  lines: readonly (readonly [string, string])[],
): DiagramGraph {
  if (node === undefined || edge === undefined) throw new Error('The boutique has a service and a line.');
  return {
    ...buildGraph(boutique, boutiqueFigures),
    nodes: Object.entries(services).map(([id, journeys]) => ({ ...node, id, name: id, journeys })),
    edges: lines.map(([from, to]) => ({ ...edge, id: `${from} ${to}`, from, to })),
  };
}

const lines = [
  ['shop', 'orders'],
  ['cleaner', 'orders'],
  ['cleaner', 'shop'],
  ['cleaner', 'mail'],
  ['janitor', 'cleaner'],
  ['bridge', 'orders'],
  ['bridge', 'mail'],
] as const;

test.each([
  ['what a journey needs is folded for it', 'mail', [2]],
  ['what none needs goes with most of its neighbours', 'cleaner', [1]],
  ['over more than one step', 'janitor', [1]],
  ['where as many say so, with the smaller number', 'bridge', [1]],
  ['what works with nothing stays apart', 'alone', undefined],
])('%s', (_, name, expected) => {
  const services = { shop: [1], orders: [1], mail: [2], cleaner: [], janitor: [], bridge: [], alone: [] };
  expect(journeysAround(graphOf(services, lines)).get(name)).toEqual(expected);
  // The order in which things are declared means nothing.
  const turned = Object.fromEntries(Object.entries(services).reverse());
  expect(journeysAround(graphOf(turned, [...lines].reverse())).get(name)).toEqual(expected);
});
