/** What has files of its own and no pods: gateways whose pods are a controller's, and what stands outside the mesh. */
import type { Component } from '../model/model.js';
import type { Context } from './context.js';
import { entryObjects } from './entry/entry-objects.js';
import { outsideRule } from './istio/destination-rule.js';
import { callersOf } from './istio/mesh.js';
import { isOutside, outsideHosts, serviceEntry } from './istio/service-entry.js';
import { virtualService } from './istio/virtual-service.js';
import type { YamlObject } from './yaml.js';

export interface Fixture {
  readonly name: string;
  readonly objects: readonly { readonly file: string; readonly body: YamlObject }[];
  /** Paths of the overlays that take it. */
  readonly overlays: ReadonlySet<string>;
}

/** Fixtures by their name. */
export function fixtures(context: Context): readonly Fixture[] {
  const found = [...context.components.values()].flatMap((component): readonly Fixture[] => {
    if (context.deployed.has(component.name)) return [];
    const fixture = gatewayFixture(context, component) ?? outsideFixture(context, component);
    return fixture === undefined || fixture.objects.length === 0 ? [] : [fixture];
  });
  return found.sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** In the clusters where the model places the gateway. */
function gatewayFixture(context: Context, component: Component): Fixture | undefined {
  const stated = context.entries.get(component.name);
  if (stated === undefined || component.deployment.manifest !== undefined) return undefined;
  const regions = new Set(component.placements.map(({ region }) => region));
  const name = context.names.component(component.name);
  return {
    name,
    objects: entryObjects(context, { component, name }, stated.plan, stated.gap),
    overlays: new Set(context.overlays.filter(({ region }) => regions.has(region.name)).map(({ path }) => path)),
  };
}

/** In the clusters where somebody calls it. */
function outsideFixture(context: Context, component: Component): Fixture | undefined {
  if (!context.istio || !isOutside(component)) return undefined;
  const callers = callersOf(context, component).map(({ deployed }) => deployed.component.name);
  if (callers.length === 0) return undefined;
  const hosts = outsideHosts(context, component);
  const objects = hosts.flatMap((outside, index) => {
    const suffix = hosts.length > 1 ? `-${index + 1}` : '';
    return [
      { file: `service-entry${suffix}`, body: serviceEntry(context, outside) },
      { file: `destination-rule${suffix}`, body: outsideRule(context, outside) },
      { file: `virtual-service${suffix}`, body: virtualService(context, outside) },
    ].flatMap(({ file, body }) => (body === undefined ? [] : [{ file, body }]));
  });
  return {
    name: context.names.component(component.name),
    objects: objects.sort((a, b) => (a.file < b.file ? -1 : 1)),
    overlays: new Set(
      context.overlays.filter(({ residents }) => callers.some((caller) => residents.has(caller))).map(({ path }) => path),
    ),
  };
}
