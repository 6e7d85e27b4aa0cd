/** What the model has to say for a component's pods to be written whole, and whether it is the model's to say at all. */
import type { Component, Model } from '../../model/model.js';
import { entryPlan } from '../entry/entry-plan.js';
import { workloadOf } from '../workload.js';

/** Whether the pods of a component are written from the model: not those of a manifest, an operator, a provider or a mesh. */
export function arePodsWritten(model: Model, component: Component): boolean {
  if (component.deployment.manifest !== undefined) return false;
  const pods = entryPlan(model, component)?.pods;
  return pods !== 'proxy' && workloadOf(component, () => undefined, pods) !== undefined;
}

/** Whether its pods get calls and nobody asks them before whether they can answer. */
export function lacksReadiness({ deployment: { ports, probes } }: Component): boolean {
  return ports.length > 0 && probes.every(({ kind }) => kind !== 'readiness');
}

/** That there is no image, and what to write. */
export function imageGap({ name, kind }: Component): string {
  const otherwise = kind === 'gateway' ? ', or `entry gateway-api CLASS` where others route for it' : '';
  return `${name} has no image; the manifest holds a placeholder that cannot start. Write \`image "REGISTRY/NAME:TAG"\`${otherwise}.`;
}

/** That nothing tells when it can answer, and what to write. */
export function readinessGap({ name, deployment }: Component): string {
  // Without a path the probe asks gRPC's health protocol, or for a connection.
  const path = deployment.ports.some((port) => port.protocol === 'http') ? ' "/PATH"' : '';
  return `${name} has no readiness probe, so it gets traffic before it can serve. Write \`probe readiness${path} every 5s\`.`;
}
