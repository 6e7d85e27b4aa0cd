/** The calls of a model: who calls whom, how often, and how long it waits. */
import { calculations } from '../../model/assumptions.js';
import type { Edge, Model } from '../../model/model.js';
import type { Compiled, StructureNode } from '../structure/compile.js';
import { strongComponents } from '../structure/strong-components.js';

/** One call of one target. Times in seconds. */
export interface Call {
  readonly edge: Edge;
  readonly kind: 'requires' | 'wants' | 'publishes';
  readonly from: number;
  readonly to: number;
  /** 1 + retries. */
  readonly tries: number;
  /** The tries are the mesh's own, since nothing is stated. */
  readonly byMesh: boolean;
  /** The whole call; undefined where nothing ends it. */
  readonly timeout: number | undefined;
  /** One try: `each`, or the whole call where it is tried once. */
  readonly perTry: number | undefined;
}

/** Istio tries twice more where nothing is said (`retryPolicy` of its default configuration). */
const triesOfMesh = 3;
export const meshSentence = calculations['mesh-retries'].sentence;

/** Nodes are those of the structure, so that `for JOURNEY` is read as everywhere else. */
export class CallGraph {
  readonly calls: readonly (readonly Call[])[];
  /** Strongly connected groups, callees first. */
  readonly groups: readonly (readonly number[])[];
  private readonly groupOf = new Map<number, number>();

  constructor(
    model: Model,
    readonly compiled: Compiled,
  ) {
    const mesh = model.settings.mesh?.value.name === 'istio';
    this.calls = compiled.nodes.map((node) => callsOf(node, compiled, mesh));
    this.groups = strongComponents(compiled.nodes.keys(), (id) => this.of(id).map((call) => call.to));
    this.groups.forEach((group, index) => {
      for (const id of group) this.groupOf.set(id, index);
    });
  }

  of(node: number): readonly Call[] {
    return this.calls[node] ?? [];
  }

  nameOf(node: number): string {
    return this.compiled.nodes[node]?.name ?? '';
  }

  /** Whether a call can lead back to its caller. */
  inCircle(call: Call): boolean {
    return this.groupOf.get(call.from) === this.groupOf.get(call.to);
  }
}

/** `orders → payments` */
export function callName(graph: CallGraph, call: Call): string {
  return `${graph.nameOf(call.from)} → ${graph.nameOf(call.to)}`;
}

/** By the names of the callees, so that the order of declaration changes nothing. */
function callsOf(node: StructureNode, compiled: Compiled, mesh: boolean): readonly Call[] {
  const nameOf = (call: Call): string => `${compiled.nodes[call.to]?.name ?? ''} ${call.kind}`;
  return [...node.hard, ...node.soft]
    .flatMap(({ edge, targets }): readonly Call[] => {
      const { kind } = edge;
      // What is consumed comes by itself: nobody waits for the answer.
      if (kind === 'consumes') return [];
      return targets.map((to) => {
        const callee = compiled.nodes[to]?.component?.kind;
        const byMesh =
          mesh && node.component !== undefined && edge.retries === undefined && (callee === 'service' || callee === 'gateway');
        const tries = edge.retries === undefined ? (byMesh ? triesOfMesh : 1) : 1 + edge.retries.count.value;
        const timeout = edge.timeout?.value;
        return { edge, kind, from: node.id, to, tries, byMesh, timeout, perTry: edge.retries?.each?.value ?? timeout };
      });
    })
    .sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : nameOf(a) > nameOf(b) ? 1 : 0));
}
