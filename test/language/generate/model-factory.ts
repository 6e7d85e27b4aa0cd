/** Hand-built models, so that the generator is tested without the language. Every fact points at its own line. */
import type { Fact, NameUse, Source } from '../../../language/model/fact.js';
import type { Component, ComponentKind, Edge, Model, Placement, Region, Role, Zone } from '../../../language/model/model.js';

export const root = 'file:///models/shop/shop.drml';

/** A place on a line, counted from 1; every line is 100 characters long. */
export function line(number: number): Source {
  return { uri: root, start: (number - 1) * 100, end: (number - 1) * 100 + 10 };
}

export function fact<T>(value: T, at: Source = line(1)): Fact<T> {
  return { value, origin: { kind: 'stated', at } };
}

export function use(name: string): NameUse {
  return { name, at: line(1), resolved: true };
}

export function region(
  name: string,
  zones: readonly string[],
  extra: Partial<Region> = {},
  zoneExtra: Partial<Zone> = {},
): Region {
  return {
    name,
    source: line(2),
    nameSource: line(2),
    fate: { buildings: [] },
    zones: zones.map((zone) => ({
      name: zone,
      path: `${name}.${zone}`,
      source: line(3),
      nameSource: line(3),
      fate: { buildings: [] },
      ...zoneExtra,
    })),
    quotas: [],
    mirrors: [],
    versions: [],
    accepts: [],
    ...extra,
  };
}

/** Instances spread evenly over zones in their order. */
export function runs(
  count: number,
  where: Region,
  role: Role = 'active',
  zones = where.zones.map((zone) => zone.path),
): Placement {
  const sites = zones.length === 0 ? [where.name] : zones;
  return {
    region: where.name,
    role,
    count: fact(count),
    zones: Array.from({ length: count }, (_, index) => sites[index % sites.length] ?? where.name),
    source: line(12),
  };
}

export function edge(kind: Edge['kind'], target: string, extra: Partial<Edge> = {}): Edge {
  return {
    kind,
    quantifier: { kind: 'all' },
    targets: [use(target)],
    source: line(20),
    journeys: [],
    sameRegion: false,
    bestEffort: false,
    ...extra,
  };
}

export function component(kind: ComponentKind, name: string, extra: Partial<Component> = {}): Component {
  return {
    kind,
    name,
    source: line(10),
    nameSource: line(10),
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
    data: { replication: [], residency: [], backups: [] },
    failovers: [],
    fate: { buildings: [] },
    costs: [],
    accepts: [],
    follows: [],
    ...extra,
  };
}

/** A service with an image, an http port and a readiness probe. */
export function service(name: string, placements: readonly Placement[], extra: Partial<Component> = {}): Component {
  return component('service', name, {
    placements,
    tier: fact(0),
    deployment: {
      image: fact(`registry.example.com/shop/${name}:1.2.3`),
      ports: [{ number: 8080, protocol: 'http', source: line(13) }],
      routes: [],
      probes: [
        { kind: 'readiness', path: fact('/ready'), every: fact(5), failures: fact(3), timeout: fact(1), source: line(14) },
      ],
      mounts: [],
    },
    ...extra,
  });
}

export function model(
  components: readonly Component[],
  regions: readonly Region[],
  settings: Partial<Model['settings']> = {},
): Model {
  return {
    name: 'shop',
    root,
    files: [{ uri: root, lineStarts: Array.from({ length: 200 }, (_, index) => index * 100), imports: [] }],
    settings: { namespace: fact('shop'), mesh: fact({ name: 'istio' }), accepts: [], ...settings },
    regions,
    links: [],
    components,
    journeys: [],
    scenarios: [],
    drills: [],
    policies: [],
    defaults: [],
  };
}

export const north = region('cn-north', ['a', 'b', 'c'], { platformId: fact('cn-beijing') });
export const south = region('cn-south', ['a', 'b'], { platformId: fact('cn-guangzhou') });

/** Two services and a plain store over two regions: enough for every kind of file. */
export function shop(): Model {
  const orders = service('orders', [runs(3, north), runs(3, south, 'warm-standby')], {
    demand: { cpu: fact(0.5), memory: fact(512 * 2 ** 20) },
    edges: [
      edge('requires', 'payments', {
        timeout: fact(0.8),
        idempotent: line(21),
        retries: { count: fact(1), each: fact(0.3), backoff: fact(0.05), causes: [], source: line(21) },
      }),
      edge('requires', 'ledger', { timeout: fact(0.2), writes: line(22) }),
    ],
  });
  const payments = service('payments', [runs(4, north), runs(2, south)], {
    needs: fact(3),
    demand: { cpu: fact(1), memory: fact(2 ** 30) },
    deployment: {
      ...service('payments', []).deployment,
      scales: { max: fact(12), utilisation: fact(0.6), source: line(30) },
    },
  });
  const ledger = component('database', 'ledger', {
    tier: fact(0),
    placements: [runs(3, north), runs(1, south, 'hot-standby')],
    data: {
      engine: fact({ name: 'generic' }),
      size: fact(20 * 2 ** 30),
      storage: fact('zonal'),
      replication: [{ mode: 'sync', scope: 'within', region: 'cn-north', quorum: fact(2), source: line(40) }],
      residency: [],
      backups: [],
    },
    deployment: {
      image: fact('registry.example.com/shop/ledger:4'),
      ports: [{ number: 5432, protocol: 'tcp', source: line(41) }],
      routes: [],
      probes: [],
      mounts: [],
    },
  });
  return model([orders, payments, ledger], [north, south]);
}
