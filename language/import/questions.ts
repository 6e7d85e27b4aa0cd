/** What manifests cannot say and a model of recovery needs to know: a short list, the weightiest first. */
import type { FoundBackups } from './backups.js';
import { type Cluster, unnamedRegion } from './clusters.js';
import type { Draft } from './drafts.js';
import type { FoundEdge, Unanswered } from './edges.js';
import type { Entry } from './entries.js';
import type { Question } from './imported.js';
import type { ModelNames } from './model-names.js';

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
      (kind === 'database' || kind === 'queue') && (resource !== undefined || presences.some(({ replicas }) => replicas > 1)),
  );
  if (copied.length > 0) {
    ask(
      `How do the copies of ${named(copied.map(({ key }) => key))} replicate? Write replicates sync within REGION quorum 2, or async.`,
    );
  }
  if (entries.length === 0) ask('Where do users come in, and what do they do? Write journey NAME { requires … }.');
  ask('What is promised? Write objective { availability 99.9%  region-loss { rto 15m  rpo 1m } } in a journey.');
  if (edges.length > 0) {
    ask('Which calls may fail without the caller failing? Manifests do not tell: write wants in place of requires.');
  }
  const caches = stores.filter(({ known }) => known.engine?.name === 'redis' || known.engine?.name === 'valkey');
  if (caches.length > 0) {
    const keys = caches.map(({ key }) => key);
    ask(`Can what is in ${named(keys)} be made again? Then write cache in place of database, and what it rebuilds from.`);
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
  const everywhere = [...drafts.values()].filter(({ presences }) =>
    presences.some(({ workload }) => workload.kind === 'DaemonSet'),
  );
  if (everywhere.length > 0 && !clusters.some((cluster) => cluster.manifests.some(({ kind }) => kind === 'Node'))) {
    ask(`How many nodes are there? ${named(everywhere.map(({ key }) => key))} runs on each.`);
  }
  if (leftOut.length > 0) {
    ask(
      `${listed(leftOut)} ${leftOut.length === 1 ? 'is another environment' : 'are other environments'} and not part of this model; name the folder to import it alone.`,
    );
  }
  return questions;
}

/** `a, b and 3 more` */
function listed(names: readonly string[]): string {
  if (names.length <= mostNames) {
    return names.length < 2 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} and ${names[names.length - 1]}`;
  }
  return `${names.slice(0, mostNames).join(', ')} and ${names.length - mostNames} more`;
}
