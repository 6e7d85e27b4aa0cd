/**
 * A layered drawing in milliseconds, for what is too large for the slow engine, for the first picture while that one
 * works, and for when it fails. Near linear in the number of nodes and of the rows that lines pass.
 */
import type { DiagramEdge, DiagramNode } from './diagram-graph.js';
import type { Placed } from './elk-graph.js';
import { type Item, inFormerOrder, ordered, placed } from './layered-order.js';
import { assignTracks, type Piece } from './layered-routes.js';
import { type Link, rowsOf, type Wish, withoutCircles, wrapped } from './layered-rows.js';
import { type Slots, straighten } from './layered-straight.js';
import type { Point } from './layout.js';

const gap = 16;
const lineGap = 10;
const margin = 16;
const trackPitch = 9;
const channelPadding = 14;
const smallestChannel = 34;
const portPitch = 22;
/** What stays free at the corners of a node. */
const portInset = 16;
const loopWidth = 14;
const loopHeight = 9;

/** A line on its way down: the items it passes, from the upper node to the lower one. */
interface Way {
  readonly edge: number;
  readonly turned: boolean;
  readonly items: readonly number[];
}

/**
 * Callers above callees; rows as wide as a screen or as the graph needs for its size. `former` is where nodes stood before:
 * they keep their order.
 */
export function layeredLayout(
  nodes: readonly DiagramNode[],
  edges: readonly DiagramEdge[],
  former?: ReadonlyMap<string, Point>,
): Placed {
  if (nodes.length === 0) return { width: 0, height: 0, nodes: [], edges: edges.map(() => []) };
  const numbers = new Map(nodes.map((node, index) => [node.id, index]));
  const links = edges.map((edge): Link => ({ from: numbers.get(edge.from) ?? 0, to: numbers.get(edge.to) ?? 0 }));
  const forward = withoutCircles(nodes.length, links);
  const sources = new Set(links.map(({ from }) => from));
  const wishes = nodes.map((node, index): Wish => wishOf(node, sources.has(index)));
  const widths = nodes.map((node) => node.width + gap);
  const room = roomFor(widths);
  const rows = wrapped(rowsOf(nodes.length, forward, wishes), widths, room);
  const rowOf = new Array<number>(nodes.length).fill(0);
  rows.forEach((row, index) => {
    for (const node of row) rowOf[node] = index;
  });
  const items: Item[] = nodes.map((node) => ({ width: node.width, gap, above: [], below: [] }));
  const filled = rows.map((row) => [...row]);
  const ways = forward.flatMap(({ from, to, turned }, edge): readonly Way[] => {
    if (from === to) return [];
    return [{ edge, turned, items: passages(from, to, rowOf, items, filled) }];
  });
  const stood = nodes.map((node) => former?.get(node.id)?.x);
  const order = stood.some((x) => x !== undefined) ? inFormerOrder(filled, items, stood) : ordered(filled, items);
  const middles = [...placed(order, items, room, margin)];
  return drawn({ nodes, edges, links, rows: order, rowOf, middles, ways });
}

function wishOf(node: DiagramNode, calls: boolean): Wish {
  if (node.shape === 'journey') return 'first';
  return !calls && (node.shape === 'bucket' || node.shape === 'third-party') ? 'last' : 'any';
}

/** The width that rows may take: a screen, or for many nodes about as much as the drawing gets high. */
function roomFor(widths: readonly number[]): number {
  const total = widths.reduce((sum, width) => sum + width, 0);
  return Math.max(1600, Math.sqrt(total * 260));
}

/** The items that a line passes, with a new one in every row between its ends; joins them to their neighbours. */
function passages(from: number, to: number, rowOf: readonly number[], items: Item[], rows: number[][]): readonly number[] {
  const way = [from];
  for (let row = (rowOf[from] ?? 0) + 1; row < (rowOf[to] ?? 0); row += 1) {
    way.push(items.length);
    rows[row]?.push(items.length);
    items.push({ width: 2, gap: lineGap, above: [], below: [] });
  }
  way.push(to);
  for (let at = 1; at < way.length; at += 1) {
    const upper = way[at - 1] ?? 0;
    const lower = way[at] ?? 0;
    items[upper]?.below.push(lower);
    items[lower]?.above.push(upper);
  }
  return way;
}

interface Drawing {
  readonly nodes: readonly DiagramNode[];
  readonly edges: readonly DiagramEdge[];
  readonly links: readonly Link[];
  readonly rows: readonly (readonly number[])[];
  readonly rowOf: readonly number[];
  readonly middles: number[];
  readonly ways: readonly Way[];
}

/** Ports, tracks and corners, from the first row to the last. */
function drawn(drawing: Drawing): Placed {
  const { nodes, edges, rows, rowOf, middles, ways } = drawing;
  const leaving = portsOf(drawing, 'below');
  const arriving = portsOf(drawing, 'above');
  const tops = leaving.ports;
  const bottoms = arriving.ports;
  straightenAll(drawing, leaving, arriving);
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

/**
 * Where each line leaves its upper node, or arrives at its lower one: beside each other in the order of where they go,
 * in the middle of the side.
 */
function portsOf({ nodes, links, middles, ways }: Drawing, side: 'above' | 'below'): Ports {
  const atNode = new Map<number, number[]>();
  ways.forEach(({ items }, way) => {
    const node = (side === 'below' ? items[0] : items.at(-1)) ?? 0;
    const list = atNode.get(node);
    if (list === undefined) atNode.set(node, [way]);
    else list.push(way);
  });
  const looped = new Set(links.filter(({ from, to }) => from === to).map(({ from }) => from));
  const ports = new Array<number>(ways.length).fill(0);
  const slots = new Array<Slots>(ways.length);
  for (const [node, list] of atNode) {
    const next = (way: number): number => middles[(side === 'below' ? ways[way]?.items[1] : ways[way]?.items.at(-2)) ?? 0] ?? 0;
    list.sort((a, b) => next(a) - next(b) || a - b);
    const inset = portInset + (side === 'below' && looped.has(node) ? loopWidth + 8 : 0);
    const room = Math.max(1, (nodes[node]?.width ?? 0) - 2 * inset);
    const pitch = Math.min(portPitch, room / Math.max(1, list.length - 1));
    const middle = middles[node] ?? 0;
    const own: Slots = { order: list, left: middle - room / 2, right: middle + room / 2 };
    list.forEach((way, index) => {
      slots[way] = own;
      ports[way] = Math.round((middle + (index - (list.length - 1) / 2) * pitch) * 2) / 2;
    });
  }
  return { ports, slots };
}

/** Ends of lines at one side of the nodes, by the numbers of the ways, and how far each may be moved. */
interface Ports {
  readonly ports: number[];
  readonly slots: readonly Slots[];
}

/** Passages follow the ends of their lines, and ends the passages or the other end, as far as nothing stands in the way. */
function straightenAll({ nodes, rows, middles, ways }: Drawing, leaving: Ports, arriving: Ports): void {
  const neighbours = new Map<number, { readonly left: number; readonly right: number }>();
  for (const row of rows) {
    row.forEach((item, at) => {
      if (item < nodes.length) return;
      neighbours.set(item, { left: row[at - 1] ?? -1, right: row[at + 1] ?? -1 });
    });
  }
  const limit = (item: number, side: 1 | -1): number => {
    if (item < 0) return side * Number.POSITIVE_INFINITY;
    const half = item < nodes.length ? (nodes[item]?.width ?? 0) / 2 + lineGap : lineGap;
    return (middles[item] ?? 0) - side * half;
  };
  const follow = (item: number, wanted: number): void => {
    const beside = neighbours.get(item);
    if (beside === undefined) return;
    const slot: Slots = { order: [item], left: limit(beside.left, -1), right: limit(beside.right, 1) };
    straighten(middles, slot, item, wanted);
  };
  ways.forEach(({ items }, way) => {
    const inner = items.slice(1, -1);
    let x = leaving.ports[way] ?? 0;
    for (const item of inner) {
      follow(item, x);
      x = middles[item] ?? 0;
    }
    const arrival = arriving.slots[way];
    if (arrival !== undefined && straighten(arriving.ports, arrival, way, x)) return;
    x = arriving.ports[way] ?? 0;
    for (const item of [...inner].reverse()) {
      follow(item, x);
      x = middles[item] ?? 0;
    }
    const departure = leaving.slots[way];
    if (departure !== undefined) straighten(leaving.ports, departure, way, x);
  });
}

/** A line of a node to itself: a small bow under its right corner. */
function loop(node: DiagramNode | undefined, corner: Point | undefined): Point[] {
  const right = (corner?.x ?? 0) + (node?.width ?? 0) - portInset;
  const bottom = (corner?.y ?? 0) + (node?.height ?? 0);
  return [
    { x: right - loopWidth, y: bottom },
    { x: right - loopWidth, y: bottom + loopHeight },
    { x: right, y: bottom + loopHeight },
    { x: right, y: bottom },
  ];
}
