/** How long a call may take and how often it is tried again: what the edges of one caller come down to, for the mesh sees calls. */
import { type Fact, sourceOf } from '../../model/fact.js';
import type { Component, Edge } from '../../model/model.js';
import { instanceCount } from '../../model/queries.js';
import type { Context } from '../context.js';
import { duration } from '../duration.js';
import { traced, type Yaml } from '../yaml.js';

/** What Istio itself retries on: failures before the callee has seen the request. */
const safeCauses = 'connect-failure,refused-stream,unavailable,cancelled';

/** Causes every Istio from 1.24 on accepts. */
const knownCauses: ReadonlySet<string> = new Set([
  '5xx',
  'cancelled',
  'connect-failure',
  'deadline-exceeded',
  'envoy-ratelimited',
  'gateway-error',
  'internal',
  'refused-stream',
  'reset',
  'resource-exhausted',
  'retriable-4xx',
  'unavailable',
]);

/** A caller and its edges to one callee. */
export interface CallerEdges {
  readonly component: Component;
  readonly edges: readonly Edge[];
}

/** Edges for different journeys look alike to the mesh: the longest timeout holds for all of them, none where one has none. */
export function longestTimeout(edges: readonly Edge[]): Fact<number> | undefined {
  let longest: Fact<number> | undefined;
  for (const { timeout } of edges) {
    if (timeout === undefined) return undefined;
    if (longest === undefined || timeout.value > longest.value) longest = timeout;
  }
  return longest;
}

/** The edge that allows the fewest retries, and how many those are: a write that is not idempotent is never sent twice. */
export function fewestRetries(
  context: Context,
  callee: { readonly component: Component },
  caller: CallerEdges,
): { readonly edge: Edge | undefined; readonly attempts: number } {
  const counts = caller.edges.map((edge) => allowedRetries(context, callee, caller, edge));
  const attempts = counts.length === 0 ? 0 : Math.min(...counts);
  return { edge: caller.edges[counts.indexOf(attempts)], attempts };
}

/** The retries of an Istio route. Left out, the mesh would retry twice, so that none is written as none. */
export function callRetries(context: Context, callee: { readonly component: Component }, caller: CallerEdges): Yaml {
  const { edge, attempts } = fewestRetries(context, callee, caller);
  const stated = edge?.retries;
  if (stated === undefined || attempts === 0) return traced({ attempts: 0 }, stated?.source ?? edge?.source);
  const { each, backoff } = stated;
  return traced(
    {
      attempts: traced(attempts, sourceOf(stated.count)),
      perTryTimeout: each === undefined ? undefined : traced(duration(each.value), sourceOf(each)),
      retryOn: retryOn(context, callee, caller, edge),
      retryRemoteLocalities: instanceCount(callee.component.placements) > 1 && !edge?.sameRegion ? true : undefined,
      backoff:
        backoff === undefined || !context.has('retryBackoff') ? undefined : traced(duration(backoff.value), sourceOf(backoff)),
    },
    stated.source,
  );
}

function allowedRetries(context: Context, callee: { readonly component: Component }, caller: CallerEdges, edge: Edge): number {
  const count = edge.retries?.count.value ?? 0;
  if (count === 0 || !edge.writes || edge.idempotent) return Math.max(0, Math.round(count));
  context.report({
    kind: 'left-out',
    component: caller.component.name,
    message: `${caller.component.name} writes to ${callee.component.name} and is not marked idempotent, so its ${count} retries are not written: a retry could write twice. Write \`idempotent\` where it is.`,
    source: edge.retries?.source ?? edge.source,
  });
  return 0;
}

function retryOn(
  context: Context,
  callee: { readonly component: Component },
  caller: CallerEdges,
  edge: Edge | undefined,
): string {
  const stated = edge?.retries?.causes ?? [];
  const unknown = stated.filter((cause) => !knownCauses.has(cause));
  if (unknown.length > 0 && edge !== undefined) {
    context.report({
      kind: 'left-out',
      component: caller.component.name,
      message: `${caller.component.name} retries ${callee.component.name} on ${unknown.join(', ')}, which the mesh does not know. Write one of ${[...knownCauses].join(', ')}.`,
      source: edge.retries?.source ?? edge.source,
    });
  }
  const known = stated.filter((cause) => knownCauses.has(cause));
  return known.length === 0 ? safeCauses : known.join(',');
}
