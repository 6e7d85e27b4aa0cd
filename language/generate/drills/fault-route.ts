/** Istio's fault injection for a drill: calls that carry the drill's header fail, all others go on. */
import type { Component } from '../../model/model.js';
import type { Context, Deployed } from '../context.js';
import { type MeshTarget, serviceHost } from '../istio/mesh.js';
import { isOutside, outsideHosts } from '../istio/service-entry.js';
import { destination, virtualService } from '../istio/virtual-service.js';
import { isRequestPort, namedPorts } from '../kubernetes/ports.js';
import type { YamlObject } from '../yaml.js';

/** Calls that take part in a drill carry the scenario's name in it. */
export const drillHeader = 'x-drml-drill';

/**
 * The VirtualService of a component with a failing route before its own: two for one host do not merge, so it stands in for the one
 * of the base until the overlay is applied again. Undefined where no requests are routed to it.
 */
export function faultRoute(context: Context, deployed: Deployed, scenario: string): YamlObject | undefined {
  const { component, name } = deployed;
  return withFault(context, { component, name, host: serviceHost(context, deployed) }, scenario);
}

/** The same for the hosts of what somebody else runs; none where callers reach it by other means than requests of the mesh. */
export function outsideFaults(context: Context, component: Component, scenario: string): readonly YamlObject[] {
  if (!context.istio || !isOutside(component)) return [];
  return outsideHosts(context, component)
    .map((outside) => withFault(context, outside, scenario))
    .filter((body) => body !== undefined);
}

function withFault(context: Context, target: MeshTarget, scenario: string): YamlObject | undefined {
  const ports = namedPorts(target.component);
  const faults = ports.filter(isRequestPort).map((port) => ({
    name: ports.length > 1 ? `drill-${port.name}` : 'drill',
    match: [{ port: ports.length > 1 ? port.number : undefined, headers: { [drillHeader]: { exact: scenario } } }],
    fault: { abort: { percentage: { value: 100 }, httpStatus: 503 } },
    route: destination(target, port),
  }));
  return virtualService(context, target, faults);
}
