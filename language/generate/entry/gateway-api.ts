/** Gateways and HTTPRoutes of the Gateway API. */
import { sourceOf } from '../../model/fact.js';
import type { Context } from '../context.js';
import { gatewayDuration } from '../duration.js';
import { longestTimeout } from '../istio/call-limits.js';
import { gatewayOptionsName } from '../istio/gateway-options.js';
import { componentMetadata, type Named } from '../kubernetes/metadata.js';
import { traced, type YamlObject } from '../yaml.js';
import type { EntryPlan } from './entry-plan.js';
import type { EntryRoute } from './entry-routes.js';
import { hostName } from './host-name.js';
import { listenerOf } from './listener.js';

/** Served as v1 since Gateway API 1.0. */
export const gatewayApiVersion = 'gateway.networking.k8s.io/v1';

/**
 * The Gateway. Where pods of the mesh that DRML writes stand behind it, its address is their Service, so that Istio starts none of
 * its own.
 */
export function apiGateway(context: Context, gateway: Named, plan: EntryPlan): YamlObject {
  const { entry, pods } = plan;
  const options = gatewayOptionsName(context, context.deployed.get(gateway.component.name), plan);
  const { host } = gateway.component.deployment;
  const listener = listenerOf(gateway.component);
  const source = sourceOf(entry);
  return {
    apiVersion: gatewayApiVersion,
    kind: 'Gateway',
    metadata: componentMetadata(context, gateway, gateway.name, source),
    spec: {
      gatewayClassName: traced(entry.value.class ?? '', source),
      addresses:
        pods === 'proxy'
          ? [{ type: 'Hostname', value: `${gateway.name}.${context.names.namespace}.svc.cluster.local` }]
          : undefined,
      infrastructure: options === undefined ? undefined : { parametersRef: { group: '', kind: 'ConfigMap', name: options } },
      listeners: [
        {
          name: listener.name,
          hostname: host === undefined ? undefined : hostName(host),
          port: listener.port,
          protocol: listener.protocol,
          tls:
            listener.certificate === undefined
              ? undefined
              : { mode: 'Terminate', certificateRefs: [{ kind: 'Secret', name: listener.certificate }] },
          allowedRoutes: { namespaces: { from: 'Same' } },
        },
      ],
    },
  };
}

/** The routes of the Gateway, each with the timeout of the gateway's edge to its target. Retries are no part of the standard. */
export function entryHttpRoute(
  context: Context,
  gateway: Named,
  { entry, pods }: EntryPlan,
  routes: readonly EntryRoute[],
): YamlObject {
  const { component } = gateway;
  const { host } = component.deployment;
  if (context.istio && entry.value.class === 'istio') {
    context.report({
      kind: 'left-out',
      component: component.name,
      message: `${component.name}: Istio tries the calls of an HTTPRoute twice more, and the standard before Gateway API 1.7 has no word to say otherwise. Write \`entry istio\` where they must not be repeated.`,
      source: sourceOf(entry) ?? component.nameSource,
    });
  }
  return {
    apiVersion: gatewayApiVersion,
    kind: 'HTTPRoute',
    metadata: componentMetadata(context, gateway, context.names.beside(component.name, 'entry'), sourceOf(entry)),
    spec: {
      parentRefs: [{ name: gateway.name }],
      hostnames: host === undefined ? undefined : [hostName(host)],
      rules: routes.map((route) => {
        const edges = component.edges.filter((edge) => edge.targets.some(({ name }) => name === route.target.component.name));
        const timeout = pods === 'program' ? undefined : longestTimeout(edges);
        return {
          matches: [{ path: { type: 'PathPrefix', value: traced(route.path, route.source) } }],
          backendRefs: [{ name: route.target.name, port: route.port.number }],
          timeouts: timeout === undefined ? undefined : { request: traced(gatewayDuration(timeout.value), sourceOf(timeout)) },
        };
      }),
    },
  };
}
