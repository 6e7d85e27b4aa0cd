/** Small models and figures built by hand, for the tests of the picture. */
import type { Analysis, AvailabilityFigures, ClassRecovery, SinglePoint } from '../../../language/analysis/analysis.js';
import type { Figure } from '../../../language/analysis/figure.js';
import { analysisReport } from '../../../language/analysis/report/analysis-report.js';
import type { Fact, NameUse, Source } from '../../../language/model/fact.js';
import type {
  Backup,
  Component,
  ComponentKind,
  DisruptionClass,
  Edge,
  Journey,
  Model,
  Placement,
  Region,
  Replication,
  Role,
} from '../../../language/model/model.js';
import { isHard } from '../../../language/model/queries.js';

export const source: Source = { uri: 'file:///shop.drml', start: 0, end: 1 };

export function fact<T>(value: T): Fact<T> {
  return { value, origin: { kind: 'stated', at: source } };
}

export function use(name: string): NameUse {
  return { name, at: source, resolved: true };
}

/** Offsets of the given number; each line of the made-up file is ten long. */
export function at(start: number): Source {
  return { uri: source.uri, start, end: start + 3 };
}

const fate = { buildings: [] };

export function region(name: string, zones: readonly string[]): Region {
  return {
    name,
    source,
    nameSource: source,
    fate,
    zones: zones.map((zone) => ({ name: zone, path: `${name}.${zone}`, source, nameSource: source, fate })),
    quotas: [],
    mirrors: [],
    versions: [],
    accepts: [],
  };
}

export function runs(region: string, zones: readonly string[], role: Role = 'active'): Placement {
  return {
    region,
    role,
    count: fact(zones.length),
    zones: zones.map((zone) => (zone === '' ? region : `${region}.${zone}`)),
    source,
  };
}

export function edge(kind: Edge['kind'], targets: readonly string[], more: Partial<Edge> = {}): Edge {
  return {
    kind,
    quantifier: { kind: 'all' },
    targets: targets.map(use),
    source,
    journeys: [],
    sameRegion: false,
    bestEffort: false,
    ...more,
  };
}

export function component(kind: ComponentKind, name: string, more: Partial<Component> = {}): Component {
  return {
    kind,
    name,
    source,
    nameSource: source,
    placements: [],
    hosts: [],
    failure: { unavailability: fact(0.001) },
    commonCause: fact(0.05),
    needsIn: [],
    edges: [],
    recoversAfter: [],
    agreesWith: [],
    provides: [],
    demand: {},
    deployment: { ports: [], routes: [], probes: [], mounts: [] },
    data: noData,
    failovers: [],
    fate,
    costs: [],
    accepts: [],
    follows: [],
    ...more,
  };
}

export const noData: Component['data'] = { replication: [], residency: [], backups: [] };

export function replication(mode: 'sync' | 'async', more: Partial<Replication>): Replication {
  return { mode, source, ...more };
}

export function backup(name: string, every: number, bucket: string): Backup {
  return {
    name,
    source,
    nameSource: source,
    series: [{ kind: 'full', every: fact(every), source }],
    consistentAt: fact('start'),
    toleratesFailedRuns: fact(0),
    copies: [{ bucket: use(bucket), source }],
    alertsOn: [],
  };
}

export function journey(name: string, edges: readonly Edge[], more: Partial<Journey> = {}): Journey {
  return { name, saga: false, source, nameSource: source, edges, costs: [], accepts: [], follows: [], ...more };
}

export function model(parts: Partial<Model>): Model {
  return {
    name: 'shop',
    root: source.uri,
    files: [{ uri: source.uri, lineStarts: [0, 10, 20, 30], imports: [] }],
    settings: { accepts: [] },
    regions: [],
    links: [],
    components: [],
    journeys: [],
    scenarios: [],
    drills: [],
    policies: [],
    defaults: [],
    ...parts,
  };
}

const bare = { terms: [], assumptions: [] };

export function known(value: number, unit: Figure['unit'], target?: number): Figure {
  const held = unit === 'probability' ? value >= (target ?? 0) : value <= (target ?? Number.POSITIVE_INFINITY);
  return { status: 'known', value, unit, ...bare, ...(target === undefined ? {} : { verdict: { target, met: held } }) };
}

export interface Given {
  readonly unavailability?: { readonly [subject: string]: number };
  readonly singles?: { readonly [subject: string]: readonly SinglePoint['event'][] };
  readonly recovery?: { readonly [subject: string]: { readonly rto: number; readonly rpo: number } };
}

/** Figures as given; closures are real, everything else is what an empty analysis would answer. */
export function figures(of: Model, given: Given = {}): Analysis {
  const subjects = new Map([...of.components, ...of.journeys].map((subject) => [subject.name, subject]));
  const availability = (subject: string): AvailabilityFigures | undefined => {
    const value = given.unavailability?.[subject];
    if (value === undefined) return undefined;
    const target = subjects.get(subject)?.objective?.availability?.value;
    const zero = known(0, 'probability');
    return {
      availability: known(1 - value, 'probability', target),
      unavailability: known(value, 'probability'),
      structural: known(1 - value, 'probability'),
      structuralUnavailability: known(value, 'probability'),
      switchingUnavailability: zero,
      degraded: zero,
      downtimePerYear: known(value * 31_536_000, 'seconds'),
      downtimePerMonth: known(value * 2_592_000, 'seconds'),
    };
  };
  const recovery = (subject: string): ReadonlyMap<DisruptionClass, ClassRecovery> => {
    const value = given.recovery?.[subject];
    const classes = subjects.get(subject)?.objective?.classes ?? [];
    if (value === undefined) return new Map();
    return new Map(
      classes.map((entry): [DisruptionClass, ClassRecovery] => [
        entry.disruption,
        {
          disruption: entry.disruption,
          survives: true,
          lost: false,
          scope: undefined,
          rto: known(value.rto, 'seconds', entry.rto?.value),
          rpo: known(value.rpo, 'seconds', entry.rpo?.value),
          perSite: new Map(),
          caughtUp: known(value.rto, 'seconds'),
        },
      ]),
    );
  };
  return {
    model: of,
    asOf: '2026-11-21',
    availability,
    cutSets: () => undefined,
    outages: () => undefined,
    contributions: () => [],
    switches: () => [],
    singlePoints: (subject) => (given.singles?.[subject] ?? []).map((event) => ({ event, unavailability: 0.001, share: 1 })),
    sharedFate: () => [],
    recovery,
    lossOrigins: () => new Map(),
    drills: () => [],
    hardClosure: (subject) => {
      const seen = new Set<string>();
      const open = [subject];
      for (let name = open.pop(); name !== undefined; name = open.pop()) {
        for (const each of subjects.get(name)?.edges ?? []) {
          if (!isHard(each) || each.quantifier.kind !== 'all') continue;
          for (const target of each.targets) {
            if (seen.has(target.name)) continue;
            seen.add(target.name);
            open.push(target.name);
          }
        }
      }
      return seen;
    },
    downWithout: () => new Set(),
    cost: () => undefined,
    durability: () => undefined,
    costs: () => ({ currency: undefined, standing: known(0, 'money-per-year'), items: [], unstated: [] }),
    strategies: () => [],
    scenario: () => undefined,
    whatIf: (scenario) => ({
      name: scenario.name,
      source: scenario.nameSource,
      disruption: 'zone-loss',
      sites: [],
      down: [],
      degraded: [],
      overCapacity: [],
      lost: [],
      recovery: [],
      expectations: [],
      standings: [],
    }),
    capacity: () => undefined,
    callBudget: () => undefined,
    rest: () => undefined,
    report(base, only) {
      return analysisReport(this, base, only);
    },
  };
}
