/** Ingresses. */
import { sourceOf } from '../../model/fact.js';
import type { Context } from '../context.js';
import { componentMetadata, type Named } from '../kubernetes/metadata.js';
import { traced, type YamlObject } from '../yaml.js';
import type { EntryPlan } from './entry-plan.js';
import type { EntryRoute } from './entry-routes.js';
import { hostName } from './host-name.js';

/** The Ingress of a gateway. It knows no timeouts: what its edges state is left to the controller. */
export function ingress(context: Context, gateway: Named, { entry }: EntryPlan, routes: readonly EntryRoute[]): YamlObject {
  const { component } = gateway;
  const { host, certificate } = component.deployment;
  const source = sourceOf(entry);
  if (entry.value.class === undefined) {
    context.report({
      kind: 'missing',
      component: component.name,
      message: `${component.name}: its Ingress names no class, so the cluster's default serves it, or nobody. Write \`entry ingress CLASS\`.`,
      source: source ?? component.nameSource,
    });
  }
  const written = host === undefined ? undefined : hostName(host);
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: componentMetadata(context, gateway, gateway.name, source),
    spec: {
      ingressClassName: entry.value.class === undefined ? undefined : traced(entry.value.class, source),
      tls:
        certificate === undefined || written === undefined
          ? undefined
          : [{ hosts: [written], secretName: traced(certificate.value, sourceOf(certificate)) }],
      rules: [
        {
          host: written,
          http: {
            paths: routes.map((route) => ({
              path: traced(route.path, route.source),
              pathType: 'Prefix',
              backend: { service: { name: route.target.name, port: { name: route.port.name } } },
            })),
          },
        },
      ],
    },
  };
}
