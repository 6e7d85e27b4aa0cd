/** ServiceEntries: what the mesh's callers reach outside of it, at which host and where. */
import { type Fact, sourceOf } from '../../model/fact.js';
import type { Component } from '../../model/model.js';
import { regionOf, regionsByName } from '../../model/queries.js';
import type { Context } from '../context.js';
import { isAddress } from '../entry/host-name.js';
import { componentMetadata } from '../kubernetes/metadata.js';
import { namedPorts } from '../kubernetes/ports.js';
import { traced, type YamlObject } from '../yaml.js';
import type { MeshTarget } from './mesh.js';
import { networkingVersion } from './mesh.js';

/** A host outside the mesh. */
export interface OutsideHost extends MeshTarget {
  readonly stated: Fact<string>;
  /** The region it stands in, where that is known and one. */
  readonly region: string | undefined;
}

const protocols = { http: 'HTTP', grpc: 'GRPC', tcp: 'TCP', tls: 'TLS' } as const;

/** Whether somebody else runs it: then callers reach a host, and no Service of ours. */
export function isOutside(component: Component): boolean {
  return component.kind === 'external' || component.kind === 'bucket' || component.data.managedBy?.value.manager === 'provider';
}

/** The hosts of a component outside, each once, in the order of their names; what the model lacks for them is reported. */
export function outsideHosts(context: Context, component: Component): readonly OutsideHost[] {
  const { host, hostIn = [] } = component.deployment;
  const lacks = (message: string, source = component.nameSource): readonly OutsideHost[] => {
    context.report({ kind: 'missing', component: component.name, message, source });
    return [];
  };
  if (host === undefined && hostIn.length === 0) {
    return lacks(`${component.name} has no host, so the mesh knows nothing of calls to it. Write \`host "HOST"\`.`);
  }
  if (component.deployment.ports.length === 0) {
    return lacks(`${component.name} has no port, so the mesh knows nothing of calls to it. Write \`port 443 tls\`.`);
  }
  const homes = new Set([
    ...component.hosts.map(({ name }) => regionOf(name)),
    ...component.placements.map(({ region }) => region),
  ]);
  const found = new Map<string, { stated: Fact<string>; regions: Set<string> }>();
  const note = (stated: Fact<string>, regions: Iterable<string>): void => {
    const name = stated.value.toLowerCase();
    const entry = found.get(name) ?? { stated, regions: new Set<string>() };
    for (const region of regions) entry.regions.add(region);
    found.set(name, entry);
  };
  if (host !== undefined) note(host, homes);
  for (const { region, host: stated } of hostIn) note(stated, [region]);
  const name = context.names.component(component.name);
  const several = found.size > 1;
  return [...found]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([value, { stated, regions }], index) => {
      if (isAddress(value)) {
        return lacks(`${component.name}: ${value} is an address; the mesh asks for a name. Write its name.`, sourceOf(stated));
      }
      const [region] = regions.size === 1 ? regions : [];
      return [
        {
          component,
          name: several ? context.names.beside(component.name, String(index + 1)) : name,
          host: value,
          stated,
          region,
        },
      ];
    });
}

/** The ServiceEntry of one host, seen by callers of this namespace alone. */
export function serviceEntry(context: Context, outside: OutsideHost): YamlObject {
  const { component, host, stated, region } = outside;
  const wildcard = host.startsWith('*.');
  const ports = namedPorts(component);
  if (ports.some((port) => port.protocol === 'tcp')) {
    context.report({
      kind: 'left-out',
      component: component.name,
      message: `${component.name}: over TCP the mesh tells hosts apart by address only. Turn on its DNS proxying, so that ${host} gets one.`,
      source: sourceOf(stated) ?? component.nameSource,
    });
  }
  const place = region === undefined ? undefined : regionsByName(context.model).get(region);
  const locality = place === undefined ? undefined : (place.platformId?.value ?? place.name);
  return {
    apiVersion: networkingVersion(context),
    kind: 'ServiceEntry',
    metadata: componentMetadata(context, outside, outside.name, sourceOf(stated)),
    spec: {
      exportTo: ['.'],
      hosts: [traced(host, sourceOf(stated))],
      location: 'MESH_EXTERNAL',
      // A name with a wildcard cannot be looked up: calls go where the caller looked it up.
      resolution: wildcard ? 'NONE' : 'DNS',
      ports: ports.map((port) => ({
        name: port.name,
        number: traced(port.number, port.port.source),
        protocol: protocols[port.protocol],
      })),
      endpoints: wildcard || locality === undefined ? undefined : [{ address: host, locality }],
    },
  };
}
