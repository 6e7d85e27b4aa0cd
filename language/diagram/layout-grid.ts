/** A plain drawing in tiers, for what is too large for ELK, or when ELK fails. Linear in the size of the graph. */
import type { DiagramEdge, DiagramNode } from './diagram-graph.js';
import type { Placed } from './elk-graph.js';
import type { Point } from './layout.js';

const gapX = 16;
const gapY = 44;
const margin = 16;

/** Callers above callees by their distance from the journeys; long tiers wrap. Lines go through the gaps between the rows. */
export function gridLayout(nodes: readonly DiagramNode[], edges: readonly DiagramEdge[]): Placed {
  const columns = Math.max(4, Math.ceil(Math.sqrt(nodes.length * 0.8)));
  const corners = new Map<string, Point>();
  let y = 8;
  let width = 0;
  for (const tier of tiers(nodes, edges)) {
    for (let start = 0; start < tier.length; start += columns) {
      const row = tier.slice(start, start + columns);
      let x = margin;
      for (const node of row) {
        corners.set(node.id, { x, y });
        x += node.width + gapX;
      }
      width = Math.max(width, x - gapX + margin);
      y += Math.max(...row.map((node) => node.height)) + gapY;
    }
  }
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const leaving = new Map<string, number>();
  const arriving = new Map<string, number>();
  return {
    width,
    height: Math.max(0, y - gapY) + 8,
    nodes: nodes.map((node) => corners.get(node.id) ?? { x: 0, y: 0 }),
    edges: edges.map((edge) => {
      const from = byId.get(edge.from);
      const to = byId.get(edge.to);
      const source = corners.get(edge.from);
      const target = corners.get(edge.to);
      if (from === undefined || to === undefined || source === undefined || target === undefined) return [];
      const out = source.x + spread(from.width, leaving, edge.from);
      const into = target.x + spread(to.width, arriving, edge.to);
      const bottom = source.y + from.height;
      const channel = bottom + 12 + ((leaving.get(edge.from) ?? 0) % 6) * 3;
      const end = target.y > source.y ? target.y : target.y + to.height;
      return [
        { x: out, y: bottom },
        { x: out, y: channel },
        { x: into, y: channel },
        { x: into, y: end },
      ];
    }),
  };
}

/** Places for lines along a border: the middle first, then to both sides by turns. */
function spread(width: number, used: Map<string, number>, id: string): number {
  const index = used.get(id) ?? 0;
  used.set(id, index + 1);
  const offset = Math.ceil(index / 2) * 12 * (index % 2 === 0 ? 1 : -1);
  const limit = width / 2 - 26;
  return width / 2 + Math.max(-limit, Math.min(limit, offset));
}

/** Breadth first from what nobody calls; what only calls itself in circles starts where it is first met. */
function tiers(nodes: readonly DiagramNode[], edges: readonly DiagramEdge[]): readonly (readonly DiagramNode[])[] {
  const callees = new Map<string, string[]>();
  const called = new Set<string>();
  for (const edge of edges) {
    called.add(edge.to);
    const list = callees.get(edge.from);
    if (list === undefined) callees.set(edge.from, [edge.to]);
    else list.push(edge.to);
  }
  const depth = new Map<string, number>();
  const visit = (roots: readonly string[]): void => {
    let current = roots.filter((id) => !depth.has(id));
    for (let level = 0; current.length > 0; level += 1) {
      const next: string[] = [];
      for (const id of current) {
        if (depth.has(id)) continue;
        depth.set(id, level);
        next.push(...(callees.get(id) ?? []).filter((target) => !depth.has(target)));
      }
      current = next;
    }
  };
  visit(nodes.filter((node) => !called.has(node.id)).map((node) => node.id));
  for (const node of nodes) visit([node.id]);
  const result: DiagramNode[][] = [];
  for (const node of nodes) {
    const level = depth.get(node.id) ?? 0;
    while (result.length <= level) result.push([]);
    result[level]?.push(node);
  }
  return result.filter((tier) => tier.length > 0);
}
