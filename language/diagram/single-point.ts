/** Where the tab of a single point of failure stands: on the upper border, beside the lines that arrive there. */
import type { DiagramGraph } from './diagram-graph.js';
import type { Ink } from './ink.js';
import type { Layout } from './layout.js';
import { singlePointTab, singlePointWidth } from './markup.js';

/** How far the tab stays from the corners, and from the middle of a line with its arrow head. */
const fromCorner = 8;
const fromLine = 7;
const step = 4;

/** The tabs of the badged nodes, by index; each is drawn with its node's upper left corner as origin. */
export function singlePointTabs(ink: Ink, graph: DiagramGraph, layout: Layout): ReadonlyMap<number, string> {
  const badged = new Map(graph.nodes.flatMap((node, index) => (node.badge === undefined ? [] : [[node.id, index] as const])));
  const arrivals = new Map<number, number[]>();
  graph.edges.forEach((edge, position) => {
    const index = badged.get(edge.to);
    const end = layout.edges[position]?.at(-1);
    const corner = index === undefined ? undefined : layout.nodes[index];
    if (index === undefined || end === undefined || corner === undefined || Math.abs(end.y - corner.y) > 1) return;
    arrivals.set(index, [...(arrivals.get(index) ?? []), end.x - corner.x]);
  });
  return new Map(
    [...badged.values()].map((index) => {
      const node = graph.nodes[index];
      const least = fromCorner + (node?.shape === 'hexagon' ? 10 : 0);
      return [index, singlePointTab(ink, freeLeft(least, node?.width ?? 0, arrivals.get(index) ?? []), 0)];
    }),
  );
}

/** The first place from the left that no line runs into; the left one where there is none. */
function freeLeft(least: number, width: number, lines: readonly number[]): number {
  for (let left = least; left + singlePointWidth <= width - least; left += step) {
    if (lines.every((x) => x < left - fromLine || x > left + singlePointWidth + fromLine)) return left;
  }
  return least;
}
