import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isSafePath } from '../../../language/generate/generated-tree.js';
import { generateManifests, noOwnFiles } from '../../../language/generate/index.js';
import { planWrite } from '../../../language/generate/plan.js';
import type { Component, ComponentKind, Model, Role } from '../../../language/model/model.js';
import { component, edge, fact, line, model, region, runs, use } from './model-factory.js';
import { complaints, validationTimeout } from './strict-validation.js';

const optional = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(arbitrary, { nil: undefined });
const kinds: readonly ComponentKind[] = [
  'service',
  'gateway',
  'database',
  'cache',
  'queue',
  'bucket',
  'external',
  'coordinator',
  'job',
];
const roles: readonly Role[] = ['active', 'hot-standby', 'warm-standby', 'cold-standby', 'pilot-light', 'witness'];
const protocols = ['http', 'grpc', 'tcp', 'tls'] as const;
const regions = [
  region('r1', ['a', 'b', 'c'], { platformId: fact('eu-1') }, { platformId: fact('eu-1x') }),
  region('R_2', ['a'], { cluster: fact('Blue Cluster') }),
  region('r3', []),
];
const name = fc.oneof(
  fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_-]{0,70}$/),
  fc.constantFrom('y', 'on', 'null', 'con', '订单', 'a', 'a-headless', 'a-entry', 'a-1', 'default', 'deny-by-default', 'e5'),
);

/** A component of any kind with any of its facts; edges are drawn once all names are known. */
const anyComponent = fc
  .record({
    name,
    kind: fc.constantFrom(...kinds),
    tier: optional(fc.nat(4)),
    placed: fc.array(fc.tuple(fc.nat(2), fc.integer({ min: 1, max: 7 }), fc.constantFrom(...roles)), { maxLength: 3 }),
    needs: optional(fc.integer({ min: 1, max: 9 })),
    ports: fc.array(fc.tuple(optional(name), fc.integer({ min: 1, max: 65535 }), fc.constantFrom(...protocols)), {
      maxLength: 4,
    }),
    probes: fc.array(fc.constantFrom('readiness', 'liveness', 'startup'), { maxLength: 3 }),
    image: optional(fc.constant('registry.example.com/a:1')),
    cpu: optional(fc.double({ min: 0.001, max: 64, noNaN: true })),
    memory: optional(fc.integer({ min: 1, max: 2 ** 40 })),
    scales: optional(fc.integer({ min: 1, max: 50 })),
    share: optional(fc.double({ min: 0, max: 1, noNaN: true })),
    grace: optional(fc.double({ min: 0, max: 1e4, noNaN: true })),
    engine: optional(fc.constantFrom('generic', 'postgres')),
    size: optional(fc.integer({ min: 1, max: 2 ** 44 })),
    secret: optional(name),
    load: optional(fc.double({ min: 0, max: 1e6, noNaN: true })),
    user: optional(fc.integer({ min: 1, max: 2 ** 31 - 1 })),
    host: optional(fc.constantFrom('shop.example.com', '*.example.com', '10.0.0.7')),
    hostIn: fc.array(fc.tuple(fc.constantFrom('r1', 'R_2', 'r3'), fc.constantFrom('a.example', 'b.example')), { maxLength: 2 }),
    certificate: fc.boolean(),
    entry: optional(
      fc.record({
        means: fc.constantFrom('gateway-api' as const, 'istio' as const, 'ingress' as const),
        class: optional(fc.constantFrom('istio', 'nginx')),
      }),
    ),
    every: optional(fc.integer({ min: 1, max: 3_000_000 })),
    provider: fc.boolean(),
    storageClass: optional(fc.constant('fast')),
  })
  .map((drawn): Component => {
    const { tier, needs, cpu, memory, scales, share, grace, size, engine, image, load, user, host, every } = drawn;
    return component(drawn.kind, drawn.name, {
      ...(tier === undefined ? {} : { tier: fact(tier) }),
      ...(needs === undefined ? {} : { needs: fact(needs) }),
      placements: drawn.placed.map(([where, count, role]) => runs(count, regions[where] ?? region('none', []), role)),
      demand: {
        ...(load === undefined ? {} : { load: fact(load), capacity: fact(100) }),
        ...(cpu === undefined ? {} : { cpu: fact(cpu) }),
        ...(memory === undefined ? {} : { memory: fact(memory) }),
      },
      deployment: {
        ...(user === undefined ? {} : { user: fact(user) }),
        ...(host === undefined ? {} : { host: fact(host) }),
        ...(drawn.certificate ? { certificate: fact('tls') } : {}),
        ...(drawn.hostIn.length === 0 ? {} : { hostIn: drawn.hostIn.map(([at, value]) => ({ region: at, host: fact(value) })) }),
        ...(drawn.entry === undefined
          ? {}
          : {
              entry: fact({
                means: drawn.entry.means,
                ...(drawn.entry.class === undefined ? {} : { class: drawn.entry.class }),
              }),
            }),
        ...(every === undefined ? {} : { repeats: { every: fact(every), source: line(8) } }),
        ...(image === undefined ? {} : { image: fact(image) }),
        ...(grace === undefined ? {} : { grace: fact(grace) }),
        ...(scales === undefined
          ? {}
          : {
              scales: {
                max: fact(scales),
                source: line(3),
                ...(share === undefined ? {} : { utilisation: fact(Math.max(0.01, share)) }),
              },
            }),
        ...(share === undefined ? {} : { rollout: { surge: fact(share), unavailable: fact(1 - share), source: line(4) } }),
        ports: drawn.ports.map(([label, number, protocol]) => ({
          number,
          protocol,
          source: line(4),
          ...(label === undefined ? {} : { name: label }),
        })),
        routes: [],
        probes: drawn.probes.map((kind) => ({ kind, path: fact(`/${kind}`), every: fact(0.2), source: line(5) })),
        mounts: drawn.secret === undefined ? [] : [{ kind: 'secret', name: drawn.secret, source: line(6) }],
      },
      data: {
        replication: [],
        residency: [],
        backups: [],
        ...(size === undefined ? {} : { size: fact(size) }),
        ...(drawn.provider ? { managedBy: fact({ manager: 'provider' }) } : {}),
        ...(drawn.storageClass === undefined ? {} : { storageClass: fact(drawn.storageClass) }),
        ...(engine === undefined ? {} : { engine: fact({ name: engine }) }),
      },
    });
  });

const anyEdge = fc.record({
  from: fc.nat(8),
  to: fc.nat(8),
  kind: fc.constantFrom('requires', 'wants', 'publishes', 'consumes'),
  timeout: optional(fc.double({ min: 0, max: 100, noNaN: true })),
  retries: optional(fc.nat(5)),
  writes: fc.boolean(),
});

const anySettings = fc.record({
  mesh: optional(
    fc.record({
      name: fc.constantFrom('istio', 'linkerd'),
      version: optional(fc.constantFrom('1.24', '1.30', '2.18')),
    }),
  ),
  kubernetes: optional(fc.constantFrom('1.25', '1.31', '1.36')),
  isolation: optional(fc.constantFrom('callers' as const, 'closed' as const)),
  traced: optional(fc.double({ min: 0, max: 1, noNaN: true })),
  entry: optional(fc.constantFrom('gateway-api' as const, 'ingress' as const)),
});

const anyModel: fc.Arbitrary<Model> = fc
  .tuple(
    fc.uniqueArray(anyComponent, { minLength: 1, maxLength: 6, selector: (one) => one.name }),
    fc.array(anyEdge, { maxLength: 12 }),
    anySettings,
    fc.array(fc.tuple(fc.nat(5), fc.nat(5), fc.constantFrom('/', '/api', '/api/', '/a b')), { maxLength: 6 }),
  )
  .map(([components, edges, drawn, routes]) => {
    const withEdges = components.map((one, index) => ({
      ...one,
      deployment: {
        ...one.deployment,
        routes: routes.flatMap(([from, to, path]) => {
          const target = components[to % components.length];
          return one.kind !== 'gateway' || from % components.length !== index || target === undefined
            ? []
            : [{ path, target: use(target.name), source: line(9) }];
        }),
      },
      edges: edges.flatMap(({ from, to, kind, timeout, retries, writes }) => {
        const target = components[to % components.length];
        if (from % components.length !== index || target === undefined) return [];
        return [
          edge(kind, target.name, {
            ...(writes ? { writes: line(5) } : {}),
            ...(timeout === undefined ? {} : { timeout: fact(timeout) }),
            ...(retries === undefined ? {} : { retries: { count: fact(retries), causes: [], source: line(7) } }),
          }),
        ];
      }),
    }));
    const { mesh: _, ...bare } = model([], []).settings;
    const { mesh, kubernetes, isolation, traced, entry } = drawn;
    const settings: Model['settings'] = {
      ...bare,
      ...(mesh === undefined
        ? {}
        : { mesh: fact({ name: mesh.name, ...(mesh.version === undefined ? {} : { version: mesh.version }) }) }),
      ...(kubernetes === undefined ? {} : { kubernetes: fact(kubernetes) }),
      ...(isolation === undefined ? {} : { isolation: fact(isolation) }),
      ...(traced === undefined ? {} : { tracing: { provider: 'otel', sampling: fact(traced), source: line(2) } }),
      ...(entry === undefined ? {} : { entry: fact({ means: entry, class: 'nginx' }) }),
    };
    return { ...model(withEdges, regions), settings };
  });

const everyKind = [
  ...['Namespace', 'ServiceAccount', 'PriorityClass', 'NetworkPolicy', 'Service', 'Ingress'],
  ...['Deployment', 'StatefulSet', 'Job', 'CronJob', 'PodDisruptionBudget', 'HorizontalPodAutoscaler'],
  ...['Gateway', 'HTTPRoute', 'VirtualService', 'DestinationRule', 'ServiceEntry', 'PeerAuthentication', 'Telemetry'],
];

it(
  'any model yields manifests that validate strictly',
  () => {
    const drawn = fc.sample(anyModel, { numRuns: 120, seed: 20261101 }).map((one) => generateManifests(one, noOwnFiles));
    const trees = drawn.filter((tree) => tree.files.some((file) => file.path.startsWith('overlays/')));
    expect(trees.length).toBeGreaterThan(60);
    // The models are of any kind: a sample that lacks one says nothing of it.
    const written = new Set(
      trees.flatMap(({ files }) => files.flatMap(({ content }) => /^kind: (\w+)$/m.exec(content)?.[1] ?? [])),
    );
    expect([...written]).toEqual(expect.arrayContaining(everyKind));
    expect(complaints(trees)).toBe('');
  },
  validationTimeout,
);

it('any model stays in its directory, has one place per path, and is settled once written', () => {
  fc.assert(
    fc.property(anyModel, (drawn) => {
      const tree = generateManifests(drawn, noOwnFiles);
      expect(tree.files.every((file) => isSafePath(file.path))).toBe(true);
      const written = new Map(tree.files.map((file) => [file.path, file.content]));
      expect(written.size).toBe(tree.files.length);
      for (const content of written.values()) expect(content).toMatch(/[^\n]\n$/);
      expect(planWrite(tree, (path) => written.get(path)).stale).toBe(false);
      expect(generateManifests({ ...drawn, components: [...drawn.components].reverse() }, noOwnFiles)).toEqual(tree);
    }),
  );
});
