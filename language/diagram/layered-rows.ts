/** Which row every node stands in: callers above callees. The first step of the quick layered drawing. */

/** A line between two nodes by their numbers. */
export interface Link {
  readonly from: number;
  readonly to: number;
}

/** Where a node wants to stand: first, last, or as its lines say. */
export type Wish = 'first' | 'last' | 'any';

/** The lines turned so that they make no circle; `turned` tells which ones go up in the drawing. Lines to itself are left out. */
export function withoutCircles(count: number, links: readonly Link[]): readonly (Link & { readonly turned: boolean })[] {
  const out = adjacency(count, links);
  const state = new Uint8Array(count);
  const turned = new Set<number>();
  const called = new Uint8Array(count);
  for (const { from, to } of links) if (from !== to) called[to] = 1;
  const roots = [...range(count).filter((node) => called[node] === 0), ...range(count)];
  for (const root of roots) {
    if (state[root] !== 0) continue;
    const stack: { readonly node: number; next: number }[] = [{ node: root, next: 0 }];
    state[root] = 1;
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      const link = out[top.node]?.[top.next];
      if (link === undefined) {
        state[top.node] = 2;
        stack.pop();
        continue;
      }
      top.next += 1;
      const target = links[link]?.to ?? top.node;
      if (state[target] === 1 && target !== top.node) turned.add(link);
      if (state[target] === 0) {
        state[target] = 1;
        stack.push({ node: target, next: 0 });
      }
    }
  }
  return links.map(({ from, to }, index) =>
    turned.has(index) ? { from: to, to: from, turned: true } : { from, to, turned: false },
  );
}

/**
 * The row of each node, from 0: as far down as its longest chain of callers, and what nobody calls right above its first callee.
 * `links` must make no circle. What wishes to be last stands in the last row unless it calls something.
 */
export function rowsOf(count: number, links: readonly Link[], wishes: readonly Wish[]): readonly number[] {
  const out = adjacency(count, links);
  const waiting = new Uint32Array(count);
  for (const { from, to } of links) if (from !== to) waiting[to] = (waiting[to] ?? 0) + 1;
  const rows = new Array<number>(count).fill(0);
  const order = range(count).filter((node) => waiting[node] === 0);
  for (let at = 0; at < order.length; at += 1) {
    const node = order[at] ?? 0;
    for (const link of out[node] ?? []) {
      const target = links[link]?.to ?? node;
      if (target === node) continue;
      rows[target] = Math.max(rows[target] ?? 0, (rows[node] ?? 0) + 1);
      waiting[target] = (waiting[target] ?? 1) - 1;
      if (waiting[target] === 0) order.push(target);
    }
  }
  const called = new Set(links.filter(({ from, to }) => from !== to).map(({ to }) => to));
  // Journeys are the first row; what else nobody calls comes down to its callees.
  for (const node of [...order].reverse()) {
    if (called.has(node) || wishes[node] === 'first') continue;
    const callees = (out[node] ?? []).map((link) => rows[links[link]?.to ?? node] ?? 0);
    if (callees.length > 0) rows[node] = Math.max(0, Math.min(...callees) - 1);
  }
  const last = Math.max(0, ...rows);
  range(count).forEach((node) => {
    if (wishes[node] === 'last' && (out[node] ?? []).length === 0) rows[node] = last;
  });
  return rows;
}

/** The lines that leave each node, by their numbers. */
export function adjacency(count: number, links: readonly Link[]): readonly (readonly number[])[] {
  const out: number[][] = Array.from({ length: count }, () => []);
  links.forEach(({ from }, index) => {
    out[from]?.push(index);
  });
  return out;
}

function range(count: number): readonly number[] {
  return Array.from({ length: count }, (_, index) => index);
}
