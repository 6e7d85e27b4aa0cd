/** Services. */
import type { Context, Deployed } from '../context.js';
import { listenerOf } from '../entry/listener.js';
import { failureAccrual } from '../linkerd/failure-accrual.js';
import { opaquePorts } from '../linkerd/opaque-ports.js';
import { traced, type YamlObject } from '../yaml.js';
import { componentMetadata, selectorLabels, withAnnotations } from './metadata.js';
import { namedPorts } from './ports.js';

/** The Service callers address, `undefined` for what has no port. */
export function service(context: Context, deployed: Deployed): YamlObject | undefined {
  if (deployed.pods === 'proxy') return loadBalancer(context, deployed);
  const ports = servicePorts(deployed);
  if (ports === undefined) return undefined;
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: context.linkerd
      ? withAnnotations(componentMetadata(context, deployed), {
          ...failureAccrual(context, deployed),
          ...opaquePorts(deployed.component, 'service'),
        })
      : componentMetadata(context, deployed),
    spec: { type: 'ClusterIP', selector: selectorLabels(deployed.name), ports },
  };
}

/** The Service of a gateway's pods: users reach it from outside. */
function loadBalancer(context: Context, deployed: Deployed): YamlObject {
  const { name, port, target } = listenerOf(deployed.component);
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: componentMetadata(context, deployed),
    spec: {
      type: 'LoadBalancer',
      selector: selectorLabels(deployed.name),
      ports: [{ name, protocol: 'TCP', appProtocol: name, port, targetPort: target }],
    },
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

function servicePorts({ component, own }: Deployed): YamlObject[] | undefined {
  const ports = namedPorts(component);
  if (ports.length === 0) return undefined;
  return ports.map((port) => ({
    name: port.name,
    protocol: 'TCP',
    // The mesh reads the protocol here, so that port names stay the author's.
    appProtocol: port.protocol,
    port: traced(port.number, port.port.source),
    // The names of its own manifest's ports are not the model's.
    targetPort: own === undefined ? port.targetName : port.target,
  }));
}
