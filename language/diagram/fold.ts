/** Large pictures folded: components that the same journeys need become one box, which opens when asked to. */
import type { Chip, DiagramEdge, DiagramGraph, DiagramNode, Relation } from './diagram-graph.js';
import { displayName } from './display-name.js';
import { journeysAround } from './fold-neighbours.js';
import { fixedSize } from './sizes.js';
import { stateNames } from './state-marks.js';
import type { DiagramStates, EdgeState, NodeState, PartState } from './states.js';
import { structureOf } from './structure.js';

/** Above this many nodes nobody reads a picture card by card. */
export const foldedAbove = 120;
/** More boxes than this are folded once more, by neighbouring journeys. */
const mostGroups = 24;

const weight: readonly Relation[] = ['hard', 'choice', 'async', 'soft', 'route', 'sync-copy', 'async-copy', 'backup'];
const gravity: readonly PartState[] = ['down', 'lost', 'degraded', 'at-risk', 'ok'];

/** A folded picture, and what each node of the whole one became. */
export interface Folded {
  readonly graph: DiagramGraph;
  /** Identifiers of boxes, by the identifiers of their members. */
  readonly boxOf: ReadonlyMap<string, string>;
}

/** Folds a picture with more than {@link foldedAbove} nodes; boxes in `open` stay open. A smaller one is answered as it is. */
export function fold(graph: DiagramGraph, open: ReadonlySet<string> = new Set()): Folded {
  if (graph.nodes.length <= foldedAbove) return { graph, boxOf: new Map() };
  const members = groupsOf(graph);
  const boxOf = new Map<string, string>();
  const boxes: DiagramNode[] = [];
  for (const [id, nodes] of members) {
    if (nodes.length < 2 || open.has(id)) continue;
    for (const node of nodes) boxOf.set(node.id, id);
    boxes.push(boxNode(graph, id, nodes));
  }
  const nodes = [...graph.nodes.filter((node) => !boxOf.has(node.id)), ...boxes];
  const edges = foldedEdges(graph, boxOf);
  return { graph: { ...graph, nodes, edges, structure: structureOf(nodes, edges, graph.places) }, boxOf };
}

/** States of the whole picture for a folded one: a box stands as its worst member does, and says how many. */
export function foldStates(states: DiagramStates, whole: DiagramGraph, folded: Folded): DiagramStates {
  if (folded.boxOf.size === 0) return states;
  const inBox = new Map<string, NodeState[]>();
  const others: NodeState[] = [];
  for (const state of states.nodes) {
    const box = folded.boxOf.get(state.id);
    const list = box === undefined ? others : (inBox.get(box) ?? []);
    list.push(state);
    if (box !== undefined) inBox.set(box, list);
  }
  const journeys = new Set(whole.nodes.filter((node) => node.kind === 'journey').map((node) => node.id));
  const boxes = [...inBox].map(([id, list]): NodeState => boxState(id, list, journeys));
  const byId = new Map(whole.edges.map((edge) => [edge.id, edge]));
  const shown = new Map(folded.graph.edges.map((edge) => [pair(edge.from, edge.to), edge.id]));
  const edges = new Map<string, EdgeState>();
  for (const state of states.edges ?? []) {
    const edge = byId.get(state.id);
    if (edge === undefined) continue;
    const from = folded.boxOf.get(edge.from) ?? edge.from;
    const to = folded.boxOf.get(edge.to) ?? edge.to;
    const id = from === edge.from && to === edge.to ? edge.id : shown.get(pair(from, to));
    const known = id === undefined ? undefined : edges.get(id);
    if (id !== undefined && (known === undefined || gravity.indexOf(state.state) < gravity.indexOf(known.state))) {
      edges.set(id, { ...state, id });
    }
  }
  return { ...states, nodes: [...others, ...boxes], edges: [...edges.values()] };
}

/** A box stands as its worst member does; how many share that, and how many stand badly otherwise, is its reason. */
function boxState(id: string, list: readonly NodeState[], journeys: ReadonlySet<string>): NodeState {
  const countOf = (members: readonly NodeState[], state: PartState): number =>
    members.filter((member) => member.state === state).length;
  const state = gravity.find((each) => countOf(list, each) > 0) ?? 'ok';
  const others = gravity.filter((each) => each !== state && each !== 'ok' && countOf(list, each) > 0);
  const reason = [
    `${countOf(list, state)} of ${list.length}`,
    ...others.map((each) => `${countOf(list, each)} ${stateNames[each]}`),
  ];
  const components = list.filter((member) => !journeys.has(member.id));
  const causes = list.filter((member) => member.role === 'cause');
  const cause = causes.find((member) => member.state === state) ?? causes[0];
  const named = gravity.flatMap((each) => {
    const names = list.filter((member) => member.state === each && each !== 'ok').map((member) => member.id);
    return names.length === 0 ? [] : [`${stateNames[each]}: ${listed(names)}.`];
  });
  return {
    id,
    state,
    ...(cause === undefined ? {} : { role: 'cause' as const }),
    reason: reason.join(' · '),
    says: named.length === 0 ? 'All of it works.' : named.join(' '),
    inside: {
      counts: gravity.flatMap((each) => {
        const count = countOf(components, each);
        return count === 0 ? [] : [[each, count] as const];
      }),
      ...(cause === undefined ? {} : { cause: cause.id }),
    },
  };
}

/**
 * Nodes that fold together: those that the same journeys need, with what works with them. Where that gives too many boxes, neighbouring journeys fold
 * as well, with all that only they need. What has no line stays as it is.
 */
function groupsOf(graph: DiagramGraph): ReadonlyMap<string, readonly DiagramNode[]> {
  const around = journeysAround(graph);
  const numbersOf = (node: DiagramNode): readonly number[] =>
    node.kind === 'journey' ? node.journeys : (around.get(node.id) ?? []);
  const exact = collect(graph, (node) => (node.kind === 'journey' ? undefined : numbersOf(node).join(',')));
  if (exact.size <= mostGroups) return exact;
  const journeys = graph.nodes.filter((node) => node.kind === 'journey').length;
  const step = Math.max(1, Math.ceil(journeys / (mostGroups / 2)));
  return collect(graph, (node) => {
    const parts = new Set(numbersOf(node).map((number) => Math.floor((number - 1) / step)));
    const [only] = parts;
    return parts.size === 0 ? '' : parts.size === 1 ? `part ${only}` : 'shared';
  });
}

function collect(
  graph: DiagramGraph,
  keyOf: (node: DiagramNode) => string | undefined,
): ReadonlyMap<string, readonly DiagramNode[]> {
  const touched = new Set(graph.edges.flatMap((edge) => [edge.from, edge.to]));
  const groups = new Map<string, DiagramNode[]>();
  for (const node of graph.nodes) {
    const key = keyOf(node);
    if (key === undefined || !touched.has(node.id)) continue;
    // No name of a model begins with a control character.
    const id = `\u0001${key}`;
    const list = groups.get(id);
    if (list === undefined) groups.set(id, [node]);
    else list.push(node);
  }
  return groups;
}

function boxNode(graph: DiagramGraph, id: string, members: readonly DiagramNode[]): DiagramNode {
  const numbers = [...new Set(members.flatMap((node) => node.journeys))].sort((a, b) => a - b);
  const kinds = new Map<string, number>();
  for (const node of members) kinds.set(node.kind, (kinds.get(node.kind) ?? 0) + 1);
  const subtitle = [...kinds].map(([kind, count]) => `${count} ${plural(kind, count)}`).join(', ');
  const name = boxName(graph, members, numbers);
  const holdsJourneys = kinds.has('journey');
  const chips = boxChips(members);
  const [first] = members;
  return {
    id,
    kind: 'group',
    shape: 'group',
    name,
    source: first?.source ?? { uri: '', start: { line: 0, character: 0 }, end: { line: 0, character: 0 } },
    ...fixedSize('group', { name, subtitle, chips }),
    subtitle,
    rows: [],
    chips,
    journeys: holdsJourneys ? [] : numbers,
    says: [`${members.length} parts, folded: ${listed(members.map((node) => node.name))}.`],
  };
}

/** So many members of a box are named: more of them nobody reads, or listens to. */
const mostNamed = 20;

function listed(names: readonly string[]): string {
  const more = names.length - mostNamed;
  return more <= 1 ? names.join(', ') : `${names.slice(0, mostNamed).join(', ')} and ${more} more`;
}

function boxName(graph: DiagramGraph, members: readonly DiagramNode[], numbers: readonly number[]): string {
  const folded = members.filter((node) => node.kind === 'journey');
  const [first, last] = [folded.at(0), folded.at(-1)];
  if (first !== undefined && last !== undefined) {
    return first === last ? displayName(first) : `${displayName(first)} … ${displayName(last)}`;
  }
  const [only, ...more] = graph.nodes.filter((node) => node.kind === 'journey' && numbers.includes(node.journeys[0] ?? 0));
  if (only === undefined) return 'No journey needs these';
  if (more.length > 0) return `Shared by ${numbers.length} journeys`;
  // What only works with the rest is not for the journey.
  const isNeeded = members.every((node) => node.journeys.length > 0);
  return isNeeded ? `For ${displayName(only)}` : `Around ${displayName(only)}`;
}

function boxChips(members: readonly DiagramNode[]): readonly Chip[] {
  const missed = members.filter((node) => node.verdict === 'missed').length;
  const singles = members.filter((node) => node.badge !== undefined).length;
  return [
    ...(missed === 0 ? [] : [{ text: `${missed} missed`, tone: 'missed' as const, says: `${missed} objectives are missed.` }]),
    ...(singles === 0
      ? []
      : [{ text: `${singles} single`, tone: 'finding' as const, says: `${singles} of them take a journey down alone.` }]),
  ];
}

function plural(kind: string, count: number): string {
  if (kind === 'external') return count === 1 ? 'third party' : 'third parties';
  if (kind === 'cache') return count === 1 ? 'cache' : 'caches';
  if (count === 1) return kind;
  return `${kind}s`;
}

/** One line where several would run between the same two boxes: the strongest relation of them. */
function foldedEdges(graph: DiagramGraph, boxOf: ReadonlyMap<string, string>): readonly DiagramEdge[] {
  const kept: DiagramEdge[] = [];
  const merged = new Map<string, { edge: DiagramEdge; count: number }>();
  for (const edge of graph.edges) {
    const from = boxOf.get(edge.from) ?? edge.from;
    const to = boxOf.get(edge.to) ?? edge.to;
    if (from === edge.from && to === edge.to) kept.push(edge);
    else if (from !== to) {
      const known = merged.get(pair(from, to));
      if (known === undefined) merged.set(pair(from, to), { edge: { ...edge, from, to }, count: 1 });
      else {
        known.count += 1;
        if (weight.indexOf(edge.relation) < weight.indexOf(known.edge.relation)) known.edge = { ...edge, from, to };
      }
    }
  }
  const lines = [...merged.values()].map(({ edge, count }) =>
    count === 1 ? edge : { ...edge, says: `${count} lines, one of them: ${edge.says}` },
  );
  return [...kept, ...lines];
}

function pair(from: string, to: string): string {
  return JSON.stringify([from, to]);
}
