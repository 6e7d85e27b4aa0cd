/** How long callees may keep their callers waiting, for all nodes in one pass over the strongly connected groups, callees first. */
import { type Call, type CallGraph, callName } from './call-graph.js';

/** Waits of a node for its own calls, in seconds. `missing` names the calls that nothing ends. */
export interface Wait {
  /** All calls at the same time: the longest of them. */
  readonly together: number;
  /** All calls one after another. */
  readonly inTurn: number;
  /** Calls without a timeout on which these figures lean. */
  readonly missing: readonly string[];
}

/** The largest sum of timeouts along a path; Infinity where a circle adds up. */
export interface Work {
  readonly seconds: number;
  readonly by: Call | undefined;
  readonly missing: readonly string[];
}

const none: readonly string[] = [];
const noWait: Wait = { together: 0, inTurn: 0, missing: none };
const noWork: Work = { seconds: 0, by: undefined, missing: none };
/** A message names three calls without a timeout; the first three met are enough to begin with. */
const named = 3;

/** A call is over at its timeout; one without a timeout lasts, at least, all tries of what its callee waits for. */
export function waits(graph: CallGraph): readonly Wait[] {
  const found = graph.calls.map(() => noWait);
  for (const group of graph.groups) {
    for (const node of group) {
      let together = 0;
      let inTurn = 0;
      let missing = none;
      for (const call of graph.of(node)) {
        const below = graph.inCircle(call) ? noWait : (found[call.to] ?? noWait);
        together = Math.max(together, call.timeout ?? call.tries * below.together);
        inTurn += call.timeout ?? call.tries * below.inTurn;
        if (call.timeout === undefined) missing = merged(missing, [`timeout of ${callName(graph, call)}`]);
      }
      found[node] = { together, inTurn, missing };
    }
  }
  return found;
}

/** Work that goes on below although callers have given up: each call of a path may begin just before its caller's time is over. */
export function works(graph: CallGraph): readonly Work[] {
  const found = graph.calls.map(() => noWork);
  const at = (node: number): Work => found[node] ?? noWork;
  for (const group of graph.groups) {
    const inner = group.flatMap((node) => graph.of(node).filter((call) => graph.inCircle(call)));
    for (const node of group) {
      for (const call of graph.of(node)) {
        const circular = graph.inCircle(call);
        const below = circular ? noWork : at(call.to);
        const own = call.timeout === undefined ? [`timeout of ${callName(graph, call)}`] : none;
        const seconds = circular ? 0 : (call.timeout ?? 0) + below.seconds;
        const longer = seconds > at(node).seconds;
        const missing = merged(merged(at(node).missing, own), below.missing);
        found[node] = { seconds: longer ? seconds : at(node).seconds, by: longer ? call : at(node).by, missing };
      }
    }
    if (inner.length === 0) continue;
    const best = group.reduce((a, b) => (at(b).seconds > at(a).seconds ? b : a));
    const endless = inner.find((call) => (call.timeout ?? 0) > 0);
    const missing = group.reduce((all, node) => merged(all, at(node).missing), none);
    const { seconds, by } = at(best);
    for (const node of group) {
      found[node] =
        endless === undefined ? { seconds, by, missing } : { seconds: Number.POSITIVE_INFINITY, by: endless, missing };
    }
  }
  return found;
}

function merged(a: readonly string[], b: readonly string[]): readonly string[] {
  if (b.length === 0 || a.length >= named) return a;
  return a.length === 0 ? b.slice(0, named) : [...new Set([...a, ...b])].slice(0, named);
}
