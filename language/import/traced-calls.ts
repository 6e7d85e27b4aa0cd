/** Calls that were seen in traces: the dependencies that Jaeger exports (`/api/dependencies`), as JSON. */
import { isRecord } from '../model/json-value.js';

/** One service called another. */
export interface TracedCall {
  readonly caller: string;
  readonly callee: string;
  readonly count: number;
}

/** More is no export of services that people name. */
const mostCalls = 100_000;

/**
 * The calls of an export: `{ "data": [{ "parent", "child", "callCount" }] }`, or that list alone. Gives a sentence that says what was
 * expected where the text is something else.
 */
export function tracedCallsOf(text: string): readonly TracedCall[] | string {
  const expected = 'Expected the dependencies that Jaeger exports: { "data": [{ "parent": "a", "child": "b", "callCount": 1 }] }';
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (error) {
    return `${expected}; found no JSON (${error instanceof Error ? error.message : String(error)}).`;
  }
  const list: unknown = isRecord(parsed) ? parsed.data : parsed;
  if (!Array.isArray(list)) return `${expected}.`;
  if (list.length > mostCalls) return `More than ${mostCalls} calls are no dependencies of services.`;
  const calls: TracedCall[] = [];
  for (const [index, item] of list.entries()) {
    const entry: unknown = item;
    if (!isRecord(entry) || typeof entry.parent !== 'string' || typeof entry.child !== 'string') {
      return `${expected}; entry ${index + 1} has no "parent" and "child".`;
    }
    const count = typeof entry.callCount === 'number' && entry.callCount >= 0 ? entry.callCount : 0;
    calls.push({ caller: entry.parent, callee: entry.child, count });
  }
  return calls;
}
