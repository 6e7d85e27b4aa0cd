/** Where users come in: Ingresses, gateways of the Gateway API and of Istio with their routes, and Services for the outside. */
import type { Manifest } from '../manifests/read-manifests.js';
import { itemsAt, nodeAt, type Place, textAt, textsAt, type YamlNode } from '../manifests/yaml-tree.js';
import { isWritable } from '../syntax/checks/formats.js';
import type { Cluster } from './clusters.js';
import { componentKey } from './services.js';
import { namespaceOf, picks } from './workloads.js';

export interface EntryRoute {
  readonly path: string;
  /** Key of the component that answers. */
  readonly target: string;
}

export interface Entry {
  readonly key: string;
  readonly name: string;
  /** `Ingress shop` */
  readonly by: string;
  readonly at: Place;
  readonly hosts: readonly string[];
  readonly certificate?: string;
  readonly routes: readonly EntryRoute[];
  /** Key of the workload that is the gateway itself, where it is at hand. */
  readonly own?: string;
  /** A Service for the outside: there is no gateway, users reach the component itself. */
  readonly isDirect: boolean;
}

/** The entries of the clusters, each once, sorted by name. */
export function entriesOf(clusters: readonly Cluster[]): readonly Entry[] {
  const entries = new Map<string, Entry>();
  for (const cluster of clusters) {
    for (const entry of [...ingresses(cluster), ...otherEntries(cluster), ...gateways(cluster)])
      if (!entries.has(entry.key)) entries.set(entry.key, entry);
    const served = new Set([...entries.values()].flatMap((entry) => [entry.own, ...entry.routes.map(({ target }) => target)]));
    for (const entry of outsideServices(cluster)) {
      if (!served.has(entry.routes[0]?.target) && !entries.has(entry.key)) entries.set(entry.key, entry);
    }
  }
  return [...entries.values()].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : a.key < b.key ? -1 : 1));
}

function targetOf(cluster: Cluster, host: string | undefined, namespace: string): string | undefined {
  const answer = host === undefined ? undefined : cluster.services.answerOf(host, namespace);
  return answer?.kind === 'component' ? answer.key : undefined;
}

function ingresses(cluster: Cluster): readonly Entry[] {
  return cluster.manifests
    .filter((manifest) => manifest.kind === 'Ingress')
    .map((manifest) => {
      const { root, name } = manifest;
      const namespace = namespaceOf(manifest);
      const rules = itemsAt(root, 'spec', 'rules');
      const backends = rules.flatMap((rule) =>
        itemsAt(rule, 'http', 'paths').map((path) => ({ path: textAt(path, 'path') ?? '/', backend: nodeAt(path, 'backend') })),
      );
      const all = [...backends, { path: '/', backend: nodeAt(root, 'spec', 'defaultBackend') }];
      const certificate = textAt(itemsAt(root, 'spec', 'tls')[0], 'secretName');
      return entry(manifest, {
        hosts: rules.flatMap((rule) => textAt(rule, 'host') ?? []),
        certificate,
        routes: all.flatMap(({ path, backend }) => {
          const service = textAt(backend, 'service', 'name') ?? textAt(backend, 'serviceName');
          const target = targetOf(cluster, service, namespace);
          return target === undefined ? [] : [{ path, target }];
        }),
        by: `Ingress ${name}`,
      });
    });
}

/** Routes of OpenShift and IngressRoutes of Traefik. */
function otherEntries(cluster: Cluster): readonly Entry[] {
  return cluster.manifests.flatMap((manifest): readonly Entry[] => {
    const { root, kind, group, name } = manifest;
    const namespace = namespaceOf(manifest);
    const routeTo = (path: string, service: string | undefined, where = namespace): readonly EntryRoute[] => {
      const target = targetOf(cluster, service, where);
      return target === undefined ? [] : [{ path, target }];
    };
    if (kind === 'Route' && group === 'route.openshift.io') {
      const host = textAt(root, 'spec', 'host');
      const routes = routeTo(textAt(root, 'spec', 'path') ?? '/', textAt(root, 'spec', 'to', 'name'));
      return [entry(manifest, { hosts: host === undefined ? [] : [host], certificate: undefined, routes, by: `Route ${name}` })];
    }
    if (kind !== 'IngressRoute' || !/^traefik\.(?:io|containo\.us)$/.test(group)) return [];
    const rules = itemsAt(root, 'spec', 'routes').map((route) => ({ route, match: textAt(route, 'match') ?? '' }));
    return [
      entry(manifest, {
        hosts: rules.flatMap(({ match }) => quotedIn(match, 'Host')),
        certificate: textAt(root, 'spec', 'tls', 'secretName'),
        routes: rules.flatMap(({ route, match }) => {
          const paths = [...quotedIn(match, 'PathPrefix'), ...quotedIn(match, 'Path')];
          return itemsAt(route, 'services').flatMap((service) =>
            (paths.length === 0 ? ['/'] : paths).flatMap((path) =>
              routeTo(path, textAt(service, 'name'), textAt(service, 'namespace')),
            ),
          );
        }),
        by: `IngressRoute ${name}`,
      }),
    ];
  });
}

/** What a matcher of Traefik names: of "Host(`a`, `b`) && Path(`/c`)" with Host it is a and b. */
function quotedIn(match: string, matcher: string): readonly string[] {
  return [...match.matchAll(new RegExp(`\\b${matcher}\\(([^()]*)\\)`, 'g'))].flatMap(([, list = '']) =>
    [...list.matchAll(/[`"']([^`"']+)[`"']/g)].map(([, text = '']) => text),
  );
}

function gateways(cluster: Cluster): readonly Entry[] {
  const entries: Entry[] = [];
  for (const manifest of cluster.manifests) {
    if (manifest.kind !== 'Gateway') continue;
    if (manifest.group === 'gateway.networking.k8s.io') entries.push(standardGateway(cluster, manifest));
    if (manifest.group === 'networking.istio.io') entries.push(istioGateway(cluster, manifest));
  }
  return entries;
}

function standardGateway(cluster: Cluster, gateway: Manifest): Entry {
  const namespace = namespaceOf(gateway);
  const listeners = itemsAt(gateway.root, 'spec', 'listeners');
  const attached = cluster.manifests.filter(
    (manifest) =>
      (manifest.kind === 'HTTPRoute' || manifest.kind === 'GRPCRoute') &&
      itemsAt(manifest.root, 'spec', 'parentRefs').some(
        (parent) =>
          textAt(parent, 'name') === gateway.name && (textAt(parent, 'namespace') ?? namespaceOf(manifest)) === namespace,
      ),
  );
  const certificates = listeners.flatMap((listener) =>
    itemsAt(listener, 'tls', 'certificateRefs').flatMap((item) => textAt(item, 'name') ?? []),
  );
  return entry(gateway, {
    hosts: [
      ...listeners.flatMap((listener) => textAt(listener, 'hostname') ?? []),
      ...attached.flatMap((route) => itemsAt(route.root, 'spec', 'hostnames').flatMap((item) => textAt(item) ?? [])),
    ],
    certificate: certificates[0],
    routes: attached.flatMap((route) =>
      itemsAt(route.root, 'spec', 'rules').flatMap((rule) => {
        const paths = pathsOf(itemsAt(rule, 'matches'), (match) => textAt(match, 'path', 'value'));
        return itemsAt(rule, 'backendRefs').flatMap((backend) => {
          const target = targetOf(cluster, textAt(backend, 'name'), textAt(backend, 'namespace') ?? namespaceOf(route));
          return target === undefined ? [] : paths.map((path) => ({ path, target }));
        });
      }),
    ),
    by: `Gateway ${gateway.name}`,
  });
}

function istioGateway(cluster: Cluster, gateway: Manifest): Entry {
  const namespace = namespaceOf(gateway);
  const servers = itemsAt(gateway.root, 'spec', 'servers');
  const selector = textsAt(gateway.root, 'spec', 'selector');
  const pods = cluster.workloads.find(({ podLabels }) => picks(selector, podLabels));
  const attached = cluster.manifests.filter(
    (manifest) =>
      manifest.kind === 'VirtualService' &&
      itemsAt(manifest.root, 'spec', 'gateways').some((item) => {
        const name = textAt(item) ?? '';
        return name === `${namespace}/${gateway.name}` || (name === gateway.name && namespaceOf(manifest) === namespace);
      }),
  );
  return entry(gateway, {
    hosts: servers.flatMap((server) =>
      itemsAt(server, 'hosts').flatMap((item) => {
        const host = textAt(item) ?? '';
        return host.slice(host.indexOf('/') + 1);
      }),
    ),
    certificate: servers.flatMap((server) => textAt(server, 'tls', 'credentialName') ?? [])[0],
    routes: attached.flatMap((virtual) =>
      itemsAt(virtual.root, 'spec', 'http').flatMap((http) => {
        const paths = pathsOf(itemsAt(http, 'match'), (match) => textAt(match, 'uri', 'prefix') ?? textAt(match, 'uri', 'exact'));
        return itemsAt(http, 'route').flatMap((route) => {
          const target = targetOf(cluster, textAt(route, 'destination', 'host'), namespaceOf(virtual));
          return target === undefined ? [] : paths.map((path) => ({ path, target }));
        });
      }),
    ),
    by: `Gateway ${gateway.name}`,
    ...(pods === undefined ? {} : { own: componentKey(pods.namespace, pods.name) }),
  });
}

/** The paths that any of the conditions lets through; all of them where there is none. */
function pathsOf(matches: readonly YamlNode[], pathOf: (match: YamlNode) => string | undefined): readonly string[] {
  return matches.length === 0 ? ['/'] : matches.map((match) => pathOf(match) ?? '/');
}

function outsideServices(cluster: Cluster): readonly Entry[] {
  return [...cluster.services.ofComponent].flatMap(([target, services]) =>
    services
      .filter((service) => ['LoadBalancer', 'NodePort'].includes(textAt(service.root, 'spec', 'type') ?? ''))
      .map((service) => ({
        ...entry(service, {
          hosts: [],
          certificate: undefined,
          routes: [{ path: '/', target }],
          by: `Service ${service.name}, ${outsideType(service.root)}`,
        }),
        isDirect: true,
      })),
  );
}

function outsideType(root: YamlNode): string {
  return textAt(root, 'spec', 'type') ?? '';
}

function entry(
  manifest: Manifest,
  facts: {
    readonly hosts: readonly string[];
    readonly certificate: string | undefined;
    readonly routes: readonly EntryRoute[];
    readonly by: string;
    readonly own?: string;
  },
): Entry {
  const { certificate, hosts, routes, ...rest } = facts;
  const seen = new Set<string>();
  return {
    key: `entry:${manifest.kind}/${namespaceOf(manifest)}/${manifest.name}`,
    name: manifest.name,
    at: manifest.root.at,
    hosts: [...new Set(hosts.filter((host) => !host.includes('*') && isWritable('host', host)))],
    // A path leads to one component: of several, such as a canary, the first stands.
    routes: routes.filter(({ path }) => !seen.has(path) && seen.add(path)),
    ...(certificate === undefined ? {} : { certificate }),
    isDirect: false,
    ...rest,
  };
}
