/** Who needs whom: from addresses in settings, from routes that are written for a caller, and from NetworkPolicies. */
import type { FieldReader } from '../manifests/field-reader.js';
import type { Manifest } from '../manifests/read-manifests.js';
import { itemsAt, nodeAt, type Place, textsAt, type YamlNode } from '../manifests/yaml-tree.js';
import { type Address, addressesOf, configMapsOf } from './addresses.js';
import { breakers, type CallRoute, callRoutes } from './call-policies.js';
import type { Cluster } from './clusters.js';
import { spokenPlace } from './imported.js';
import { componentKey } from './services.js';
import type { TracedCall } from './traced-calls.js';
import { isTakenBy, namespaceOf, type Workload } from './workloads.js';

/** An edge between keys of components. */
export interface FoundEdge {
  readonly from: string;
  readonly to: string;
  readonly block: readonly string[];
  readonly evidence: readonly string[];
  readonly at: Place;
}

/** A host that somebody calls and nothing at hand answers to. */
export interface Unanswered {
  /** `outside:api.stripe.com`, `missing:shop/assistant` */
  readonly key: string;
  readonly host: string;
  readonly isOutside: boolean;
  readonly at: Place;
  readonly by: string;
}

export interface FoundEdges {
  readonly edges: readonly FoundEdge[];
  readonly unanswered: ReadonlyMap<string, Unanswered>;
}

interface Draft {
  readonly evidence: string[];
  readonly at: Place;
  block: readonly string[];
}

/** Takes an edge, in words and where it stands. */
type Note = (from: string, to: string, evidence: string, at: Place) => void;

/** All edges over all clusters, each pair once. `traced`: calls that were seen. `ownHosts`: names that users reach the system by, which are no third parties. */
export function edgesOf(
  clusters: readonly Cluster[],
  ownHosts: ReadonlySet<string>,
  traced: readonly TracedCall[],
  read: FieldReader,
): FoundEdges {
  const drafts = new Map<string, Map<string, Draft>>();
  const unanswered = new Map<string, Unanswered>();
  const note: Note = (from, to, evidence, at) => {
    if (from === to) return;
    const ofCaller = drafts.get(from) ?? new Map<string, Draft>();
    drafts.set(from, ofCaller);
    const draft = ofCaller.get(to) ?? { evidence: [], block: [], at };
    ofCaller.set(to, draft);
    if (!draft.evidence.includes(evidence)) draft.evidence.push(evidence);
  };
  for (const cluster of clusters) {
    const configMaps = configMapsOf(cluster.manifests);
    for (const workload of cluster.workloads) {
      for (const address of addressesOf(workload, configMaps))
        noteAddress(cluster, workload, address, ownHosts, unanswered, note);
    }
    for (const manifest of cluster.manifests) {
      if (manifest.kind === 'NetworkPolicy' && manifest.group === 'networking.k8s.io') notePolicy(cluster, manifest, note);
    }
    noteTraced(cluster, traced, note);
    noteRoutes(cluster, read, drafts, note);
  }
  const edges = [...drafts].flatMap(([from, targets]) =>
    [...targets].map(([to, { block, evidence, at }]): FoundEdge => ({ from, to, block, evidence, at })),
  );
  return { edges, unanswered };
}

function noteAddress(
  cluster: Cluster,
  workload: Workload,
  address: Address,
  ownHosts: ReadonlySet<string>,
  unanswered: Map<string, Unanswered>,
  note: Note,
): void {
  const from = componentKey(workload.namespace, workload.name);
  const answer = cluster.services.answerOf(address.host, workload.namespace);
  const evidence = `${address.by} (${spokenPlace(address.at)})`;
  if (answer.kind === 'component') {
    // A bare word that happens to be the name of a Service is an address only where the setting is one for addresses.
    if (address.isSure) note(from, answer.key, evidence, address.at);
    return;
  }
  const isOutside = answer.kind === 'outside';
  const host = isOutside ? answer.host : answer.name;
  if (!address.isSure || address.isInside === true || ownHosts.has(host) || isPlatform(host, isOutside ? '' : answer.namespace))
    return;
  // A word without a port is as likely the name of a mode or of a user.
  if (!isOutside && address.port === undefined && !address.host.includes('.')) return;
  if (isOutside && !/\.[a-z]{2,}$/.test(host)) return;
  const key = isOutside ? `outside:${host}` : `missing:${answer.namespace}/${answer.name}`;
  if (!unanswered.has(key)) unanswered.set(key, { key, host, isOutside, at: address.at, by: `${workload.name}, ${address.by}` });
  note(from, key, evidence, address.at);
}

/** Parts of the platform that every cluster has. */
function isPlatform(host: string, namespace: string): boolean {
  return (
    namespace === 'kube-system' || host === 'kubernetes' || host === 'kubernetes.default' || host.endsWith('.kubernetes.default')
  );
}

/** What a NetworkPolicy lets through, where it names both sides. */
function notePolicy(cluster: Cluster, policy: Manifest, note: Note): void {
  const selector = nodeAt(policy.root, 'spec', 'podSelector');
  if (!isExplicit(selector)) return;
  const own = chosen(cluster, policy, selector, undefined);
  const evidence = `NetworkPolicy ${policy.name} (${spokenPlace(policy.root.at)})`;
  const pairs = (field: 'ingress' | 'egress', side: 'from' | 'to', add: (one: string, other: string) => void): void => {
    for (const rule of itemsAt(policy.root, 'spec', field)) {
      for (const peer of itemsAt(rule, side)) {
        const peerSelector = nodeAt(peer, 'podSelector');
        if (!isExplicit(peerSelector)) continue;
        for (const other of chosen(cluster, policy, peerSelector, nodeAt(peer, 'namespaceSelector')))
          for (const one of own) add(one, other);
      }
    }
  };
  pairs('ingress', 'from', (one, other) => note(other, one, evidence, policy.root.at));
  pairs('egress', 'to', (one, other) => note(one, other, evidence, policy.root.at));
}

function isExplicit(selector: YamlNode | undefined): boolean {
  return textsAt(selector, 'matchLabels').size > 0 || itemsAt(selector, 'matchExpressions').length > 0;
}

function chosen(
  cluster: Cluster,
  policy: Manifest,
  selector: YamlNode | undefined,
  namespaces: YamlNode | undefined,
): readonly string[] {
  const wanted = textsAt(namespaces, 'matchLabels').get('kubernetes.io/metadata.name');
  return cluster.workloads
    .filter(({ namespace, podLabels }) => {
      const isThere = namespaces === undefined ? namespace === namespaceOf(policy) : wanted === undefined || namespace === wanted;
      return isThere && isTakenBy(selector, podLabels);
    })
    .map(({ namespace, name }) => componentKey(namespace, name));
}

/** Calls that traces have seen, between workloads that are at hand: `orders` or, as Istio names them, `orders.shop`. */
function noteTraced(cluster: Cluster, traced: readonly TracedCall[], note: Note): void {
  if (traced.length === 0) return;
  const workloads = new Map<string, Workload>();
  for (const workload of cluster.workloads) {
    workloads.set(`${workload.name}.${workload.namespace}`, workload);
    if (!workloads.has(workload.name)) workloads.set(workload.name, workload);
  }
  for (const { caller, callee, count } of traced) {
    const from = workloads.get(caller);
    const to = workloads.get(callee);
    if (from === undefined || to === undefined) continue;
    const seen = count === 1 ? '1 call' : `${count} calls`;
    note(componentKey(from.namespace, from.name), componentKey(to.namespace, to.name), `traces, ${seen}`, from.manifest.root.at);
  }
}

/** Routes for a caller are evidence of a call; what they and the routes for all say of calls stands in the edges' blocks. */
function noteRoutes(
  cluster: Cluster,
  read: FieldReader,
  drafts: ReadonlyMap<string, ReadonlyMap<string, Draft>>,
  note: Note,
): void {
  const byTarget = Map.groupBy(callRoutes(cluster, read), (route) => route.target);
  const limits = breakers(cluster, read);
  for (const [target, routes] of byTarget) {
    for (const route of routes) {
      for (const caller of route.callers ?? []) note(caller, target, `VirtualService (${spokenPlace(route.at)})`, route.at);
    }
  }
  for (const [from, targets] of drafts) {
    for (const [to, draft] of targets) {
      const route = firstFor(byTarget.get(to) ?? [], from);
      const breaker = limits.get(to);
      if (draft.block.length > 0) continue;
      draft.block = [...(route?.block ?? []), ...(breaker === undefined ? [] : [breaker.text])];
      const said = [
        ...(route === undefined || route.block.length === 0 ? [] : [`VirtualService (${spokenPlace(route.at)})`]),
        ...(breaker === undefined ? [] : [`DestinationRule (${spokenPlace(breaker.at)})`]),
      ];
      for (const one of said) if (!draft.evidence.includes(one)) draft.evidence.push(one);
    }
  }
}

/** The route that a caller's calls take: the first that is for it, else the first that is for all. */
function firstFor(routes: readonly CallRoute[], caller: string): CallRoute | undefined {
  return routes.find((route) => route.callers?.includes(caller) === true) ?? routes.find((route) => route.callers === undefined);
}
