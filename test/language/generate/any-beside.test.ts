/** Any model: what stands beside its workloads is valid, whatever things are called and whatever is said of them. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isSafePath } from '../../../language/generate/generated-tree.js';
import { type Extra, generateManifests, noOwnFiles, planWrite } from '../../../language/generate/index.js';
import type { Backup, BackupSeries, Component, Model, Role, Scenario } from '../../../language/model/model.js';
import { component, edge, fact, line, model, region, runs, use } from './model-factory.js';
import { dashboardQueries, promqlComplaints, rulesOf } from './promql-checker.js';
import { complaints, validationTimeout } from './strict-validation.js';

const optional = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(arbitrary, { nil: undefined });
const fate = (provider: string) => ({ buildings: [fact('B "1"')], provider: fact(provider), account: fact('prod') });
const regions = [
  region('r1', ['a', 'b', 'c'], { platformId: fact('eu-1'), fate: fate('aws') }, { platformId: fact('eu-1x') }),
  region('R_2', ['a'], { cluster: fact('Blue Cluster'), fate: fate('gcp') }),
  region('r3', [], { fate: fate('nobody') }),
];
const roles: readonly Role[] = ['active', 'hot-standby', 'warm-standby', 'pilot-light', 'cold-standby', 'witness'];
const name = fc.oneof(
  fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_-]{0,70}$/),
  fc.constantFrom('y', 'on', 'null', 'con', '订单', 'a', 'a-b', 'b', 'default', 'lose-r1', 'kustomization', 'all', 'faults'),
);
/** Texts that would be markup, code or YAML somewhere. */
const words = fc.constantFrom('plain', '`x` | <b> "q" $(y)', '```\n# no', '{{ .Value }}', "it's: #1");
const seconds = fc.oneof(fc.integer({ min: 1, max: 4_000_000 }), fc.double({ min: 0.01, max: 1e5, noNaN: true }));

const anySeries: fc.Arbitrary<BackupSeries> = fc
  .record({
    kind: fc.constantFrom('full' as const, 'incremental' as const, 'snapshot' as const, 'log' as const),
    every: seconds,
    at: optional(fc.constantFrom('00:00', '23:59', '7:05')),
    takes: optional(seconds),
  })
  .map(({ kind, every, at, takes }) => ({
    kind,
    every: fact(every),
    source: line(50),
    ...(at === undefined ? {} : { at }),
    ...(takes === undefined ? {} : { takes: fact(takes) }),
  }));

const anyBackup: fc.Arbitrary<Backup> = fc
  .record({
    name,
    series: fc.array(anySeries, { minLength: 1, maxLength: 3 }),
    copies: fc.array(fc.tuple(fc.constantFrom('vault-1', 'Vault_2'), optional(seconds)), { maxLength: 2 }),
    keeps: optional(seconds),
    tolerates: fc.nat(3),
    image: optional(fc.constant('x/dump:1')),
    secret: optional(name),
    end: fc.boolean(),
  })
  .map((drawn) => ({
    name: drawn.name,
    nameSource: line(51),
    source: line(51),
    series: drawn.series,
    consistentAt: fact(drawn.end ? ('end' as const) : ('start' as const)),
    toleratesFailedRuns: fact(drawn.tolerates),
    copies: drawn.copies.map(([bucket, takes]) => ({
      bucket: use(bucket),
      source: line(52),
      ...(takes === undefined ? {} : { takes: fact(takes) }),
    })),
    alertsOn: [fact('failure'), fact('size')],
    ...(drawn.keeps === undefined ? {} : { keeps: fact(drawn.keeps) }),
    ...(drawn.image === undefined ? {} : { image: fact(drawn.image) }),
    ...(drawn.secret === undefined ? {} : { mounts: [{ kind: 'secret' as const, name: drawn.secret, source: line(53) }] }),
  }));

const anyComponent: fc.Arbitrary<Component> = fc
  .record({
    name,
    kind: fc.constantFrom('service' as const, 'gateway' as const, 'database' as const, 'cache' as const),
    tier: optional(fc.nat(4)),
    placed: fc.array(fc.tuple(fc.nat(2), fc.integer({ min: 1, max: 4 }), fc.constantFrom(...roles)), {
      minLength: 1,
      maxLength: 3,
    }),
    port: optional(fc.constantFrom('http' as const, 'grpc' as const, 'tcp' as const)),
    engine: fc.constantFrom('generic', 'postgres', 'mysql', 'mongodb', 'redis', 'etcd'),
    manager: optional(fc.constantFrom('provider', 'operator')),
    size: optional(fc.integer({ min: 1, max: 2 ** 44 })),
    backups: fc.uniqueArray(anyBackup, { maxLength: 2, selector: (one) => one.name }),
    availability: optional(fc.constantFrom(0, 0.5, 0.95, 0.999, 0.999999, 1)),
    rpo: optional(seconds),
    lag: optional(seconds),
    detect: optional(seconds),
    means: optional(fc.constantFrom('dns' as const, 'mesh' as const, 'address' as const)),
    manual: fc.boolean(),
    runbook: optional(words),
  })
  .map((drawn): Component => {
    const { tier, port, manager, size, availability, rpo, lag, detect, means, runbook } = drawn;
    const bare = component(drawn.kind, drawn.name);
    const stores = drawn.kind === 'database' || drawn.kind === 'cache';
    return component(drawn.kind, drawn.name, {
      ...(tier === undefined ? {} : { tier: fact(tier) }),
      placements: drawn.placed.map(([where, count, role]) => runs(count, regions[where] ?? region('none', []), role)),
      deployment: {
        ...bare.deployment,
        image: fact('x/a:1'),
        ports: port === undefined ? [] : [{ number: 8080, protocol: port, source: line(4) }],
      },
      data: {
        ...bare.data,
        ...(stores ? { engine: fact({ name: drawn.engine }), backups: drawn.backups } : {}),
        ...(stores && manager !== undefined ? { managedBy: fact({ manager, operator: 'cloudnative-pg' }) } : {}),
        ...(stores && size !== undefined ? { size: fact(size), storage: fact('zonal') } : {}),
        replication:
          stores && lag !== undefined ? [{ mode: 'async', scope: 'to', region: 'R_2', lag: fact(lag), source: line(5) }] : [],
      },
      failovers:
        detect === undefined
          ? []
          : [
              {
                source: line(6),
                scope: 'to',
                region: 'R_2',
                detect: fact(detect),
                decide: fact(drawn.manual ? { mode: 'manual' as const, delay: 60 } : { mode: 'automatic' as const }),
                ...(means === undefined ? {} : { switch: fact({ means }) }),
              },
            ],
      objective: {
        source: line(7),
        ...(availability === undefined ? {} : { availability: fact(availability) }),
        classes: rpo === undefined ? [] : [{ disruption: 'region-loss', rpo: fact(rpo), source: line(8) }],
      },
      ...(runbook === undefined ? {} : { runbook: { url: runbook, source: line(9) } }),
    });
  });

const bucket = (id: string, where: string, provider: string): Component =>
  component('bucket', id, { hosts: [use(where)], fate: { buildings: [], provider: fact(provider) } });

/** A store of one instance, which the platform can run as it is. */
function dumpedStore(backup: Backup): Component {
  const bare = component('database', 'Dumped_store');
  return component('database', 'Dumped_store', {
    placements: [runs(1, regions[0] ?? region('none', []))],
    deployment: { ...bare.deployment, ports: [{ number: 5432, protocol: 'tcp', source: line(4) }] },
    data: { ...bare.data, engine: fact({ name: 'postgres' }), size: fact(2 ** 30), storage: fact('zonal'), backups: [backup] },
  });
}

const anyModel: fc.Arbitrary<Model> = fc
  .record({
    components: fc.uniqueArray(anyComponent, { minLength: 1, maxLength: 6, selector: (one) => one.name }),
    edges: fc.array(fc.tuple(fc.nat(5), fc.nat(5)), { maxLength: 8 }),
    scenarios: fc.uniqueArray(fc.tuple(name, fc.nat(8), words, optional(seconds)), { maxLength: 4, selector: ([one]) => one }),
    stops: words,
    dumped: anyBackup,
    meshed: fc.constantFrom('istio', 'linkerd', undefined),
    zone: optional(fc.constant('Asia/Shanghai')),
  })
  .map(({ components, edges, scenarios, stops, dumped, meshed, zone }): Model => {
    const all = components.map((one, index) => ({
      ...one,
      edges: edges.flatMap(([from, to]) => {
        const target = components[to % components.length];
        return from % components.length === index && target !== undefined && target !== one
          ? [edge('requires', target.name)]
          : [];
      }),
    }));
    const first = components[0]?.name ?? '';
    const base = model(
      [...all, dumpedStore(dumped), bucket('vault-1', 'r1', 'aws'), bucket('Vault_2', 'r3', 'nobody')],
      regions,
      {
        ...(zone === undefined ? {} : { timezone: fact(zone) }),
      },
    );
    const { mesh: _, ...settings } = base.settings;
    return {
      ...base,
      settings: { ...settings, ...(meshed === undefined ? {} : { mesh: fact({ name: meshed }) }) },
      journeys: [
        {
          name: `${first}-journey`,
          saga: false,
          source: line(60),
          nameSource: line(60),
          edges: [edge('requires', first)],
          objective: { source: line(61), availability: fact(0.99), classes: [] },
          costs: [],
          accepts: [],
          follows: [],
        },
      ],
      scenarios: scenarios.map(([id, kind, title, duration]) => scenarioOf(id, kind, title, duration, first)),
      drills: scenarios.slice(0, 1).map(([id]) => ({
        scenario: id,
        date: '2026-09-14',
        source: line(70),
        scenarioSource: line(70),
        stopsWhen: fact(stops),
        traffic: fact(0.05),
        measured: [],
        accepts: [],
      })),
    };
  });

function scenarioOf(id: string, kind: number, title: string, duration: number | undefined, first: string): Scenario {
  const source = line(65);
  const target = [
    { kind: 'site', site: 'r1', source },
    { kind: 'site', site: 'r1.a', source },
    { kind: 'component', component: first, source },
    { kind: 'component', component: first, count: fact(1), site: 'r1.b', source },
    { kind: 'link', a: 'r1', b: 'R_2', source },
    { kind: 'link', a: 'r1.a', b: 'r1.c', source },
    { kind: 'provider', name: 'aws', source },
    { kind: 'building', name: 'B "1"', source },
  ] as const;
  const taken = target[kind];
  return {
    name: id,
    title,
    source,
    nameSource: source,
    fails:
      taken === undefined ? [] : [{ targets: [taken], source, ...(duration === undefined ? {} : { duration: fact(duration) }) }],
    corrupts: taken === undefined ? [use(first)] : [],
    deletes: [],
    expects: [{ target: use(first), state: fact('up'), bounds: [], source }],
    accepts: [],
  };
}

const extras: readonly Extra[] = ['argocd', 'aws-backup', 'haproxy'];
const treeOf = (drawn: Model) => generateManifests(drawn, noOwnFiles, undefined, { extras: new Set(extras) });

it(
  'it validates strictly',
  () => {
    const trees = fc
      .sample(anyModel, { numRuns: 40, seed: 20261121 })
      .map(treeOf)
      .filter((tree) => tree.files.some((file) => file.path.startsWith('overlays/')));
    expect(trees.length).toBeGreaterThan(20);
    for (const part of ['drills/', 'runbooks/', 'observability/', 'platform/r1/default/velero/', 'overlays/r1/default/dumps/']) {
      expect([part, trees.some((tree) => tree.files.some((file) => file.path.startsWith(part)))]).toEqual([part, true]);
    }
    expect(complaints(trees)).toBe('');
  },
  validationTimeout,
);

it('it has one place per file, sound expressions, and the same bytes in any order of declaration', () => {
  fc.assert(
    fc.property(anyModel, (drawn) => {
      const tree = treeOf(drawn);
      const written = new Map(tree.files.map((file) => [file.path, file.content]));
      expect(written.size).toBe(tree.files.length);
      expect(tree.files.filter(({ path }) => !isSafePath(path))).toEqual([]);
      expect(planWrite(tree, (path) => written.get(path)).stale).toBe(false);
      const expressions = [...rulesOf(tree).map(({ expr }) => expr), ...dashboardQueries(tree)];
      expect([...new Set(expressions)].flatMap((expr) => promqlComplaints(expr))).toEqual([]);
      for (const { path, content } of tree.files) expect([path, /undefined|NaN|\[object/.test(content)]).toEqual([path, false]);
      const turned = treeOf({
        ...drawn,
        components: [...drawn.components].reverse(),
        regions: [...drawn.regions].reverse(),
        scenarios: [...drawn.scenarios].reverse(),
      });
      const different = turned.files.filter(({ path, content }) => written.get(path) !== content).map(({ path }) => path);
      const [path = ''] = different.filter((each) => !each.startsWith('.drml'));
      expect([path, turned.files.find((file) => file.path === path)?.content]).toEqual([path, written.get(path)]);
      expect(different).toEqual([]);
    }),
    { numRuns: 40 },
  );
}, 60_000);
