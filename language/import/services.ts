/** Which workload answers under a name: Services by their selectors, and those that an operator makes for a store. */
import type { Manifest } from '../manifests/read-manifests.js';
import { itemsAt, textAt, textsAt } from '../manifests/yaml-tree.js';
import { operatedKinds } from './engines.js';
import { namespaceOf, picks, type Workload } from './workloads.js';

/** Who stands behind an address. */
export type Answer =
  /** A component of the model, by its key. */
  | { readonly kind: 'component'; readonly key: string }
  /** A name in a cluster that nothing at hand answers to. */
  | { readonly kind: 'missing'; readonly name: string; readonly namespace: string }
  /** A host outside. */
  | { readonly kind: 'outside'; readonly host: string };

/** The key of what a workload or a custom resource becomes: the same in every cluster. */
export function componentKey(namespace: string, name: string): string {
  return `${namespace}/${name}`;
}

/** Whether a container of the workload declares a port that the Service leads to. */
function listensFor({ pod }: Workload, { root }: Manifest): boolean {
  const declared = itemsAt(pod, 'containers').flatMap((container) => itemsAt(container, 'ports'));
  return itemsAt(root, 'spec', 'ports').some((port) => {
    const target = textAt(port, 'targetPort') ?? textAt(port, 'port');
    return declared.some((one) => textAt(one, 'name') === target || textAt(one, 'containerPort') === target);
  });
}

/** Services of one cluster. */
export class Services {
  private readonly answers = new Map<string, string>();
  private readonly outside = new Map<string, string>();
  private readonly namespaces = new Set<string>();
  /** Services that pick pods of a workload, by the key of its component. */
  readonly ofComponent: ReadonlyMap<string, readonly Manifest[]>;

  constructor(manifests: readonly Manifest[], workloads: readonly Workload[]) {
    const ofComponent = new Map<string, Manifest[]>();
    const byNamespace = Map.groupBy(workloads, (workload) => workload.namespace);
    for (const manifest of manifests) {
      this.namespaces.add(namespaceOf(manifest));
      const operated = operatedKinds.find(({ group, kind }) => manifest.group === group && manifest.kind === kind);
      for (const ending of operated?.services ?? []) {
        this.answers.set(
          `${namespaceOf(manifest)}/${manifest.name}${ending}`,
          componentKey(namespaceOf(manifest), manifest.name),
        );
      }
      if (manifest.kind !== 'Service' || manifest.group !== '') continue;
      const at = `${namespaceOf(manifest)}/${manifest.name}`;
      const external = textAt(manifest.root, 'spec', 'externalName');
      if (external !== undefined) this.outside.set(at, external.toLowerCase());
      const selector = textsAt(manifest.root, 'spec', 'selector');
      const picked = byNamespace.get(namespaceOf(manifest))?.filter(({ podLabels }) => picks(selector, podLabels)) ?? [];
      // Of several, such as what serves and what works in the background, the one that listens where the Service leads.
      const workload = picked.find((one) => listensFor(one, manifest)) ?? picked[0];
      if (workload === undefined) continue;
      const key = componentKey(workload.namespace, workload.name);
      this.answers.set(at, key);
      const list = ofComponent.get(key);
      if (list === undefined) ofComponent.set(key, [manifest]);
      else list.push(manifest);
    }
    this.ofComponent = ofComponent;
  }

  /** Whether a Service of that name is in the namespace. */
  has(name: string, namespace: string): boolean {
    return this.answers.has(`${namespace}/${name}`) || this.outside.has(`${namespace}/${name}`);
  }

  /** Who answers under a host, asked from a namespace. */
  answerOf(host: string, namespace: string): Answer {
    const labels = host.replace(/\.$/, '').split('.');
    const inCluster = labels.indexOf('svc');
    // The address of one pod of a StatefulSet: the name of the pod stands before that of its Service.
    const [name = host, second] = inCluster === 3 ? labels.slice(1) : labels;
    const where =
      inCluster >= 2 || (labels.length === 2 && second !== undefined && this.namespaces.has(second)) ? second : undefined;
    if (labels.length > 1 && where === undefined) {
      const pod = /^(.+)-\d+$/.test(name) && second !== undefined ? this.answers.get(`${namespace}/${second}`) : undefined;
      return pod === undefined ? { kind: 'outside', host } : { kind: 'component', key: pod };
    }
    const at = `${where ?? namespace}/${name}`;
    const outside = this.outside.get(at);
    if (outside !== undefined) return { kind: 'outside', host: outside };
    const key = this.answers.get(at);
    return key === undefined ? { kind: 'missing', name, namespace: where ?? namespace } : { kind: 'component', key };
  }
}
