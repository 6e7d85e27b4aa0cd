/** Spread over zones and hosts. */
import type { Context, Deployed } from '../context.js';
import type { Workload } from '../workload.js';
import { traced, type Yaml, type YamlObject } from '../yaml.js';
import { selectorLabels } from './metadata.js';

/** The label by which pods of one revision are known, where a rollout makes pods anew instead of in place. */
const revisionLabels: Readonly<Partial<Record<Workload, string>>> = {
  Deployment: 'pod-template-hash',
  Rollout: 'rollouts-pod-template-hash',
};

/**
 * Constraints of a pod template, none for what never has two instances in a cluster.
 *
 * Tiers 0 and 1 may not crowd into one zone even for a while. Tainted nodes are left out of the count: a dead zone would else
 * be an empty domain that every replacement has to wait for. Of a Deployment only pods of one revision are compared,
 * so that a rollout ends as even as it began.
 * @param labels of the pods, where others than the component's own are meant
 */
export function topologySpread(
  context: Context,
  deployed: Deployed,
  labels: YamlObject = selectorLabels(deployed.name),
): readonly Yaml[] | undefined {
  const { component, workload } = deployed;
  // A DaemonSet has one pod on each node by itself.
  if (workload === 'DaemonSet') return undefined;
  const residences = context.overlays.flatMap((overlay) => overlay.residents.get(component.name) ?? []);
  if (!residences.some((residence) => residence.replicas > 1 || component.deployment.scales !== undefined)) return undefined;
  const source = component.placements[0]?.source;
  const zones = Math.max(...residences.map((residence) => residence.zones.length));
  const strict = component.tier !== undefined && component.tier.value <= 1;
  const revision = revisionLabels[workload];
  const constraint = (topologyKey: string, whenUnsatisfiable: string, note?: string): Yaml =>
    traced(
      {
        maxSkew: 1,
        topologyKey: traced(topologyKey, source, note),
        whenUnsatisfiable,
        labelSelector: { matchLabels: labels },
        matchLabelKeys: revision === undefined || !context.has('matchLabelKeys') ? undefined : [revision],
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
