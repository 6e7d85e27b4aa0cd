/**
 * A layered drawing in milliseconds, for what is too large for the slow engine, for the first picture while that one
 * works, and for when it fails. Near linear in the number of nodes and of the rows that lines pass.
 */
import type { DiagramEdge, DiagramNode } from './diagram-graph.js';
import type { Placed } from './elk-graph.js';
import type { Item } from './layered-order.js';
import { arranged, type Way } from './layered-passages.js';
import { fromMargin, placed } from './layered-place.js';
import { plumb } from './layered-plumb.js';
import { portsOf } from './layered-ports.js';
import { assignTracks, type Piece } from './layered-routes.js';
import { type Link, rowsOf, type Wish, withoutCircles } from './layered-rows.js';
import type { Point } from './layout.js';

const gap = 16;
const margin = 16;
const trackPitch = 9;
const channelPadding = 14;
const smallestChannel = 34;
const loopInset = 16;
const loopWidth = 14;
const loopHeight = 9;

export interface LayeredOptions {
  /** Where nodes stood before: they keep their order. */
  readonly former?: ReadonlyMap<string, Point>;
  /** What the nodes of a row may take; absent: a screen, or what the graph needs for its size. */
  readonly room?: number;
}

/** Callers above callees, in rows that have room; what is in a row too many stands in the next. */
export function layeredLayout(
  nodes: readonly DiagramNode[],
  edges: readonly DiagramEdge[],
  { former, room }: LayeredOptions = {},
): Placed {
  if (nodes.length === 0) return { width: 0, height: 0, nodes: [], edges: edges.map(() => []) };
  const numbers = new Map(nodes.map((node, index) => [node.id, index]));
  const links = edges.map((edge): Link => ({ from: numbers.get(edge.from) ?? 0, to: numbers.get(edge.to) ?? 0 }));
  const forward = withoutCircles(nodes.length, links);
  const sources = new Set(links.map(({ from }) => from));
  const wishes = nodes.map((node, index): Wish => wishOf(node, sources.has(index)));
  const widths = nodes.map((node) => node.width);
  const most = room ?? roomFor(widths);
  const stood = former === undefined ? undefined : nodes.map((node) => former.get(node.id));
  const { rows, items, rowOf, ways } = arranged(
    byRow(rowsOf(nodes.length, forward, wishes)),
    forward,
    { widths, gap, room: most },
    stood,
  );
  const found = placed(rows, items, most);
  plumb(found, rows, items, ways, nodes);
  const middles = fromMargin(found, items, margin);
  return drawn({ nodes, edges, links, rows, items, rowOf, middles, ways });
}

/** The nodes of each row, by their numbers. */
function byRow(rowOf: readonly number[]): readonly (readonly number[])[] {
  const rows: number[][] = [];
  rowOf.forEach((row, node) => {
    while (rows.length <= row) rows.push([]);
    rows[row]?.push(node);
  });
  return rows.filter((row) => row.length > 0);
}

function wishOf(node: DiagramNode, calls: boolean): Wish {
  if (node.shape === 'journey') return 'first';
  return !calls && (node.shape === 'bucket' || node.shape === 'third-party') ? 'last' : 'any';
}

/** The width that rows may take: a screen, or for many nodes about as much as the drawing gets high. */
function roomFor(widths: readonly number[]): number {
  const total = widths.reduce((sum, width) => sum + width + gap, 0);
  return Math.max(1600, Math.sqrt(total * 260));
}

interface Drawing {
  readonly nodes: readonly DiagramNode[];
  readonly edges: readonly DiagramEdge[];
  readonly links: readonly Link[];
  readonly rows: readonly (readonly number[])[];
  readonly items: readonly Item[];
  readonly rowOf: readonly number[];
  readonly middles: number[];
  readonly ways: readonly Way[];
}

/** Ports, tracks and corners, from the first row to the last. */
function drawn(drawing: Drawing): Placed {
  const { nodes, edges, rows, rowOf, middles, ways } = drawing;
  const looped = new Set(drawing.links.filter(({ from, to }) => from === to).map(({ from }) => from));
  const keptFree = (node: number): number => (looped.has(node) ? loopWidth + 8 : 0);
  const ports = portsOf({ nodes, middles, ways, keptFree });
  plumb(middles, rows, drawing.items, ways, nodes, ports);
  const { leaving: tops, arriving: bottoms } = ports;
  /** Pieces by the row they start in, in the order of the lines. */
  const channels: { readonly way: number; readonly step: number; readonly piece: Piece }[][] = rows.map(() => []);
  ways.forEach((way, index) => {
    let row = rowOf[way.items[0] ?? 0] ?? 0;
    for (let step = 1; step < way.items.length; step += 1) {
      const isLast = step === way.items.length - 1;
      const lower = way.items[step] ?? 0;
      const piece: Piece = {
        top: step === 1 ? (tops[index] ?? 0) : Number.NaN,
        bottom: isLast ? (bottoms[index] ?? 0) : (middles[lower] ?? 0),
        moved: (by) => {
          if (isLast) bottoms[index] = (bottoms[index] ?? 0) + by;
          else middles[lower] = (middles[lower] ?? 0) + by;
        },
        track: -1,
      };
      channels[row]?.push({ way: index, step, piece });
      row += 1;
    }
  });
  const routes: Point[][] = edges.map(() => []);
  const corners: Point[] = nodes.map(() => ({ x: 0, y: 0 }));
  let y = 8;
  rows.forEach((row, index) => {
    const real = row.filter((item) => item < nodes.length);
    for (const item of real) corners[item] = { x: (middles[item] ?? 0) - (nodes[item]?.width ?? 0) / 2, y };
    const top = y;
    y += Math.max(0, ...real.map((item) => nodes[item]?.height ?? 0));
    const channel = (channels[index] ?? []).map(({ way, step, piece }) => {
      const upper = ways[way]?.items[step - 1] ?? 0;
      return { way, step, piece: step === 1 ? piece : { ...piece, top: middles[upper] ?? 0 } };
    });
    const tracks = assignTracks(channel.map(({ piece }) => piece));
    const below = y + Math.max(smallestChannel, 2 * channelPadding + Math.max(0, tracks - 1) * trackPitch);
    for (const { way, step, piece } of channel) {
      const { edge = 0, items = [] } = ways[way] ?? {};
      const route = routes[edge];
      if (step === 1) route?.push({ x: piece.top, y: top + (nodes[items[0] ?? 0]?.height ?? 0) });
      if (piece.track >= 0) {
        const at = y + channelPadding + piece.track * trackPitch;
        route?.push({ x: piece.top, y: at }, { x: piece.bottom, y: at });
      }
      if (step === items.length - 1) route?.push({ x: piece.bottom, y: below });
    }
    y = index === rows.length - 1 ? y + channelPadding : below;
  });
  for (const { edge, turned } of ways) if (turned) routes[edge]?.reverse();
  drawing.links.forEach(({ from, to }, edge) => {
    if (from === to) routes[edge] = loop(nodes[from], corners[from]);
  });
  // Lines can have more corners than a call can have arguments.
  let right = 0;
  for (const route of routes) for (const point of route) right = Math.max(right, point.x);
  for (const [index, node] of nodes.entries()) right = Math.max(right, (corners[index]?.x ?? 0) + node.width);
  return {
    width: right + margin,
    height: y,
    nodes: corners,
    edges: routes.map((route) => route.map(({ x, y: height }) => ({ x, y: height }))),
  };
}

/** A line of a node to itself: a small bow under its right corner. */
function loop(node: DiagramNode | undefined, corner: Point | undefined): Point[] {
  const right = (corner?.x ?? 0) + (node?.width ?? 0) - loopInset;
  const bottom = (corner?.y ?? 0) + (node?.height ?? 0);
  return [
    { x: right - loopWidth, y: bottom },
    { x: right - loopWidth, y: bottom + loopHeight },
    { x: right, y: bottom + loopHeight },
    { x: right, y: bottom },
  ];
}
