/** Positions of a picture: tries several drawings of the same graph and keeps the best. The same graph gives the same positions. */
import type { ElkNode } from 'elkjs/lib/elk-api.js';
import type { DiagramEdge, DiagramGraph, DiagramNode } from './diagram-graph.js';
import { type Attempt, fromElk, type Placed, toElk } from './elk-graph.js';
import { gridLayout } from './layout-grid.js';
import { orderJourneys } from './layout-order.js';
import { headerHeight, layoutPlaces, type Rectangle } from './layout-places.js';
import { scoreOf } from './layout-score.js';

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Positions in pixels of the picture at 1:1, in order of the graph's nodes, edges and places. */
export interface Layout {
  /** The {@link DiagramGraph.structure} that it was made for; it serves every graph of that structure. */
  readonly structure: string;
  readonly width: number;
  readonly height: number;
  readonly nodes: readonly Point[];
  readonly edges: readonly (readonly Point[])[];
  readonly places: { readonly caption?: Point; readonly boxes: readonly Rectangle[] };
  /** Where nodes without any line begin; absent when there are none, or nothing but them. */
  readonly looseCaption?: Point;
}

/** The layout engine, as a host brings it: in a worker, or in the same process. */
export interface LayoutEngine {
  layout(graph: ElkNode): Promise<ElkNode>;
}

export interface LayoutLimits {
  /** Asked between attempts; false ends the search with the best so far. */
  readonly keepGoing?: () => boolean;
}

/** Above this many nodes or edges a layered drawing takes longer than anybody waits. */
const largestForElk = { nodes: 600, edges: 1800 };
const smallestWidth = 620;
const wide = 1900;
const margin = 16;

/**
 * Lays a graph out. Never rejects because of the graph: what is too large for the engine, or fails in it, is drawn in
 * plain tiers. A caller that wants a time limit ends the engine; that gives the plain drawing, too.
 */
export async function layoutGraph(graph: DiagramGraph, engine: LayoutEngine, limits: LayoutLimits = {}): Promise<Layout> {
  const { linked, loose } = split(graph);
  const placed = await place(linked, graph.edges, engine, limits.keepGoing ?? (() => true));
  return compose(graph, linked, loose, placed);
}

/** The plain drawing in tiers, at once and without an engine. */
export function plainLayout(graph: DiagramGraph): Layout {
  const { linked, loose } = split(graph);
  return compose(graph, linked, loose, gridLayout(linked, graph.edges));
}

/** Nodes with and without lines; the latter would only stretch the layers. */
function split(graph: DiagramGraph): { readonly linked: readonly DiagramNode[]; readonly loose: readonly DiagramNode[] } {
  const touched = new Set(graph.edges.flatMap((edge) => [edge.from, edge.to]));
  return {
    linked: graph.nodes.filter((node) => touched.has(node.id)),
    loose: graph.nodes.filter((node) => !touched.has(node.id)),
  };
}

async function place(
  nodes: readonly DiagramNode[],
  edges: readonly DiagramEdge[],
  engine: LayoutEngine,
  keepGoing: () => boolean,
): Promise<Placed> {
  if (nodes.length === 0) return { width: 0, height: 0, nodes: [], edges: [] };
  if (nodes.length > largestForElk.nodes || edges.length > largestForElk.edges) return gridLayout(nodes, edges);
  const { seeds, thoroughness, placement, bounds } = effortFor(nodes.length, edges.length);
  let best: { readonly placed: Placed; readonly score: number } | undefined;
  const attempt = async (options: Attempt): Promise<void> => {
    const drawn = fromElk(await engine.layout(toElk(nodes, edges, options)), nodes, edges);
    const placed = orderJourneys(drawn, nodes, edges);
    const score = nodes.length > 300 ? placed.width : scoreOf(placed, nodes);
    if (best === undefined || score < best.score) best = { placed, score };
  };
  try {
    for (let seed = 1; seed <= seeds; seed += 1) {
      if (best !== undefined && !keepGoing()) return best.placed;
      await attempt({ seed, thoroughness, placement });
    }
    // Wide fans leave no room beside the text: then shorter layers are tried as well.
    if (best !== undefined && best.placed.width > wide) {
      for (const layerBound of bounds) if (keepGoing()) await attempt({ seed: 1, thoroughness, placement, layerBound });
    }
  } catch {
    // The engine has limits of its own (stack, memory); a plain picture says more than an error.
  }
  return best?.placed ?? gridLayout(nodes, edges);
}

/**
 * What may be spent on so many nodes. One attempt takes some 50 ms at 20 nodes, 1 s at 100, and 1 s with the cheaper placement at 500.
 * Two lines weigh as much as a node: where everything calls everything, a dozen nodes take a second too.
 */
function effortFor(
  nodes: number,
  edges: number,
): {
  readonly seeds: number;
  readonly thoroughness: number;
  readonly placement: Attempt['placement'];
  readonly bounds: readonly number[];
} {
  const count = Math.max(nodes, Math.ceil(edges / 2));
  if (count > 150) return { seeds: 1, thoroughness: count > 300 ? 2 : 7, placement: 'BRANDES_KOEPF', bounds: [] };
  if (count > 60) return { seeds: 1, thoroughness: 7, placement: 'NETWORK_SIMPLEX', bounds: [] };
  const bound = Math.max(4, Math.round(Math.sqrt(nodes * 1.1)));
  return { seeds: count > 30 ? 3 : 10, thoroughness: 30, placement: 'NETWORK_SIMPLEX', bounds: [bound, bound + 1, bound + 2] };
}

function compose(graph: DiagramGraph, linked: readonly DiagramNode[], loose: readonly DiagramNode[], placed: Placed): Layout {
  const width = Math.max(smallestWidth, Math.ceil(placed.width));
  const offsetX = Math.floor((width - placed.width) / 2);
  const places = layoutPlaces(graph.places, placed, linked, offsetX, width);
  const offsetY = headerHeight + places.push;
  const corners = new Map<string, Point>();
  linked.forEach((node, index) => {
    const corner = placed.nodes[index] ?? { x: 0, y: 0 };
    corners.set(node.id, { x: round(corner.x + offsetX), y: round(corner.y + offsetY) });
  });
  const panel = Math.max(0, ...places.boxes.map((box) => box.y + box.height + margin));
  let bottom = Math.max(panel, offsetY + Math.ceil(placed.height));
  const looseCaption = linked.length > 0 && loose.length > 0 ? { x: margin, y: bottom + 14 } : undefined;
  bottom = shelve(loose, looseCaption === undefined ? bottom + 8 : bottom + 30, width, corners);
  return {
    structure: graph.structure,
    width,
    height: bottom,
    nodes: graph.nodes.map((node) => corners.get(node.id) ?? { x: 0, y: 0 }),
    edges: placed.edges.map((route) => route.map((point) => ({ x: round(point.x + offsetX), y: round(point.y + offsetY) }))),
    places: { ...(places.caption === undefined ? {} : { caption: places.caption }), boxes: places.boxes },
    ...(looseCaption === undefined ? {} : { looseCaption }),
  };
}

/** Sets nodes in rows that fit the width; answers where the last row ends. */
function shelve(nodes: readonly DiagramNode[], top: number, width: number, corners: Map<string, Point>): number {
  let x = margin;
  let y = top;
  let height = 0;
  for (const node of nodes) {
    if (x > margin && x + node.width > width - margin) {
      x = margin;
      y += height + 20;
      height = 0;
    }
    corners.set(node.id, { x, y });
    x += node.width + margin;
    height = Math.max(height, node.height);
  }
  return nodes.length === 0 ? top : y + height + 8;
}

/** Tenths of a pixel are enough, and short in a file. */
function round(value: number): number {
  return Math.round(value * 10) / 10;
}
