/** Versions of one component: several Deployments that one Service leads to, as in a rollout by weights. */
import type { FieldReader } from '../manifests/field-reader.js';
import type { Manifest } from '../manifests/read-manifests.js';
import { itemsAt, textAt, textsAt } from '../manifests/yaml-tree.js';
import { engineOfImage } from './engines.js';
import { leastOf, type Presence } from './placement.js';
import { componentKey } from './services.js';
import { namespaceOf, picks, type Workload } from './workloads.js';

interface OneCluster {
  readonly manifests: readonly Manifest[];
  readonly workloads: readonly Workload[];
}

/**
 * The component's name by the key of each Deployment that is a version of it: the name of the Service that leads to all of them.
 * They listen on the same ports, keep no data, and no Service leads to some of them alone.
 */
export function versionsIn(clusters: readonly OneCluster[]): ReadonlyMap<string, string> {
  const versions = new Map<string, string>();
  const taken = new Set<string>();
  for (const { workloads } of clusters) for (const { namespace, name } of workloads) taken.add(componentKey(namespace, name));
  for (const { manifests, workloads } of clusters) {
    const services = manifests.filter(({ kind, group }) => kind === 'Service' && group === '');
    const byNamespace = Map.groupBy(workloads, ({ namespace }) => namespace);
    const pickedBy = (service: Manifest): readonly Workload[] => {
      const selector = textsAt(service.root, 'spec', 'selector');
      return (byNamespace.get(namespaceOf(service)) ?? []).filter(({ podLabels }) => picks(selector, podLabels));
    };
    const picked = services.map((service) => ({ service, of: pickedBy(service) }));
    const leading = new Map<Workload, number[]>();
    for (const [index, { of }] of picked.entries()) {
      for (const workload of of) if (!leading.get(workload)?.push(index)) leading.set(workload, [index]);
    }
    for (const { service, of } of picked) {
      if (of.length === 0 || !areAlike(of)) continue;
      // One alone is a version where its name says so: reviews-v1 of the Service reviews.
      if (of.length === 1 && !new RegExp(`^${service.name.replace(/[^a-z0-9-]/g, '')}-v\\d+$`).test(of[0]?.name ?? '')) continue;
      const own = of.some(({ name }) => name === service.name);
      if (taken.has(componentKey(namespaceOf(service), service.name)) && !own) continue;
      // A Service that leads to some of them alone calls them by themselves.
      if (new Set(of.map((workload) => leading.get(workload)?.join())).size > 1) continue;
      for (const { namespace, objectName } of of) {
        const key = componentKey(namespace, objectName);
        if (!versions.has(key)) versions.set(key, service.name);
      }
    }
  }
  return versions;
}

function areAlike(workloads: readonly Workload[]): boolean {
  const portsOf = ({ container }: Workload): string =>
    itemsAt(container, 'ports')
      .map((port) => textAt(port, 'containerPort') ?? '')
      .sort()
      .join();
  const [first, ...others] = workloads;
  return (
    first !== undefined &&
    workloads.every(
      ({ kind, container }) => kind === 'Deployment' && engineOfImage(textAt(container, 'image') ?? '') === undefined,
    ) &&
    others.every((other) => portsOf(other) === portsOf(first))
  );
}

/** A workload under the name of the component that it is a version of. */
export function underOneName(workload: Workload, versions: ReadonlyMap<string, string>): Workload {
  const name = versions.get(componentKey(workload.namespace, workload.objectName));
  return name === undefined ? workload : { ...workload, name };
}

/** What runs of a component in a cluster where several versions of it run: all of them together. */
export function together(one: Presence, other: Presence, read: FieldReader): Presence {
  const replicas = one.replicas + other.replicas;
  const { least: kept, scale } = one;
  // A budget over all of them keeps what it keeps; budgets of each add up.
  const least =
    kept === undefined || other.least === undefined
      ? undefined
      : kept.at.uri === other.least.at.uri && kept.at.start === other.least.at.start
        ? leastOf(one.cluster, one.workload, replicas, read)
        : { ...kept, count: kept.count + other.least.count };
  const reach = scale ?? other.scale;
  const to = (scale?.to ?? one.replicas) + (other.scale?.to ?? other.replicas);
  return {
    ...one,
    replicas,
    versions: [...one.versions, ...other.versions],
    least,
    scale: reach === undefined ? undefined : { ...reach, from: replicas, to },
  };
}
