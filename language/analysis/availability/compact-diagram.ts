/**
 * A finished decision diagram: only what its root reaches, numbered anew, so that the tables that it was built with can go and that
 * whoever reads it goes straight through arrays.
 */
import type { DecisionDiagrams } from './decision-diagram.js';

/** Nodes by number: 0 always down, 1 always up, then each node after the two that it leads to. */
export interface CompactDiagram {
  readonly root: number;
  /** Constants have level -1. */
  readonly levels: Int32Array;
  readonly lows: Int32Array;
  readonly highs: Int32Array;
}

const constants = 2;

/** What of `diagrams` is below `root`. */
export function compact(diagrams: DecisionDiagrams, root: number): CompactDiagram {
  // A node has a larger number than those that it leads to: one walk down marks them, one walk up numbers them.
  const place = new Int32Array(Math.max(root + 1, constants));
  place[root] = 1;
  let count = constants;
  for (let node = root; node >= constants; node--) {
    if (place[node] === 0) continue;
    count++;
    place[diagrams.low(node)] = 1;
    place[diagrams.high(node)] = 1;
  }
  const levels = new Int32Array(count).fill(-1);
  const lows = new Int32Array(count);
  const highs = new Int32Array(count);
  place[0] = 0;
  place[1] = 1;
  let next = constants;
  for (let node = constants; node <= root; node++) {
    if (place[node] === 0) continue;
    levels[next] = diagrams.level(node);
    lows[next] = place[diagrams.low(node)] ?? 0;
    highs[next] = place[diagrams.high(node)] ?? 0;
    place[node] = next++;
  }
  return { root: place[root] ?? 0, levels, lows, highs };
}

/** The unavailability of every node into `values`, given that of each level; answers the root's. All terms are positive. */
export function unavailabilityUnder(diagram: CompactDiagram, byLevel: Float64Array, values: Float64Array): number {
  const { root, levels, lows, highs } = diagram;
  values[0] = 1;
  values[1] = 0;
  for (let node = constants; node < levels.length; node++) {
    const u = byLevel[levels[node] ?? 0] ?? 0;
    values[node] = u * (values[lows[node] ?? 0] ?? 0) + (1 - u) * (values[highs[node] ?? 0] ?? 0);
  }
  return values[root] ?? 0;
}
