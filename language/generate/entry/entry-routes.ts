/** Where an entry leads: paths, and the Services that answer them. */
import type { Source } from '../../model/fact.js';
import type { Context, Deployed } from '../context.js';
import { isRequestPort, type NamedPort, namedPorts } from '../kubernetes/ports.js';
import type { EntryPods } from './entry-plan.js';

export interface EntryRoute {
  readonly path: string;
  readonly target: Deployed;
  readonly port: NamedPort;
  readonly source: Source;
}

/** The routes of a gateway, the longest path first, so that a general one never hides a special one; each path once. */
export function entryRoutes(context: Context, gateway: Pick<Deployed, 'component'>, pods: EntryPods): readonly EntryRoute[] {
  const { component } = gateway;
  if (pods === 'program') {
    const own = context.deployed.get(component.name);
    const port = own === undefined ? undefined : requestPort(own);
    return own === undefined || port === undefined ? [] : [{ path: '/', target: own, port, source: component.nameSource }];
  }
  const routes = new Map<string, EntryRoute>();
  for (const { path, target: use, source } of component.deployment.routes) {
    const target = context.deployed.get(use.name);
    const port = target === undefined ? undefined : requestPort(target);
    if (target === undefined || port === undefined) {
      context.report({
        kind: 'missing',
        component: component.name,
        message: `${component.name} leads "${path}" to ${use.name}, which has no Service; the route is left out. Write \`port http 8080\` in it.`,
        source,
      });
    } else if (!routes.has(path)) routes.set(path, { path, target, port, source });
  }
  return [...routes.values()].sort((a, b) => b.path.length - a.path.length || (a.path < b.path ? -1 : 1));
}

/** The port that takes requests: the first of HTTP or gRPC, else the first. */
function requestPort({ component }: Deployed): NamedPort | undefined {
  const ports = namedPorts(component);
  return ports.find(isRequestPort) ?? ports[0];
}
