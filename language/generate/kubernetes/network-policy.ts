/** NetworkPolicies, from `isolation` and the edges. */
import { type Source, sourceOf } from '../../model/fact.js';
import type { BackupRun } from '../backup-runs.js';
import type { Context, Deployed } from '../context.js';
import { listenerOf } from '../entry/listener.js';
import type { ReachedFromOutside } from '../entry/reached-from-outside.js';
import { mayCrossClusters } from '../istio/across-clusters.js';
import { callersOf } from '../istio/mesh.js';
import { isOutside } from '../istio/service-entry.js';
import { traced, type Yaml, type YamlObject } from '../yaml.js';
import { componentMetadata, modelMetadata, type Named, selectorLabels } from './metadata.js';
import { namedPorts } from './ports.js';

/** Where the control plane of Istio and its gateways between clusters run. */
const istioSystem = 'istio-system';
/** Where sidecars reach Istio's control plane; and where clusters reach each other. */
const controlPlanePort = 15012;
const betweenClustersPort = 15443;

/** Who reaches components beside those whose edges say so. */
export interface Visitors {
  /** Names of the CronJobs that dump a store, by the store's name. */
  readonly dumps: ReadonlyMap<string, readonly string[]>;
  /** What collects metrics of everything. */
  readonly watchers: readonly Deployed[];
}

/** The visitors of a model. */
export function visitorsOf(context: Context, runs: readonly BackupRun[]): Visitors {
  const dumps = new Map<string, readonly string[]>();
  for (const { means, store, name } of runs) {
    const dumped = store.component.name;
    if (means === 'dump') dumps.set(dumped, [...(dumps.get(dumped) ?? []), name]);
  }
  const watches = ({ component }: Deployed): boolean => component.provides.some(({ value }) => value === 'monitoring');
  return { dumps, watchers: [...context.deployed.values()].filter(watches) };
}

/** Every pod of the namespace refuses calls that no other policy allows. */
export function denyByDefault(context: Context, source: Source | undefined): YamlObject {
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: modelMetadata(context, context.names.free('deny-by-default'), source),
    spec: { podSelector: {}, policyTypes: ['Ingress'] },
  };
}

/** What one component may be reached by, and in a closed model what it may reach. */
export function networkPolicy(
  context: Context,
  deployed: Deployed,
  reached: ReachedFromOutside | undefined,
  visitors: Visitors,
): YamlObject | undefined {
  const isolation = context.model.settings.isolation;
  if (isolation === undefined) return undefined;
  const closed = isolation.value === 'closed';
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: componentMetadata(context, deployed),
    spec: {
      podSelector: { matchLabels: selectorLabels(deployed.name) },
      policyTypes: closed ? ['Ingress', 'Egress'] : ['Ingress'],
      ingress: ingressRules(context, deployed, reached, visitors),
      egress: closed ? egressRules(context, deployed) : undefined,
    },
  };
}

/** Lets users in to the pods that Istio starts for a Gateway. */
export function openGateway(context: Context, gateway: Named, source: Source | undefined): YamlObject {
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: componentMetadata(context, gateway, context.names.beside(gateway.component.name, 'gateway'), source),
    spec: {
      podSelector: { matchLabels: { 'gateway.networking.k8s.io/gateway-name': gateway.name } },
      policyTypes: ['Ingress'],
      ingress: [{}],
    },
  };
}

function podsOf(name: string): YamlObject {
  return { podSelector: { matchLabels: selectorLabels(name) } };
}

function inNamespace(namespace: string, labels?: YamlObject): YamlObject {
  return {
    namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespace } },
    podSelector: labels === undefined ? undefined : { matchLabels: labels },
  };
}

function targetPorts({ component, pods }: Deployed): Yaml[] {
  const numbers = pods === 'proxy' ? [listenerOf(component).target] : namedPorts(component).map((port) => port.target);
  return [...new Set(numbers)].sort((a, b) => a - b).map((port) => ({ protocol: 'TCP', port }));
}

function ingressRules(
  context: Context,
  deployed: Deployed,
  reached: ReachedFromOutside | undefined,
  { dumps, watchers }: Visitors,
): readonly Yaml[] {
  const { component, name } = deployed;
  const callers = inboundCallers(context, deployed);
  const ports = targetPorts(deployed);
  const rules: Yaml[] = [];
  // Members of a store speak to each other at ports that the model does not name.
  if (deployed.workload === 'StatefulSet') rules.push({ from: [podsOf(name)] });
  const names = [...new Set([...callers.keys(), ...(dumps.get(component.name) ?? [])])].sort();
  if (ports.length > 0 && names.length > 0) {
    const across = context.istio && [...callers.values()].some((caller) => mayCrossClusters(context, caller, deployed));
    rules.push({
      from: [
        ...names.map((caller) => traced(podsOf(caller), callers.get(caller)?.component.nameSource)),
        ...(across ? [inNamespace(istioSystem, { istio: 'eastwestgateway' })] : []),
      ],
      ports,
    });
  }
  if (deployed.pods === 'proxy') rules.push({ ports });
  else if (reached !== undefined) {
    const open = [...new Set(reached.ports.map((port) => port.target))].sort((a, b) => a - b);
    rules.push(traced({ ports: open.map((port) => ({ protocol: 'TCP', port })) }, reached.source));
  }
  if (watchers.length > 0) rules.push({ from: watchers.map((watcher) => podsOf(watcher.name)) });
  else {
    context.report({
      kind: 'left-out',
      message:
        'No component provides monitoring, so its NetworkPolicies let nobody collect metrics from another namespace. Write `provides monitoring` where it runs, or a policy beside them.',
      source: context.model.settings.source ?? component.nameSource,
    });
  }
  return rules;
}

/** Callers by their name on the platform: by edge, and gateways whose routes lead here. */
function inboundCallers(context: Context, { component }: Deployed): ReadonlyMap<string, Deployed> {
  const callers = new Map<string, Deployed>();
  for (const { deployed } of callersOf(context, component)) callers.set(deployed.name, deployed);
  for (const gateway of context.routedFrom.get(component.name) ?? []) callers.set(gateway.name, gateway);
  return callers;
}

function egressRules(context: Context, deployed: Deployed): readonly Yaml[] {
  const { component, name } = deployed;
  // Names are looked up anywhere: a cache of the node answers at an address of its own.
  const rules: Yaml[] = [
    {
      ports: [
        { protocol: 'UDP', port: 53 },
        { protocol: 'TCP', port: 53 },
      ],
    },
  ];
  if (deployed.workload === 'StatefulSet') rules.push({ to: [podsOf(name)] });
  if (context.istio) rules.push({ to: [inNamespace(istioSystem)], ports: [{ protocol: 'TCP', port: controlPlanePort }] });
  if (context.linkerd) rules.push({ to: [inNamespace('linkerd')] });
  const { tracing, isolation } = context.model.settings;
  if (context.istio && tracing !== undefined) {
    context.report({
      kind: 'left-out',
      message: `Sidecars send their traces to ${tracing.provider}, and nobody says where that is: the NetworkPolicies of a closed namespace let none out. Write a policy beside them that does.`,
      source: isolation === undefined ? tracing.source : (sourceOf(isolation) ?? tracing.source),
    });
  }
  const targets = new Map<string, Source>();
  for (const edge of component.edges) {
    for (const use of edge.targets) if (!targets.has(use.name)) targets.set(use.name, edge.source);
  }
  for (const route of component.deployment.routes) {
    if (!targets.has(route.target.name)) targets.set(route.target.name, route.source);
  }
  let across = false;
  for (const [target, source] of [...targets].sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (target === component.name) continue;
    const callee = context.deployed.get(target);
    if (callee !== undefined) {
      const ports = targetPorts(callee);
      if (ports.length > 0) rules.push(traced({ to: [podsOf(callee.name)], ports }, source));
      across ||= context.istio && mayCrossClusters(context, deployed, callee);
      continue;
    }
    const rule = ruleElsewhere(context, deployed, target, source);
    if (rule !== undefined) rules.push(traced(rule, source));
  }
  if (across) rules.push({ ports: [{ protocol: 'TCP', port: betweenClustersPort }] });
  return rules;
}

/** To what DRML writes no pods for: pods of an operator are in the namespace, anything else is outside. */
function ruleElsewhere(context: Context, caller: Deployed, target: string, source: Source): YamlObject | undefined {
  const component = context.components.get(target);
  if (component === undefined) return undefined;
  const ports = namedPorts(component).map((port) => ({ protocol: 'TCP', port: port.number }));
  if (!isOutside(component)) return { to: [{ podSelector: {} }], ports: ports.length === 0 ? undefined : ports };
  if (ports.length > 0) return { ports };
  context.report({
    kind: 'missing',
    component: caller.component.name,
    message: `${target} has no port, so the NetworkPolicy of ${caller.component.name} lets no call out to it. Write \`port 443 tls\` in it.`,
    source,
  });
  return undefined;
}
