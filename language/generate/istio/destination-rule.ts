/** DestinationRules: how callers choose among a callee's instances, and when they give one up. */
import type { Fact } from '../../model/fact.js';
import { sourceOf } from '../../model/fact.js';
import type { Component, Edge } from '../../model/model.js';
import type { Context, Deployed } from '../context.js';
import { componentMetadata } from '../kubernetes/metadata.js';
import { runningInstances } from '../overlays.js';
import { traced, type Yaml, type YamlObject } from '../yaml.js';
import { localityPreference } from './locality.js';
import { callersOf, duration, networkingVersion, serviceHost } from './mesh.js';

/** The rule of one callee. All callers share it, so where they state different limits the loosest of them is written. */
export function destinationRule(context: Context, deployed: Deployed): YamlObject {
  const { component } = deployed;
  const edges = callersOf(context, component).flatMap((caller) => caller.edges);
  const warmup = component.failovers.find((candidate) => candidate.warmup !== undefined && candidate.warmup.value > 0)?.warmup;
  const slowStart: YamlObject =
    warmup === undefined
      ? {}
      : context.istioHas(24)
        ? { warmup: { duration: traced(duration(warmup.value), sourceOf(warmup)) } }
        : { warmupDurationSecs: traced(duration(warmup.value), sourceOf(warmup)) };
  return {
    apiVersion: networkingVersion(context),
    kind: 'DestinationRule',
    metadata: componentMetadata(context, deployed),
    spec: {
      host: serviceHost(context, deployed),
      trafficPolicy: {
        connectionPool: connectionPool(edges),
        loadBalancer: {
          simple: 'LEAST_REQUEST',
          localityLbSetting: localityPreference(context, component, edges),
          ...slowStart,
        },
        outlierDetection: isAlone(component) ? undefined : outlierDetection(edges),
      },
    },
  };
}

function largest(facts: readonly (Fact<number> | undefined)[]): Fact<number> | undefined {
  return facts.reduce<Fact<number> | undefined>(
    (best, fact) => (fact !== undefined && (best === undefined || fact.value > best.value) ? fact : best),
    undefined,
  );
}

function connectionPool(edges: readonly Edge[]): YamlObject | undefined {
  const connections = largest(edges.map((edge) => edge.breaker?.connections));
  if (connections === undefined) return undefined;
  return { tcp: { maxConnections: traced(Math.max(1, Math.round(connections.value)), sourceOf(connections)) } };
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
