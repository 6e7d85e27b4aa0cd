/** DestinationRules: how callers choose among a callee's instances, and when they give one up. */
import type { Fact } from '../../model/fact.js';
import { sourceOf } from '../../model/fact.js';
import type { Component, Edge } from '../../model/model.js';
import type { Context } from '../context.js';
import { duration } from '../duration.js';
import { componentMetadata } from '../kubernetes/metadata.js';
import { runningInstances } from '../overlays.js';
import { traced, type Yaml, type YamlObject } from '../yaml.js';
import { connectionPool } from './connection-pool.js';
import { largest } from './largest.js';
import { localityPreference } from './locality.js';
import { callersOf, type MeshTarget, networkingVersion } from './mesh.js';
import { reportSpill } from './spill.js';

/** The rule of one callee. All callers share it, so where they state different limits the loosest of them is written. */
export function destinationRule(context: Context, target: MeshTarget): YamlObject {
  const { component } = target;
  const edges = callersOf(context, component).flatMap((caller) => caller.edges);
  const warmup = component.failovers.find((candidate) => candidate.warmup !== undefined && candidate.warmup.value > 0)?.warmup;
  const slowStart: YamlObject =
    warmup === undefined
      ? {}
      : context.has('warmup')
        ? { warmup: { duration: traced(duration(warmup.value), sourceOf(warmup)) } }
        : { warmupDurationSecs: traced(duration(warmup.value), sourceOf(warmup)) };
  const locality = localityPreference(context, component, edges);
  if (locality !== undefined && 'failover' in locality) reportSpill(context, component);
  return rule(context, target, {
    connectionPool: connectionPool(component, edges),
    loadBalancer: { simple: 'LEAST_REQUEST', localityLbSetting: locality, ...slowStart },
    outlierDetection: isAlone(component) ? undefined : outlierDetection(edges),
  });
}

/** The rule of what stands outside the mesh: what its callers state of it and nothing else. No TLS mode: the other side decides. */
export function outsideRule(context: Context, target: MeshTarget): YamlObject | undefined {
  const edges = callersOf(context, target.component).flatMap((caller) => caller.edges);
  const pool = connectionPool(target.component, edges);
  const breaker = edges.some((edge) => edge.breaker?.errors !== undefined);
  if (pool === undefined && !breaker) return undefined;
  return rule(context, target, { connectionPool: pool, outlierDetection: breaker ? outlierDetection(edges) : undefined });
}

function rule(context: Context, target: MeshTarget, trafficPolicy: YamlObject): YamlObject {
  return {
    apiVersion: networkingVersion(context),
    kind: 'DestinationRule',
    metadata: componentMetadata(context, target),
    spec: { host: target.host, trafficPolicy },
  };
}

/** Whether one instance is all there is: giving it up would turn a few errors into an outage. */
function isAlone(component: Component): boolean {
  const running = component.placements.map(({ role, zones }) => runningInstances(component, role, zones.length));
  return running.reduce((sum, count) => sum + count, 0) < 2;
}

/**
 * Ejection of failing instances. Without it locality failover does nothing; with Istio's cap of 10 % fewer than ten instances
 * are never ejected, so the cap is lifted, and the mesh goes on ejecting however few are left.
 */
function outlierDetection(edges: readonly Edge[]): YamlObject {
  const errors = largest(edges.map((edge) => edge.breaker?.errors));
  const interval = largest(edges.map((edge) => edge.breaker?.within));
  const ejection = largest(edges.map((edge) => edge.breaker?.ejects));
  const stated = (fact: Fact<number> | undefined, text: (value: number) => Yaml, otherwise: Yaml): Yaml =>
    fact === undefined ? otherwise : traced(text(fact.value), sourceOf(fact));
  const count = (value: number): number => Math.max(1, Math.round(value));
  return {
    splitExternalLocalOriginErrors: true,
    consecutiveLocalOriginFailures: stated(errors, count, 5),
    consecutiveGatewayErrors: stated(errors, count, 5),
    consecutive5xxErrors: stated(errors, count, 0),
    interval: stated(interval, duration, '5s'),
    baseEjectionTime: stated(ejection, duration, '30s'),
    maxEjectionPercent: 100,
    minHealthPercent: 0,
  };
}
