/** What a cluster needs once for a model: its namespace, the priority classes of the tiers in use, and what holds for the whole mesh. */
import { sourceOf } from '../model/fact.js';
import type { Context, Deployed } from './context.js';
import { reportClusterLinks } from './istio/across-clusters.js';
import { strictPeers } from './istio/peer-authentication.js';
import { tracingTelemetry } from './istio/telemetry.js';
import { namespace } from './kubernetes/namespace.js';
import { denyByDefault } from './kubernetes/network-policy.js';
import { priorityClass } from './kubernetes/priority-class.js';
import type { YamlObject } from './yaml.js';

/** Objects by the name of their file without its ending, in the order in which they are listed. */
export function platformObjects(context: Context): readonly { readonly file: string; readonly body: YamlObject }[] {
  const { isolation, tracing } = context.model.settings;
  const firstOfTier = new Map<number, Deployed>();
  for (const deployed of context.deployed.values()) {
    const tier = deployed.component.tier?.value;
    if (tier !== undefined && !firstOfTier.has(tier)) firstOfTier.set(tier, deployed);
  }
  const tiers = [...firstOfTier].sort(([a], [b]) => a - b);
  reportClusterLinks(context);
  if (tracing !== undefined && !context.istio) {
    context.report({
      kind: 'left-out',
      message: `Traces to ${tracing.provider} are configured where the mesh is Istio; without it nothing is written.`,
      source: tracing.source,
    });
  }
  return [
    { file: 'namespace', body: namespace(context) },
    ...(isolation?.value === 'closed' ? [{ file: 'deny-by-default', body: denyByDefault(context, sourceOf(isolation)) }] : []),
    ...(context.istio ? [{ file: 'peer-authentication', body: strictPeers(context) }] : []),
    ...tiers.map(([tier, { component }]) => ({ file: `priority-class-tier-${tier}`, body: priorityClass(tier, component) })),
    ...(context.istio && tracing !== undefined ? [{ file: 'telemetry', body: tracingTelemetry(context, tracing) }] : []),
  ];
}
