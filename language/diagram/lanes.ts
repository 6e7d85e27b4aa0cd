/** Regions as lanes: every component once in each region where it runs, and what crosses the borders between them. */
import type { DiagramEdge, DiagramGraph, DiagramNode, Place, RegionRow } from './diagram-graph.js';
import { displayName } from './display-name.js';
import { cardHeight, measureCards, widthForName } from './sizes.js';
import { structureOf } from './structure.js';

/** Copies of one component, by region in the order of the lanes. */
type Copies = ReadonlyMap<string, DiagramNode>;

/**
 * The picture with a lane for each region in which anything stands. What has no place (journeys, third parties) stays
 * outside. The lines of a region that only stands by are quiet.
 */
export function lanesOf(graph: DiagramGraph): DiagramGraph {
  const card = laneCard(graph);
  const copies = new Map(graph.nodes.map((node) => [node.id, copiesOf(node, graph.places, card.width)]));
  const nodes = graph.nodes.flatMap((node): readonly DiagramNode[] => {
    const own = copies.get(node.id);
    return own === undefined || own.size === 0 ? [node] : [...own.values()];
  });
  const inUse = new Set(nodes.flatMap((node) => (node.region === undefined ? [] : [node.region])));
  const edges = [
    ...graph.edges.flatMap((edge) => edgesBetween(edge, copies)),
    ...graph.nodes.flatMap((node) => replicationsOf(node, copies.get(node.id) ?? new Map())),
  ];
  return {
    ...graph,
    title: `${graph.title}: regions side by side`,
    view: 'regions side by side',
    card,
    nodes,
    edges,
    lanes: graph.places.filter((place) => inUse.has(place.site)),
    structure: `lanes-${structureOf(nodes, edges, graph.places)}`,
  };
}

/** How many nodes the picture has in lanes: what runs in several regions stands in each of them. */
export function countInLanes(graph: DiagramGraph): number {
  return graph.nodes.reduce((sum, node) => sum + Math.max(1, node.region === undefined ? node.rows.filter(isUsed).length : 1), 0);
}

/** One region fits a smaller card, and its name stands over the lane. */
function laneCard(graph: DiagramGraph): DiagramGraph['card'] {
  const cards = graph.nodes.filter((node) => node.shape === 'card' && node.rows.length > 0);
  const rows = cards.flatMap((node) => node.rows.map((row): RegionRow => ({ ...row, label: '' })));
  const names = Math.max(0, ...cards.map((node) => widthForName(displayName(node), node.journeys.length)));
  return measureCards(rows, names);
}

function copiesOf(node: DiagramNode, places: readonly Place[], width: number): Copies {
  if (node.region !== undefined) return new Map([[node.region, node]]);
  const copies = new Map<string, DiagramNode>();
  for (const place of places) {
    const row = node.rows.find((each) => each.region === place.site);
    if (row !== undefined && isUsed(row)) copies.set(place.site, copyIn(node, row, arrivalIn(node, place.site), width));
  }
  return copies;
}

/** The replication that arrives in a region, whichever row of the card tells it. */
function arrivalIn(node: DiagramNode, region: string): RegionRow['arrives'] {
  return node.rows.find(({ arrives, region: own }) => arrives !== undefined && (arrives.into ?? own) === region)?.arrives;
}

function isUsed(row: RegionRow): boolean {
  return row.cells.some((cell) => cell.pips.length > 0);
}

function copyIn(node: DiagramNode, row: RegionRow, arrives: RegionRow['arrives'], width: number): DiagramNode {
  const { badge, verdict, ...rest } = node;
  const rows: readonly RegionRow[] = [{ region: row.region, label: '', cells: row.cells }];
  const copy = {
    ...rest,
    id: `${node.id} in ${row.region}`,
    copyOf: node.id,
    region: row.region,
    rows,
    width,
    height: cardHeight(rows),
  };
  if (serves(row)) {
    return {
      ...copy,
      ...(badge === undefined ? {} : { badge }),
      ...(verdict === undefined ? {} : { verdict }),
    };
  }
  const votes = row.cells.every((cell) => cell.pips.every((pip) => pip.role === 'witness'));
  const lag = arrives?.lag;
  const text =
    arrives === undefined ? (votes ? 'votes' : 'stands by') : `${arrives.mode}${lag === undefined ? ' copy' : ` ≤ ${lag}`}`;
  const says = votes ? `Only votes in ${row.region}.` : `Stands by in ${row.region}.`;
  return { ...copy, journeys: [], chips: [{ text, tone: 'fact', says }], says: [says] };
}

function serves(row: RegionRow): boolean {
  return row.cells.some((cell) => cell.pips.some((pip) => pip.role === 'active'));
}

/** Whether a node serves where it stands; what has no rows does. */
export function servesThere(node: DiagramNode): boolean {
  return node.rows.length === 0 || node.rows.some(serves);
}

/** The lines that one line of the whole picture becomes. */
function edgesBetween(edge: DiagramEdge, copies: ReadonlyMap<string, Copies>): readonly DiagramEdge[] {
  const callers = [...(copies.get(edge.from)?.values() ?? [])];
  const callees = copies.get(edge.to) ?? new Map<string, DiagramNode>();
  const active = [...callees.values()].filter(servesThere);
  const first = active[0] ?? [...callees.values()][0];
  const join = (from: string, to: string, isQuiet: boolean): DiagramEdge => ({
    ...edge,
    id: `${from} ${edge.relation} ${to}`,
    from,
    to,
    copyOf: { id: edge.id, from: edge.from, to: edge.to },
    ...(isQuiet ? { quiet: true } : {}),
  });
  if (callers.length === 0) {
    if (callees.size === 0) return [edge];
    return [...callees.values()].map((callee) => join(edge.from, callee.id, active.length > 0 && !servesThere(callee)));
  }
  const serving = callers.filter(servesThere);
  const outward = serving.length > 0 ? serving : callers.slice(0, 1);
  if (callees.size === 0) return outward.map((caller) => join(caller.id, edge.to, false));
  if (edge.relation === 'backup')
    return outward.slice(0, 1).flatMap((caller) => (first === undefined ? [] : [join(caller.id, first.id, false)]));
  return callers.flatMap((caller) => {
    const callee = callees.get(caller.region ?? '') ?? first;
    return callee === undefined ? [] : [join(caller.id, callee.id, !servesThere(caller))];
  });
}

/** The replication of a store from the region that serves to each that it arrives in. */
function replicationsOf(node: DiagramNode, copies: Copies): readonly DiagramEdge[] {
  const source = [...copies.values()].find(servesThere) ?? [...copies.values()][0];
  if (source === undefined) return [];
  return node.rows.flatMap((row): readonly DiagramEdge[] => {
    const target = copies.get(row.region);
    const arrives = arrivalIn(node, row.region);
    if (arrives === undefined || target === undefined || target === source) return [];
    const relation = arrives.mode === 'sync' ? 'sync-copy' : 'async-copy';
    const lag = arrives.lag === undefined ? '' : `, at most ${arrives.lag} behind`;
    const says = `${node.name} is copied from ${source.region ?? ''} to ${row.region}, ${arrives.mode}${lag}.`;
    return [{ id: `${source.id} ${relation} ${target.id}`, from: source.id, to: target.id, relation, source: node.source, says }];
  });
}
