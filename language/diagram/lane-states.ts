/** How the copies in the lanes stand: what a what-if says of a component belongs to the copy that serves. */
import type { DiagramGraph, DiagramNode } from './diagram-graph.js';
import { servesThere } from './lanes.js';
import type { CellState, DiagramStates, EdgeState, NodeState } from './states.js';

/** States of the whole picture for its lanes. A copy that neither serves nor is lost has none: it stands by as before. */
export function laneStates(states: DiagramStates, graph: DiagramGraph): DiagramStates {
  const own = new Map(states.nodes.map((state) => [state.id, state]));
  const regionOf = new Map(
    graph.places.flatMap((place) => [place, ...place.zones].map(({ site }) => [site, place.site] as const)),
  );
  const lost = new Set(states.sites.flatMap(({ site, state }) => (state === 'lost' ? [site] : [])));
  const promoted = new Map<string, Set<string>>();
  for (const cell of states.cells ?? []) {
    const region = regionOf.get(cell.site);
    if (region === undefined || (cell.promoted ?? 0) === 0) continue;
    promoted.set(cell.node, (promoted.get(cell.node) ?? new Set()).add(region));
  }
  const isGone = (node: DiagramNode): boolean =>
    node.rows.every((row) =>
      row.cells.every((cell) => cell.pips.length === 0 || lost.has(cell.site) || lost.has(regionOf.get(cell.site) ?? '')),
    );
  // Where all that served is gone, what stands by is to serve: that it does not is said there, not in the ruins.
  const served = new Set(graph.nodes.flatMap((node) => (servesThere(node) && !isGone(node) ? [node.copyOf] : [])));
  const heirs = new Set(graph.nodes.flatMap((node) => (!isGone(node) && keepsMore(node) ? [node.copyOf] : [])));
  const isServing = (node: DiagramNode): boolean => {
    if (node.copyOf === undefined) return servesThere(node);
    const regions = promoted.get(node.copyOf);
    if (regions !== undefined) return regions.has(node.region ?? '');
    if (served.has(node.copyOf) || !heirs.has(node.copyOf)) return servesThere(node);
    return !isGone(node) && keepsMore(node);
  };
  const standing = new Set(graph.nodes.flatMap((node) => (isServing(node) && !isGone(node) ? [node.copyOf] : [])));
  const nodes = graph.nodes.flatMap((node): readonly NodeState[] => {
    const state = own.get(node.copyOf ?? node.id);
    if (state === undefined) return [];
    // Of several that serve, the state is that of those that are left.
    const isLeft = !isGone(node) || !standing.has(node.copyOf);
    if (node.copyOf === undefined || (isServing(node) && isLeft)) return [{ ...state, id: node.id }];
    return isGone(node) ? [{ id: node.id, state: 'lost', reason: 'all replicas lost' }] : [];
  });
  const cells = graph.nodes.flatMap((node): readonly CellState[] =>
    node.copyOf === undefined
      ? []
      : (states.cells ?? []).flatMap((cell) =>
          cell.node === node.copyOf && regionOf.get(cell.site) === node.region ? [{ ...cell, node: node.id }] : [],
        ),
  );
  const byId = new Map(graph.nodes.map((node) => [node.id, node]));
  const lines = new Map((states.edges ?? []).map((state) => [state.id, state]));
  const cut = new Map((states.replications ?? []).map((state) => [JSON.stringify([state.node, state.region]), state.text]));
  const edges = graph.edges.flatMap((edge): readonly EdgeState[] => {
    const [from, to] = [byId.get(edge.from), byId.get(edge.to)];
    if (edge.relation === 'sync-copy' || edge.relation === 'async-copy') {
      const text = cut.get(JSON.stringify([to?.copyOf, to?.region]));
      return text === undefined ? [] : [{ id: edge.id, state: 'lost', says: text }];
    }
    const state = lines.get(edge.copyOf?.id ?? edge.id);
    const serves = from !== undefined && to !== undefined && isServing(from) && isServing(to);
    if (edge.copyOf === undefined) return state === undefined ? [] : [state];
    // What holds is told, too: the lines of a region that took over are not quiet any more.
    return serves ? [{ state: 'ok', ...state, id: edge.id }] : [];
  });
  return { ...states, nodes, cells, edges, replications: [] };
}

/** Whether more than a vote stands there. */
function keepsMore(node: DiagramNode): boolean {
  return node.rows.some((row) => row.cells.some((cell) => cell.pips.some((pip) => pip.role !== 'witness')));
}
