/** What no journey needs folds with what it works with: with the things around it, not with strangers. */
import type { DiagramGraph } from './diagram-graph.js';

/**
 * The journeys that a node is folded for, by the nodes' identifiers: its own, or where it has none those of the neighbours
 * that most of its lines lead to, over as many steps as it takes. Empty for what has no way to any of them.
 */
export function journeysAround(graph: DiagramGraph): ReadonlyMap<string, readonly number[]> {
  const found = new Map<string, readonly number[]>();
  const neighbours = new Map<string, string[]>();
  for (const node of graph.nodes) {
    neighbours.set(node.id, []);
    if (node.kind !== 'journey' && node.journeys.length > 0) found.set(node.id, node.journeys);
  }
  const journeys = new Set(graph.nodes.flatMap((node) => (node.kind === 'journey' ? [node.id] : [])));
  for (const { from, to } of graph.edges) {
    if (journeys.has(from) || journeys.has(to)) continue;
    neighbours.get(from)?.push(to);
    neighbours.get(to)?.push(from);
  }
  let border = new Set([...found.keys()].flatMap((id) => neighbours.get(id) ?? []).filter((id) => !found.has(id)));
  while (border.size > 0) {
    // All of one step look at what was there before it, so that their order means nothing.
    const step = [...border].map(
      (id) => [id, mostOften((neighbours.get(id) ?? []).flatMap((other) => [found.get(other) ?? []]))] as const,
    );
    for (const [id, numbers] of step) found.set(id, numbers);
    border = new Set(step.flatMap(([id]) => neighbours.get(id) ?? []).filter((id) => !found.has(id)));
  }
  return found;
}

/** The list that comes most often; of several the shortest, then the one with the smaller numbers. Empty ones do not count. */
function mostOften(lists: readonly (readonly number[])[]): readonly number[] {
  const counts = new Map<string, { readonly list: readonly number[]; count: number }>();
  for (const list of lists) {
    if (list.length === 0) continue;
    const known = counts.get(list.join());
    if (known === undefined) counts.set(list.join(), { list, count: 1 });
    else known.count += 1;
  }
  const [first] = [...counts.values()].sort(
    (a, b) => b.count - a.count || a.list.length - b.list.length || compare(a.list, b.list),
  );
  return first?.list ?? [];
}

function compare(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((number, index) => number !== b[index]);
  return at === -1 ? 0 : (a[at] ?? 0) - (b[at] ?? 0);
}
