/** Components before they are written: workloads and operated stores over all clusters, and the names of everything. */
import type { FieldReader } from '../manifests/field-reader.js';
import type { Manifest } from '../manifests/read-manifests.js';
import type { ComponentKind } from '../model/model.js';
import type { Cluster } from './clusters.js';
import { type KnownKind, kindOf } from './component-kind.js';
import { operatedKinds } from './engines.js';
import type { Entry } from './entries.js';
import { kebab, ModelNames } from './model-names.js';
import { type Presence, presenceOf } from './placement.js';
import { componentKey } from './services.js';
import { together } from './versions.js';
import { namespaceOf } from './workloads.js';

/** A component before it is written. */
export interface Draft {
  readonly key: string;
  readonly kind: ComponentKind;
  readonly known: KnownKind;
  readonly presences: readonly Presence[];
  /** The custom resource that an operator runs it by. */
  readonly resource?: Manifest;
}

/** Kinds that keep data. */
export const storeKinds: ReadonlySet<ComponentKind> = new Set(['database', 'cache', 'queue', 'coordinator']);

/** Workloads and operated stores, one draft for each over all clusters, in the order of their names. */
export function draftsOf(clusters: readonly Cluster[], entries: readonly Entry[], read: FieldReader): Map<string, Draft> {
  const presences = new Map<string, Presence[]>();
  const resources = new Map<string, Manifest>();
  for (const cluster of clusters) {
    for (const workload of cluster.workloads) {
      const key = componentKey(workload.namespace, workload.name);
      const list = presences.get(key) ?? [];
      presences.set(key, list);
      const index = list.findIndex((presence) => presence.cluster === cluster);
      const known = list[index];
      if (known === undefined) list.push(presenceOf(cluster, workload, read));
      else if (!known.versions.some(({ name }) => name === workload.objectName))
        list[index] = together(known, presenceOf(cluster, workload, read), read);
    }
    for (const manifest of cluster.manifests) {
      const operated = operatedKinds.some(({ group, kind }) => manifest.group === group && manifest.kind === kind);
      const key = componentKey(namespaceOf(manifest), manifest.name);
      if (operated && !resources.has(key)) resources.set(key, manifest);
    }
  }
  const gateways = new Set(entries.map((entry) => entry.own));
  const drafts = new Map<string, Draft>();
  for (const key of [...new Set([...presences.keys(), ...resources.keys()])].sort()) {
    const list = presences.get(key) ?? [];
    const [first] = list;
    const resource = resources.get(key);
    if (first !== undefined) {
      const known = kindOf((list.find((presence) => presence.replicas > 0) ?? first).workload);
      drafts.set(key, { key, known, kind: gateways.has(key) ? 'gateway' : known.kind, presences: list });
    } else if (resource !== undefined) {
      const operated = operatedKinds.find(({ group, kind }) => resource.group === group && resource.kind === kind);
      const engine = operated?.engine;
      if (engine !== undefined)
        drafts.set(key, { key, known: { kind: engine.kind, engine }, kind: engine.kind, presences: [], resource });
    }
  }
  return drafts;
}

/** An entry that only leads to a gateway of the system is that gateway's own way in, and no second one. */
export function throughGateway(entry: Entry, drafts: ReadonlyMap<string, Draft>): Entry {
  const [target, ...others] = new Set(entry.routes.map((route) => route.target));
  const isAlone = target !== undefined && others.length === 0 && drafts.get(target)?.kind === 'gateway';
  return entry.own === undefined && isAlone ? { ...entry, own: target } : entry;
}

/** Names of everything, components first, so that they keep theirs where a region or a journey would like the same. */
export function namesOf(clusters: readonly Cluster[], drafts: ReadonlyMap<string, Draft>, entries: readonly Entry[]): ModelNames {
  const names = new ModelNames();
  for (const { region } of clusters) names.of(`region:${region.name}`, region.name);
  const nameIn = (key: string): string => key.slice(key.indexOf('/') + 1);
  const called = new Map<string, number>();
  for (const key of drafts.keys()) called.set(kebab(nameIn(key)), (called.get(kebab(nameIn(key))) ?? 0) + 1);
  for (const key of drafts.keys()) {
    const name = nameIn(key);
    const long = `${key.slice(0, key.indexOf('/'))}-${name}`;
    // What several namespaces have is named with its own everywhere, so that nobody takes one for the one.
    names.of(key, ...((called.get(kebab(name)) ?? 0) > 1 ? [long, name] : [name, long]));
  }
  for (const entry of entries) {
    if (entry.own === undefined && !entry.isDirect) names.of(entry.key, entry.name, `${entry.name}-gateway`);
  }
  return names;
}
