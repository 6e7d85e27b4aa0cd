/** Workloads among manifests: what runs pods, with what kustomize lays over it. */
import type { Manifest } from './read-manifests.js';
import { entryOf, itemsAt, nodeAt, numberAt, textAt, textsAt, type YamlEntry, type YamlMap, type YamlNode } from './yaml-tree.js';

export interface Workload {
  readonly manifest: Manifest;
  /** `Deployment shop/orders` */
  readonly title: string;
  /** The object and the patches of it. */
  readonly roots: readonly YamlMap[];
  /** Labels of its pods. */
  readonly labels: ReadonlyMap<string, string>;
  /** The pod as the object itself gives it. */
  readonly pod: YamlMap | undefined;
  /** Pods of the object and of its patches. */
  readonly pods: readonly YamlNode[];
  /** Containers of the object itself, without those that run first. */
  readonly containers: readonly YamlMap[];
  /** How many pods run; 1 where nothing says so, undefined where the kind has no count. */
  readonly replicas: number | undefined;
  /** Where the object itself says how many. */
  readonly replicasEntry: YamlEntry | undefined;
  /** Whether another object made it, so that nobody writes it. */
  readonly isOwned: boolean;
  /** Whether it runs when somebody tests a chart, and at no other time. */
  readonly isTest: boolean;
  /** The tier that a label gives, 0 the highest. */
  readonly tier: number | undefined;
}

const podPaths: { readonly [kind: string]: readonly string[] } = {
  Pod: [],
  Deployment: ['spec', 'template'],
  StatefulSet: ['spec', 'template'],
  DaemonSet: ['spec', 'template'],
  ReplicaSet: ['spec', 'template'],
  Rollout: ['spec', 'template'],
  ReplicationController: ['spec', 'template'],
  Job: ['spec', 'template'],
  CronJob: ['spec', 'jobTemplate', 'spec', 'template'],
};

/** Where the pod of a kind stands; undefined for what runs none. */
export function podPath(kind: string): readonly string[] | undefined {
  return Object.hasOwn(podPaths, kind) ? podPaths[kind] : undefined;
}

/** Kinds of which one may run several copies. */
export function isReplicated(kind: string): boolean {
  return (
    kind === 'Deployment' ||
    kind === 'StatefulSet' ||
    kind === 'ReplicaSet' ||
    kind === 'Rollout' ||
    kind === 'ReplicationController'
  );
}

/** `patches`: of this workload. `count`: what a kustomization says of its replicas. */
export function workloadOf(manifest: Manifest, patches: readonly Manifest[], count: number | undefined): Workload | undefined {
  const { kind, root } = manifest;
  const path = podPath(kind);
  if (path === undefined) return undefined;
  const roots = [root, ...patches.map((patch) => patch.root)];
  const template = nodeAt(root, ...path);
  const pod = nodeAt(template, 'spec');
  const pods = roots.flatMap((one) => nodeAt(one, ...path, 'spec') ?? []);
  const counts = [...roots.flatMap((one) => numberAt(one, 'spec', 'replicas') ?? []), ...(count === undefined ? [] : [count])];
  const labels = new Map(roots.flatMap((one) => [...textsAt(one, ...path, 'metadata', 'labels')]));
  const tier = textAt(root, 'metadata', 'labels', 'drml.dev/tier') ?? labels.get('drml.dev/tier');
  return {
    manifest,
    title: titleOf(manifest),
    roots,
    labels,
    pod: pod?.kind === 'map' ? pod : undefined,
    pods,
    containers: itemsAt(pod, 'containers').filter((item) => item.kind === 'map'),
    replicas: isReplicated(kind) ? Math.max(...counts, counts.length === 0 ? 1 : 0) : undefined,
    replicasEntry: entryOf(nodeAt(root, 'spec'), 'replicas'),
    isOwned: itemsAt(root, 'metadata', 'ownerReferences').length > 0,
    isTest: /(^|,)\s*test(-success|-failure)?\s*(,|$)/.test(textAt(root, 'metadata', 'annotations', 'helm.sh/hook') ?? ''),
    tier: tier !== undefined && /^\d$/.test(tier) ? Number(tier) : undefined,
  };
}

/** `Deployment shop/orders` */
export function titleOf({ kind, name, namespace }: Manifest): string {
  return `${kind} ${namespace === undefined ? '' : `${namespace}/`}${name === '' ? 'without a name' : name}`;
}
