/** Manifests by what rules ask of them: workloads, what selects them, what a host name leads to. */
import { type GeneratedName, type Kustomizations, kustomizationsOf } from './kustomizations.js';
import { type LabelSelector, labelSelectorOf, plainSelectorOf, selects } from './label-selectors.js';
import type { Manifest, ReadManifests } from './read-manifests.js';
import { mayDefine, type UnreadDocument } from './unread-documents.js';
import { type Workload, workloadOf } from './workloads.js';
import { nodeAt, numberAt, textAt } from './yaml-tree.js';

/** How many pods of a workload run at least and at most, and what says so. */
export interface PodCount {
  readonly least: number;
  readonly most: number;
  /** The autoscaler, where one decides. */
  readonly autoscaler: Manifest | undefined;
}

/** Groups of Kubernetes itself and of the mesh. */
const ownGroups = /^(|apps|batch|policy|autoscaling|extensions|.*\.istio\.io|.*\.k8s\.io)$/;

export class ManifestIndex {
  readonly kustomizations: Kustomizations;
  /** Objects of their own, without patches. */
  readonly objects: readonly Manifest[];
  readonly patches: readonly Manifest[];
  readonly workloads: readonly Workload[];
  private readonly byKind = new Map<string, Manifest[]>();
  private readonly byLabel = new Map<string, Workload[]>();
  private readonly byName = new Map<string, Manifest[]>();
  private readonly workloadOfManifest = new Map<Manifest, Workload>();
  private readonly autoscalers = new Map<Workload, Manifest>();
  /** What generators of kustomizations make, by the names that these give. */
  readonly generated: readonly GeneratedName[];
  private readonly unread: readonly UnreadDocument[];
  private readonly isOpen: boolean;
  /** What was left unsaid, by the document in which it may stand. */
  private readonly doubts = new Map<UnreadDocument, Set<string>>();

  /**
   * @param isOpen whether there may be more objects than these, of which nothing is known
   * @param generated what kustomizations generate
   */
  constructor(read: Pick<ReadManifests, 'manifests' | 'unread'>, isOpen = false, generated: readonly GeneratedName[] = []) {
    this.unread = read.unread;
    this.isOpen = isOpen;
    this.kustomizations = kustomizationsOf(read.manifests);
    this.generated = [...generated, ...this.kustomizations.generated];
    this.objects = read.manifests.filter((manifest) => !this.kustomizations.isPatch(manifest));
    this.patches = read.manifests.filter((manifest) => this.kustomizations.isPatch(manifest));
    for (const manifest of this.objects) {
      pushTo(this.byKind, manifest.kind, manifest);
      pushTo(this.byName, `${manifest.kind} ${manifest.name}`, manifest);
    }
    const patchesOf = new Map<string, Manifest[]>();
    for (const patch of this.patches) pushTo(patchesOf, `${patch.kind} ${patch.name}`, patch);
    this.workloads = this.objects.flatMap((manifest) => {
      const patches = patchesOf.get(`${manifest.kind} ${manifest.name}`) ?? [];
      return workloadOf(manifest, patches, this.kustomizations.replicas.get(manifest.name)) ?? [];
    });
    for (const workload of this.workloads) {
      this.workloadOfManifest.set(workload.manifest, workload);
      for (const [key, value] of workload.labels) pushTo(this.byLabel, `${key}=${value}`, workload);
    }
    for (const autoscaler of this.ofKind('HorizontalPodAutoscaler')) {
      const target = this.targetOf(autoscaler);
      if (target !== undefined && !this.autoscalers.has(target)) this.autoscalers.set(target, autoscaler);
    }
  }

  private others: readonly Manifest[] | undefined;

  /** Objects of operators, which make others of what these say. */
  get ofOthers(): readonly Manifest[] {
    this.others ??= this.objects.filter(({ group }) => !ownGroups.test(group));
    return this.others;
  }

  ofKind(kind: string): readonly Manifest[] {
    return this.byKind.get(kind) ?? [];
  }

  /**
   * Whether an object may stand in what could not be read, so that its absence says nothing.
   * @param words what its text has: its name, the values of its labels
   * @param spoken what is left unsaid then: `Service orders`
   */
  mayBeUnread(kinds: readonly string[], words: readonly string[] = [], spoken = kinds[0] ?? ''): boolean {
    const unread = this.unread.find((one) => kinds.some((kind) => mayDefine(one, kind, words)));
    if (unread === undefined) return this.isOpen;
    const doubts = this.doubts.get(unread) ?? new Set();
    this.doubts.set(unread, doubts.add(spoken));
    return true;
  }

  /** Other variants of the same manifests, for other clusters or stages. */
  variants: readonly ManifestIndex[] = [];

  /** What rules have asked for and may stand in what could not be read, by document. */
  get unsaid(): ReadonlyMap<UnreadDocument, ReadonlySet<string>> {
    return this.doubts;
  }

  /** The object of a name in the namespace of another one. */
  named(kind: string, name: string, namespace: string | undefined): Manifest | undefined {
    return this.byName.get(`${kind} ${name}`)?.find((one) => sharesNamespace(one.namespace, namespace));
  }

  workload(kind: string, name: string, namespace: string | undefined): Workload | undefined {
    const manifest = this.named(kind, name, namespace);
    return manifest === undefined ? undefined : this.workloadOfManifest.get(manifest);
  }

  /** The workloads whose pods a selector takes. An empty selector takes those of its namespace. */
  selected(selector: LabelSelector, namespace: string | undefined): readonly Workload[] {
    const [first] = selector.labels;
    const candidates = first === undefined ? this.workloads : (this.byLabel.get(`${first[0]}=${first[1]}`) ?? []);
    return candidates.filter(
      ({ manifest, labels }) => sharesNamespace(manifest.namespace, namespace) && selects(selector, labels),
    );
  }

  /** The workload that an autoscaler scales. */
  targetOf({ root, namespace }: Manifest): Workload | undefined {
    const kind = textAt(root, 'spec', 'scaleTargetRef', 'kind');
    const name = textAt(root, 'spec', 'scaleTargetRef', 'name');
    return kind === undefined || name === undefined ? undefined : this.workload(kind, name, namespace);
  }

  autoscalerOf(workload: Workload): Manifest | undefined {
    return this.autoscalers.get(workload);
  }

  /** How many pods of a workload run; undefined where its kind has no count. */
  podsOf(workload: Workload): PodCount | undefined {
    if (workload.replicas === undefined) return undefined;
    const autoscaler = this.autoscalers.get(workload);
    if (autoscaler === undefined) return { least: workload.replicas, most: workload.replicas, autoscaler };
    const patches = this.patches.filter(({ kind, name }) => kind === autoscaler.kind && name === autoscaler.name);
    const all = (field: string): readonly number[] =>
      [autoscaler, ...patches].flatMap(({ root }) => numberAt(root, 'spec', field) ?? []);
    const least = Math.max(...all('minReplicas'), all('minReplicas').length === 0 ? 1 : 0);
    return { least, most: Math.max(least, ...all('maxReplicas')), autoscaler };
  }

  /** Workloads that somebody wrote for good and that were read whole: what they lack, they lack. */
  get written(): readonly Workload[] {
    return this.workloads.filter(({ manifest, isOwned, isTest }) => manifest.isWhole && !isOwned && !isTest);
  }

  private budgets: ReadonlyMap<Workload, readonly Manifest[]> | undefined;

  /** The disruption budgets that select the pods of a workload. */
  budgetsOf(workload: Workload): readonly Manifest[] {
    if (this.budgets === undefined) {
      const budgets = new Map<Workload, Manifest[]>();
      for (const budget of this.ofKind('PodDisruptionBudget')) {
        const selector = labelSelectorOf(nodeAt(budget.root, 'spec', 'selector'));
        for (const selected of this.selected(selector, budget.namespace)) pushTo(budgets, selected, budget);
      }
      this.budgets = budgets;
    }
    return this.budgets.get(workload) ?? [];
  }

  private served: ReadonlySet<Workload> | undefined;

  /** Whether a Service sends requests to the pods of a workload. */
  isServed(workload: Workload): boolean {
    this.served ??= new Set(
      this.ofKind('Service').flatMap(({ root, namespace }) => {
        const selector = plainSelectorOf(root, 'spec', 'selector');
        return selector.labels.size === 0 ? [] : this.selected(selector, namespace);
      }),
    );
    return this.served.has(workload);
  }

  /** The Service that a host name of the cluster leads to, as seen from a namespace. */
  serviceOf(host: string, from: string | undefined): Manifest | undefined {
    const { name, namespace } = clusterHost(host, from);
    return this.named('Service', name, namespace);
  }
}

/** Name and namespace of a host of the cluster: `orders`, `orders.shop`, `orders.shop.svc.cluster.local`, or one pod of it, `orders-0.orders.shop.svc`. */
export function clusterHost(
  host: string,
  from: string | undefined,
): { readonly name: string; readonly namespace: string | undefined } {
  const labels = host.replace(/\.svc(\.cluster\.local\.?)?$/, '').split('.');
  const isPod = labels.length === 3 && labels.join('.').length < host.length && /-\d+$/.test(labels[0] ?? '');
  const [name = '', namespace] = isPod ? labels.slice(1) : labels;
  return { name, namespace: namespace ?? from };
}

/** Whether two objects may meet. What states no namespace goes where it is applied. */
export function sharesNamespace(one: string | undefined, other: string | undefined): boolean {
  return one === other || one === undefined || other === undefined;
}

function pushTo<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const known = map.get(key);
  if (known === undefined) map.set(key, [value]);
  else known.push(value);
}
