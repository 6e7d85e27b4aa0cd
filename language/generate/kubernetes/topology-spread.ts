/** Spread over zones and hosts. */
import type { Context, Deployed } from '../context.js';
import { traced, type Yaml } from '../yaml.js';
import { selectorLabels } from './metadata.js';

/**
 * Constraints of a pod template, none for what never has two instances in a cluster.
 *
 * Tiers 0 and 1 may not crowd into one zone even for a while. Tainted nodes are left out of the count: a dead zone would else
 * be an empty domain that every replacement has to wait for. Of a Deployment only pods of one revision are compared,
 * so that a rollout ends as even as it began.
 */
export function topologySpread(context: Context, deployed: Deployed): readonly Yaml[] | undefined {
  const { component, workload, name } = deployed;
  const residences = context.overlays.flatMap((overlay) => overlay.residents.get(component.name) ?? []);
  if (!residences.some((residence) => residence.replicas > 1 || component.deployment.scales !== undefined)) return undefined;
  const source = component.placements[0]?.source;
  const zones = Math.max(...residences.map((residence) => residence.zones.length));
  const strict = component.tier !== undefined && component.tier.value <= 1;
  const constraint = (topologyKey: string, whenUnsatisfiable: string, note?: string): Yaml =>
    traced(
      {
        maxSkew: 1,
        topologyKey: traced(topologyKey, source, note),
        whenUnsatisfiable,
        labelSelector: { matchLabels: selectorLabels(name) },
        matchLabelKeys: workload === 'Deployment' && context.has('matchLabelKeys') ? ['pod-template-hash'] : undefined,
        nodeTaintsPolicy: context.has('nodeTaintsPolicy') ? 'Honor' : undefined,
      },
      source,
    );
  return [
    ...(zones > 1
      ? [constraint('topology.kubernetes.io/zone', strict ? 'DoNotSchedule' : 'ScheduleAnyway', `over ${zones} zones`)]
      : []),
    constraint('kubernetes.io/hostname', 'ScheduleAnyway'),
  ];
}
