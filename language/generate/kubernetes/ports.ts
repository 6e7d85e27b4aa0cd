/** Ports as containers and Services name them. */
import type { Component, Port } from '../../model/model.js';
import { dnsLabel } from '../names.js';

export interface NamedPort {
  /** At most 15 characters, unique in the component, no two hyphens together. */
  readonly name: string;
  readonly number: number;
  readonly target: number;
  /** The container's name of the target: two ports may lead to one target, which the container lists once. */
  readonly targetName: string;
  readonly protocol: Port['protocol'];
  readonly port: Port;
}

/** The component's ports with unique names: what the model calls them, else the protocol, with the number where that is taken. */
export function namedPorts(component: Component): readonly NamedPort[] {
  const taken = new Set<string>();
  const numbers = new Set<number>();
  const targets = new Map<number, string>();
  const ports: NamedPort[] = [];
  for (const port of component.deployment.ports) {
    // A Service may hold a number once only.
    if (numbers.has(port.number)) continue;
    numbers.add(port.number);
    let name = dnsLabel((port.name ?? port.protocol).replace(/-{2,}/g, '-'), 15);
    for (let round = 0; taken.has(name); round += 1)
      name = dnsLabel(`${port.protocol}-${port.number}${round === 0 ? '' : ` ${round}`}`, 15);
    taken.add(name);
    const target = port.target ?? port.number;
    const targetName = targets.get(target) ?? name;
    targets.set(target, targetName);
    ports.push({ name, number: port.number, target, targetName, protocol: port.protocol, port });
  }
  return ports;
}

/** The ports a container lists: each target once. */
export function containerPorts(component: Component): readonly NamedPort[] {
  return namedPorts(component).filter((port) => port.name === port.targetName);
}

/** Whether requests over the port are HTTP to the mesh, so that routes, timeouts and retries apply. */
export function isRequestPort(port: NamedPort): boolean {
  return port.protocol === 'http' || port.protocol === 'grpc';
}
