/** How retries multiply along paths, for all nodes in one pass over the strongly connected groups, callees first. */
import type { Call, CallGraph } from './call-graph.js';

/**
 * The worst of a node: `product` is Infinity where a circle tries more than once, and the largest number there is where a path multiplies
 * past it; `by` is the call that leads there.
 */
export interface Amplification {
  readonly product: number;
  readonly by: Call | undefined;
  /** Some call on the worst path is tried by the mesh. */
  readonly byMesh: boolean;
}

const single: Amplification = { product: 1, by: undefined, byMesh: false };

/**
 * Largest product of tries along any path from each node. Inside a circle without retries a round multiplies by one, so that its
 * members share the best way out; with retries every round multiplies, and there is no bound.
 */
export function amplifications(graph: CallGraph): readonly Amplification[] {
  const worst = graph.calls.map(() => single);
  const at = (node: number): Amplification => worst[node] ?? single;
  for (const group of graph.groups) {
    const inner = group.flatMap((node) => graph.of(node).filter((call) => graph.inCircle(call)));
    const growing = inner.some((call) => call.tries > 1);
    for (const node of group) {
      for (const call of graph.of(node)) {
        if (graph.inCircle(call)) continue;
        const below = at(call.to);
        const product =
          below.product === Number.POSITIVE_INFINITY ? below.product : Math.min(Number.MAX_VALUE, call.tries * below.product);
        if (product > at(node).product) worst[node] = { product, by: call, byMesh: call.byMesh || below.byMesh };
      }
    }
    if (inner.length === 0) continue;
    const best = group.reduce((a, b) => (at(b).product > at(a).product ? b : a));
    const byMesh = inner.some((call) => call.byMesh) || at(best).byMesh;
    const shared = at(best);
    const again = firstByName(
      inner.filter((call) => call.tries > 1),
      graph,
    );
    for (const node of group) {
      if (growing) worst[node] = { product: Number.POSITIVE_INFINITY, by: again, byMesh };
      else if (node !== best) worst[node] = { ...shared };
    }
  }
  return worst;
}

/** Which of the calls of a circle is told must not rest on the order of declaration. */
function firstByName(calls: readonly Call[], graph: CallGraph): Call | undefined {
  const nameOf = ({ from, to }: Call): string => `${graph.nameOf(from)} ${graph.nameOf(to)}`;
  return calls.reduce<Call | undefined>((a, b) => (a === undefined || nameOf(b) < nameOf(a) ? b : a), undefined);
}

/** Names along the worst path from a node, ending where nothing multiplies any more. */
export function worstPath(graph: CallGraph, worst: readonly Amplification[], node: number): readonly string[] {
  const names = [graph.nameOf(node)];
  const seen = new Set<number>();
  for (let at = worst[node]?.by; at !== undefined && !seen.has(at.to); at = worst[at.to]?.by) {
    const caller = graph.nameOf(at.from);
    if (names.at(-1) !== caller) names.push(caller);
    names.push(graph.nameOf(at.to));
    seen.add(at.to);
  }
  return names;
}
