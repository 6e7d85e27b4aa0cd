/** Components of the model from drafts, entries, hosts of others and buckets. */
import type { FieldReader } from '../manifests/field-reader.js';
import { textAt } from '../manifests/yaml-tree.js';
import { backupBlock, type FoundBackup } from './backups.js';
import type { Cluster } from './clusters.js';
import { componentFacts, quoted } from './component-facts.js';
import { type Draft, storeKinds } from './drafts.js';
import type { FoundEdge, Unanswered } from './edges.js';
import type { Entry } from './entries.js';
import { type ImportedComponent, type Statement, spokenPlace } from './imported.js';
import { ModelNames } from './model-names.js';
import { operatedFacts } from './operated-stores.js';
import { type Presence, placementStatements } from './placement.js';
import { repetitionOf } from './quantities.js';
import { namespaceOf } from './workloads.js';

/** What all components are made from. */
export interface Parts {
  readonly names: ModelNames;
  /** By the key of their caller. */
  readonly edges: ReadonlyMap<string, readonly FoundEdge[]>;
  readonly entries: readonly Entry[];
  readonly backups: readonly FoundBackup[];
  readonly read: FieldReader;
}

export function componentOf(draft: Draft, clusters: readonly Cluster[], parts: Parts): ImportedComponent {
  const { key, kind, presences, resource } = draft;
  const { names } = parts;
  const home = presences.find((presence) => presence.replicas > 0) ?? presences[0];
  const name = names.of(key);
  const own = key.slice(key.indexOf('/') + 1);
  const priority = textAt(home?.workload.pod, 'priorityClassName');
  const tier = /^drml-tier-(\d)$/.exec(priority ?? '')?.[1];
  const at = home?.workload.manifest.root.at ?? resource?.root.at;
  const what = home?.workload.kind ?? resource?.kind ?? 'object';
  const versions = (home?.versions ?? []).map((version) => version.name);
  const named = versions.length > 1 ? `${what}s ${versions.join(', ')} behind one Service` : `${what} ${versions[0] ?? own}`;
  const reason = draft.known.reason ?? unevenSchedule(home);
  const because = reason === undefined ? '' : `: ${reason}`;
  return {
    kind,
    name,
    ...(name === own ? {} : { title: own.replace(/["\\]/g, '') }),
    ...(tier === undefined ? {} : { tier: Number(tier) }),
    note: `${named}${at === undefined ? '' : ` (${spokenPlace(at)})`}${because}`,
    ...(at === undefined ? {} : { at }),
    statements: [
      ...(home === undefined ? operatedFacts(resource, clusters) : factsOf(draft, home, parts)),
      ...entryFacts(
        parts.entries.find((entry) => entry.own === key),
        names,
      ),
      ...(presences.length === 0 ? [] : placementStatements(presences, storeKinds.has(kind))),
    ],
    edges: edgesFrom(key, parts),
    blocks: backupBlocks(key, parts),
  };
}

/** Of what repeats at no even interval: when it runs, in the words of its manifest. */
function unevenSchedule(home: Presence | undefined): string | undefined {
  if (home?.workload.kind !== 'CronJob') return undefined;
  const written = textAt(home.workload.manifest.root, 'spec', 'schedule');
  return written === undefined || repetitionOf(written) !== undefined ? undefined : `at "${written}", which is no even interval`;
}

function factsOf(draft: Draft, home: Presence, { read }: Parts): readonly Statement[] {
  const { manifests, services } = home.cluster;
  const claims = new Map(
    manifests
      .filter((manifest) => manifest.kind === 'PersistentVolumeClaim')
      .map((manifest) => [`${namespaceOf(manifest)}/${manifest.name}`, manifest]),
  );
  return componentFacts(
    home.workload,
    { ...draft.known, kind: draft.kind },
    services.ofComponent.get(draft.key) ?? [],
    claims,
    read,
  );
}

function entryFacts(entry: Entry | undefined, names: ModelNames): readonly Statement[] {
  if (entry === undefined) return [];
  const [host] = entry.hosts;
  const routes = entry.routes.filter(({ target }) => target !== entry.own);
  return [
    ...(host === undefined ? [] : [{ text: `host ${quoted(host)}`, note: `${entry.by} (${spokenPlace(entry.at)})` }]),
    ...(entry.certificate === undefined || !/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(entry.certificate)
      ? []
      : [{ text: `certificate ${entry.certificate}` }]),
    ...(routes.length === 0
      ? []
      : [{ text: `routes ${routes.map(({ path, target }) => `${quoted(path)} to ${names.of(target)}`).join(', ')}` }]),
  ];
}

export function gatewayOf(entry: Entry, names: ModelNames, drafts: ReadonlyMap<string, Draft>): ImportedComponent {
  const known = { ...entry, routes: entry.routes.filter(({ target }) => drafts.has(target)) };
  return {
    kind: 'gateway',
    name: names.of(entry.key),
    note: `${entry.by} (${spokenPlace(entry.at)}); what serves it is not among these files`,
    statements: entryFacts(known, names),
    edges: [],
    blocks: [],
  };
}

function edgesFrom(key: string, { edges, names }: Parts): ImportedComponent['edges'] {
  return (edges.get(key) ?? [])
    .filter((edge) => names.has(edge.to))
    .map(({ to, block, evidence, at }) => ({ target: names.of(to), block, evidence, at }))
    .sort((a, b) => (a.target < b.target ? -1 : 1));
}

export function externalOf({ key, host, isOutside, by, at }: Unanswered, names: ModelNames): ImportedComponent {
  return {
    kind: 'external',
    name: names.of(key),
    note: `${by} (${spokenPlace(at)})${isOutside ? '' : ', and nothing in these files answers there'}`,
    statements: isOutside ? [{ text: `host ${quoted(host)}` }] : [],
    edges: [],
    blocks: [],
  };
}

export function bucketsOf(backups: readonly FoundBackup[], names: ModelNames): readonly ImportedComponent[] {
  const buckets = new Map(backups.flatMap(({ bucket }) => (bucket === undefined ? [] : [[bucket.name, bucket] as const])));
  return [...buckets.values()].map((bucket) => ({
    kind: 'bucket' as const,
    name: names.of(`bucket:${bucket.name}`, bucket.name, `${bucket.name}-bucket`),
    note: `Named by a backup (${spokenPlace(bucket.at)}); write the region it lies in: \`bucket NAME in REGION\``,
    statements: [],
    edges: [],
    blocks: [],
  }));
}

function backupBlocks(key: string, { backups, names }: Parts): readonly string[] {
  const own = new ModelNames();
  return backups
    .filter((backup) => backup.of === key)
    .map((backup) => {
      const { bucket } = backup;
      const target = bucket === undefined ? undefined : names.of(`bucket:${bucket.name}`, bucket.name, `${bucket.name}-bucket`);
      return backupBlock(backup, own.of(backup.name, backup.name), target);
    });
}
