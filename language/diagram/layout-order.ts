/** Journeys in their order of declaration where that costs nothing. */
import type { DiagramEdge, DiagramNode } from './diagram-graph.js';
import type { Placed } from './elk-graph.js';

/**
 * The same drawing with journeys exchanged that look alike to it: of one size, with the same lines to the same nodes.
 * Each takes the place and the lines of another, so nothing else changes.
 */
export function orderJourneys(placed: Placed, nodes: readonly DiagramNode[], edges: readonly DiagramEdge[]): Placed {
  const called = new Set(edges.map((edge) => edge.to));
  const lines = new Map<string, Map<string, number>>();
  edges.forEach((edge, index) => {
    const own = lines.get(edge.from) ?? new Map<string, number>();
    own.set(JSON.stringify([edge.to, edge.relation]), index);
    lines.set(edge.from, own);
  });
  const alike = new Map<string, number[]>();
  nodes.forEach((node, index) => {
    if (node.shape !== 'journey' || called.has(node.id)) return;
    const key = JSON.stringify([node.width, node.height, [...(lines.get(node.id)?.keys() ?? [])].sort()]);
    const group = alike.get(key);
    if (group === undefined) alike.set(key, [index]);
    else group.push(index);
  });
  const points = [...placed.nodes];
  const routes = [...placed.edges];
  for (const group of alike.values()) {
    const byPlace = [...group].sort((a, b) => (placed.nodes[a]?.x ?? 0) - (placed.nodes[b]?.x ?? 0) || a - b);
    group.forEach((index, position) => {
      const other = byPlace[position];
      const place = other === undefined ? undefined : placed.nodes[other];
      if (other === undefined || place === undefined) return;
      points[index] = place;
      const otherLines = lines.get(nodes[other]?.id ?? '');
      for (const [target, line] of lines.get(nodes[index]?.id ?? '') ?? []) {
        const route = placed.edges[otherLines?.get(target) ?? line];
        if (route !== undefined) routes[line] = route;
      }
    });
  }
  return { ...placed, nodes: points, edges: routes };
}
