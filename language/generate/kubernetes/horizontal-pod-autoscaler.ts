/** Autoscalers, from `scales`. */
import { sourceOf } from '../../model/fact.js';
import type { Context, Deployed } from '../context.js';
import type { Residence } from '../overlays.js';
import { isDrained, workloadApis } from '../workload.js';
import { traced, type YamlObject } from '../yaml.js';
import { componentMetadata } from './metadata.js';
import { containerName } from './pod-template.js';

/** Whether an autoscaler owns the component's replicas. Utilisation is a share of the request: without one there is none. */
export function isAutoscaled(context: Context, deployed: Deployed): boolean {
  const { component, workload } = deployed;
  const scales = component.deployment.scales;
  if (scales === undefined || !isDrained(workload)) return false;
  if (component.demand.cpu !== undefined) return true;
  context.report({
    kind: 'missing',
    component: component.name,
    message: `${component.name} scales by CPU and states none, so no autoscaler is written. Write \`cpu 0.5\`.`,
    source: scales.source,
  });
  return false;
}

/** Smallest and largest number of pods in one cluster: `runs` is the floor unless `from` is stated. */
export function scaleBounds(deployed: Deployed, residence: Residence): { readonly min: number; readonly max: number } {
  const scales = deployed.component.deployment.scales;
  const min = Math.max(1, scales?.min?.value ?? residence.replicas);
  return { min, max: Math.max(min, scales?.max.value ?? min) };
}

/** The autoscaler in the base, with the bounds of the first residence. */
export function horizontalPodAutoscaler(context: Context, deployed: Deployed, residence: Residence): YamlObject | undefined {
  const { component, name, workload } = deployed;
  const scales = component.deployment.scales;
  if (scales === undefined) return undefined;
  const { min, max } = scaleBounds(deployed, residence);
  return {
    apiVersion: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
    metadata: componentMetadata(context, deployed, name, scales.source),
    spec: {
      scaleTargetRef: { apiVersion: workloadApis[workload], kind: workload, name },
      minReplicas: traced(min, scales.min === undefined ? component.placements[0]?.source : sourceOf(scales.min)),
      maxReplicas: traced(max, sourceOf(scales.max)),
      metrics: metrics(context, deployed),
      behavior: { scaleDown: { stabilizationWindowSeconds: 300 } },
    },
  };
}

/** Beside a sidecar the pod's sum would hide a busy program, so its own container is measured where the platform can. */
function metrics(context: Context, deployed: Deployed): readonly YamlObject[] | undefined {
  const utilisation = deployed.component.deployment.scales?.utilisation;
  if (utilisation === undefined) return undefined;
  const target = { type: 'Utilization', averageUtilization: traced(Math.round(utilisation.value * 100), sourceOf(utilisation)) };
  return context.istio && context.has('containerMetric')
    ? [{ type: 'ContainerResource', containerResource: { name: 'cpu', container: containerName(deployed), target } }]
    : [{ type: 'Resource', resource: { name: 'cpu', target } }];
}
