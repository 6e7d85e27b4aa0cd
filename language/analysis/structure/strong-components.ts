/** Strongly connected components by Tarjan's algorithm, without recursion: a chain of ten thousand nodes must not overflow. */

/**
 * Components reachable from `roots`, callees before callers, the members of each in order of first visit. Nodes for which `done`
 * answers true count as finished and are not entered.
 */
export function strongComponents<N>(
  roots: Iterable<N>,
  successors: (node: N) => readonly N[],
  done: (node: N) => boolean = () => false,
): readonly (readonly N[])[] {
  const order = new Map<N, number>();
  const lowest = new Map<N, number>();
  const open: N[] = [];
  const isOpen = new Set<N>();
  const result: (readonly N[])[] = [];
  const stack: { readonly node: N; readonly next: readonly N[]; at: number }[] = [];
  const enter = (node: N): void => {
    lowest.set(node, order.size);
    order.set(node, order.size);
    open.push(node);
    isOpen.add(node);
    stack.push({ node, next: successors(node), at: 0 });
  };
  const lower = (node: N, to: number): void => {
    lowest.set(node, Math.min(lowest.get(node) ?? to, to));
  };
  for (const root of roots) {
    if (done(root) || order.has(root)) continue;
    enter(root);
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      if (top.at < top.next.length) {
        const successor = top.next[top.at++] as N;
        if (done(successor)) continue;
        const seen = order.get(successor);
        if (seen === undefined) enter(successor);
        else if (isOpen.has(successor)) lower(top.node, seen);
        continue;
      }
      stack.pop();
      const own = lowest.get(top.node) ?? 0;
      const caller = stack.at(-1);
      if (caller !== undefined) lower(caller.node, own);
      if (own !== order.get(top.node)) continue;
      const members: N[] = [];
      for (let last = open.at(-1); last !== undefined && (order.get(last) ?? 0) >= own; last = open.at(-1)) {
        open.pop();
        isOpen.delete(last);
        members.push(last);
      }
      result.push(members.reverse());
    }
  }
  return result;
}
