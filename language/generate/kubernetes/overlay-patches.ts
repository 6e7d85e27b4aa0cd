/** What one cluster changes of the base. */

import type { Manifest } from '../../manifests/read-manifests.js';
import type { BaseContents } from '../component-base.js';
import type { Context, Deployed } from '../context.js';
import type { Overlay, Residence } from '../overlays.js';
import { type Workload, workloadApis } from '../workload.js';
import { asMap, traced, type Yaml, type YamlObject } from '../yaml.js';
import { isAutoscaled, scaleBounds } from './horizontal-pod-autoscaler.js';

/** A patch and the part of its file name behind the component's. */
export interface Patch {
  readonly kind: (typeof workloadFiles)[Workload] | 'pod-disruption-budget' | 'horizontal-pod-autoscaler';
  readonly body: YamlObject;
}

const workloadFiles = {
  Deployment: 'deployment',
  StatefulSet: 'stateful-set',
  DaemonSet: 'daemon-set',
  Job: 'job',
  CronJob: 'cron-job',
  Rollout: 'rollout',
} as const;

/** The file name of a workload, without its ending. */
export function workloadFile(deployed: Deployed): (typeof workloadFiles)[Deployed['workload']] {
  return workloadFiles[deployed.workload];
}

/** The head of a patch: what it patches. */
function target(
  context: Context,
  deployed: Deployed,
  apiVersion: string,
  kind: string,
  more: { readonly labels?: YamlObject; readonly annotations?: YamlObject } = {},
): YamlObject {
  return { apiVersion, kind, metadata: { name: deployed.name, namespace: context.names.namespace, ...more } };
}

function removal(context: Context, deployed: Deployed, apiVersion: string, kind: string): YamlObject {
  return { $patch: 'delete', ...target(context, deployed, apiVersion, kind) };
}

/** Patches for a component that runs in the overlay's cluster. */
export function residentPatches(
  context: Context,
  deployed: Deployed,
  overlay: Overlay,
  residence: Residence,
  base: BaseContents,
): readonly Patch[] {
  const patches: Patch[] = [{ kind: workloadFile(deployed), body: workloadPatch(context, deployed, overlay, residence) }];
  const source = residence.placements[0]?.source;
  const budget = base.budgets.get(overlay.path);
  if (base.budgets.size > 0 && budget !== Math.min(...base.budgets.values())) {
    patches.push({
      kind: 'pod-disruption-budget',
      body:
        budget === undefined
          ? removal(context, deployed, 'policy/v1', 'PodDisruptionBudget')
          : {
              ...target(context, deployed, 'policy/v1', 'PodDisruptionBudget'),
              spec: { maxUnavailable: traced(budget, source) },
            },
    });
  }
  if (base.scaled !== undefined) {
    const { min, max } = scaleBounds(deployed, residence);
    if (residence.replicas === 0) {
      patches.push({
        kind: 'horizontal-pod-autoscaler',
        body: removal(context, deployed, 'autoscaling/v2', 'HorizontalPodAutoscaler'),
      });
    } else if (min !== base.scaled.min || max !== base.scaled.max) {
      patches.push({
        kind: 'horizontal-pod-autoscaler',
        body: {
          ...target(context, deployed, 'autoscaling/v2', 'HorizontalPodAutoscaler'),
          spec: { minReplicas: traced(min, source), maxReplicas: max },
        },
      });
    }
  }
  return patches;
}

/** Patches for a component that only its callers here address: its network stays, its pods go. */
export function absentPatches(context: Context, deployed: Deployed, base: BaseContents): readonly Patch[] {
  const { workload } = deployed;
  return [
    { kind: workloadFile(deployed), body: removal(context, deployed, workloadApis[workload], workload) },
    ...(base.budgets.size > 0
      ? [{ kind: 'pod-disruption-budget', body: removal(context, deployed, 'policy/v1', 'PodDisruptionBudget') } as const]
      : []),
    ...(base.scaled !== undefined
      ? [
          {
            kind: 'horizontal-pod-autoscaler',
            body: removal(context, deployed, 'autoscaling/v2', 'HorizontalPodAutoscaler'),
          } as const,
        ]
      : []),
    ...removedOwn(context, deployed, 'pod-disruption-budget', deployed.own?.budget),
    ...removedOwn(context, deployed, 'horizontal-pod-autoscaler', deployed.own?.autoscaler),
  ];
}

/** What the component's own manifest brings along for pods that are not here. */
function removedOwn(
  context: Context,
  deployed: Deployed,
  kind: 'pod-disruption-budget' | 'horizontal-pod-autoscaler',
  manifest: Manifest | undefined,
): readonly Patch[] {
  if (manifest === undefined) return [];
  const { $patch, apiVersion, kind: what, metadata } = removal(context, deployed, manifest.apiVersion, manifest.kind);
  return [{ kind, body: { $patch, apiVersion, kind: what, metadata: { ...asMap(metadata), name: manifest.name } } }];
}

function workloadPatch(context: Context, deployed: Deployed, overlay: Overlay, residence: Residence): YamlObject {
  const { workload } = deployed;
  const source = residence.placements[0]?.source;
  const note = `${residence.role.replace('-', ' ')} in ${overlay.region.name}`;
  const count = traced(residence.replicas, source, note);
  const affinity = zoneAffinity(context, deployed, overlay, residence);
  const template = affinity === undefined ? undefined : { spec: { affinity } };
  const zones = overlay.zones.filter((zone) => residence.zones.includes(zone.path)).map((zone) => zone.name);
  const more = {
    labels: { 'drml.dev/role': residence.role },
    // The cluster spreads pods over zones by itself; which ones the model counts on stands nowhere else.
    ...(zones.length === 0 ? {} : { annotations: { 'drml.dev/zones': traced(zones.join(', '), source) } }),
  };
  if (workload === 'Job') {
    return {
      ...target(context, deployed, 'batch/v1', 'Job', more),
      spec: { parallelism: count, completions: count, template },
    };
  }
  if (workload === 'CronJob') {
    const many = residence.replicas > 1 ? { parallelism: count, completions: count } : {};
    return {
      ...target(context, deployed, 'batch/v1', 'CronJob', more),
      spec: {
        // Two regions that do the same work do it twice: a standby waits.
        suspend: traced(residence.active === 0, source, note),
        jobTemplate: residence.replicas > 1 || template !== undefined ? { spec: { ...many, template } } : undefined,
      },
    };
  }
  if (workload === 'DaemonSet') {
    // It runs on every node or nowhere.
    if (residence.replicas === 0) return removal(context, deployed, workloadApis[workload], workload);
    return {
      ...target(context, deployed, workloadApis[workload], workload, more),
      spec: template === undefined ? undefined : { template },
    };
  }
  const isScaled = deployed.own?.autoscaler !== undefined || isAutoscaled(context, deployed);
  const replicas = isScaled && residence.replicas > 0 ? undefined : count;
  const spec = replicas === undefined && template === undefined ? undefined : { replicas, template };
  return { ...target(context, deployed, workloadApis[workload], workload, more), spec };
}

/** Holds pods in the zones the model names; the platform knows zones by `id` only. */
function zoneAffinity(context: Context, deployed: Deployed, overlay: Overlay, residence: Residence): Yaml | undefined {
  if (!residence.pinned) return undefined;
  const source = residence.placements[0]?.source;
  const values: string[] = [];
  for (const path of residence.zones) {
    const zone = overlay.zones.find((candidate) => candidate.path === path);
    if (zone?.platformId === undefined) {
      context.report({
        kind: 'missing',
        component: deployed.component.name,
        message: `${deployed.component.name} belongs in ${path}, but the zone has no platform name, so its pods are not held there. Write \`id "…"\` in the zone.`,
        source: zone?.nameSource ?? overlay.region.nameSource,
      });
      return undefined;
    }
    values.push(zone.platformId.value);
  }
  return {
    nodeAffinity: {
      requiredDuringSchedulingIgnoredDuringExecution: {
        nodeSelectorTerms: [
          { matchExpressions: [{ key: 'topology.kubernetes.io/zone', operator: 'In', values: traced(values, source) }] },
        ],
      },
    },
  };
}
