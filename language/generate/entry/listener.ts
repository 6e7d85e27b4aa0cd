/** The port at which an entry listens. */
import { sourceOf } from '../../model/fact.js';
import type { Component } from '../../model/model.js';
import { namedPorts } from '../kubernetes/ports.js';
import { traced, type Yaml } from '../yaml.js';

export interface Listener {
  readonly name: 'http' | 'https';
  readonly protocol: 'HTTP' | 'HTTPS';
  /** As users reach it. */
  readonly port: number;
  /** As pods of the mesh bind it: above 1024, so that nobody needs to be root. */
  readonly target: number;
  /** The secret with the certificate. */
  readonly certificate: Yaml | undefined;
}

/** HTTPS where the gateway has a certificate, else HTTP; at the port the gateway states, else at the usual one. */
export function listenerOf(component: Component): Listener {
  const { certificate } = component.deployment;
  const [stated] = component.deployment.image === undefined ? namedPorts(component) : [];
  const secure = certificate !== undefined;
  return {
    name: secure ? 'https' : 'http',
    protocol: secure ? 'HTTPS' : 'HTTP',
    port: stated?.number ?? (secure ? 443 : 80),
    target: stated?.target ?? (secure ? 8443 : 8080),
    certificate: certificate === undefined ? undefined : traced(certificate.value, sourceOf(certificate)),
  };
}
