/** What came with which version of a platform. Nothing is written that a version the model states does not have. */
import type { Model } from '../model/model.js';
import { hasVersion } from './version.js';

/** A field or kind, and the first version that has it without a switch somebody would have to turn. */
export interface Gate {
  readonly platform: 'kubernetes' | 'istio' | 'linkerd';
  readonly since: readonly [major: number, minor: number];
  /** The field, as a platform engineer looks it up. */
  readonly field: string;
}

/** Release notes and KEPs of Kubernetes, change notes of Istio and Linkerd. */
export const gates = {
  grpcProbe: { platform: 'kubernetes', since: [1, 24], field: 'grpc of a probe' },
  nodeTaintsPolicy: { platform: 'kubernetes', since: [1, 26], field: 'nodeTaintsPolicy of a topology spread' },
  matchLabelKeys: { platform: 'kubernetes', since: [1, 27], field: 'matchLabelKeys of a topology spread' },
  claimRetention: { platform: 'kubernetes', since: [1, 27], field: 'persistentVolumeClaimRetentionPolicy' },
  timeZone: { platform: 'kubernetes', since: [1, 27], field: 'timeZone of a CronJob' },
  nativeSidecar: { platform: 'kubernetes', since: [1, 29], field: 'restartPolicy Always of an init container' },
  preStopSleep: { platform: 'kubernetes', since: [1, 30], field: 'sleep of preStop' },
  containerMetric: { platform: 'kubernetes', since: [1, 30], field: 'ContainerResource of an autoscaler' },
  evictsUnhealthy: { platform: 'kubernetes', since: [1, 31], field: 'unhealthyPodEvictionPolicy' },
  istioV1: { platform: 'istio', since: [1, 22], field: 'networking, security and telemetry.istio.io/v1' },
  warmup: { platform: 'istio', since: [1, 24], field: 'warmup of a load balancer' },
  nativeSidecarOfIstio: { platform: 'istio', since: [1, 24], field: 'annotation sidecar.istio.io/nativeSidecar' },
  gatewayParameters: { platform: 'istio', since: [1, 26], field: 'parametersRef of a Gateway' },
  retryBackoff: { platform: 'istio', since: [1, 27], field: 'backoff of retries' },
  linkerdRoutes: { platform: 'linkerd', since: [2, 16], field: 'retry and timeout annotations of routes' },
} as const satisfies Readonly<Record<string, Gate>>;

export type GateName = keyof typeof gates;

/**
 * Whether everything the model runs on has what a gate stands for: the versions of its `model` block and of its regions. Where
 * nobody states one, a current one is taken.
 */
export function hasGate(model: Model, name: GateName): boolean {
  const { platform, since } = gates[name];
  return versionsOf(model, platform).every((version) => hasVersion(version, since[0], since[1]));
}

function versionsOf(model: Model, platform: Gate['platform']): readonly string[] {
  const { kubernetes, mesh } = model.settings;
  const stated = platform === 'kubernetes' ? kubernetes?.value : mesh?.value.name === platform ? mesh.value.version : undefined;
  const inRegions = model.regions.flatMap((region) =>
    region.versions.filter((each) => each.name === platform).map((each) => each.version),
  );
  return stated === undefined ? inRegions : [stated, ...inRegions];
}
