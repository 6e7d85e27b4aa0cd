/** Our graph → what ELK lays out, and ELK's answer → positions. Pure; ELK itself is brought by the host. */
import type { ElkExtendedEdge, ElkNode, LayoutOptions } from 'elkjs/lib/elk-api.js';
import type { DiagramEdge, DiagramNode } from './diagram-graph.js';
import type { Point } from './layout.js';

/** How one attempt is made. `layerBound`: at most so many nodes beside each other; absent: as the edges want it. */
export interface Attempt {
  readonly seed: number;
  readonly thoroughness: number;
  /** Network simplex draws calmer, Brandes and Köpf's method stays fast on hundreds of nodes. */
  readonly placement: 'NETWORK_SIMPLEX' | 'BRANDES_KOEPF';
  readonly layerBound?: number;
}

/** Positions as ELK gives them: in order of the nodes and edges that were asked for. */
export interface Placed {
  readonly width: number;
  readonly height: number;
  readonly nodes: readonly Point[];
  readonly edges: readonly (readonly Point[])[];
}

/** Spacing and strategies were chosen by trying: the reasons stand in the documentation of the picture. */
const rootOptions: LayoutOptions = {
  'elk.algorithm': 'layered',
  'elk.direction': 'DOWN',
  'elk.edgeRouting': 'ORTHOGONAL',
  'elk.layered.considerModelOrder.strategy': 'NONE',
  'elk.layered.crossingMinimization.strategy': 'LAYER_SWEEP',
  'elk.spacing.nodeNode': '16',
  'elk.layered.spacing.nodeNodeBetweenLayers': '34',
  'elk.spacing.edgeNode': '14',
  'elk.layered.spacing.edgeNodeBetweenLayers': '14',
  'elk.spacing.edgeEdge': '9',
  'elk.layered.spacing.edgeEdgeBetweenLayers': '9',
  'elk.padding': '[top=8,left=16,bottom=8,right=16]',
};

/** The question to ELK. Identifiers are `n0`, `e0`, …: a name of the model could be anything. */
export function toElk(nodes: readonly DiagramNode[], edges: readonly DiagramEdge[], attempt: Attempt): ElkNode {
  const index = new Map(nodes.map((node, position) => [node.id, position]));
  const sources = new Set(edges.map((edge) => edge.from));
  const targets = new Set(edges.map((edge) => edge.to));
  const layering: LayoutOptions =
    attempt.layerBound === undefined
      ? {}
      : {
          'elk.layered.layering.strategy': 'COFFMAN_GRAHAM',
          'elk.layered.layering.coffmanGraham.layerBound': String(attempt.layerBound),
        };
  return {
    id: 'root',
    layoutOptions: {
      ...rootOptions,
      ...layering,
      'elk.layered.nodePlacement.strategy': attempt.placement,
      'elk.layered.thoroughness': String(attempt.thoroughness),
      'elk.randomSeed': String(attempt.seed),
    },
    children: nodes.map((node, position) => ({
      id: `n${position}`,
      width: node.width,
      height: node.height,
      layoutOptions: { 'elk.alignment': 'TOP', ...layerConstraint(node, sources, targets) },
    })),
    edges: edges.map((edge, position) => ({
      id: `e${position}`,
      sources: [`n${index.get(edge.from) ?? 0}`],
      targets: [`n${index.get(edge.to) ?? 0}`],
      ...(edge.relation === 'hard'
        ? { layoutOptions: { 'elk.layered.priority.straightness': '5', 'elk.layered.priority.shortness': '2' } }
        : {}),
    })),
  };
}

/** ELK refuses a first layer with incoming edges and a last one with outgoing edges, so those get no constraint. */
function layerConstraint(node: DiagramNode, sources: ReadonlySet<string>, targets: ReadonlySet<string>): LayoutOptions {
  const option = 'elk.layered.layering.layerConstraint';
  if (node.shape === 'journey' && !targets.has(node.id)) return { [option]: 'FIRST' };
  if ((node.shape === 'bucket' || node.shape === 'third-party') && !sources.has(node.id)) return { [option]: 'LAST' };
  return {};
}

/** The answer of ELK; an edge that it left out is a straight line between the nodes' middles. */
export function fromElk(answer: ElkNode, nodes: readonly DiagramNode[], edges: readonly DiagramEdge[]): Placed {
  const children = new Map((answer.children ?? []).map((child) => [child.id, child]));
  const routes = new Map((answer.edges ?? []).map((edge) => [edge.id, edge]));
  const points = nodes.map((_, position): Point => {
    const child = children.get(`n${position}`);
    return { x: child?.x ?? 0, y: child?.y ?? 0 };
  });
  const index = new Map(nodes.map((node, position) => [node.id, position]));
  const middle = (id: string): Point => {
    const position = index.get(id) ?? 0;
    const corner = points[position] ?? { x: 0, y: 0 };
    const node = nodes[position];
    return { x: corner.x + (node?.width ?? 0) / 2, y: corner.y + (node?.height ?? 0) / 2 };
  };
  return {
    width: answer.width ?? 0,
    height: answer.height ?? 0,
    nodes: points,
    edges: edges.map((edge, position) => {
      const route = routePoints(routes.get(`e${position}`));
      return route.length >= 2 ? route : [middle(edge.from), middle(edge.to)];
    }),
  };
}

function routePoints(edge: ElkExtendedEdge | undefined): readonly Point[] {
  const section = edge?.sections?.[0];
  if (section === undefined) return [];
  return [section.startPoint, ...(section.bendPoints ?? []), section.endPoint].map(({ x, y }) => ({ x, y }));
}
