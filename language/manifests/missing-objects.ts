/** References to objects that are in none of the files, told at the name. */
import { editDistance } from '../syntax/nearest.js';
import { clusterHost, type ManifestIndex, sharesNamespace } from './manifest-index.js';
import { finding, type ManifestFinding, placeOfEntry, textFix } from './manifest-rule.js';
import { type NamedObject, namedObjects } from './named-objects.js';
import type { Manifest } from './read-manifests.js';
import { titleOf, type Workload } from './workloads.js';
import { replaceValue } from './yaml-edits.js';
import { entryOf, itemsAt, textAt, type YamlEntry } from './yaml-tree.js';

/** What a finding of a missing object says. */
export interface MissingObject {
  readonly entry: YamlEntry;
  /** One sentence. */
  readonly said: string;
  readonly subject: string;
  readonly kind: string;
  readonly name: string;
  /** Objects of which one may be meant. */
  readonly candidates: readonly { readonly name: string }[];
  readonly severity?: 'warning';
}

/** The finding of one, with the name that is near. */
export function missingObject({ entry, said, subject, kind, name, candidates, severity }: MissingObject): ManifestFinding {
  const near = candidates.find((candidate) => editDistance(name, candidate.name, 2) <= 2)?.name;
  const fix = near === undefined ? undefined : textFix(`Write ${near}`, replaceValue(entry.value, near));
  const hint = near === undefined ? `Add it, or name a ${kind} that is there.` : `Did you mean ${near}?`;
  return finding(placeOfEntry(entry), `${said} ${hint}`, {
    subject,
    about: `${kind} ${name}`,
    fixes: [fix],
    ...(severity === undefined ? {} : { severity }),
  });
}

/** What Kubernetes, OpenShift and Istio put into every namespace by themselves. */
const everywhere: ReadonlySet<string> = new Set(['kube-root-ca.crt', 'openshift-service-ca.crt', 'istio-ca-root-cert']);

/** ConfigMaps, Secrets and claims that a pod names and that are in none of the files of its namespace. */
export function missingForPod({ manifest, title, pod }: Workload, index: ManifestIndex): readonly ManifestFinding[] {
  const told = new Set<string>();
  return (pod === undefined ? [] : namedObjects(pod)).flatMap((one) => {
    const { kind, name, entry, by } = one;
    if (told.has(`${kind} ${name}`) || everywhere.has(name) || name.includes('$(')) return [];
    const candidates = index.ofKind(kind).filter(({ namespace }) => sharesNamespace(namespace, manifest.namespace));
    const sources = kind === 'Secret' ? [...candidates, ...secretMakers(index, manifest)] : candidates;
    // Where none of the sort is among the files, they are kept elsewhere.
    if (sources.length === 0 || candidates.some((candidate) => candidate.name === name)) return [];
    if (isMade(one, manifest, index) || index.mayBeUnread([kind], [name], `${kind} ${name}`)) return [];
    told.add(`${kind} ${name}`);
    const said = `${title}: ${by} takes ${kind} ${name}, which is in none of these files: without it the pod does not start.`;
    // A secret may be kept out of every file on purpose.
    const severity = kind === 'Secret' ? { severity: 'warning' as const } : {};
    return [missingObject({ entry, said, subject: title, kind, name, candidates, ...severity })];
  });
}

/** Kinds of others from which secrets are made. */
const secretKinds = ['ExternalSecret', 'SealedSecret', 'Certificate', 'VaultStaticSecret', 'VaultDynamicSecret'];

function secretMakers(index: ManifestIndex, { namespace }: Manifest): readonly Manifest[] {
  return secretKinds.flatMap((kind) => index.ofKind(kind)).filter((one) => sharesNamespace(one.namespace, namespace));
}

/** Whether something of the files makes the object when it runs: a claim template, a certificate, an operator. */
function isMade({ kind, name }: NamedObject, { namespace }: Manifest, index: ManifestIndex): boolean {
  if (isMadeByOthers(name, namespace, index)) return true;
  if (kind === 'PersistentVolumeClaim') {
    return index
      .ofKind('StatefulSet')
      .some(
        (one) =>
          sharesNamespace(one.namespace, namespace) &&
          itemsAt(one.root, 'spec', 'volumeClaimTemplates').some((template) =>
            name.startsWith(`${textAt(template, 'metadata', 'name') ?? ''}-${one.name}-`),
          ),
      );
  }
  // kustomize hashes the names of what it generates; literal names are those of the generator.
  const generator = kind === 'Secret' ? 'secretGenerator' : 'configMapGenerator';
  return index.generated.some((one) => one.field === generator && name.includes(one.name));
}

/** Whether an operator, or whoever installs a chart, may make an object of a name. */
export function isMadeByOthers(name: string, namespace: string | undefined, index: ManifestIndex): boolean {
  return index.ofOthers.some((one) => sharesNamespace(one.namespace, namespace) && makes(one, name));
}

/** Whether an operator may make it for one of its objects: it bears that name, or the object says its own. */
function makes({ name, root }: Manifest, wanted: string): boolean {
  const stated = [
    textAt(root, 'spec', 'target', 'name'),
    textAt(root, 'spec', 'secretName'),
    textAt(root, 'spec', 'destination', 'name'),
    textAt(root, 'spec', 'template', 'metadata', 'name'),
  ];
  return (
    stated.includes(wanted) || (name !== '' && (wanted === name || wanted.startsWith(`${name}-`) || wanted.includes(`.${name}.`)))
  );
}

const routeKinds = ['HTTPRoute', 'GRPCRoute', 'TLSRoute', 'TCPRoute', 'UDPRoute'];
const gatewayApi = 'gateway.networking.k8s.io';

/** Gateways that routes name and that are in none of the files, in namespaces of which the files have gateways. */
export function missingGateways(index: ManifestIndex): readonly ManifestFinding[] {
  const gateways = index.ofKind('Gateway');
  const ofApi = gateways.filter(({ group }) => group === gatewayApi);
  const ofMesh = gateways.filter(({ group }) => group !== gatewayApi);
  const wholeOf = (kind: string): readonly Manifest[] => index.ofKind(kind).filter(({ isWhole }) => isWhole);
  const fromMesh = wholeOf('VirtualService').flatMap((one) =>
    itemsAt(one.root, 'spec', 'gateways').flatMap((item) => {
      const written = textAt(item) ?? 'mesh';
      if (written === 'mesh') return [];
      const slash = written.indexOf('/');
      const inCluster = slash < 0 ? clusterHost(written, one.namespace) : undefined;
      const name = inCluster?.name ?? written.slice(slash + 1);
      const namespace = inCluster?.namespace ?? (slash < 0 ? one.namespace : written.slice(0, slash));
      return { one, entry: { key: 'gateways', at: item.at, value: item }, name, namespace, among: ofMesh };
    }),
  );
  const fromApi = routeKinds.flatMap(wholeOf).flatMap((one) =>
    itemsAt(one.root, 'spec', 'parentRefs').flatMap((parent) => {
      const entry = entryOf(parent, 'name');
      const name = textAt(entry?.value);
      const isGateway =
        (textAt(parent, 'kind') ?? 'Gateway') === 'Gateway' && (textAt(parent, 'group') ?? gatewayApi) === gatewayApi;
      if (entry === undefined || name === undefined || !isGateway) return [];
      return { one, entry, name, namespace: textAt(parent, 'namespace') ?? one.namespace, among: ofApi };
    }),
  );
  return [...fromMesh, ...fromApi].flatMap(({ one, entry, name, namespace, among }) => {
    const candidates = among.filter((gateway) => sharesNamespace(gateway.namespace, namespace));
    if (candidates.length === 0 || candidates.some((gateway) => gateway.name === name)) return [];
    if (index.mayBeUnread(['Gateway'], [name], `Gateway ${name}`)) return [];
    const subject = titleOf(one);
    const said = `${subject} is for Gateway ${name}, which is in none of these files: nothing reaches it from outside.`;
    return [missingObject({ entry, said, subject, kind: 'Gateway', name, candidates })];
  });
}

/** Services that routes of the Gateway API send requests to and that are in none of the files, in namespaces of which the files have some. */
export function missingBackends(index: ManifestIndex): readonly ManifestFinding[] {
  return routeKinds
    .flatMap((kind) => index.ofKind(kind))
    .flatMap((one) => {
      const subject = titleOf(one);
      const backends = itemsAt(one.root, 'spec', 'rules').flatMap((rule) => itemsAt(rule, 'backendRefs'));
      return backends.flatMap((backend) => {
        const entry = entryOf(backend, 'name');
        const name = textAt(entry?.value);
        if (entry === undefined || name === undefined || (textAt(backend, 'kind') ?? 'Service') !== 'Service') return [];
        const namespace = textAt(backend, 'namespace') ?? one.namespace;
        const candidates = index.ofKind('Service').filter((service) => sharesNamespace(service.namespace, namespace));
        if (candidates.length === 0 || candidates.some((service) => service.name === name)) return [];
        if (isMadeByOthers(name, namespace, index) || index.mayBeUnread(['Service'], [name], `Service ${name}`)) return [];
        const said = `${subject} leads to Service ${name}, which is in none of these files.`;
        return [missingObject({ entry, said, subject, kind: 'Service', name, candidates })];
      });
    });
}
