/** Calls from one cluster to another. */
import type { Context, Deployed } from '../context.js';
import { callersOf, isAddressed } from './mesh.js';

/** Whether calls may leave the caller's cluster: the callee stands in several, or has no instance where the caller has one. */
export function mayCrossClusters(context: Context, caller: Deployed, callee: Deployed): boolean {
  const homes = context.overlays.filter(({ residents }) => residents.has(callee.component.name));
  if (homes.length > 1) return true;
  return context.overlays.some(
    (overlay) => (overlay.residents.get(caller.component.name)?.replicas ?? 0) > 0 && !homes.includes(overlay),
  );
}

/** Says what a mesh over several clusters needs besides, where some call may cross them: nothing of it follows from the model. */
export function reportClusterLinks(context: Context): void {
  if (!context.istio || context.overlays.length < 2) return;
  const crossing = [...context.deployed.values()].find(
    (callee) =>
      callee.component.deployment.ports.length > 0 &&
      isAddressed(context, callee.component) &&
      callersOf(context, callee.component).some(({ deployed }) => mayCrossClusters(context, deployed, callee)),
  );
  if (crossing === undefined) return;
  context.report({
    kind: 'left-out',
    message: `Calls to ${crossing.component.name} and others may go from cluster to cluster. Link the meshes of the ${context.overlays.length} clusters (one root certificate, a remote secret for each, east-west gateways of two pods or more); none of it is written.`,
    source: crossing.component.nameSource,
  });
}
