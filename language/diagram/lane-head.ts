/** What stands over the lanes: journeys, and gateways that run in no region. */
import type { DiagramEdge, DiagramNode } from './diagram-graph.js';
import { layeredLayout } from './layered-layout.js';
import type { Point } from './layout.js';

const headPadding = 4;

/**
 * What stands over the lanes, drawn in layers. A line that leads down into a lane ends in a node without a size in the last
 * row, so that it passes the others by; the rest of its way begins there.
 */
export function headOf(above: readonly DiagramNode[], crossing: readonly DiagramEdge[], isAbove: ReadonlySet<string>) {
  const [sample] = above;
  if (sample === undefined)
    return { width: 0, height: 8, nodes: new Map<string, Point>(), routes: new Map<string, readonly Point[]>(), ends: [] };
  const own = crossing.filter((edge) => isAbove.has(edge.from) || isAbove.has(edge.to));
  const ends = own.filter((edge) => isAbove.has(edge.from) !== isAbove.has(edge.to));
  const nodes = [
    ...above,
    ...ends.map((edge): DiagramNode => ({ ...sample, id: `end ${edge.id}`, shape: 'bucket', width: 2, height: 0 })),
  ];
  const edges = own.map((edge) => {
    if (isAbove.has(edge.from) && isAbove.has(edge.to)) return edge;
    return { ...edge, from: isAbove.has(edge.from) ? edge.from : edge.to, to: `end ${edge.id}` };
  });
  const drawn = layeredLayout(nodes, edges);
  const corners = new Map(above.map((node, index) => [node.id, drawn.nodes[index] ?? { x: 0, y: 0 }]));
  const routes = new Map(own.map((edge, index) => [edge.id, drawn.edges[index] ?? []]));
  // Lines that only run straight down to the lanes need no room for it.
  const isEnd = new Set(ends.map((edge) => edge.id));
  const bends = [...routes].flatMap(([id, route]) => (isEnd.has(id) ? route.slice(0, -1) : route).map(({ y }) => y));
  const height = Math.max(...above.map((node) => (corners.get(node.id)?.y ?? 0) + node.height), ...bends) + headPadding;
  const shortened = (route: readonly Point[]): readonly Point[] =>
    route.map((point, index) => (index === route.length - 1 ? { x: point.x, y: height } : point));
  return {
    width: drawn.width,
    height,
    nodes: corners,
    ends: ends.flatMap((edge) => routes.get(edge.id)?.at(-1)?.x ?? []),
    routes: new Map([...routes].map(([id, route]) => [id, isEnd.has(id) ? shortened(route) : route])),
  };
}

/** Moved a little where lines from the head would run on those beside the lanes: `ends` are theirs, from the left of the head. */
export function besideAll(left: number, ends: readonly number[], tracks: readonly number[]): number {
  const room = (by: number): number =>
    Math.min(...ends.map((end) => Math.min(...tracks.map((track) => Math.abs(left + by + end - track)))));
  const moves = [0, 2, -2, 4, -4, 6, -6];
  const free = moves.find((by) => room(by) >= 3) ?? moves.reduce((best, by) => (room(by) > room(best) ? by : best), 0);
  return left + free;
}
