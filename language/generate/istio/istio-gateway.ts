/** Gateways of Istio, and the routes from them. */
import { sourceOf } from '../../model/fact.js';
import type { Context } from '../context.js';
import { duration } from '../duration.js';
import type { EntryPlan } from '../entry/entry-plan.js';
import type { EntryRoute } from '../entry/entry-routes.js';
import { hostName } from '../entry/host-name.js';
import { listenerOf } from '../entry/listener.js';
import { componentMetadata, type Named, selectorLabels } from '../kubernetes/metadata.js';
import { traced, type YamlObject } from '../yaml.js';
import { callRetries, longestTimeout } from './call-limits.js';
import { networkingVersion, serviceHost } from './mesh.js';

/** The Gateway over this component's own pods, or over those of a gateway that the platform runs, by their label `istio`. */
export function istioGateway(context: Context, gateway: Named, { entry }: EntryPlan): YamlObject {
  const { component, name } = gateway;
  const { host, certificate } = component.deployment;
  const listener = listenerOf(component);
  const shared = entry.value.class;
  if (shared !== undefined && certificate !== undefined) {
    context.report({
      kind: 'left-out',
      component: component.name,
      message: `${component.name}: the secret ${certificate.value} has to be in the namespace of the gateway ${shared}; no manifest puts it there.`,
      source: sourceOf(certificate) ?? component.nameSource,
    });
  }
  return {
    apiVersion: networkingVersion(context),
    kind: 'Gateway',
    metadata: componentMetadata(context, gateway, name, sourceOf(entry)),
    spec: {
      selector: shared === undefined ? selectorLabels(name) : { istio: traced(shared, sourceOf(entry)) },
      servers: [
        {
          port: { number: listener.port, name: listener.name, protocol: listener.protocol },
          hosts: [host === undefined ? '*' : hostName(host)],
          tls: listener.certificate === undefined ? undefined : { mode: 'SIMPLE', credentialName: listener.certificate },
        },
      ],
    },
  };
}

/** The routes from the Gateway, with the limits of the gateway's edges. The mesh's own routes hold for callers inside alone. */
export function gatewayVirtualService(
  context: Context,
  gateway: Named,
  { entry, pods }: EntryPlan,
  routes: readonly EntryRoute[],
): YamlObject {
  const { component, name } = gateway;
  const { host } = component.deployment;
  return {
    apiVersion: networkingVersion(context),
    kind: 'VirtualService',
    metadata: componentMetadata(context, gateway, context.names.beside(component.name, 'entry'), sourceOf(entry)),
    spec: {
      hosts: [host === undefined ? '*' : hostName(host)],
      gateways: [name],
      http: routes.map(({ path, target, port, source }) => {
        const edges =
          pods === 'program'
            ? []
            : component.edges.filter((edge) => edge.targets.some((use) => use.name === target.component.name));
        const timeout = longestTimeout(edges);
        return {
          match: matchesOf(path).map((uri) => ({ uri: traced(uri, source) })),
          route: [{ destination: { host: serviceHost(context, target), port: { number: port.number } } }],
          timeout: timeout === undefined ? undefined : traced(duration(timeout.value), sourceOf(timeout)),
          retries: callRetries(context, target, { component, edges }),
        };
      }),
    },
  };
}

/** What the Gateway API and an Ingress mean by a path: it and what lies below it. Istio's own prefix would take `/apis` for `/api`. */
function matchesOf(path: string): readonly YamlObject[] {
  return path.endsWith('/') ? [{ prefix: path }] : [{ exact: path }, { prefix: `${path}/` }];
}
