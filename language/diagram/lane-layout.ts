/**
 * Where lanes stand, and how lines cross their borders. All lanes share one drawing of the components, so each has its place
 * in every lane. Lines inside a lane are those of that drawing; lines across run below the rows, each on a track of its own.
 */
import type { DiagramEdge, DiagramGraph, DiagramNode } from './diagram-graph.js';
import type { Placed } from './elk-graph.js';
import { besideAll, headOf } from './lane-head.js';
import { LaneTracks } from './lane-tracks.js';
import type { Point } from './layout.js';
import type { Rectangle } from './layout-places.js';
import { nameSize, smallSize } from './sizes.js';
import { textWidth } from './text-width.js';

const padding = 14;
export const laneCaption = 30;
const margin = 16;
const gap = 16;
const channel = 26;

/** What is laid out once for all lanes: each component that stands in any of them, and the lines inside lanes. */
export interface LanePattern {
  readonly nodes: readonly DiagramNode[];
  readonly edges: readonly DiagramEdge[];
}

/** The pattern of a picture with lanes. Its identifiers are those of the components. */
export function lanePattern(graph: DiagramGraph): LanePattern {
  const inLanes = graph.nodes.filter((node) => node.region !== undefined);
  const own = new Map(inLanes.map((node) => [node.id, node]));
  const nodes = new Map<string, DiagramNode>();
  for (const node of inLanes) if (!nodes.has(patternId(node))) nodes.set(patternId(node), { ...node, id: patternId(node) });
  const edges = new Map<string, DiagramEdge>();
  for (const edge of graph.edges) {
    const [from, to] = [own.get(edge.from), own.get(edge.to)];
    if (from === undefined || to === undefined || from.region !== to.region) continue;
    const id = patternEdge(edge, from, to);
    if (!edges.has(id)) edges.set(id, { ...edge, id, from: patternId(from), to: patternId(to) });
  }
  // What lines reach over a border only stands under what leads there, not in a row of its own.
  const inside = new Set([...edges.values()].flatMap((edge) => [edge.from, edge.to]));
  for (const edge of graph.edges) {
    const [from, to] = [own.get(edge.from), own.get(edge.to)];
    if (from === undefined || to === undefined || from.region === to.region || patternId(from) === patternId(to)) continue;
    const id = patternEdge(edge, from, to);
    if (!inside.has(patternId(to)) && !edges.has(id)) edges.set(id, { ...edge, id, from: patternId(from), to: patternId(to) });
  }
  return { nodes: [...nodes.values()], edges: [...edges.values()] };
}

function patternId(node: DiagramNode): string {
  return node.copyOf ?? node.id;
}

function patternEdge(edge: DiagramEdge, from: DiagramNode, to: DiagramNode): string {
  return JSON.stringify([patternId(from), edge.relation, patternId(to)]);
}

/** The whole drawing from that of the pattern: positions of all nodes and lines, and the frames of the lanes in order. */
export function layoutLanes(
  graph: DiagramGraph,
  pattern: LanePattern,
  drawn: Placed,
): { readonly placed: Placed; readonly lanes: readonly Rectangle[] } {
  const lanes = graph.lanes ?? [];
  const laneOf = new Map(lanes.map((lane, index) => [lane.site, index]));
  const byId = new Map(graph.nodes.map((node) => [node.id, node]));
  const lane = (id: string): number | undefined => laneOf.get(byId.get(id)?.region ?? '');
  const corners = new Map(pattern.nodes.map((node, index) => [node.id, drawn.nodes[index] ?? { x: 0, y: 0 }]));
  const rows = rowsOf(pattern.nodes, corners);
  const outside = graph.nodes.filter((node) => node.region === undefined);
  const calling = new Set(graph.edges.map((edge) => edge.from));
  const above = outside.filter((node) => calling.has(node.id) || node.shape === 'journey');
  const below = underCallers(
    outside.filter((node) => !above.includes(node)),
    graph.edges,
    lane,
  );
  const crossing = graph.edges.filter((edge) => lane(edge.from) === undefined || lane(edge.from) !== lane(edge.to));
  const isAbove = new Set(above.map((node) => node.id));
  const head = headOf(above, crossing, isAbove);
  const rowOf = (id: string): number => {
    const node = byId.get(id);
    return node === undefined ? 0 : (rows.rowOf.get(patternId(node)) ?? 0);
  };
  const tracks = new LaneTracks({ rows: rows.bottoms, lanes: lanes.length });
  const lastRows = lanes.map(({ site }) =>
    Math.max(0, ...graph.nodes.flatMap((node) => (node.region === site ? [rowOf(node.id)] : []))),
  );
  const places = { lane, row: rowOf, lastRow: (index: number) => lastRows[index] ?? 0, isAbove: (id: string) => isAbove.has(id) };
  const plans = furthestFirst(crossing, lane, (id) => {
    const node = byId.get(id);
    return node === undefined ? 0 : (corners.get(patternId(node))?.x ?? 0);
  })
    .filter((edge) => !(isAbove.has(edge.from) && isAbove.has(edge.to)))
    .map((edge) => tracks.plan(edge, places));

  const spans = lanes.map((each) => spanOf(graph, pattern, drawn, each.site));
  const bodyHeight = laneCaption + tracks.stretch(drawn.height) + padding;
  const gutters = tracks.gutterWidths();
  const lefts: number[] = [];
  let x = margin;
  gutters.forEach((width, index) => {
    x += width;
    if (index < lanes.length) {
      lefts.push(x);
      x += widthOf(spans[index]);
    }
  });
  const belowWidth = below.reduce((sum, node) => sum + node.width + gap, -gap);
  const width = Math.max(x + margin, head.width, belowWidth + 2 * margin);
  const shift = (width - x - margin) / 2;
  const top = head.height + tracks.channelHeight('above', channel);
  const bottom = top + bodyHeight;
  const frames = lefts.map(
    (left, index): Rectangle => ({ x: left + shift, y: top, width: widthOf(spans[index]), height: bodyHeight }),
  );

  const headLeft = besideAll((width - head.width) / 2, head.ends, tracks.gutterTracks(frames));
  const place = new Map<string, Point>();
  for (const [id, corner] of head.nodes) place.set(id, { x: corner.x + headLeft, y: corner.y });
  let left = (width - belowWidth) / 2;
  const belowTop = bottom + tracks.channelHeight('below', channel);
  for (const node of below) {
    place.set(node.id, { x: left, y: belowTop });
    left += node.width + gap;
  }
  /** From a point of the pattern to one of a lane. */
  const into = (point: Point, index: number): Point => ({
    x: (frames[index]?.x ?? 0) + padding + point.x - (spans[index]?.left ?? 0),
    y: top + laneCaption + tracks.stretch(point.y),
  });
  for (const node of graph.nodes) {
    const index = lane(node.id);
    const corner = corners.get(patternId(node));
    if (index !== undefined && corner !== undefined) place.set(node.id, into(corner, index));
  }
  const inner = new Map(pattern.edges.map((edge, index) => [edge.id, drawn.edges[index] ?? []]));
  const routes = new Map<string, readonly Point[]>();
  for (const edge of graph.edges) {
    const [from, to] = [byId.get(edge.from), byId.get(edge.to)];
    const index = lane(edge.from);
    if (from === undefined || to === undefined || index === undefined || index !== lane(edge.to)) continue;
    const route = inner.get(patternEdge(edge, from, to)) ?? [];
    routes.set(
      edge.id,
      route.map((point) => into(point, index)),
    );
  }
  for (const [id, route] of head.routes)
    routes.set(
      id,
      route.map((point) => ({ x: point.x + headLeft, y: point.y })),
    );
  tracks.route(plans, routes, {
    box: (id) => ({ ...(place.get(id) ?? { x: 0, y: 0 }), width: byId.get(id)?.width ?? 0, height: byId.get(id)?.height ?? 0 }),
    frames,
    names: frames.map(({ x: from }, index) => ({ from, to: from + nameWidth(lanes[index]?.label ?? '') })),
    above: head.height,
    below: bottom,
    corridor: (row) => top + laneCaption + tracks.stretch(rows.bottoms[row] ?? 0),
  });
  const height = below.length === 0 ? bottom + 8 : belowTop + Math.max(...below.map((node) => node.height)) + 8;
  return {
    placed: {
      width,
      height,
      nodes: graph.nodes.map((node) => place.get(node.id) ?? { x: 0, y: 0 }),
      edges: graph.edges.map((edge) => routes.get(edge.id) ?? []),
    },
    lanes: frames,
  };
}

/**
 * Lines in the order in which they get their tracks: to the right those that begin furthest to the right, to the left those that
 * begin furthest to the left, so that none runs over the beginning of the next.
 */
function furthestFirst(
  crossing: readonly DiagramEdge[],
  lane: (id: string) => number | undefined,
  x: (id: string) => number,
): readonly DiagramEdge[] {
  const isToRight = (edge: DiagramEdge): boolean => (lane(edge.from) ?? 0) < (lane(edge.to) ?? Number.POSITIVE_INFINITY);
  const keyed = crossing.map((edge, index) => {
    const start = lane(edge.from);
    const turn = isToRight(edge) ? -1 : 1;
    return { edge, index, turn, start, x: turn * x(edge.from), lane: turn * (start ?? 0) };
  });
  keyed.sort((a, b) => {
    // Lines from the head keep the order of their drawing.
    if (a.start === undefined || b.start === undefined)
      return Number(a.start !== undefined) - Number(b.start !== undefined) || a.index - b.index;
    return a.turn - b.turn || a.lane - b.lane || a.x - b.x || a.index - b.index;
  });
  return keyed.map(({ edge }) => edge);
}

/** What stands below the lanes, in the order of the lanes that lead to it. */
function underCallers(
  nodes: readonly DiagramNode[],
  edges: readonly DiagramEdge[],
  lane: (id: string) => number | undefined,
): readonly DiagramNode[] {
  const callers = new Map<string, number[]>();
  for (const { from, to } of edges) {
    const index = lane(from);
    if (index !== undefined) callers.set(to, [...(callers.get(to) ?? []), index]);
  }
  const mean = ({ id }: DiagramNode): number => {
    const list = callers.get(id) ?? [];
    return list.length === 0 ? Number.POSITIVE_INFINITY : list.reduce((sum, each) => sum + each, 0) / list.length;
  };
  const keyed = nodes.map((node, index) => ({ node, index, at: mean(node) }));
  keyed.sort((a, b) => (a.at === b.at ? a.index - b.index : a.at - b.at));
  return keyed.map(({ node }) => node);
}

/** From the leftmost to the rightmost thing of the pattern that a lane has: what it lacks at its sides takes no room. */
interface Span {
  readonly left: number;
  readonly right: number;
}

function spanOf(graph: DiagramGraph, pattern: LanePattern, drawn: Placed, site: string): Span {
  const here = new Map(graph.nodes.flatMap((node) => (node.region === site ? [[node.id, node] as const] : [])));
  const ids = new Set([...here.values()].map(patternId));
  const own = new Set(
    graph.edges.flatMap((edge) => {
      const [from, to] = [here.get(edge.from), here.get(edge.to)];
      return from === undefined || to === undefined ? [] : [patternEdge(edge, from, to)];
    }),
  );
  const sides = [
    ...pattern.nodes.flatMap((node, index) => {
      const left = drawn.nodes[index]?.x ?? 0;
      return ids.has(node.id) ? [left, left + node.width] : [];
    }),
    ...pattern.edges.flatMap((edge, index) => (own.has(edge.id) ? (drawn.edges[index] ?? []).map((point) => point.x) : [])),
  ];
  return { left: Math.min(...sides), right: Math.max(...sides) };
}

/** What the name of a lane takes with the longest word behind it. */
function nameWidth(label: string): number {
  return padding + textWidth(label, nameSize, 'bold') + 22 + textWidth('promoted', smallSize) + 6;
}

/** Wide enough for the region's name and role, too. */
function widthOf(span: Span | undefined): number {
  return Math.max(180, span === undefined ? 0 : span.right - span.left + 2 * padding);
}

/** Nodes beside each other, from above; `bottoms` are where their rows end. */
function rowsOf(nodes: readonly DiagramNode[], corners: ReadonlyMap<string, Point>) {
  const tops = [...new Set(nodes.map((node) => Math.round(corners.get(node.id)?.y ?? 0)))].sort((a, b) => a - b);
  const rowOf = new Map(nodes.map((node) => [node.id, tops.indexOf(Math.round(corners.get(node.id)?.y ?? 0))]));
  const bottoms = tops.map((_, row) =>
    Math.max(...nodes.filter((node) => rowOf.get(node.id) === row).map((node) => (corners.get(node.id)?.y ?? 0) + node.height)),
  );
  return { rowOf, bottoms };
}
