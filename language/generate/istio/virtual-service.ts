/** VirtualServices: one per callee, since several for one host do not merge; its routes by caller, since timeouts belong to the edge. */
import { sourceOf } from '../../model/fact.js';
import type { Context } from '../context.js';
import { duration } from '../duration.js';
import { componentMetadata, selectorLabels } from '../kubernetes/metadata.js';
import { isRequestPort, type NamedPort, namedPorts } from '../kubernetes/ports.js';
import { traced, type Yaml, type YamlObject } from '../yaml.js';
import { callRetries, longestTimeout } from './call-limits.js';
import { type Caller, callersOf, type MeshTarget, networkingVersion } from './mesh.js';

/** The VirtualService of a callee, `undefined` where none of its ports carries requests. `first`: routes that go before its own. */
export function virtualService(context: Context, target: MeshTarget, first: readonly YamlObject[] = []): YamlObject | undefined {
  const ports = namedPorts(target.component);
  const requests = ports.filter(isRequestPort);
  if (requests.length === 0) {
    reportUnseen(context, target);
    return undefined;
  }
  // Pods of the mesh's gateways take no routes of the mesh: those from them stand in a VirtualService of their own.
  const callers = callersOf(context, target.component).filter(({ deployed }) => deployed.pods !== 'proxy');
  const several = ports.length > 1;
  const http = requests.flatMap((port) => [
    ...callers.map((caller) => callerRoute(context, target, caller, port, several)),
    defaultRoute(target, port, several),
  ]);
  return {
    apiVersion: networkingVersion(context),
    kind: 'VirtualService',
    metadata: componentMetadata(context, target),
    spec: { hosts: [target.host], http: [...first, ...http] },
  };
}

/** Of a connection that carries anything but plain HTTP the mesh knows no requests, so that it can end or repeat none. */
function reportUnseen(context: Context, { component }: MeshTarget): void {
  const limited = callersOf(context, component).flatMap(({ edges }) => edges.filter((edge) => edge.timeout ?? edge.retries));
  const [first] = limited;
  if (first === undefined) return;
  context.report({
    kind: 'left-out',
    component: component.name,
    message: `${component.name}: the mesh sees no requests at its port, so timeouts and retries are left to the programs that call it.`,
    source: first.source,
  });
}

/** Where a route leads: the callee itself. */
export function destination(target: MeshTarget, port: NamedPort): Yaml {
  return [{ destination: { host: target.host, port: { number: port.number } } }];
}

/** Any other caller: the model knows no budget of it, so it gets no retries to multiply. */
function defaultRoute(target: MeshTarget, port: NamedPort, several: boolean): YamlObject {
  return {
    name: several ? `default-${port.name}` : 'default',
    match: several ? [{ port: port.number }] : undefined,
    route: destination(target, port),
    retries: { attempts: 0 },
  };
}

function callerRoute(context: Context, target: MeshTarget, caller: Caller, port: NamedPort, several: boolean): YamlObject {
  const { edges, deployed } = caller;
  const longest = longestTimeout(edges);
  return {
    name: traced(several ? `from-${deployed.name}-${port.name}` : `from-${deployed.name}`, edges[0]?.source),
    match: [{ port: several ? port.number : undefined, sourceLabels: selectorLabels(deployed.name) }],
    route: destination(target, port),
    timeout:
      longest === undefined
        ? undefined
        : traced(duration(longest.value), sourceOf(longest), `timeout of ${deployed.component.name}`),
    retries: callRetries(context, target, { component: deployed.component, edges }),
  };
}
