/** Probes, from `probe` statements only: a probe nobody stated would be a guess about the program. */
import type { Probe } from '../../model/model.js';
import type { Context, Deployed } from '../context.js';
import { traced, type Yaml, type YamlObject } from '../yaml.js';
import { isRequestPort, namedPorts } from './ports.js';

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
  const readiness = stated.get('readiness');
  const liveness = stated.get('liveness');
  if (readiness === undefined && component.deployment.ports.length > 0) {
    context.report({
      kind: 'missing',
      component: component.name,
      message: `${component.name} has no readiness probe, so it gets traffic before it can serve. Write \`probe readiness "/PATH" every 5s\`.`,
      source: component.nameSource,
    });
  }
  if (readiness !== undefined && liveness !== undefined && readiness.path?.value === liveness.path?.value) {
    context.report({
      kind: 'left-out',
      component: component.name,
      message: `${component.name}: liveness asks the same as readiness, so one failing dependency would restart every pod. Give liveness a path that checks the process alone.`,
      source: liveness.source,
    });
    stated.delete('liveness');
  }
  const fields: Record<string, Yaml> = {};
  for (const kind of order) {
    const probe = stated.get(kind);
    const body =
      probe === undefined ? undefined : probeBody(context, component.name, component.deployment.ports.length, probe, component);
    if (probe !== undefined && body !== undefined) fields[`${kind}Probe`] = traced(body, probe.source);
  }
  return fields;
}

function probeBody(
  context: Context,
  name: string,
  portCount: number,
  probe: Probe,
  component: Deployed['component'],
): YamlObject | undefined {
  const ports = namedPorts(component);
  const http = ports.find((port) => port.protocol === 'http');
  const first = ports.find(isRequestPort) ?? ports[0];
  if (first === undefined || (probe.path !== undefined && http === undefined)) {
    context.report({
      kind: 'missing',
      component: name,
      message: `${name}: the ${probe.kind} probe has no ${portCount === 0 ? 'port' : 'http port'} to ask. Write \`port http N\`.`,
      source: probe.source,
    });
    return undefined;
  }
  const ask: YamlObject =
    probe.path !== undefined && http !== undefined
      ? { httpGet: { path: probe.path.value, port: http.name } }
      : first.protocol === 'grpc'
        ? { grpc: { port: first.target } }
        : { tcpSocket: { port: first.name } };
  return {
    ...ask,
    timeoutSeconds: probe.timeout === undefined ? undefined : seconds(probe.timeout.value),
    periodSeconds: probe.every === undefined ? undefined : seconds(probe.every.value),
    failureThreshold: probe.failures === undefined ? undefined : Math.max(1, probe.failures.value),
  };
}
