/** Positions of a picture: tries several drawings of the same graph and keeps the best. The same graph gives the same positions. */
import type { ElkNode } from 'elkjs/lib/elk-api.js';
import type { DiagramEdge, DiagramGraph, DiagramNode } from './diagram-graph.js';
import { type Attempt, fromElk, type Placed, toElk } from './elk-graph.js';
import { type LanePattern, lanePattern, layoutLanes } from './lane-layout.js';
import { layeredLayout } from './layered-layout.js';
import { orderJourneys } from './layout-order.js';
import { headerHeight, layoutPlaces, type Rectangle } from './layout-places.js';
import { crossings, scoreOf } from './layout-score.js';
import { withoutJogs } from './route-jogs.js';

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
  /** The frames of the graph's lanes, in order. */
  readonly lanes?: readonly Rectangle[];
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
  /** What is shown now: of several good drawings the one wins that moves the least. */
  readonly former?: FormerPicture;
}

interface PlaceLimits extends LayoutLimits {
  /** So many times the drawing stands beside itself: then narrow ones are worth more. */
  readonly lanes?: number;
}

/** Where nodes stood, by their identifiers. */
export type FormerPicture = ReadonlyMap<string, Point>;

/** Above this many nodes, or twice as many lines, the engine takes longer than anybody waits; the quick drawing takes milliseconds. */
const largestForElk = 60;
const smallestWidth = 620;
/** What has no line may make a narrow picture as wide as this: four cards beside each other. */
const looseWidth = 880;
/** Wider than this a drawing leaves little room beside the text: then shorter rows are tried as well. */
const wide = 1250;
/** What has no crossing may be as wide as this, which fits a screen at full size. */
const roomy = 1600;
const margin = 16;
const laneWidthWeight = 1.5;
/** What the cards of a row may take together in all lanes: several are tried. */
const laneRooms = [1000, 1500, 2000, 3000];
const narrowestLane = 480;

/**
 * Lays a graph out. Never rejects because of the graph: what is too large for the engine, or fails in it, is drawn by the
 * quick layout. A caller that wants a time limit ends the engine; that gives the quick drawing, too.
 */
export async function layoutGraph(graph: DiagramGraph, engine: LayoutEngine, limits: LayoutLimits = {}): Promise<Layout> {
  if (graph.lanes !== undefined) {
    const pattern = lanePattern(graph);
    const { linked, loose } = split(pattern);
    const drawn = await place(linked, pattern.edges, engine, { ...limits, lanes: graph.lanes.length });
    return composeLanes(graph, pattern, withLoose(pattern.nodes, linked, loose, drawn));
  }
  const { linked, loose } = split(graph);
  const placed = await place(linked, graph.edges, engine, limits);
  return compose(graph, linked, loose, placed);
}

/** The quick drawing in layers, at once and without an engine. */
export function plainLayout(graph: DiagramGraph, former?: FormerPicture): Layout {
  if (graph.lanes !== undefined) {
    const pattern = lanePattern(graph);
    const { linked, loose } = split(pattern);
    const drawn = quickLane(linked, pattern.edges, graph.lanes.length);
    return composeLanes(graph, pattern, withLoose(pattern.nodes, linked, loose, drawn));
  }
  const { linked, loose } = split(graph);
  return compose(graph, linked, loose, quick(linked, graph.edges, former));
}

/** All nodes in rows, as they come, and no line: linear, for what must be seen at once or cannot be laid out. */
export function shelvesLayout(graph: DiagramGraph): Layout {
  const room = Math.max(smallestWidth, Math.min(wide, Math.ceil(Math.sqrt(graph.nodes.length)) * 230));
  return compose(graph, [], graph.nodes, { width: room, height: 0, nodes: [], edges: graph.edges.map(() => []) });
}

/** Whether the engine would be asked about the graph at all; if not, {@link plainLayout} is the whole answer. */
export function wantsEngine({ nodes, edges }: Pick<DiagramGraph, 'nodes' | 'edges'>): boolean {
  // A folded picture stands for a large one, whose first sight nobody should wait for.
  const folded = nodes.some((node) => node.shape === 'group');
  return edges.length > 0 && !folded && Math.max(nodes.length, Math.ceil(edges.length / 2)) <= largestForElk;
}

/** Where the nodes of a picture stand. */
export function formerOf(graph: DiagramGraph, layout: Layout): FormerPicture {
  return new Map(graph.nodes.map((node, index) => [node.id, layout.nodes[index] ?? { x: 0, y: 0 }]));
}

/** Nodes with and without lines; the latter would only stretch the layers. */
function split(graph: Pick<DiagramGraph, 'nodes' | 'edges'>): {
  readonly linked: readonly DiagramNode[];
  readonly loose: readonly DiagramNode[];
} {
  const touched = new Set(graph.edges.flatMap((edge) => [edge.from, edge.to]));
  return {
    linked: graph.nodes.filter((node) => touched.has(node.id)),
    loose: graph.nodes.filter((node) => !touched.has(node.id)),
  };
}

function quick(nodes: readonly DiagramNode[], edges: readonly DiagramEdge[], former: FormerPicture | undefined): Placed {
  return tidied(layeredLayout(nodes, edges, former === undefined ? {} : { former }), nodes, edges);
}

/** Without small jogs, and journeys in order where that costs nothing. */
function tidied(placed: Placed, nodes: readonly DiagramNode[], edges: readonly DiagramEdge[]): Placed {
  return orderJourneys(withoutJogs(placed, nodes, edges), nodes, edges);
}

/** The best of quick drawings of several widths, for something that stands beside itself `lanes` times. */
function quickLane(nodes: readonly DiagramNode[], edges: readonly DiagramEdge[], lanes: number): Placed {
  const tried = laneRooms.map((room) =>
    tidied(layeredLayout(nodes, edges, { room: Math.max(narrowestLane, room / lanes) }), nodes, edges),
  );
  const scored = tried.map((placed) => ({ placed, score: laneScore(placed, nodes, lanes) }));
  return scored.reduce((best, next) => (next.score < best.score ? next : best)).placed;
}

function laneScore(placed: Placed, nodes: readonly DiagramNode[], lanes: number): number {
  return scoreOf(placed, nodes) + (lanes - 1) * laneWidthWeight * placed.width;
}

async function place(
  nodes: readonly DiagramNode[],
  edges: readonly DiagramEdge[],
  engine: LayoutEngine,
  { keepGoing = () => true, former, lanes = 1 }: PlaceLimits,
): Promise<Placed> {
  const first = lanes > 1 ? quickLane(nodes, edges, lanes) : quick(nodes, edges, former);
  if (nodes.length === 0 || !wantsEngine({ nodes, edges })) return first;
  // The engine betters a drawing without crossings seldom, and then by a few bends: that is not worth the time of starting it.
  if (first.width * lanes <= roomy && crossings(first.edges) === 0) return first;
  const score = (placed: Placed): number => laneScore(placed, nodes, lanes) + movement(placed, nodes, former);
  let best = { placed: first, score: score(first) };
  const attempt = async (options: Attempt): Promise<void> => {
    const drawn = fromElk(await engine.layout(toElk(nodes, edges, options)), nodes, edges);
    const placed = tidied(drawn, nodes, edges);
    const own = score(placed);
    if (own < best.score) best = { placed, score: own };
  };
  // Seeds differ by a few crossings, and one takes some 70 ms at 20 nodes: the best of three is hardly ever beaten by the next seven.
  const seeds = Math.max(nodes.length, edges.length / 2) > 30 ? 1 : 3;
  const bound = Math.max(4, Math.round(Math.sqrt(nodes.length * 1.1)));
  const common = { thoroughness: 30, placement: 'NETWORK_SIMPLEX' } as const;
  try {
    await attempt({ seed: 1, ...common });
    // Shorter rows before other seeds: where time is short, they make the larger difference.
    const isWide = best.placed.width * lanes > wide;
    for (const layerBound of lanes > 1 ? [3, 4] : [bound, bound + 1, bound + 2]) {
      if (isWide && keepGoing()) await attempt({ seed: 1, ...common, layerBound });
    }
    for (let seed = 2; seed <= seeds && keepGoing(); seed += 1) await attempt({ seed, ...common });
  } catch {
    // The engine has limits of its own (stack, memory); the quick picture says more than an error.
  }
  return best.placed;
}

/** How far the nodes that stay would move, beyond what all of them move together: half a crossing for each card's width. */
function movement(placed: Placed, nodes: readonly DiagramNode[], former: FormerPicture | undefined): number {
  if (former === undefined) return 0;
  const moves = nodes.flatMap((node, index) => {
    const from = former.get(node.id);
    const to = placed.nodes[index];
    return from === undefined || to === undefined ? [] : [{ x: to.x - from.x, y: to.y - from.y }];
  });
  const middle = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0;
  const x = middle(moves.map((move) => move.x));
  const y = middle(moves.map((move) => move.y));
  return moves.reduce((sum, move) => sum + Math.abs(move.x - x) + Math.abs(move.y - y), 0);
}

function compose(
  graph: DiagramGraph,
  linked: readonly DiagramNode[],
  loose: readonly DiagramNode[],
  placed: Placed,
  frames: readonly Rectangle[] = [],
): Layout {
  const beside = loose.reduce((sum, node) => sum + node.width + margin, margin);
  const width = Math.max(smallestWidth, Math.ceil(placed.width), Math.min(beside, looseWidth));
  const offsetX = Math.floor((width - placed.width) / 2);
  const solid = { ...placed, nodes: [...placed.nodes, ...frames] };
  const places = layoutPlaces(graph.places, solid, [...linked, ...frames], offsetX, width);
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

/** The pattern of lanes with the nodes that have no line, in rows below the others. */
function withLoose(
  nodes: readonly DiagramNode[],
  linked: readonly DiagramNode[],
  loose: readonly DiagramNode[],
  placed: Placed,
): Placed {
  const corners = new Map(linked.map((node, index) => [node.id, placed.nodes[index] ?? { x: 0, y: 0 }]));
  const width = Math.max(placed.width, 2 * margin + Math.max(0, ...loose.map((node) => node.width)));
  const height = shelve(loose, placed.height + 12, width, corners);
  return {
    width,
    height: loose.length === 0 ? placed.height : height,
    nodes: nodes.map((node) => corners.get(node.id) ?? { x: 0, y: 0 }),
    edges: placed.edges,
  };
}

function composeLanes(graph: DiagramGraph, pattern: LanePattern, drawn: Placed): Layout {
  const { placed, lanes } = layoutLanes(graph, pattern, drawn);
  const layout = compose(graph, graph.nodes, [], placed, lanes);
  const x = (layout.nodes[0]?.x ?? 0) - (placed.nodes[0]?.x ?? 0);
  const y = (layout.nodes[0]?.y ?? 0) - (placed.nodes[0]?.y ?? 0);
  return { ...layout, lanes: lanes.map((lane) => ({ ...lane, x: round(lane.x + x), y: round(lane.y + y) })) };
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
