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
  const visits = new Map<N, Visit<N>>();
  const open: Visit<N>[] = [];
  const result: (readonly N[])[] = [];
  const stack: Visit<N>[] = [];
  const enter = (node: N): void => {
    const visit = { node, next: successors(node), at: 0, order: visits.size, lowest: visits.size, isOpen: true };
    visits.set(node, visit);
    open.push(visit);
    stack.push(visit);
  };
  for (const root of roots) {
    if (done(root) || visits.has(root)) continue;
    enter(root);
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      if (top.at < top.next.length) {
        const successor = top.next[top.at++] as N;
        if (done(successor)) continue;
        const seen = visits.get(successor);
        if (seen === undefined) enter(successor);
        else if (seen.isOpen) top.lowest = Math.min(top.lowest, seen.order);
        continue;
      }
      stack.pop();
      const caller = stack.at(-1);
      if (caller !== undefined) caller.lowest = Math.min(caller.lowest, top.lowest);
      if (top.lowest !== top.order) continue;
      const members: N[] = [];
      for (let last = open.at(-1); last !== undefined && last.order >= top.order; last = open.at(-1)) {
        open.pop();
        last.isOpen = false;
        members.push(last.node);
      }
      result.push(members.reverse());
    }
  }
  return result;
}

interface Visit<N> {
  readonly node: N;
  readonly next: readonly N[];
  /** How many of the next have been looked at. */
  at: number;
  readonly order: number;
  /** The earliest open node that it reaches, by order. */
  lowest: number;
  isOpen: boolean;
}
