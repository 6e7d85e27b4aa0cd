/** Traffic policies of DestinationRules, and the hosts they are for. */
import { labelSelectorOf, plainSelectorOf } from './label-selectors.js';
import { clusterHost, type ManifestIndex } from './manifest-index.js';
import type { Manifest } from './read-manifests.js';
import { itemsAt, nodeAt, textAt, textsOf, type YamlMap, type YamlNode } from './yaml-tree.js';

/** One traffic policy of a DestinationRule. */
export interface TrafficPolicy {
  readonly rule: Manifest;
  readonly host: string;
  readonly policy: YamlMap;
  /** The policy of the whole host, for that of a subset: what a subset leaves out holds from it. */
  readonly base: YamlMap | undefined;
  /** The name of the subset. */
  readonly subset: string | undefined;
}

/** The traffic policies of all DestinationRules that could be read whole. */
export function trafficPolicies(index: ManifestIndex): readonly TrafficPolicy[] {
  return index.ofKind('DestinationRule').flatMap((rule): readonly TrafficPolicy[] => {
    const host = textAt(rule.root, 'spec', 'host');
    if (host === undefined || !rule.isWhole) return [];
    const whole = nodeAt(rule.root, 'spec', 'trafficPolicy');
    const base = whole?.kind === 'map' ? whole : undefined;
    const subsets = itemsAt(rule.root, 'spec', 'subsets').flatMap((subset) => {
      const policy = nodeAt(subset, 'trafficPolicy');
      return policy?.kind === 'map' ? [{ rule, host, policy, base, subset: textAt(subset, 'name') ?? '' }] : [];
    });
    return [...(base === undefined ? [] : [{ rule, host, policy: base, base: undefined, subset: undefined }]), ...subsets];
  });
}

/** A field of a policy, from that of the host where a subset leaves it out. */
export function policyField({ policy, base }: TrafficPolicy, ...path: readonly string[]): YamlNode | undefined {
  const [first = ''] = path;
  return policy.entries.has(first) ? nodeAt(policy, ...path) : nodeAt(base, ...path);
}

/** How many endpoints a host has, by the pods behind its Service or the endpoints of its ServiceEntry; undefined where the files do not tell. */
export function endpointsOf(host: string, namespace: string | undefined, index: ManifestIndex): number | undefined {
  const service = index.serviceOf(host, namespace);
  if (service !== undefined) {
    const selector = plainSelectorOf(service.root, 'spec', 'selector');
    if (selector.labels.size === 0) return undefined;
    const counts = index.selected(selector, service.namespace).map((workload) => index.podsOf(workload)?.most);
    if (counts.length === 0 || counts.includes(undefined)) return undefined;
    return counts.reduce<number>((sum, count) => sum + (count ?? 0), 0);
  }
  const entry = serviceEntryOf(host, index);
  const endpoints = itemsAt(entry?.root, 'spec', 'endpoints').length;
  return endpoints === 0 ? undefined : endpoints;
}

/** The ServiceEntry that has a host among its hosts. */
export function serviceEntryOf(host: string, index: ManifestIndex): Manifest | undefined {
  return index
    .ofKind('ServiceEntry')
    .find(({ root }) => textsOf(nodeAt(root, 'spec', 'hosts')).some((name) => takesHost(name, host)));
}

/** Whether a host of a configuration, perhaps with a wildcard, is or takes another one. */
export function takesHost(pattern: string, host: string): boolean {
  return pattern === host || (pattern.startsWith('*.') && host.endsWith(pattern.slice(1)));
}

/** The namespace a mesh keeps what holds for all of it in, unless installed otherwise. */
const rootNamespace = 'istio-system';

/** The PeerAuthentication that lets a host take calls with mutual TLS only; undefined where none of the files says so. */
export function strictFor(host: string, from: string | undefined, index: ManifestIndex): Manifest | undefined {
  const { name, namespace } = clusterHost(host, from);
  const service = index.named('Service', name, namespace);
  if (service === undefined) return undefined;
  const pods = index.selected(plainSelectorOf(service.root, 'spec', 'selector'), service.namespace);
  const policies = index.ofKind('PeerAuthentication').filter(({ isWhole }) => isWhole);
  const own = policies.filter((policy) => policy.namespace === service.namespace);
  const forPods = own.filter(({ root }) => nodeAt(root, 'spec', 'selector') !== undefined);
  const exact = forPods.find(({ root }) => {
    const { labels } = labelSelectorOf(nodeAt(root, 'spec', 'selector'));
    return pods.some((pod) => [...labels].every(([key, value]) => pod.labels.get(key) === value));
  });
  // The narrowest one that says anything decides.
  const levels = [
    exact,
    own.find(({ root }) => nodeAt(root, 'spec', 'selector') === undefined),
    policies.find(({ namespace: where }) => where === rootNamespace),
  ];
  const deciding = levels.find((policy) => {
    const mode = textAt(policy?.root, 'spec', 'mtls', 'mode');
    return mode !== undefined && mode !== 'UNSET';
  });
  return textAt(deciding?.root, 'spec', 'mtls', 'mode') === 'STRICT' ? deciding : undefined;
}
