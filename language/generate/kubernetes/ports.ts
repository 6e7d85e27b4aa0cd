/** Ports as containers and Services name them. */
import type { Component, Port } from '../../model/model.js';
import { dnsLabel } from '../names.js';

export interface NamedPort {
  /** At most 15 characters, unique in the component. */
  readonly name: string;
  readonly number: number;
  readonly target: number;
  readonly protocol: Port['protocol'];
  readonly port: Port;
}

/** The component's ports with unique names: what the model calls them, else the protocol, with the number where that is taken. */
export function namedPorts(component: Component): readonly NamedPort[] {
  const taken = new Set<string>();
  const numbers = new Set<number>();
  const ports: NamedPort[] = [];
  for (const port of component.deployment.ports) {
    // A Service may hold a number once only.
    if (numbers.has(port.number)) continue;
    numbers.add(port.number);
    const wanted = dnsLabel(port.name ?? port.protocol, 15);
    const name = taken.has(wanted) ? `${port.protocol}-${port.number}` : wanted;
    taken.add(name);
    ports.push({ name, number: port.number, target: port.target ?? port.number, protocol: port.protocol, port });
  }
  return ports;
}

/** Whether requests over the port are HTTP to the mesh, so that routes, timeouts and retries apply. */
export function isRequestPort(port: NamedPort): boolean {
  return port.protocol === 'http' || port.protocol === 'grpc';
}
