/**
 * A first model from manifests of Kubernetes and Istio: components, where they run, who calls whom, what is kept and copied.
 * Whatever is written has its evidence beside it; what the manifests cannot say is asked, never invented. Pure; never throws.
 */
import { FieldReader } from '../manifests/field-reader.js';
import { buildKustomizations } from '../manifests/kustomize.js';
import type { ManifestFile } from '../manifests/read-manifests.js';
import type { ManifestProblem, Place } from '../manifests/yaml-tree.js';
import { backupsOf } from './backups.js';
import { isMeshKind } from './call-policies.js';
import { groupsOf } from './cluster-groups.js';
import { clustersOf, unnamedRegion } from './clusters.js';
import { bucketsOf, componentOf, externalOf, gatewayOf, type Parts } from './components.js';
import { type Draft, draftsOf, namesOf, storeKinds, throughGateway } from './drafts.js';
import { edgesOf, type FoundEdge, type Unanswered } from './edges.js';
import { type Entry, entriesOf } from './entries.js';
import { type ImportedComponent, type Question, spokenPlace } from './imported.js';
import { ModelNames } from './model-names.js';
import { type ImportedModel, modelText } from './model-text.js';
import { questionsOf } from './questions.js';
import { type FactKey, placesOf } from './statement-keys.js';
import type { TracedCall } from './traced-calls.js';

export { missingSources } from '../manifests/missing-sources.js';

export interface ImportOptions {
  /** The model's name; else the namespace, else the folder. */
  readonly name?: string;
  /** What the user has named, for the head of the model; else the files. */
  readonly sources?: readonly string[];
  /** Calls that traces have seen. */
  readonly traced?: readonly TracedCall[];
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

/** Reads the files and writes a model of what they say. */
export function importManifests(files: readonly ManifestFile[], options: ImportOptions = {}): ImportResult {
  const read = new FieldReader();
  const trees = buildKustomizations(files);
  const { groups, leftOut } = groupsOf(trees, options.regions ?? new Map());
  const clusters = clustersOf(groups, read);
  const found = entriesOf(clusters);
  const drafts = draftsOf(clusters, found, read);
  const entries = found.map((entry) => throughGateway(entry, drafts));
  const isStore = (key: string): boolean => storeKinds.has(drafts.get(key)?.kind ?? 'service');
  const backups = backupsOf(clusters, isStore);
  for (const key of backups.dumps) drafts.delete(key);
  const ownHosts = new Set(entries.flatMap((entry) => entry.hosts));
  const { edges, unanswered } = edgesOf(clusters, ownHosts, options.traced ?? [], read);

  const names = namesOf(clusters, drafts, entries);
  const others = otherRunners(unanswered, edges, drafts);
  for (const { key, host } of others) names.of(key, host, `${host}-external`);
  const parts: Parts = { names, edges: Map.groupBy(edges, ({ from }) => from), entries, backups: backups.backups, read };
  const components = [
    ...[...drafts.values()].map((draft) => componentOf(draft, clusters, parts)),
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
