/** Services. */
import type { Context, Deployed } from '../context.js';
import { traced, type YamlObject } from '../yaml.js';
import { componentMetadata, selectorLabels } from './metadata.js';
import { namedPorts } from './ports.js';

/** The Service callers address, `undefined` for what has no port. */
export function service(context: Context, deployed: Deployed): YamlObject | undefined {
  const ports = servicePorts(deployed);
  if (ports === undefined) return undefined;
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: componentMetadata(context, deployed),
    spec: { type: 'ClusterIP', selector: selectorLabels(deployed.name), ports },
  };
}

/** The Service that gives each pod of a StatefulSet its name, ready or not, so that members find each other while they start. */
export function headlessService(context: Context, deployed: Deployed): YamlObject {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: componentMetadata(context, deployed, context.names.headless(deployed.component.name)),
    spec: {
      clusterIP: 'None',
      publishNotReadyAddresses: true,
      selector: selectorLabels(deployed.name),
      ports: servicePorts(deployed),
    },
  };
}

function servicePorts({ component }: Deployed): YamlObject[] | undefined {
  const ports = namedPorts(component);
  if (ports.length === 0) return undefined;
  return ports.map((port) => ({
    name: port.name,
    protocol: 'TCP',
    // The mesh reads the protocol here, so that port names stay the author's.
    appProtocol: port.protocol,
    port: traced(port.number, port.port.source),
    targetPort: port.targetName,
  }));
}
