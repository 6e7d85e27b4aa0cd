/** Takes small jogs out of lines: what stands a few pixels beside its own line moves onto it where nothing is in the way. */
import type { DiagramEdge, DiagramNode } from './diagram-graph.js';
import type { Placed } from './elk-graph.js';
import type { Point } from './layout.js';
import { type Upright, uprightsOf } from './layout-score.js';

/** A level piece shorter than this is a jog, no way. In pixels. */
const largestJog = 9;
/** What a moved piece keeps free: to other lines, to nodes, and at the corners of its own. */
const fromLines = 7;
const fromNodes = 5;
const fromCorners = 12;
/** Above this many lines it would take longer than it is worth. */
const mostLines = 300;

/** An upright piece, and the number of its line. */
interface OwnedUpright extends Upright {
  readonly route: number;
}

/** The same drawing with fewer jogs. Nodes stay where they are. */
export function withoutJogs(placed: Placed, nodes: readonly DiagramNode[], edges: readonly DiagramEdge[]): Placed {
  if (edges.length > mostLines) return placed;
  const index = new Map(nodes.map((node, position) => [node.id, position]));
  const owned = (points: readonly Point[], route: number): readonly OwnedUpright[] =>
    uprightsOf(points).map((upright) => ({ route, ...upright }));
  const uprights = placed.edges.flatMap(owned);
  const routes = placed.edges.map((route, number) => {
    const edge = edges[number];
    const ends = [edge?.from, edge?.to].map((id) => index.get(id ?? '') ?? -1);
    let points = route;
    for (let at = 2; at < points.length - 1; ) {
      const better = straightenedAt(points, at, (upright, isStart, isEnd) => isFree(upright, isStart, isEnd, number, ends));
      if (better === undefined) at += 1;
      else points = better;
    }
    if (points !== route) {
      for (let each = uprights.length - 1; each >= 0; each -= 1) if (uprights[each]?.route === number) uprights.splice(each, 1);
      uprights.push(...owned(points, number));
    }
    return points;
  });
  return { ...placed, edges: routes };

  function isFree(own: Upright, isStart: boolean, isEnd: boolean, number: number, ends: readonly number[]): boolean {
    const lines = uprights.every(
      (other) =>
        other.route === number ||
        Math.abs(other.x - own.x) >= fromLines ||
        other.top > own.bottom + 1 ||
        other.bottom < own.top - 1,
    );
    if (!lines) return false;
    for (const [isOwn, node] of [
      [isStart, ends[0] ?? -1],
      [isEnd, ends[1] ?? -1],
    ] as const) {
      const left = placed.nodes[node]?.x ?? 0;
      if (isOwn && (own.x < left + fromCorners || own.x > left + (nodes[node]?.width ?? 0) - fromCorners)) return false;
    }
    return nodes.every((node, position) => {
      const { x = 0, y = 0 } = placed.nodes[position] ?? {};
      const touches = own.bottom > y + 1 && own.top < y + node.height - 1;
      return !touches || own.x < x - fromNodes || own.x > x + node.width + fromNodes;
    });
  }
}

/** The line without the jog that ends at point `at`, if there is one and one of the pieces at it can be moved onto the other. */
function straightenedAt(
  points: readonly Point[],
  at: number,
  free: (moved: Upright, isStart: boolean, isEnd: boolean) => boolean,
): readonly Point[] | undefined {
  const [above, first, second, below] = [points[at - 2], points[at - 1], points[at], points[at + 1]];
  if (above === undefined || first === undefined || second === undefined || below === undefined) return undefined;
  const isJog =
    Math.abs(first.y - second.y) < 0.01 &&
    Math.abs(first.x - second.x) < largestJog &&
    Math.abs(above.x - first.x) < 0.01 &&
    Math.abs(second.x - below.x) < 0.01;
  if (!isJog) return undefined;
  const upright = (a: Point, b: Point, x: number): Upright => ({
    x,
    top: Math.min(a.y, b.y),
    bottom: Math.max(a.y, b.y),
  });
  const [before, after] = [points.slice(0, at - 2), points.slice(at + 2)];
  const isStart = at === 2;
  const isEnd = at === points.length - 2;
  if (free(upright(second, below, first.x), false, isEnd)) return [...before, above, { x: first.x, y: below.y }, ...after];
  if (free(upright(above, first, second.x), isStart, false)) return [...before, { x: second.x, y: above.y }, below, ...after];
  return undefined;
}
