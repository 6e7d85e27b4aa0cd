/**
 * What Istio is told of the pods that it starts for a Gateway: by itself it starts one, on any node, and nothing keeps a drain from taking it.
 * A ConfigMap that the Gateway refers to holds what is laid over them (Istio, "Kubernetes Gateway API", automated deployment).
 */
import { sourceOf } from '../../model/fact.js';
import type { Context, Deployed } from '../context.js';
import type { EntryPlan } from '../entry/entry-plan.js';
import { componentMetadata } from '../kubernetes/metadata.js';
import { priorityClassName } from '../kubernetes/priority-class.js';
import { topologySpread } from '../kubernetes/topology-spread.js';
import { lines, renderYaml, type YamlObject } from '../yaml.js';

/** The name of the ConfigMap; undefined where Istio starts no pods for the gateway, where it takes no options, or where one pod is meant. */
export function gatewayOptionsName(context: Context, gateway: Deployed | undefined, plan: EntryPlan): string | undefined {
  if (gateway === undefined || !startsPods(context, plan) || instancesOf(context, gateway) < 2) return undefined;
  return context.has('gatewayParameters') ? context.names.beside(gateway.component.name, 'gateway') : undefined;
}

/** Whether Istio starts pods for the Gateway: its class is Istio's, and the pods that DRML writes are the program behind it. */
export function startsPods(context: Context, { entry, pods }: EntryPlan): boolean {
  return context.istio && pods === 'program' && entry.value.class === 'istio';
}

/** The ConfigMap: as many pods as the gateway itself has, spread as its own are, one of which may go at a time. */
export function gatewayOptions(context: Context, gateway: Deployed, plan: EntryPlan): YamlObject | undefined {
  const { component } = gateway;
  const source = sourceOf(plan.entry);
  const name = gatewayOptionsName(context, gateway, plan);
  const replicas = instancesOf(context, gateway);
  if (name === undefined) {
    if (startsPods(context, plan) && replicas > 1) {
      context.report({
        kind: 'left-out',
        component: component.name,
        message: `${component.name}: Istio starts one pod for its Gateway, and before Istio 1.26 no manifest says otherwise. Scale the Deployment ${gateway.name}-istio to ${replicas}, or write \`entry istio NAME\` over a gateway of your own.`,
        source: source ?? component.nameSource,
      });
    }
    return undefined;
  }
  const labels = { 'gateway.networking.k8s.io/gateway-name': gateway.name };
  const pod = {
    priorityClassName: component.tier === undefined ? undefined : priorityClassName(component.tier.value),
    topologySpreadConstraints: topologySpread(context, gateway, labels),
  };
  const text = (body: YamlObject) => lines(renderYaml(body, []).content);
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: componentMetadata(context, gateway, name, source),
    data: {
      deployment: text({ spec: { replicas, template: { spec: pod } } }),
      podDisruptionBudget: text({ spec: { maxUnavailable: 1 } }),
    },
  };
}

/** The most instances that one cluster has of it. */
function instancesOf(context: Context, { component }: Deployed): number {
  return Math.max(0, ...context.overlays.map(({ residents }) => residents.get(component.name)?.replicas ?? 0));
}
