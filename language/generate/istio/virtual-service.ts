/** VirtualServices: one per callee, since several for one host do not merge; its routes by caller, since timeouts belong to the edge. */
import { sourceOf } from '../../model/fact.js';
import type { Edge } from '../../model/model.js';
import { instanceCount } from '../../model/queries.js';
import type { Context, Deployed } from '../context.js';
import { componentMetadata, selectorLabels } from '../kubernetes/metadata.js';
import { isRequestPort, type NamedPort, namedPorts } from '../kubernetes/ports.js';
import { traced, type Yaml, type YamlObject } from '../yaml.js';
import { type Caller, callersOf, duration, networkingVersion, serviceHost } from './mesh.js';

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

/** The VirtualService of a callee, `undefined` where none of its ports carries requests. */
export function virtualService(context: Context, deployed: Deployed): YamlObject | undefined {
  const ports = namedPorts(deployed.component);
  const requests = ports.filter(isRequestPort);
  if (requests.length === 0) return undefined;
  const callers = callersOf(context, deployed.component);
  const several = ports.length > 1;
  const http = requests.flatMap((port) => [
    ...callers.map((caller) => callerRoute(context, deployed, caller, port, several)),
    defaultRoute(context, deployed, port, several),
  ]);
  return {
    apiVersion: networkingVersion(context),
    kind: 'VirtualService',
    metadata: componentMetadata(context, deployed),
    spec: { hosts: [serviceHost(context, deployed)], http },
  };
}

function destination(context: Context, deployed: Deployed, port: NamedPort): Yaml {
  return [{ destination: { host: serviceHost(context, deployed), port: { number: port.number } } }];
}

/** Any other caller: the model knows no budget of it, so it gets no retries to multiply. */
function defaultRoute(context: Context, deployed: Deployed, port: NamedPort, several: boolean): YamlObject {
  return {
    name: several ? `default-${port.name}` : 'default',
    match: several ? [{ port: port.number }] : undefined,
    route: destination(context, deployed, port),
    retries: { attempts: 0 },
  };
}

function callerRoute(context: Context, deployed: Deployed, caller: Caller, port: NamedPort, several: boolean): YamlObject {
  const { edges } = caller;
  const [first] = edges;
  const name = caller.deployed.name;
  // Edges for different journeys look alike to the mesh: the longest timeout holds for all of them.
  const longest = edges.every((edge) => edge.timeout !== undefined)
    ? [...edges].sort((a, b) => (b.timeout?.value ?? 0) - (a.timeout?.value ?? 0))[0]?.timeout
    : undefined;
  return {
    name: traced(several ? `from-${name}-${port.name}` : `from-${name}`, first?.source),
    match: [{ port: several ? port.number : undefined, sourceLabels: selectorLabels(name) }],
    route: destination(context, deployed, port),
    timeout:
      longest === undefined
        ? undefined
        : traced(duration(longest.value), sourceOf(longest), `timeout of ${caller.deployed.component.name}`),
    retries: retries(context, deployed, caller),
  };
}

/** The most careful of the edges decides, and a write that is not idempotent is never sent twice. */
function retries(context: Context, deployed: Deployed, caller: Caller): Yaml {
  const counts = caller.edges.map((edge) => allowedRetries(context, deployed, caller, edge));
  const attempts = Math.min(...counts);
  const edge = caller.edges[counts.indexOf(attempts)];
  const stated = edge?.retries;
  // Left out, the mesh would retry twice.
  if (stated === undefined || attempts === 0) return traced({ attempts: 0 }, stated?.source ?? edge?.source);
  const { each, backoff } = stated;
  return traced(
    {
      attempts: traced(attempts, sourceOf(stated.count)),
      perTryTimeout: each === undefined ? undefined : traced(duration(each.value), sourceOf(each)),
      retryOn: retryOn(context, deployed, caller, edge),
      retryRemoteLocalities: instanceCount(deployed.component.placements) > 1 && !edge?.sameRegion ? true : undefined,
      backoff: backoff === undefined || !context.istioHas(27) ? undefined : traced(duration(backoff.value), sourceOf(backoff)),
    },
    stated.source,
  );
}

function allowedRetries(context: Context, deployed: Deployed, caller: Caller, edge: Edge): number {
  const count = edge.retries?.count.value ?? 0;
  if (count === 0 || !edge.writes || edge.idempotent) return Math.max(0, Math.round(count));
  context.report({
    kind: 'left-out',
    component: caller.deployed.component.name,
    message: `${caller.deployed.component.name} writes to ${deployed.component.name} and is not marked idempotent, so its ${count} retries are not written: a retry could write twice. Write \`idempotent\` where it is.`,
    source: edge.retries?.source ?? edge.source,
  });
  return 0;
}

function retryOn(context: Context, deployed: Deployed, caller: Caller, edge: Edge | undefined): string {
  const stated = edge?.retries?.causes ?? [];
  const unknown = stated.filter((cause) => !knownCauses.has(cause));
  if (unknown.length > 0 && edge !== undefined) {
    context.report({
      kind: 'left-out',
      component: caller.deployed.component.name,
      message: `${caller.deployed.component.name} retries ${deployed.component.name} on ${unknown.join(', ')}, which the mesh does not know. Write one of ${[...knownCauses].join(', ')}.`,
      source: edge.retries?.source ?? edge.source,
    });
  }
  const known = stated.filter((cause) => knownCauses.has(cause));
  return known.length === 0 ? safeCauses : known.join(',');
}
