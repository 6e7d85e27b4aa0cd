/** Probes, from `probe` statements only: a probe nobody stated would be a guess about the program. */
import type { Component, Probe } from '../../model/model.js';
import { lacksReadiness, readinessGap } from '../../model/pod-gaps.js';
import type { Context, Deployed } from '../context.js';
import { traced, type Yaml, type YamlObject } from '../yaml.js';
import { namedPorts } from './ports.js';

const order = ['startup', 'readiness', 'liveness'] as const;

/** Kubernetes counts probe times in whole seconds from 1. */
function seconds(value: number): number {
  return Math.max(1, Math.ceil(value));
}

/**
 * The container's probe fields. A liveness probe that asks what the readiness probe asks is left out: what should take a pod
 * out of service would restart it, and a failing dependency would restart all of them.
 */
export function probes(context: Context, { component }: Deployed): YamlObject {
  const stated = new Map<Probe['kind'], Probe>(component.deployment.probes.map((probe) => [probe.kind, probe]));
  if (lacksReadiness(component)) {
    context.report({
      kind: 'missing',
      component: component.name,
      message: readinessGap(component),
      source: component.nameSource,
    });
  }
  const fields: Record<string, Yaml> = {};
  const asked = new Map<Probe['kind'], string>();
  for (const kind of order) {
    const probe = stated.get(kind);
    const question = probe === undefined ? undefined : questionOf(context, component, probe);
    if (probe === undefined || question === undefined) continue;
    asked.set(kind, JSON.stringify(question));
    if (kind === 'liveness' && asked.get('readiness') === asked.get('liveness')) {
      context.report({
        kind: 'left-out',
        component: component.name,
        message: `${component.name}: liveness asks the same as readiness, so one failing dependency would restart every pod. Give liveness a path that checks the process alone.`,
        source: probe.source,
      });
      continue;
    }
    fields[`${kind}Probe`] = traced(
      {
        ...question,
        timeoutSeconds: probe.timeout === undefined ? undefined : seconds(probe.timeout.value),
        periodSeconds: probe.every === undefined ? undefined : seconds(probe.every.value),
        failureThreshold: probe.failures === undefined ? undefined : Math.max(1, Math.round(probe.failures.value)),
      },
      probe.source,
    );
  }
  return fields;
}

/**
 * What the probe asks: the path over http; gRPC's own health protocol where only gRPC is served, which knows no paths, so that
 * one policy serves both; a connection where neither is.
 */
function questionOf(context: Context, component: Component, probe: Probe): YamlObject | undefined {
  const ports = namedPorts(component);
  const http = ports.find((port) => port.protocol === 'http');
  const grpc = ports.find((port) => port.protocol === 'grpc');
  const [first] = ports;
  if (probe.path !== undefined && http !== undefined) return { httpGet: { path: probe.path.value, port: http.targetName } };
  if (grpc !== undefined && http === undefined && context.has('grpcProbe')) return { grpc: { port: grpc.target } };
  if (probe.path === undefined && first !== undefined) return { tcpSocket: { port: (http ?? first).targetName } };
  context.report({
    kind: 'missing',
    component: component.name,
    message: `${component.name}: the ${probe.kind} probe has no ${first === undefined ? 'port' : 'http port'} to ask. Write \`port http 8080\`, or the probe without a path.`,
    source: probe.source,
  });
  return undefined;
}
