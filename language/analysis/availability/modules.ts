/**
 * Modules of a network: gates whose leaves nobody outside reads. Under a fixed state of the shared events (sites, failovers) a module
 * is one independent event, whatever its inside looks like; this is what keeps the diagrams small.
 *
 * After Dutuit and Rauzy, "A linear-time algorithm to find modules of fault trees" (IEEE Trans. Reliability 45(3), 1996): one
 * depth-first walk that dates every visit; a gate is a module when all below it is first met after the gate is entered and last
 * met before it is left.
 */
import type { Network } from '../structure/network.js';

/** Gates of the network that are modules with respect to all `roots` together, shared leaves apart. */
export function findModules(
  network: Pick<Network, 'size' | 'gate'>,
  roots: readonly number[],
  isShared: (gate: number) => boolean,
): ReadonlySet<number> {
  const size = network.size;
  const entered = new Int32Array(size);
  const left = new Int32Array(size);
  const firstVisit = new Int32Array(size);
  const lastVisit = new Int32Array(size);
  const order: number[] = [];
  let date = 0;
  const stack: { readonly gate: number; next: number }[] = [];
  const visit = (gate: number): void => {
    if (isShared(gate)) return;
    date++;
    if (firstVisit[gate] === 0) {
      firstVisit[gate] = date;
      entered[gate] = date;
      stack.push({ gate, next: 0 });
    }
    lastVisit[gate] = date;
  };
  for (const root of roots) {
    visit(root);
    // A root is read from outside: a second visit from nowhere keeps its parents from swallowing it.
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      const inputs = network.gate(top.gate).inputs;
      const input = inputs[top.next++];
      if (input !== undefined) {
        visit(input);
      } else {
        date++;
        left[top.gate] = date;
        order.push(top.gate);
        stack.pop();
      }
    }
    date++;
    lastVisit[root] = Math.max(lastVisit[root] ?? 0, date);
  }
  // Postorder: below a gate, the earliest and the latest date of any visit. A gate of a cycle is still open when met again, so its
  // own last visit lies inside; what it reads that is open lies before its entry, which keeps the whole cycle from being a module.
  const earliest = new Int32Array(size).fill(0x7fffffff);
  const latest = new Int32Array(size);
  const modules = new Set<number>();
  for (const gate of order) {
    let low = 0x7fffffff;
    let high = 0;
    for (const input of network.gate(gate).inputs) {
      if (isShared(input)) continue;
      low = Math.min(low, firstVisit[input] ?? 0, earliest[input] ?? 0x7fffffff);
      high = Math.max(high, lastVisit[input] ?? 0, latest[input] ?? 0);
    }
    earliest[gate] = low;
    latest[gate] = high;
    if (low > (entered[gate] ?? 0) && high < (left[gate] ?? 0)) modules.add(gate);
  }
  return modules;
}
