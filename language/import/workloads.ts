/** Workloads of one cluster: what runs pods, what their labels are, and which objects select them. */
import type { FieldReader } from '../manifests/field-reader.js';
import { labelSelectorOf, selects } from '../manifests/label-selectors.js';
import type { Manifest } from '../manifests/read-manifests.js';
import { entryOf, itemsAt, nodeAt, textAt, textsAt, type YamlNode } from '../manifests/yaml-tree.js';

export type WorkloadKind =
  | 'Deployment'
  | 'StatefulSet'
  | 'DaemonSet'
  | 'Job'
  | 'CronJob'
  | 'Pod'
  | 'ReplicaSet'
  // Of Argo Rollouts, and of OpenShift.
  | 'Rollout'
  | 'DeploymentConfig';

export interface Workload {
  readonly kind: WorkloadKind;
  /** Of the component that it is, or a version of. */
  readonly name: string;
  /** Of the object. */
  readonly objectName: string;
  readonly namespace: string;
  readonly manifest: Manifest;
  /** The pod's spec. */
  readonly pod: YamlNode | undefined;
  readonly podLabels: ReadonlyMap<string, string>;
  /** The container that does the work, sidecars apart. */
  readonly container: YamlNode | undefined;
}

const templates: Readonly<Record<WorkloadKind, readonly string[]>> = {
  Deployment: ['spec', 'template'],
  StatefulSet: ['spec', 'template'],
  DaemonSet: ['spec', 'template'],
  ReplicaSet: ['spec', 'template'],
  Rollout: ['spec', 'template'],
  DeploymentConfig: ['spec', 'template'],
  Job: ['spec', 'template'],
  CronJob: ['spec', 'jobTemplate', 'spec', 'template'],
  Pod: [],
};

function isWorkloadKind(kind: string): kind is WorkloadKind {
  return Object.hasOwn(templates, kind);
}

const workloadGroups: ReadonlySet<string> = new Set(['', 'apps', 'batch', 'extensions', 'argoproj.io', 'apps.openshift.io']);

/** Sidecars that a mesh or an agent adds to whatever they serve. */
const sidecars: ReadonlySet<string> = new Set([
  'istio-proxy',
  'linkerd-proxy',
  'cloud-sql-proxy',
  'cloudsql-proxy',
  'vault-agent',
  'envoy',
  'oauth2-proxy',
  'fluent-bit',
  'fluentd',
  'filebeat',
  'promtail',
  'vector',
  'datadog-agent',
  'otel-collector',
  'opentelemetry-collector',
  'config-reloader',
  'metrics',
  'exporter',
]);

/** The workloads among the objects; pods of a workload that is there too belong to it. */
export function workloadsOf(manifests: readonly Manifest[], read: FieldReader): readonly Workload[] {
  const workloads: Workload[] = [];
  for (const manifest of manifests) {
    if (!isWorkloadKind(manifest.kind) || !workloadGroups.has(manifest.group) || manifest.name === '') continue;
    if (itemsAt(manifest.root, 'metadata', 'ownerReferences').length > 0 || isReleaseTest(manifest)) continue;
    const path = templates[manifest.kind];
    // A Rollout that refers to a Deployment has no pods of its own.
    if (manifest.kind === 'Rollout' && nodeAt(manifest.root, ...path) === undefined) continue;
    const template = path.length === 0 ? manifest.root : read.node(manifest.root, ...path);
    const pod = read.map(template, 'spec');
    workloads.push({
      kind: manifest.kind,
      name: manifest.name,
      objectName: manifest.name,
      namespace: namespaceOf(manifest),
      manifest,
      pod,
      podLabels: textsAt(template, 'metadata', 'labels'),
      container: mainContainer(manifest.name, read.items(pod, 'containers')),
    });
  }
  return workloads;
}

/** What a manifest without a namespace is applied into. */
export function namespaceOf({ namespace }: Manifest): string {
  return namespace ?? 'default';
}

/** The container named as the workload, or as the end of its name, which a release of Helm puts its own before; else the first that is no sidecar, those with ports before others. */
function mainContainer(name: string, containers: readonly YamlNode[]): YamlNode | undefined {
  const nameOf = (container: YamlNode): string => textAt(container, 'name') ?? '';
  const others = containers.filter((container) => !sidecars.has(nameOf(container)));
  return (
    containers.find((container) => nameOf(container) === name) ??
    others.find((container) => name.endsWith(`-${nameOf(container)}`)) ??
    others.find((container) => itemsAt(container, 'ports').length > 0) ??
    others[0] ??
    containers[0]
  );
}

/** Whether Helm runs it only to test a release: no part of the system. */
function isReleaseTest({ root }: Manifest): boolean {
  const hooks = (textsAt(root, 'metadata', 'annotations').get('helm.sh/hook') ?? '').split(',').map((hook) => hook.trim());
  return hooks.some((hook) => hook === 'test' || hook === 'test-success');
}

/** Whether a plain selector (a map of labels) takes pods with these labels. An empty one takes none, as of a Service. */
export function picks(selector: ReadonlyMap<string, string>, labels: ReadonlyMap<string, string>): boolean {
  return selector.size > 0 && selects({ labels: selector, expressions: [] }, labels);
}

/** Whether a selector of an object takes them; one that is not there takes none. */
export function isTakenBy(selector: YamlNode | undefined, labels: ReadonlyMap<string, string>): boolean {
  return selector?.kind === 'map' && selects(labelSelectorOf(selector), labels);
}

/** What a workload's containers read from: every container, so that a migration in an init container counts as well. */
export function containersOf(workload: Workload): readonly YamlNode[] {
  return [...itemsAt(workload.pod, 'initContainers'), ...itemsAt(workload.pod, 'containers')];
}

/** Values of a label of nodes that pods are held to, by selector or affinity; empty where they are not held. */
export function heldTo(pod: YamlNode | undefined, label: string): readonly string[] {
  const selected = textAt(nodeAt(pod, 'nodeSelector'), label);
  if (selected !== undefined) return [selected];
  const terms = itemsAt(pod, 'affinity', 'nodeAffinity', 'requiredDuringSchedulingIgnoredDuringExecution', 'nodeSelectorTerms');
  const values = new Set<string>();
  for (const term of terms) {
    for (const expression of itemsAt(term, 'matchExpressions')) {
      if (textAt(expression, 'key') !== label || textAt(expression, 'operator') !== 'In') continue;
      for (const item of itemsAt(expression, 'values')) {
        const value = textAt(item);
        if (value !== undefined) values.add(value);
      }
    }
  }
  return [...values];
}

/** Whether pods are spread over the values of a label of nodes. */
export function isSpreadOver(pod: YamlNode | undefined, label: string): boolean {
  if (itemsAt(pod, 'topologySpreadConstraints').some((item) => textAt(item, 'topologyKey') === label)) return true;
  const terms = nodeAt(pod, 'affinity', 'podAntiAffinity');
  return [
    ...itemsAt(terms, 'requiredDuringSchedulingIgnoredDuringExecution'),
    ...itemsAt(terms, 'preferredDuringSchedulingIgnoredDuringExecution').map((item) => entryOf(item, 'podAffinityTerm')?.value),
  ].some((term) => textAt(term, 'topologyKey') === label);
}
