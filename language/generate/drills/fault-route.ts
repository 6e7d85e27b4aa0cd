/** Istio's fault injection for a drill: calls that carry the drill's header fail, all others go on. */
import type { Context, Deployed } from '../context.js';
import { serviceHost } from '../istio/mesh.js';
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
  const target = { component: deployed.component, name: deployed.name, host: serviceHost(context, deployed) };
  const ports = namedPorts(deployed.component);
  const faults = ports.filter(isRequestPort).map((port) => ({
    name: ports.length > 1 ? `drill-${port.name}` : 'drill',
    match: [{ port: ports.length > 1 ? port.number : undefined, headers: { [drillHeader]: { exact: scenario } } }],
    fault: { abort: { percentage: { value: 100 }, httpStatus: 503 } },
    route: destination(target, port),
  }));
  return virtualService(context, target, faults);
}
