/** Ports that Linkerd must not look into. */
import type { Component } from '../../model/model.js';
import { namedPorts } from '../kubernetes/ports.js';
import { traced, type YamlObject } from '../yaml.js';

/**
 * The annotation of a Service or a pod with the ports of any stream: Linkerd would wait for the client's first bytes to tell the protocol,
 * and many servers speak first.
 */
export function opaquePorts(component: Component, of: 'service' | 'pod'): YamlObject {
  const opaque = namedPorts(component).filter((port) => port.protocol === 'tcp');
  const [first] = opaque;
  if (first === undefined) return {};
  const numbers = [...new Set(opaque.map((port) => (of === 'service' ? port.number : port.target)))].sort((a, b) => a - b);
  return { 'config.linkerd.io/opaque-ports': traced(numbers.join(','), first.port.source) };
}
