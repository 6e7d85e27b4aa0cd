/** Strongly connected components by Tarjan's algorithm, without recursion: a chain of ten thousand gates must not overflow. */

/** Components reachable from `roots`, callees before callers; those in `done` count as finished and are not entered. */
export function strongComponents(
  roots: readonly number[],
  successors: (node: number) => readonly number[],
  done: (node: number) => boolean,
): readonly (readonly number[])[] {
  const index = new Map<number, number>();
  const lowest = new Map<number, number>();
  const open: number[] = [];
  const isOpen = new Set<number>();
  const result: number[][] = [];
  const stack: { readonly node: number; readonly next: readonly number[]; at: number }[] = [];
  const enter = (node: number): void => {
    index.set(node, index.size);
    lowest.set(node, index.size - 1);
    open.push(node);
    isOpen.add(node);
    stack.push({ node, next: successors(node), at: 0 });
  };
  const lower = (node: number, to: number): void => {
    lowest.set(node, Math.min(lowest.get(node) ?? to, to));
  };
  for (const root of roots) {
    if (done(root) || index.has(root)) continue;
    enter(root);
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      const successor = top.next[top.at++];
      if (successor !== undefined) {
        if (done(successor)) continue;
        const seen = index.get(successor);
        if (seen === undefined) enter(successor);
        else if (isOpen.has(successor)) lower(top.node, seen);
        continue;
      }
      stack.pop();
      const own = lowest.get(top.node) ?? 0;
      const caller = stack.at(-1);
      if (caller !== undefined) lower(caller.node, own);
      if (own !== index.get(top.node)) continue;
      const component: number[] = [];
      for (let member = open.pop(); member !== undefined; member = open.pop()) {
        isOpen.delete(member);
        component.push(member);
        if (member === top.node) break;
      }
      result.push(component);
    }
  }
  return result;
}
