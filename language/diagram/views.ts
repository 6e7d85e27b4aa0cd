/** Parts of a picture: one journey, one region, one component with its neighbours, the data. Each is a picture of its own. */
import type { DiagramEdge, DiagramGraph, DiagramNode } from './diagram-graph.js';
import { displayName } from './display-name.js';
import { laneStates } from './lane-states.js';
import { countInLanes, lanesOf } from './lanes.js';
import { cardHeight } from './sizes.js';
import type { DiagramStates } from './states.js';
import { structureOf } from './structure.js';

/** More than this many nodes in lanes are no picture any more, and folding would take the lanes apart. */
const largestForLanes = 120;

export type View =
  | { readonly kind: 'system' }
  | { readonly kind: 'journey'; readonly name: string }
  | { readonly kind: 'region'; readonly name: string }
  | { readonly kind: 'component'; readonly name: string }
  | { readonly kind: 'data' }
  | { readonly kind: 'regions' };

/** The part of a picture that a view shows. What no longer exists shows the whole system. */
export function viewOf(graph: DiagramGraph, view: View): DiagramGraph {
  switch (view.kind) {
    case 'system':
      return graph;
    case 'journey': {
      const journey = graph.nodes.find((node) => node.kind === 'journey' && node.id === view.name);
      if (journey === undefined) return graph;
      const reached = reachedFrom(graph, journey.id);
      return part(graph, `journey ${displayName(journey)}`, (node) => reached.has(node.id));
    }
    case 'region':
      return regionView(graph, view.name);
    case 'component': {
      const centre = graph.nodes.find((node) => node.kind !== 'journey' && node.id === view.name);
      if (centre === undefined) return graph;
      const lines = graph.edges.filter((edge) => edge.from === centre.id || edge.to === centre.id);
      const near = new Set([centre.id, ...lines.flatMap((edge) => [edge.from, edge.to])]);
      const title = `${displayName(centre)} and its neighbours`;
      return part(
        graph,
        title,
        (node) => near.has(node.id),
        (edge) => edge.from === centre.id || edge.to === centre.id,
      );
    }
    case 'data':
      return part(graph, 'data and backups', keepsData);
    case 'regions':
      return graph.places.length > 1 ? lanesOf(graph) : graph;
  }
}

/**
 * A view by its name on a command line: `data`, `regions`, `journey:NAME`, `region:NAME`, `component:NAME`. Undefined where it is none,
 * or where the picture has no such part.
 */
export function viewNamed(graph: DiagramGraph, text: string): View | undefined {
  if (text === 'data') return { kind: 'data' };
  if (text === 'regions') return graph.places.length > 1 ? { kind: 'regions' } : undefined;
  const at = text.indexOf(':');
  const name = text.slice(at + 1);
  const has = (found: boolean, view: View): View | undefined => (found ? view : undefined);
  switch (text.slice(0, Math.max(0, at))) {
    case 'journey':
      return has(
        graph.nodes.some((node) => node.kind === 'journey' && node.id === name),
        { kind: 'journey', name },
      );
    case 'component':
      return has(
        graph.nodes.some((node) => node.kind !== 'journey' && node.id === name),
        { kind: 'component', name },
      );
    case 'region':
      return has(
        graph.places.some((place) => place.site === name),
        { kind: 'region', name },
      );
    default:
      return undefined;
  }
}

/** States of the whole for a part of it: those of nodes that are not shown are not counted; the title says which part it is. */
export function statesIn(states: DiagramStates, part: DiagramGraph): DiagramStates {
  const shown = new Set(part.nodes.map((node) => node.id));
  const title = part.view === undefined ? states.title : `${states.title} · ${part.view}`;
  if (part.lanes !== undefined) return laneStates({ ...states, title }, part);
  return { ...states, title, nodes: states.nodes.filter((node) => shown.has(node.id)) };
}

/** Every view of a picture worth offering, in order: the whole, its journeys, its regions, the data. */
export function viewsOf(graph: DiagramGraph): readonly { readonly view: View; readonly label: string }[] {
  return [
    { view: { kind: 'system' }, label: 'Whole system' },
    ...graph.nodes.flatMap((node) =>
      node.kind === 'journey'
        ? [{ view: { kind: 'journey' as const, name: node.id }, label: `Journey ${displayName(node)}` }]
        : [],
    ),
    ...(graph.places.length > 1
      ? graph.places.map(({ site, label }) => ({ view: { kind: 'region' as const, name: site }, label: `Region ${label}` }))
      : []),
    ...(graph.places.length > 1 && countInLanes(graph) <= largestForLanes
      ? [{ view: { kind: 'regions' as const }, label: 'Regions side by side' }]
      : []),
    ...(graph.nodes.some(keepsData) ? [{ view: { kind: 'data' as const }, label: 'Data and backups' }] : []),
  ];
}

function keepsData(node: DiagramNode): boolean {
  return node.kind === 'database' || node.kind === 'cache' || node.kind === 'queue' || node.kind === 'bucket';
}

/** What runs in the region, with the journeys and whatever runs in no place of the model that it leads to. */
function regionView(graph: DiagramGraph, region: string): DiagramGraph {
  const place = graph.places.find((each) => each.site === region);
  if (place === undefined) return graph;
  const runsHere = (node: DiagramNode): boolean =>
    node.rows.some((row) => row.region === region && row.cells.some((cell) => cell.pips.length > 0));
  const here = new Set(graph.nodes.filter(runsHere).map((node) => node.id));
  const beside = new Set(
    graph.edges.flatMap((edge) => (here.has(edge.from) ? [edge.to] : []).concat(here.has(edge.to) ? [edge.from] : [])),
  );
  const shown = part(
    graph,
    `region ${place.label}`,
    (node) => here.has(node.id) || (node.rows.length === 0 && (beside.has(node.id) || node.kind === 'journey')),
  );
  const nodes = shown.nodes.map((node) => {
    if (node.shape !== 'card') return node;
    const rows = node.rows
      .filter((row) => row.region === region)
      .map(({ region: name, label, cells }) => ({ region: name, label, cells }));
    return { ...node, rows, height: cardHeight(rows) };
  });
  return { ...shown, nodes, places: [place], structure: structureOf(nodes, shown.edges, [place]) };
}

function part(
  graph: DiagramGraph,
  title: string,
  wanted: (node: DiagramNode) => boolean,
  line: (edge: DiagramEdge) => boolean = () => true,
): DiagramGraph {
  const nodes = graph.nodes.filter(wanted);
  const ids = new Set(nodes.map((node) => node.id));
  const edges = graph.edges.filter((edge) => ids.has(edge.from) && ids.has(edge.to) && line(edge));
  return {
    ...graph,
    title: `${graph.title}: ${title}`,
    view: title,
    nodes,
    edges,
    structure: structureOf(nodes, edges, graph.places),
  };
}

function reachedFrom(graph: DiagramGraph, start: string): ReadonlySet<string> {
  const callees = new Map<string, string[]>();
  for (const { from, to } of graph.edges) {
    const list = callees.get(from);
    if (list === undefined) callees.set(from, [to]);
    else list.push(to);
  }
  const reached = new Set([start]);
  // A set gives what is added while it is walked.
  for (const id of reached) for (const callee of callees.get(id) ?? []) reached.add(callee);
  return reached;
}
