/** Connection pools: how much one caller may have under way at once. */
import { sourceOf } from '../../model/fact.js';
import type { Component, Edge } from '../../model/model.js';
import { isRequestPort, namedPorts } from '../kubernetes/ports.js';
import { traced, type YamlObject } from '../yaml.js';
import { longestTimeout } from './call-limits.js';
import { largest } from './largest.js';

/**
 * Connections as callers state them, and requests from the load: a call lasts at most its timeout, so that no caller can have more
 * under way than the peak times the longest timeout, retries included (Little's law). What is beyond that waits for nobody.
 */
export function connectionPool(component: Component, edges: readonly Edge[]): YamlObject | undefined {
  const connections = largest(edges.map((edge) => edge.breaker?.connections));
  const requests = requestsUnderWay(component, edges);
  if (connections === undefined && requests === undefined) return undefined;
  return {
    tcp:
      connections === undefined
        ? undefined
        : { maxConnections: traced(Math.max(1, Math.round(connections.value)), sourceOf(connections)) },
    http: requests,
  };
}

function requestsUnderWay(component: Component, edges: readonly Edge[]): YamlObject | undefined {
  const load = component.demand.peak ?? component.demand.load;
  const timeout = longestTimeout(edges);
  if (load === undefined || load.value <= 0 || timeout === undefined || !namedPorts(component).some(isRequestPort))
    return undefined;
  // The timeout is of the whole call, so that its retries take their time out of it.
  const most = Math.min(2 ** 31 - 1, Math.max(1, Math.ceil(Number((load.value * timeout.value).toFixed(6)))));
  return { http2MaxRequests: traced(most, sourceOf(load), `${load.value} a second, each for ${timeout.value} s at most`) };
}
