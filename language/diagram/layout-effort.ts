/** How much work a quick layered drawing is, before it is begun: nobody waits for what takes minutes, or reads it. */
import type { DiagramGraph } from './diagram-graph.js';
import { type Link, rowsOf, withoutCircles } from './layered-rows.js';

/** More nodes than this are no picture, folded or not. */
const mostNodes = 2500;
/** Each row that a line passes is a place of its own in the drawing; so many of them take some seconds. */
const mostPassages = 200_000;

/** Whether a picture can be drawn whole, each node and each line of it. What cannot is folded. */
export function canBeDrawnWhole({ nodes, edges }: Pick<DiagramGraph, 'nodes' | 'edges'>): boolean {
  if (nodes.length > mostNodes) return false;
  const numbers = new Map(nodes.map(({ id }, index) => [id, index]));
  const links = edges.map(({ from, to }): Link => ({ from: numbers.get(from) ?? 0, to: numbers.get(to) ?? 0 }));
  const forward = withoutCircles(nodes.length, links);
  const rows = rowsOf(
    nodes.length,
    forward,
    nodes.map(() => 'any'),
  );
  let passages = 0;
  for (const { from, to } of forward) passages += Math.max(0, (rows[to] ?? 0) - (rows[from] ?? 0) - 1);
  return passages <= mostPassages;
}
