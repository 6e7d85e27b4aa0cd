/** What manifests cannot say and a model of recovery needs to know: a short list, the weightiest first. */
import type { Manifest } from '../manifests/read-manifests.js';
import { itemsAt, nodeAt, type Place, textAt } from '../manifests/yaml-tree.js';
import type { FoundBackups } from './backups.js';
import { type Cluster, unnamedRegion } from './clusters.js';
import type { Draft } from './drafts.js';
import type { FoundEdge, Unanswered } from './edges.js';
import type { Entry } from './entries.js';
import type { Question } from './imported.js';
import type { ModelNames } from './model-names.js';
import { operatedFacts } from './operated-stores.js';
import { componentKey } from './services.js';

export interface Understood {
  readonly clusters: readonly Cluster[];
  readonly drafts: ReadonlyMap<string, Draft>;
  readonly entries: readonly Entry[];
  readonly edges: readonly FoundEdge[];
  readonly unanswered: ReadonlyMap<string, Unanswered>;
  readonly backups: FoundBackups;
  readonly leftOut: readonly string[];
  readonly names: ModelNames;
}

/** So many names stand in a question; the rest is counted. */
const mostNames = 5;

/** The questions. Each says what to write. */
export function questionsOf(understood: Understood): readonly Question[] {
  const { clusters, drafts, entries, edges, unanswered, backups, leftOut, names } = understood;
  const questions: Question[] = [];
  const ask = (text: string, at?: Question['at']): void => {
    questions.push({ text, ...(at === undefined ? {} : { at }) });
  };
  const named = (keys: readonly string[]): string => listed(keys.map((key) => names.of(key)));
  if (clusters.some(({ region }) => region.name === unnamedRegion)) {
    ask(`Where does this run? Rename region ${unnamedRegion}, and write its zones: zones a, b, c.`);
  } else {
    const flat = clusters.filter(({ region }) => region.zones.length === 0).map(({ region }) => region.name);
    if (flat.length > 0) ask(`Which zones are in ${listed(flat)}? Write zones a, b, c in the region.`);
  }
  const stores = [...drafts.values()].filter(({ kind }) => kind === 'database');
  const bare = stores.filter(({ key }) => !backups.backups.some((backup) => backup.of === key)).map(({ key }) => key);
  if (bare.length > 0) {
    ask(
      `How ${bare.length === 1 ? 'is' : 'are'} ${named(bare)} backed up? Write backup NAME { full every 1d … }, or rebuilds from what it is made of.`,
    );
  }
  const copied = [...drafts.values()].filter(
    ({ kind, presences, resource }) =>
      (kind === 'database' || kind === 'queue') &&
      (presences.some(({ replicas }) => replicas > 1) ||
        (resource !== undefined && !operatedFacts(resource, clusters).some(({ text }) => text.startsWith('replicates ')))),
  );
  if (copied.length > 0) {
    ask(
      `How do the copies of ${named(copied.map(({ key }) => key))} replicate? Write replicates sync within REGION quorum 2, or async.`,
    );
  }
  const waiting = [...drafts.values()].filter(({ presences }) =>
    presences.some(({ role, replicas }) => role !== '' || replicas === 0),
  );
  if (clusters.length > 1 && waiting.length > 0) {
    ask(
      `How do calls move to ${named(waiting.map(({ key }) => key))} where ${waiting.length === 1 ? 'it stands' : 'they stand'} by? Write failover { detect 30s  decide automatic  switch dns ttl 60s }, once in defaults { } if it is the same for all.`,
    );
  }
  const buckets = [...new Set(backups.backups.flatMap(({ bucket }) => bucket?.name ?? []))].sort();
  if (buckets.length > 0) {
    ask(`Where do the copies in ${listed(buckets)} lie? Write bucket NAME in REGION.`);
  }
  if (entries.length === 0) ask('Where do users come in, and what do they do? Write journey NAME { requires … }.');
  ask('What is promised? Write objective { availability 99.9%  region-loss { rto 15m  rpo 1m } } in a journey.');
  if (edges.length > 0) {
    ask('Which calls may fail without the caller failing? Manifests do not say: write wants instead of requires.');
  }
  const { callers, silent } = silentAmong(drafts, edges);
  if (silent.length > 0 && silent.length * 2 > callers && silent.length + stores.length > 1) {
    ask(
      `Whom ${silent.length === 1 ? 'does' : 'do'} ${named(silent)} call? Nothing in their settings says: write requires NAME, or take calls from traces with --calls FILE.`,
    );
  }
  const caches = stores.filter(({ known }) => known.engine?.name === 'redis' || known.engine?.name === 'valkey');
  if (caches.length > 0) {
    const keys = caches.map(({ key }) => key);
    ask(`Can the contents of ${named(keys)} be rebuilt? Then write cache instead of database, and what it rebuilds from.`);
  }
  const several = [...drafts.values()].filter(({ presences }) => presences.some(({ versions }) => versions.length > 1));
  if (several.length > 0) {
    ask(
      `Is a version of ${named(several.map(({ key }) => key))} called by itself? Those behind one Service stand as one component with the image of the first: write a service of its own where one is.`,
    );
  }
  const repeated = repetitionsIn(clusters);
  const [first] = repeated;
  if (first !== undefined) {
    const more = repeated.length === 1 ? '' : ` The same holds for ${repeated.length - 1} more.`;
    ask(
      `Is ${first.name} one and the same at ${fullPlace(first.taken)} and ${fullPlace(first.other)}? The first is taken.${more} Where they are two regions, say so: --region NAME=PATH for each.`,
      first.other,
    );
  }
  const charts = chartsIn(clusters);
  if (charts.length > 0) {
    ask(
      `What do ${listed(charts.map(({ name }) => name))} run? Their charts are not rendered here: render them with helm template, and name the result.`,
      charts[0]?.root.at,
    );
  }
  const missing = [...unanswered.values()].filter(({ isOutside }) => !isOutside);
  if (missing.length > 0) {
    ask(
      `Who answers at ${listed(missing.map(({ host }) => host))}? Nothing in these files does: name the missing files, or take the call out.`,
      missing[0]?.at,
    );
  }
  for (const { by, cron, at } of backups.uneven.slice(0, mostNames)) {
    ask(`How often does ${by} run? "${cron}" is no even interval: write full every … in a backup.`, at);
  }
  const everywhere = [...drafts.values()].filter(({ presences }) => presences.some(({ isUncounted }) => isUncounted));
  if (everywhere.length > 0) {
    ask(
      `How many nodes are there? ${named(everywhere.map(({ key }) => key))} ${everywhere.length === 1 ? 'runs' : 'run'} on each.`,
    );
  }
  const namespaces = [...new Set([...drafts.keys()].map((key) => key.slice(0, key.indexOf('/'))))].sort();
  if (namespaces.length > 1) {
    ask(
      `Which namespace is this to be generated into? Parts of it are in ${listed(namespaces)}, and a model names one: namespace NAME in its model block.`,
    );
  }
  if (leftOut.length > 0) {
    ask(
      `${listed(leftOut)} ${leftOut.length === 1 ? 'is another environment' : 'are other environments'} and not part of this model; name ${leftOut.length === 1 ? 'the folder to import it' : 'a folder to import it'} alone.`,
    );
  }
  return questions;
}

/** Services and jobs, and those of them of which no call is known; agents of nodes apart, which are there for the node. */
function silentAmong(
  drafts: ReadonlyMap<string, Draft>,
  edges: readonly FoundEdge[],
): { readonly callers: number; readonly silent: readonly string[] } {
  const calling = new Set(edges.map(({ from }) => from));
  const keys = [...drafts.values()]
    .filter(({ kind, presences }) => kind === 'job' || (kind === 'service' && presences[0]?.workload.kind !== 'DaemonSet'))
    .map(({ key }) => key);
  return { callers: keys.length, silent: keys.filter((key) => !calling.has(key)) };
}

/** Releases of charts of Helm that Argo CD or Flux installs: what they run is in none of the files. */
function chartsIn(clusters: readonly Cluster[]): readonly Manifest[] {
  const releases = new Map<string, Manifest>();
  for (const { manifests } of clusters) {
    for (const manifest of manifests) {
      const { root, kind, group, name } = manifest;
      const sources = [nodeAt(root, 'spec', 'source'), ...itemsAt(root, 'spec', 'sources')];
      const isRelease =
        (kind === 'HelmRelease' && group === 'helm.toolkit.fluxcd.io') ||
        (kind === 'Application' && group === 'argoproj.io' && sources.some((source) => textAt(source, 'chart') !== undefined));
      if (isRelease && !releases.has(name)) releases.set(name, manifest);
    }
  }
  return [...releases.values()];
}

interface Repetition {
  readonly name: string;
  readonly taken: Place;
  readonly other: Place;
}

/** Workloads that stand more than once in the files of one cluster. */
function repetitionsIn(clusters: readonly Cluster[]): readonly Repetition[] {
  const repeated: Repetition[] = [];
  for (const { workloads } of clusters) {
    const taken = new Map<string, Place>();
    for (const { kind, objectName: name, namespace, manifest } of workloads) {
      const key = `${kind}/${componentKey(namespace, name)}`;
      const at = taken.get(key);
      if (at === undefined) taken.set(key, manifest.root.at);
      else repeated.push({ name, taken: at, other: manifest.root.at });
    }
  }
  return repeated;
}

/** `deploy/all.yaml:12`, whole: two files of one name are to be told apart. */
function fullPlace({ uri, line }: Place): string {
  return `${uri}:${line}`;
}

/** `a, b and 3 more` */
function listed(names: readonly string[]): string {
  if (names.length <= mostNames) {
    return names.length < 2 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} and ${names[names.length - 1]}`;
  }
  return `${names.slice(0, mostNames).join(', ')} and ${names.length - mostNames} more`;
}
