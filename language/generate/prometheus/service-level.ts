/** What is measured of a component to tell whether it serves: its requests where a mesh counts them, else its ready pods. */
import { requiredInstances } from '../../model/queries.js';
import type { Context, Deployed } from '../context.js';
import { callersOf } from '../istio/mesh.js';
import { isRequestPort, namedPorts } from '../kubernetes/ports.js';
import type { Overlay, Residence } from '../overlays.js';
import { ends } from '../workload.js';
import { over, series } from './promql.js';

/** Codes of gRPC that say the server failed, not the caller: unknown, deadline exceeded, internal, unavailable, data loss. */
const failedCalls = '2|4|13|14|15';

export interface ServiceLevel {
  readonly kind: 'requests' | 'readiness';
  /** Share of failures over a window such as `5m`, 0..1: of requests, or of time. */
  errorRatio(window: string): string;
}

/** How a component that serves in a cluster is measured there; undefined for what neither answers requests nor has pods to count. */
export function serviceLevel(context: Context, deployed: Deployed, residence: Residence): ServiceLevel | undefined {
  if (ends(deployed.workload)) return undefined;
  return requestLevel(context, deployed) ?? readinessLevel(context, deployed, residence);
}

function requestLevel(context: Context, deployed: Deployed): ServiceLevel | undefined {
  const ports = namedPorts(deployed.component).filter(isRequestPort);
  if (ports.length === 0) return undefined;
  switch (context.model.settings.mesh?.value.name) {
    case 'istio': {
      const labels = {
        // Callers see failures that never reach the callee; what nobody in the mesh calls is counted where it answers.
        reporter: isCalled(context, deployed) ? 'source' : 'destination',
        destination_service_name: deployed.name,
        destination_service_namespace: context.names.namespace,
      };
      const grpc = ports.every((port) => port.protocol === 'grpc');
      const failed = grpc
        ? series('istio_requests_total', { ...labels, grpc_response_status: ['=~', failedCalls] })
        : series('istio_requests_total', { ...labels, response_code: ['=~', '0|5..'] });
      return { kind: 'requests', errorRatio: (window) => ratio(failed, series('istio_requests_total', labels), window) };
    }
    case 'linkerd': {
      const labels = { direction: 'inbound', namespace: context.names.namespace, deployment: deployed.name };
      const failed = series('response_total', { ...labels, classification: 'failure' });
      return { kind: 'requests', errorRatio: (window) => ratio(failed, series('response_total', labels), window) };
    }
    default:
      return undefined;
  }
}

/** Whether something in the mesh calls it: an edge, or the routes of a gateway that is a component itself. */
function isCalled(context: Context, { component }: Deployed): boolean {
  return callersOf(context, component).length > 0 || context.routed.has(component.name);
}

/** No failure yet is a share of 0; no request at all is no share. */
function ratio(failed: string, all: string, window: string): string {
  return `(sum(rate(${over(failed, window)})) or vector(0)) / sum(rate(${over(all, window)}))`;
}

function readinessLevel(context: Context, deployed: Deployed, residence: Residence): ServiceLevel {
  const enough = `${readyPods(context, deployed)} >= bool ${standsHere(context, deployed, residence)}`;
  return { kind: 'readiness', errorRatio: (window) => `1 - avg_over_time((${enough})[${window}:1m])` };
}

/** Ready pods of a component in the cluster. */
export function readyPods(context: Context, { name, workload }: Deployed): string {
  const labels = { namespace: context.names.namespace };
  switch (workload) {
    case 'StatefulSet':
      return `sum(${series('kube_statefulset_status_replicas_ready', { ...labels, statefulset: name })})`;
    case 'DaemonSet':
      return `sum(${series('kube_daemonset_status_number_available', { ...labels, daemonset: name })})`;
    case 'Rollout': {
      // kube-state-metrics knows no Rollouts, only their pods: the name, a revision, five letters.
      const pods = ['=~', `${name}-[0-9a-z]+-[0-9a-z]{5}`] as const;
      return `sum(${series('kube_pod_status_ready', { ...labels, pod: pods, condition: 'true' })})`;
    }
    case 'Deployment':
    case 'Job':
    case 'CronJob':
      return `sum(${series('kube_deployment_status_replicas_available', { ...labels, deployment: name })})`;
  }
}

/** Instances that must stand in this cluster while all others of the component stand. */
export function standsHere(context: Context, { component }: Deployed, residence: Residence): number {
  const elsewhere = context.overlays
    .flatMap((overlay: Overlay) => overlay.residents.get(component.name) ?? [])
    .reduce((sum, each) => sum + (each === residence ? 0 : each.active), 0);
  return Math.max(1, requiredInstances(component).count - elsewhere);
}
