/** Small models by hand: only what a test speaks of is written, everything else is empty. */
import type { Fact, NameUse, Source } from '../../../language/model/fact.js';
import type {
  Backup,
  BackupSeries,
  Component,
  Edge,
  Failover,
  Journey,
  Model,
  Placement,
  Region,
  Replication,
  Role,
  Zone,
} from '../../../language/model/model.js';

const at: Source = { uri: 'file:///m.drml', start: 0, end: 1 };

/** A stated fact. */
export function fact<T>(value: T): Fact<T> {
  return { value, origin: { kind: 'stated', at } };
}

/** A name that resolves. */
export function use(name: string): NameUse {
  return { name, at, resolved: true };
}

/** A region with zones of these names. */
export function region(name: string, zones: readonly string[], more: Partial<Region> = {}): Region {
  return {
    name,
    source: at,
    nameSource: at,
    fate: { buildings: [] },
    zones: zones.map(
      (zone): Zone => ({ name: zone, path: `${name}.${zone}`, source: at, nameSource: at, fate: { buildings: [] } }),
    ),
    quotas: [],
    mirrors: [],
    versions: [],
    accepts: [],
    ...more,
  };
}

/** `runs N in REGION`, spread over the zones in order. */
export function runs(count: number, where: Region, role: Role = 'active', only?: readonly string[]): Placement {
  const zones = only ?? where.zones.map((zone) => zone.path);
  return {
    region: where.name,
    role,
    count: fact(count),
    zones: Array.from({ length: count }, (_, index) => zones[index % Math.max(1, zones.length)] ?? where.name),
    source: at,
  };
}

/** An edge to all of the targets, unless told otherwise. */
export function edge(kind: Edge['kind'], targets: readonly string[], more: Partial<Edge> = {}): Edge {
  return {
    kind,
    quantifier: { kind: 'all' },
    targets: targets.map(use),
    source: at,
    journeys: [],
    sameRegion: false,
    bestEffort: false,
    ...more,
  };
}

/** A component. */
export function component(kind: Component['kind'], name: string, more: Partial<Component> = {}): Component {
  return {
    kind,
    name,
    source: at,
    nameSource: at,
    placements: [],
    hosts: [],
    failure: { unavailability: fact(0.001) },
    commonCause: fact(0),
    needsIn: [],
    edges: [],
    recoversAfter: [],
    agreesWith: [],
    provides: [],
    demand: {},
    deployment: { ports: [], routes: [], probes: [], mounts: [] },
    data: { replication: [], residency: [], backups: [] },
    failovers: [],
    fate: { buildings: [] },
    costs: [],
    accepts: [],
    follows: [],
    ...more,
  };
}

/** A journey. */
export function journey(name: string, edges: readonly Edge[], more: Partial<Journey> = {}): Journey {
  return { name, saga: false, source: at, nameSource: at, edges, costs: [], accepts: [], follows: [], ...more };
}

/** `replicates …`. */
export function replicates(mode: Replication['mode'], more: Partial<Replication> = {}): Replication {
  return { mode, source: at, ...more };
}

/** `failover { … }`. */
export function failover(more: Partial<Failover>): Failover {
  return { source: at, ...more };
}

/** `full every …` and its like. */
export function series(kind: BackupSeries['kind'], every: number, more: Partial<BackupSeries> = {}): BackupSeries {
  return { kind, every: fact(every), source: at, ...more };
}

/** `backup nightly { … }`. */
export function backup(list: readonly BackupSeries[], more: Partial<Backup> = {}): Backup {
  return {
    name: 'nightly',
    source: at,
    nameSource: at,
    series: list,
    consistentAt: { value: 'start', origin: { kind: 'assumed', assumption: 'consistent-at-start' } },
    toleratesFailedRuns: { value: 0, origin: { kind: 'assumed', assumption: 'no-failed-runs' } },
    copies: [],
    alertsOn: [],
    ...more,
  };
}

/** A copy of a backup in a bucket. */
export function copyTo(bucket: string, takes?: number): Backup['copies'][number] {
  return { bucket: use(bucket), source: at, ...(takes === undefined ? {} : { takes: fact(takes) }) };
}

/** The model of these parts. */
export function model(parts: {
  readonly regions?: readonly Region[];
  readonly components?: readonly Component[];
  readonly journeys?: readonly Journey[];
  readonly links?: Model['links'];
}): Model {
  return {
    name: 'm',
    root: at.uri,
    files: [{ uri: at.uri, lineStarts: [0], imports: [] }],
    settings: { accepts: [] },
    regions: parts.regions ?? [],
    links: parts.links ?? [],
    components: parts.components ?? [],
    journeys: parts.journeys ?? [],
    scenarios: [],
    drills: [],
    policies: [],
    defaults: [],
  };
}
