/** How good a drawing is, so that the best of several can be kept. */
import type { DiagramNode } from './diagram-graph.js';
import type { Placed } from './elk-graph.js';
import type { Point } from './layout.js';

/** Wider than this does not fit beside a text at a legible size. */
const comfortableWidth = 1700;

/** Smaller is better: crossings weigh most, then bends, then size, then length; journeys want their order of declaration. */
export function scoreOf(placed: Placed, nodes: readonly DiagramNode[]): number {
  let bends = 0;
  let length = 0;
  for (const route of placed.edges) {
    bends += Math.max(0, route.length - 2);
    for (const [from, to] of segments(route)) length += Math.abs(from.x - to.x) + Math.abs(from.y - to.y);
  }
  const excess = Math.max(0, placed.width - comfortableWidth);
  const order = journeysInOrder(placed, nodes) ? 0 : 300;
  return 400 * crossings(placed.edges) + 20 * bends + 0.2 * length + 0.6 * placed.width + placed.height + 1.5 * excess + order;
}

function journeysInOrder(placed: Placed, nodes: readonly DiagramNode[]): boolean {
  let last = Number.NEGATIVE_INFINITY;
  for (const [index, node] of nodes.entries()) {
    if (node.shape !== 'journey') continue;
    const x = placed.nodes[index]?.x ?? 0;
    if (x < last) return false;
    last = x;
  }
  return true;
}

/** Points where a horizontal piece of one line crosses a vertical piece of another. */
export function crossings(routes: readonly (readonly Point[])[]): number {
  const horizontal: { readonly route: number; readonly y: number; readonly left: number; readonly right: number }[] = [];
  const vertical: (Upright & { readonly route: number })[] = [];
  routes.forEach((points, route) => {
    for (const [from, to] of segments(points)) {
      if (Math.abs(from.y - to.y) < 0.01) {
        horizontal.push({ route, y: from.y, left: Math.min(from.x, to.x), right: Math.max(from.x, to.x) });
      }
    }
    for (const upright of uprightsOf(points)) vertical.push({ route, ...upright });
  });
  const found = new Set<string>();
  for (const line of horizontal) {
    for (const post of vertical) {
      if (line.route === post.route) continue;
      if (post.x > line.left && post.x < line.right && line.y > post.top && line.y < post.bottom) {
        found.add(`${post.x.toFixed(1)},${line.y.toFixed(1)}`);
      }
    }
  }
  return found.size;
}

/** An upright piece of a line. */
export interface Upright {
  readonly x: number;
  readonly top: number;
  readonly bottom: number;
}

/** The pieces of a line that stand upright. */
export function uprightsOf(points: readonly Point[]): readonly Upright[] {
  return segments(points).flatMap(([a, b]) =>
    Math.abs(a.x - b.x) < 0.01 ? [{ x: a.x, top: Math.min(a.y, b.y), bottom: Math.max(a.y, b.y) }] : [],
  );
}

/** The pieces of a line between its points. */
export function segments(points: readonly Point[]): readonly (readonly [Point, Point])[] {
  const pieces: (readonly [Point, Point])[] = [];
  for (let index = 1; index < points.length; index += 1) {
    const from = points[index - 1];
    const to = points[index];
    if (from !== undefined && to !== undefined) pieces.push([from, to]);
  }
  return pieces;
}
