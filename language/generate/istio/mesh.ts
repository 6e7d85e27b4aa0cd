/** What the emitters of meshes share: hosts, callers. */
import type { Component, Edge } from '../../model/model.js';
import type { Context, Deployed } from '../context.js';

/** `networking.istio.io/v1` is served from 1.22 on. */
export function networkingVersion(context: Context): string {
  return context.has('istioV1') ? 'networking.istio.io/v1' : 'networking.istio.io/v1beta1';
}

/** What callers address, inside the mesh or outside. */
export interface MeshTarget {
  readonly component: Component;
  /** Of the objects that are written for it. */
  readonly name: string;
  /** As callers address it. */
  readonly host: string;
}

/** The full name of a component's Service: a short one would mean another Service in another namespace. */
export function serviceHost(context: Context, { name }: Pick<Deployed, 'name'>): string {
  return `${name}.${context.names.namespace}.svc.cluster.local`;
}

/** A component that calls another, and the edges on which it does. */
export interface Caller {
  readonly deployed: Deployed;
  readonly edges: readonly Edge[];
}

/** Who calls a component, by name: edges of what is deployed, a queue's publishers and consumers too. Journeys are no callers. */
export function callersOf(context: Context, callee: Component): readonly Caller[] {
  const callers = new Map<string, { readonly deployed: Deployed; readonly edges: Edge[] }>();
  for (const { from, edge } of context.incoming.get(callee.name) ?? []) {
    const deployed = context.deployed.get(from.name);
    if (deployed === undefined || from.name === callee.name) continue;
    const caller = callers.get(from.name);
    if (caller === undefined) callers.set(from.name, { deployed, edges: [edge] });
    else caller.edges.push(edge);
  }
  return [...callers.values()];
}

/** Whether anything addresses the component over the mesh: an edge, a message, or a gateway's route. */
export function isAddressed(context: Context, callee: Component): boolean {
  return context.incoming.has(callee.name) || context.routed.has(callee.name);
}
