/**
 * Routes of Linkerd: an HTTPRoute or GRPCRoute over a callee's Service. Linkerd knows no routes by caller, so that one limit holds
 * for all of them; it has no setting for regions. What the model asks and Linkerd lacks is said.
 */
import { sourceOf } from '../../model/fact.js';
import type { Edge } from '../../model/model.js';
import type { Context, Deployed } from '../context.js';
import { duration } from '../duration.js';
import { gatewayApiVersion } from '../entry/gateway-api.js';
import { fewestRetries, longestTimeout } from '../istio/call-limits.js';
import { callersOf } from '../istio/mesh.js';
import { componentMetadata, withAnnotations } from '../kubernetes/metadata.js';
import { isRequestPort, namedPorts } from '../kubernetes/ports.js';
import { traced, type Yaml, type YamlObject } from '../yaml.js';

/** Statuses of gRPC that Linkerd retries on, by the same name as the cause. */
const grpcCauses: ReadonlySet<string> = new Set([
  'cancelled',
  'deadline-exceeded',
  'internal',
  'resource-exhausted',
  'unavailable',
]);
/** Answers of HTTP that Linkerd retries on. */
const httpCauses: ReadonlySet<string> = new Set(['5xx', 'gateway-error']);

/** The route of a callee, `undefined` where none of its ports carries requests, or where nothing is stated for it. */
export function linkerdRoute(context: Context, deployed: Deployed): YamlObject | undefined {
  const { component, name } = deployed;
  const port = namedPorts(component).find(isRequestPort);
  const callers = callersOf(context, component);
  const edges = callers.flatMap((caller) => caller.edges);
  reportGaps(context, deployed, edges);
  if (port === undefined || edges.length === 0) return undefined;
  if (!context.has('linkerdRoutes')) {
    context.report({
      kind: 'left-out',
      component: component.name,
      message: `${component.name}: Linkerd before 2.16 has no timeouts and retries on routes; none are written.`,
      source: component.nameSource,
    });
    return undefined;
  }
  const timeout = longestTimeout(edges);
  const annotations: Record<string, Yaml> = {
    ...(timeout === undefined ? {} : { 'timeout.linkerd.io/request': traced(duration(timeout.value), sourceOf(timeout)) }),
    ...retryAnnotations(context, deployed, port.protocol === 'grpc'),
  };
  if (Object.keys(annotations).length === 0) return undefined;
  return {
    apiVersion: gatewayApiVersion,
    kind: port.protocol === 'grpc' ? 'GRPCRoute' : 'HTTPRoute',
    metadata: withAnnotations(componentMetadata(context, deployed, name, edges[0]?.source), annotations),
    spec: {
      parentRefs: [{ group: '', kind: 'Service', name, port: port.number }],
      rules: [{ backendRefs: [{ name, port: port.number }] }],
    },
  };
}

/** The most careful caller decides: a retry that one of them must not make is made by none. */
function retryAnnotations(context: Context, deployed: Deployed, grpc: boolean): Record<string, Yaml> {
  const allowed = callersOf(context, deployed.component).map((caller) =>
    fewestRetries(context, deployed, { component: caller.deployed.component, edges: caller.edges }),
  );
  const [fewest] = [...allowed].sort((a, b) => a.attempts - b.attempts);
  const stated = fewest?.edge?.retries;
  if (fewest === undefined || fewest.attempts === 0 || stated === undefined) return {};
  const known = grpc ? grpcCauses : httpCauses;
  const causes = stated.causes.filter((cause) => known.has(cause));
  const unknown = stated.causes.filter((cause) => !known.has(cause));
  if (unknown.length > 0) {
    context.report({
      kind: 'left-out',
      component: deployed.component.name,
      message: `${deployed.component.name}: Linkerd does not retry on ${unknown.join(', ')}${causes.length > 0 ? '' : ', so no retries are written'}. It knows ${[...known].join(', ')}.`,
      source: stated.source,
    });
    if (causes.length === 0) return {};
  }
  const each = stated.each;
  return {
    // Without a stated cause: what the callee cannot have worked off.
    [grpc ? 'retry.linkerd.io/grpc' : 'retry.linkerd.io/http']: traced(
      causes.length > 0 ? causes.join(',') : grpc ? 'unavailable' : 'gateway-error',
      stated.source,
    ),
    'retry.linkerd.io/limit': traced(String(fewest.attempts), sourceOf(stated.count)),
    ...(each === undefined ? {} : { 'retry.linkerd.io/timeout': traced(duration(each.value), sourceOf(each)) }),
  };
}

/** What the model asks and Linkerd does not have. */
function reportGaps(context: Context, { component }: Deployed, edges: readonly Edge[]): void {
  const lacks = (message: string, source = component.nameSource): void =>
    context.report({ kind: 'left-out', component: component.name, message: `${component.name}: ${message}`, source });
  const timeouts = new Set(edges.map((edge) => edge.timeout?.value));
  if (timeouts.size > 1) {
    const longest = longestTimeout(edges);
    const held = longest === undefined ? 'so none is written' : `so ${duration(longest.value)} holds for all`;
    lacks(`Linkerd knows one timeout for all callers, ${held}.`, edges[0]?.source);
  }
  const pooled = edges.find((edge) => edge.breaker?.connections !== undefined);
  if (pooled !== undefined) lacks('Linkerd has no limit of connections; the one of its callers is not written.', pooled.source);
  const late = edges.find((edge) => edge.retries?.backoff !== undefined);
  if (late !== undefined) lacks('Linkerd has no backoff between retries; the one stated is not written.', late.source);
  const near = edges.find((edge) => edge.sameRegion);
  if (near !== undefined) lacks('Linkerd does not keep calls in a region; run one cluster in each.', near.source);
  if (new Set(component.placements.map(({ region }) => region)).size > 1 && edges.length > 0) {
    lacks('Linkerd leads no calls to another region by itself; link its clusters and mirror the Service.');
  }
}
