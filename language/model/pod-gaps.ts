/** What the model has to say for a component's pods to be written whole, and whether it is the model's to say at all. */
import type { Component, Model } from './model.js';

/** Whether the pods of a component are written from the model: not those of a manifest, an operator, a provider, a mesh or the class of an entry. */
export function arePodsWritten({ settings }: Model, component: Component): boolean {
  const { kind, placements, data, deployment } = component;
  if (kind === 'external' || kind === 'bucket' || placements.length === 0) return false;
  if (deployment.manifest !== undefined || data.managedBy !== undefined) return false;
  switch (kind) {
    case 'gateway':
      // Where others stand behind the entry, the image is what says that they do not.
      return deployment.image !== undefined || (deployment.entry ?? settings.entry) === undefined;
    case 'database':
    case 'queue':
    case 'coordinator':
      return isBareStore(component);
    case 'service':
    case 'job':
    case 'cache':
      return true;
  }
}

/** Whether a store runs as a bare StatefulSet: several copies of a named engine need something that replicates them. */
export function isBareStore({ kind, placements, data, deployment }: Component): boolean {
  const instances = placements.reduce((sum, { zones }) => sum + zones.length, 0);
  const engine = data.engine?.value.name ?? 'generic';
  return engine === 'generic' || instances === 1 || (kind === 'coordinator' && deployment.image !== undefined);
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
