/**
 * A first model from manifests of Kubernetes and Istio: components, where they run, who calls whom, what is kept and copied.
 * Whatever is written has its evidence beside it; what the manifests cannot say is asked, never invented. Pure; never throws.
 */
import { FieldReader } from '../manifests/field-reader.js';
import { buildKustomizations } from '../manifests/kustomize.js';
import type { Manifest, ManifestFile } from '../manifests/read-manifests.js';
import { type ManifestProblem, type Place, textAt } from '../manifests/yaml-tree.js';
import { backupBlock, backupsOf, type FoundBackup } from './backups.js';
import { isMeshKind } from './call-policies.js';
import { groupsOf } from './cluster-groups.js';
import { type Cluster, clustersOf, unnamedRegion } from './clusters.js';
import { componentFacts, quoted } from './component-facts.js';
import { type KnownKind, kindOf } from './component-kind.js';
import { edgesOf, type FoundEdge, type Unanswered } from './edges.js';
import { operatedKinds } from './engines.js';
import { type Entry, entriesOf } from './entries.js';
import { type ComponentKind, type ImportedComponent, type Question, type Statement, spokenPlace } from './imported.js';
import { ModelNames } from './model-names.js';
import { type ImportedModel, modelText } from './model-text.js';
import { type Presence, placementStatements, presenceOf } from './placement.js';
import { sizeOf } from './quantities.js';
import { questionsOf } from './questions.js';
import { componentKey } from './services.js';
import { type FactKey, placesOf } from './statement-keys.js';
import { namespaceOf } from './workloads.js';

export interface ImportOptions {
  /** The model's name; else the namespace, else the folder. */
  readonly name?: string;
  /** What the user has named, for the head of the model; else the files. */
  readonly sources?: readonly string[];
  /** Regions by the folder or file whose objects run there, as the user has named them. */
  readonly regions?: ReadonlyMap<string, string>;
}

export interface ImportResult {
  /** Text of the language, not laid out yet. */
  readonly text: string;
  /** Where the manifests say what stands in the text: by component, then by what it is about. */
  readonly places: ReadonlyMap<string, ReadonlyMap<FactKey, Place>>;
  readonly questions: readonly Question[];
  readonly problems: readonly ManifestProblem[];
  /** How much was understood. */
  readonly counts: { readonly objects: number; readonly components: number; readonly edges: number };
}

/** A component before it is written. */
export interface Draft {
  readonly key: string;
  readonly kind: ComponentKind;
  readonly known: KnownKind;
  readonly presences: readonly Presence[];
  /** The custom resource that an operator runs it by. */
  readonly resource?: Manifest;
}

const storeKinds: ReadonlySet<ComponentKind> = new Set(['database', 'cache', 'queue', 'coordinator']);

/** Reads the files and writes a model of what they say. */
export function importManifests(files: readonly ManifestFile[], options: ImportOptions = {}): ImportResult {
  const read = new FieldReader();
  const trees = buildKustomizations(files);
  const { groups, leftOut } = groupsOf(trees, options.regions ?? new Map());
  const clusters = clustersOf(groups, read);
  const entries = entriesOf(clusters);
  const drafts = draftsOf(clusters, entries, read);
  const isStore = (key: string): boolean => storeKinds.has(drafts.get(key)?.kind ?? 'service');
  const backups = backupsOf(clusters, isStore);
  for (const key of backups.dumps) drafts.delete(key);
  const ownHosts = new Set(entries.flatMap((entry) => entry.hosts));
  const { edges, unanswered } = edgesOf(clusters, ownHosts, read);

  const names = namesOf(clusters, drafts, entries);
  const others = otherRunners(unanswered, edges, drafts);
  for (const { key, host } of others) names.of(key, host, `${host}-external`);
  const components = [
    ...[...drafts.values()].map((draft) =>
      componentOf(draft, clusters, { names, edges, entries, backups: backups.backups, read }),
    ),
    ...entries.filter((entry) => entry.own === undefined && !entry.isDirect).map((entry) => gatewayOf(entry, names, drafts)),
    ...others.map((other) => externalOf(other, names)),
    ...bucketsOf(backups.backups, names),
  ].sort((a, b) => rank(a) - rank(b) || (a.name < b.name ? -1 : 1));
  const namespaces = new Set([...drafts.keys()].map((key) => key.slice(0, key.indexOf('/'))));
  const [namespace] = namespaces;
  const only = namespaces.size === 1 && namespace !== undefined && namespace !== 'default' ? namespace : undefined;
  const objects = clusters.reduce((sum, cluster) => sum + cluster.manifests.length, 0);
  const questions = questionsOf({ clusters, drafts, entries, edges, unanswered, backups, leftOut, names });
  const model: ImportedModel = {
    name: new ModelNames().of('model', options.name ?? only ?? 'imported'),
    sources: options.sources ?? sourcesOf(files),
    ...(only === undefined ? {} : { namespace: only }),
    ...(clusters.some((cluster) => cluster.manifests.some(isMeshKind)) ? { mesh: 'istio' } : {}),
    regions: clusters.map(({ region }) => ({
      ...region,
      ...(region.name === unnamedRegion ? { note: 'The manifests do not say where they run: this stands for it.' } : {}),
    })),
    components,
    journeys: journeysOf(entries, names, drafts),
    questions,
  };
  return {
    text: modelText(model),
    places: new Map(components.map((component) => [component.name, placesOf(component)])),
    questions,
    problems: [...trees.problems, ...read.problems],
    counts: {
      objects,
      components: components.length,
      edges: components.reduce((sum, component) => sum + component.edges.length, 0),
    },
  };
}

/** Callers before what they call: gateways, services, jobs, then data, then what others run. */
function rank({ kind }: ImportedComponent): number {
  return ['gateway', 'service', 'job', 'database', 'cache', 'queue', 'coordinator', 'bucket', 'external'].indexOf(kind);
}

/** The files by their last names, a few of them. */
function sourcesOf(files: readonly ManifestFile[]): readonly string[] {
  const named = files.slice(0, 3).map(({ path }) => path);
  return files.length > 3 ? [...named, `${files.length - 3} more files`] : named;
}

/** Workloads and operated stores, one draft for each over all clusters, in the order of their names. */
function draftsOf(clusters: readonly Cluster[], entries: readonly Entry[], read: FieldReader): Map<string, Draft> {
  const presences = new Map<string, Presence[]>();
  const resources = new Map<string, Manifest>();
  for (const cluster of clusters) {
    for (const workload of cluster.workloads) {
      const key = componentKey(workload.namespace, workload.name);
      const list = presences.get(key) ?? [];
      presences.set(key, list);
      if (!list.some((presence) => presence.cluster === cluster)) list.push(presenceOf(cluster, workload, read));
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

/** Names of everything, components first, so that they keep theirs where a region or a journey would like the same. */
function namesOf(clusters: readonly Cluster[], drafts: ReadonlyMap<string, Draft>, entries: readonly Entry[]): ModelNames {
  const names = new ModelNames();
  for (const { region } of clusters) names.of(`region:${region.name}`, region.name);
  for (const key of drafts.keys()) {
    const name = key.slice(key.indexOf('/') + 1);
    names.of(key, name, `${key.slice(0, key.indexOf('/'))}-${name}`);
  }
  for (const entry of entries) {
    if (entry.own === undefined && !entry.isDirect) names.of(entry.key, entry.name, `${entry.name}-gateway`);
  }
  return names;
}

interface Parts {
  readonly names: ModelNames;
  readonly edges: readonly FoundEdge[];
  readonly entries: readonly Entry[];
  readonly backups: readonly FoundBackup[];
  readonly read: FieldReader;
}

function componentOf(draft: Draft, clusters: readonly Cluster[], parts: Parts): ImportedComponent {
  const { key, kind, presences, resource } = draft;
  const { names } = parts;
  const home = presences.find((presence) => presence.replicas > 0) ?? presences[0];
  const name = names.of(key);
  const own = key.slice(key.indexOf('/') + 1);
  const priority = textAt(home?.workload.pod, 'priorityClassName');
  const tier = /^drml-tier-(\d)$/.exec(priority ?? '')?.[1];
  const at = home?.workload.manifest.root.at ?? resource?.root.at;
  const what = home?.workload.kind ?? resource?.kind ?? 'object';
  const because = draft.known.reason === undefined ? '' : `: ${draft.known.reason}`;
  return {
    kind,
    name,
    ...(name === own ? {} : { title: own.replace(/["\\]/g, '') }),
    ...(tier === undefined ? {} : { tier: Number(tier) }),
    note: `${what} ${own}${at === undefined ? '' : ` (${spokenPlace(at)})`}${because}`,
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

/** What a custom resource says of the store that its operator runs. */
function operatedFacts(resource: Manifest | undefined, clusters: readonly Cluster[]): readonly Statement[] {
  const operated = operatedKinds.find(({ group, kind }) => resource?.group === group && resource.kind === kind);
  if (resource === undefined || operated === undefined) return [];
  const size = operated.size.length === 0 ? undefined : sizeOf(textAt(resource.root, ...operated.size) ?? '');
  const instances = operated.instances.length === 0 ? undefined : textAt(resource.root, ...operated.instances);
  const count = instances !== undefined && /^[1-9]\d{0,3}$/.test(instances) ? instances : '1';
  return [
    { text: `engine ${operated.engine.name}` },
    { text: `managed by operator ${operated.operator}` },
    ...(size === undefined ? [] : [{ text: `size ${size}`, note: 'room for that much; write how much data there is' }]),
    ...clusters
      .filter((cluster) =>
        cluster.manifests.some((manifest) => manifest.kind === resource.kind && manifest.name === resource.name),
      )
      .map(({ region }) => ({ text: `runs ${count} in ${region.name}` })),
  ];
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

function gatewayOf(entry: Entry, names: ModelNames, drafts: ReadonlyMap<string, Draft>): ImportedComponent {
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
  return edges
    .filter((edge) => edge.from === key && names.has(edge.to))
    .map(({ to, block, evidence, at }) => ({ target: names.of(to), block, evidence, at }))
    .sort((a, b) => (a.target < b.target ? -1 : 1));
}

/** Hosts that nothing at hand answers to: others run them, or they are missing. */
function otherRunners(
  unanswered: ReadonlyMap<string, Unanswered>,
  edges: readonly FoundEdge[],
  drafts: ReadonlyMap<string, Draft>,
): readonly Unanswered[] {
  return [...unanswered.values()]
    .filter(({ key }) => edges.some((edge) => edge.to === key && drafts.has(edge.from)))
    .sort((a, b) => (a.key < b.key ? -1 : 1));
}

function externalOf({ key, host, isOutside, by, at }: Unanswered, names: ModelNames): ImportedComponent {
  return {
    kind: 'external',
    name: names.of(key),
    note: `${by} (${spokenPlace(at)})${isOutside ? '' : ', and nothing in these files answers there'}`,
    statements: isOutside ? [{ text: `host ${quoted(host)}` }] : [],
    edges: [],
    blocks: [],
  };
}

function bucketsOf(backups: readonly FoundBackup[], names: ModelNames): readonly ImportedComponent[] {
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

/** One journey for each entry: the manifests know where users come in, and not yet what they want. */
function journeysOf(entries: readonly Entry[], names: ModelNames, drafts: ReadonlyMap<string, Draft>): ImportedModel['journeys'] {
  return entries.flatMap((entry) => {
    const gateway = entry.isDirect ? undefined : (entry.own ?? entry.key);
    const targets = entry.routes.map(({ target }) => target).filter((target) => drafts.has(target) && target !== gateway);
    const requires = [...new Set([...(gateway === undefined ? [] : [gateway]), ...targets])].map((key) => names.of(key));
    if (requires.length === 0) return [];
    return [
      {
        name: names.of(`journey:${entry.key}`, `use-${entry.name}`),
        note: `Users come in here: ${entry.by} (${spokenPlace(entry.at)}). Write a journey for each thing they do.`,
        requires,
      },
    ];
  });
}
