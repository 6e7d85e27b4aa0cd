/** What is commonly wrong in manifests elsewhere; each trap is an invariant of the generator. */
import { describe, expect, it } from 'vitest';
import { generateManifests, noOwnFiles } from '../../../language/generate/index.js';
import { keptLocally } from '../../../language/generate/istio/spill.js';
import { modelOf } from '../model-of.js';
import { component, edge, fact, line, model, north, region, runs, service, shop, south } from './model-factory.js';
import { at, container, generated, messages, parsed, paths, pod } from './tree-reader.js';

const tree = generateManifests(shop(), noOwnFiles);
const rule = 'base/payments/destination-rule.yaml';
const routes = 'base/payments/virtual-service.yaml';

/** A caller with one edge to `payments`, and what the route of that edge says about retries. */
function retriesOf(extra: Parameters<typeof edge>[2]): unknown {
  const caller = service('orders', [runs(2, north)], { edges: [edge('requires', 'payments', extra)] });
  return at(generated(model([caller, service('payments', [runs(2, north)])], [north]), routes), 'spec', 'http', 0, 'retries');
}

const retries = (count: number, causes: readonly string[] = []) => ({ count: fact(count), causes, source: line(5) });

describe('traps', () => {
  it('trap 1: locality failover without outlier detection', () => {
    const policy = at(parsed(tree, rule), 'spec', 'trafficPolicy');
    expect(at(policy, 'loadBalancer', 'localityLbSetting', 'failover')).toEqual([
      { from: 'cn-beijing', to: 'cn-guangzhou' },
      { from: 'cn-guangzhou', to: 'cn-beijing' },
    ]);
    for (const file of tree.files.filter((one) => one.content.includes('localityLbSetting'))) {
      expect(at(parsed(tree, file.path), 'spec', 'trafficPolicy', 'outlierDetection')).toBeDefined();
    }
  });

  it('trap 2: an ejection cap that never ejects', () => {
    expect(at(parsed(tree, rule), 'spec', 'trafficPolicy', 'outlierDetection')).toEqual({
      splitExternalLocalOriginErrors: true,
      consecutiveLocalOriginFailures: 5,
      consecutiveGatewayErrors: 5,
      consecutive5xxErrors: 0,
      interval: '5s',
      baseEjectionTime: '30s',
      maxEjectionPercent: 100,
      minHealthPercent: 0,
    });
  });

  it('trap 2: ejecting the only instance', () => {
    const one = model(
      [service('orders', [runs(2, north)], { edges: [edge('requires', 'payments')] }), service('payments', [runs(1, north)])],
      [north],
    );
    expect(at(generated(one, rule), 'spec', 'trafficPolicy')).toEqual({ loadBalancer: { simple: 'LEAST_REQUEST' } });
  });

  it.each([
    [5, 5, 1],
    [4, 5, 1],
    [3, 5, 0.84],
    [2, 5, 0.56],
    [0, 5, 0],
  ])('trap 3: of %i healthy of %i a share of %f stays in its region', (healthy, all, kept) => {
    expect(keptLocally(healthy, all)).toBeCloseTo(kept, 12);
  });

  it('trap 3: traffic spills before anything fails over, to what has to carry it', () => {
    // Three of five may be gone: 56 % stay, and of 500 requests a second 220 leave for a standby that carries 200.
    const standby = (count: number) =>
      generateManifests(
        model(
          [
            service('web', [runs(2, north)], { edges: [edge('requires', 'payments')] }),
            service('payments', [runs(5, north), runs(count, south, 'hot-standby')], {
              needs: fact(2),
              demand: { load: fact(500), capacity: fact(200) },
            }),
          ],
          [north, south],
        ),
        noOwnFiles,
      );
    expect(messages(standby(1))).toContain(
      'payments: with 3 of 5 instances down the mesh sends 220 requests a second to the standby, which carries 200. Run 2 there.',
    );
    expect(messages(standby(2))).not.toContain('the mesh sends');
  });

  it('trap 3: nothing fails over to where nothing runs', () => {
    const cold = generateManifests(
      model(
        [
          service('web', [runs(2, north)], { edges: [edge('requires', 'payments')] }),
          service('payments', [runs(3, north), runs(3, south, 'cold-standby')]),
        ],
        [north, south],
      ),
      noOwnFiles,
    );
    expect(at(parsed(cold, rule), 'spec', 'trafficPolicy', 'loadBalancer', 'localityLbSetting')).toBeUndefined();
  });

  it('trap 4: port-level settings that discard the rest', () => {
    expect(tree.files.filter((file) => file.content.includes('portLevelSettings'))).toEqual([]);
  });

  it('trap 5: a budget that blocks every drain, or two on one pod', () => {
    const budgets = tree.files.filter((file) => file.path.includes('pod-disruption-budget'));
    expect(budgets.length).toBeGreaterThan(0);
    for (const { content } of budgets) expect(content).not.toMatch(/minAvailable|maxUnavailable: 0/);
    const base = paths(tree).filter((path) => /^base\/.*pod-disruption-budget/.test(path));
    expect(new Set(base).size).toBe(base.length);
  });

  it('traps 6 and 7: a spread that is only a preference, or that deadlocks a rollout', () => {
    const spread = at(parsed(tree, 'base/orders/deployment.yaml'), ...pod, 'topologySpreadConstraints');
    expect(spread).toEqual([
      {
        maxSkew: 1,
        topologyKey: 'topology.kubernetes.io/zone',
        whenUnsatisfiable: 'DoNotSchedule',
        labelSelector: { matchLabels: { app: 'orders' } },
        matchLabelKeys: ['pod-template-hash'],
        nodeTaintsPolicy: 'Honor',
      },
      {
        maxSkew: 1,
        topologyKey: 'kubernetes.io/hostname',
        whenUnsatisfiable: 'ScheduleAnyway',
        labelSelector: { matchLabels: { app: 'orders' } },
        matchLabelKeys: ['pod-template-hash'],
        nodeTaintsPolicy: 'Honor',
      },
    ]);
    for (const file of tree.files) expect(file.content).not.toMatch(/minDomains|podAntiAffinity/);
  });

  it('trap 6: pods of a StatefulSet carry no pod-template-hash', () => {
    const text = tree.files.find((file) => file.path === 'base/ledger/stateful-set.yaml')?.content;
    expect(text).toContain('nodeTaintsPolicy: Honor');
    expect(text).not.toContain('matchLabelKeys');
  });

  it('trap 6: of the top tiers the spread over zones is a condition, not a wish', () => {
    const rules = (tier: number): unknown => {
      const placed = service('api', [runs(3, north)], { tier: fact(tier) });
      const spread = at(generated(model([placed], [north]), 'base/api/deployment.yaml'), ...pod, 'topologySpreadConstraints');
      return Array.isArray(spread) ? spread.map((each) => [at(each, 'topologyKey'), at(each, 'whenUnsatisfiable')]) : spread;
    };
    const hosts = ['kubernetes.io/hostname', 'ScheduleAnyway'];
    expect(rules(0)).toEqual([['topology.kubernetes.io/zone', 'DoNotSchedule'], hosts]);
    expect(rules(3)).toEqual([['topology.kubernetes.io/zone', 'ScheduleAnyway'], hosts]);
  });

  it('trap 8: replicas beside an autoscaler', () => {
    expect(paths(tree)).toContain('base/payments/horizontal-pod-autoscaler.yaml');
    for (const path of paths(tree).filter((one) => one.includes('payments') && one.includes('deployment'))) {
      expect(at(parsed(tree, path), 'spec', 'replicas')).toBeUndefined();
    }
  });

  it('trap 9: a liveness probe that asks what readiness asks', () => {
    const probes = service('orders', []).deployment.probes;
    const both = (path: string) =>
      model(
        [
          service('orders', [runs(2, north)], {
            deployment: {
              ...service('orders', []).deployment,
              probes: [...probes, { kind: 'liveness', path: fact(path), source: line(8) }],
            },
          }),
        ],
        [north],
      );
    const same = generateManifests(both('/ready'), noOwnFiles);
    expect(at(parsed(same, 'base/orders/deployment.yaml'), ...container, 'livenessProbe')).toBeUndefined();
    expect(messages(same)).toContain('liveness asks the same as readiness');
    const own = generateManifests(both('/live'), noOwnFiles);
    expect(at(parsed(own, 'base/orders/deployment.yaml'), ...container, 'livenessProbe', 'httpGet', 'path')).toBe('/live');
    expect(messages(own)).toBe('');
  });

  it('trap 9: a probe nobody stated', () => {
    const bare = service('orders', [runs(2, north)]);
    const none = generateManifests(model([{ ...bare, deployment: { ...bare.deployment, probes: [] } }], [north]), noOwnFiles);
    expect(at(parsed(none, 'base/orders/deployment.yaml'), ...container, 'readinessProbe')).toBeUndefined();
    expect(messages(none)).toContain('orders has no readiness probe');
  });

  it('trap 10: retries of a write', () => {
    expect(retriesOf({ writes: line(6), retries: retries(3) })).toEqual({ attempts: 0 });
    expect(retriesOf({ writes: line(6), idempotent: line(7), retries: retries(3) })).toMatchObject({ attempts: 3 });
  });

  it('trap 10: retries nobody stated are the mesh’s two, unless none are written', () => {
    expect(retriesOf({})).toEqual({ attempts: 0 });
    expect(at(parsed(tree, routes), 'spec', 'http', 1)).toMatchObject({ name: 'default', retries: { attempts: 0 } });
  });

  it('trap 10: causes a mesh of 1.24 refuses', () => {
    expect(retriesOf({ reads: line(6), retries: retries(1, ['reset-before-request']) })).toMatchObject({
      retryOn: 'connect-failure,refused-stream,unavailable,cancelled',
    });
    expect(retriesOf({ reads: line(6), retries: retries(1, ['5xx', 'reset']) })).toMatchObject({ retryOn: '5xx,reset' });
  });

  it('trap 14: an image nobody named cannot start, and is reported', () => {
    const bare = service('orders', [runs(2, north)]);
    const { image: _, ...deployment } = bare.deployment;
    const none = generateManifests(model([{ ...bare, deployment }], [north]), noOwnFiles);
    const file = none.files.find((one) => one.path === 'base/orders/deployment.yaml');
    expect(file?.content).toContain('image: image-missing.invalid/orders:missing # PLACEHOLDER');
    expect(none.problems).toEqual([
      {
        kind: 'missing',
        component: 'orders',
        message: expect.stringContaining('Write `image "REGISTRY/NAME:TAG"`'),
        source: line(10),
      },
    ]);
  });

  it('trap 14: secrets, certificates and settings are named, and never made', async () => {
    const named = generateManifests(
      await modelOf(`model m { mesh istio }
region r { zones a }
region s { zones a }
gateway edge { host "a.example"  certificate edge-tls  entry istio
  runs 2 in r  runs 2 in s as hot standby  routes "/" to web }
service web { image "x/web:1"  port http 80  runs 2 in r  runs 2 in s as hot standby  mounts secret db-password, config web }`),
      noOwnFiles,
    );
    const kinds = named.files.map((file) => /^kind: (.*)$/m.exec(file.content)?.[1]);
    expect(kinds).not.toContain('Secret');
    for (const path of ['base/edge/gateway.yaml', 'base/web/deployment.yaml']) {
      expect(named.files.find((file) => file.path === path)?.content).toMatch(/edge-tls|secretName: db-password/);
    }
  });

  it('trap 15: a volume of one zone under one instance', async () => {
    const said = async (storage: string, count: number): Promise<string> =>
      messages(
        generateManifests(
          await modelOf(`region r { zones a, b, c }
database store { image "x/store:1"  port tcp 5432  user 1000  size 1GiB  ${storage}  runs ${count} in r
  probe readiness every 5s }`),
          noOwnFiles,
        ),
      );
    expect(await said('storage zonal', 1)).toContain('store has one instance in r, and its volume lies in one of its 3 zones');
    expect(await said('storage regional', 1)).toBe('');
    expect(await said('storage zonal', 3)).toBe('');
  });

  it('trap 15: a volume that its program may not write to', async () => {
    const written = async (user: string) =>
      generateManifests(
        await modelOf(`region r { zones a, b }
database store { image "x/store:1"  port tcp 5432  ${user}  size 1GiB  storage zonal class fast  runs 2 in r }`),
        noOwnFiles,
      );
    expect(messages(await written(''))).toContain('store does not say which user it runs as');
    const stated = parsed(await written('user 999'), 'base/store/stateful-set.yaml');
    expect(at(stated, ...pod, 'securityContext')).toEqual({
      runAsNonRoot: true,
      runAsUser: 999,
      runAsGroup: 999,
      fsGroup: 999,
      fsGroupChangePolicy: 'OnRootMismatch',
      seccompProfile: { type: 'RuntimeDefault' },
    });
    expect(at(stated, 'spec', 'volumeClaimTemplates', 0, 'spec', 'storageClassName')).toBe('fast');
  });

  it('trap 16: API versions copied from blogs', () => {
    for (const { content } of tree.files)
      expect(content).not.toMatch(/apiVersion: (networking\.istio\.io\/v1(alpha3|beta1)|policy\/v1beta1|extensions)/);
  });

  it('trap 17: a TLS mode where the mesh knows better', async () => {
    const outside = generateManifests(
      await modelOf(`model m { mesh istio }
region r { zones a }
service web { image "x/web:1"  port http 80  runs 2 in r  requires pay { timeout 1s  breaker errors 5 } }
external pay { host "api.pay.example"  port 80 http }`),
      noOwnFiles,
    );
    expect(paths(outside)).toContain('base/pay/destination-rule.yaml');
    for (const { content } of [...tree.files, ...outside.files]) expect(content).not.toMatch(/ISTIO_MUTUAL|mode: DISABLE/);
  });

  it('trap 18: ownership labels in selectors', () => {
    for (const path of [
      'base/orders/deployment.yaml',
      'base/ledger/stateful-set.yaml',
      'base/orders/pod-disruption-budget.yaml',
    ]) {
      const name = path.split('/')[1];
      expect(at(parsed(tree, path), 'spec', 'selector')).toEqual({ matchLabels: { app: name } });
    }
    expect(at(parsed(tree, 'base/orders/service.yaml'), 'spec', 'selector')).toEqual({ app: 'orders' });
  });

  it('trap 19: one VirtualService per callee, routes by caller, the default last', () => {
    const callers = ['web', 'batch', 'admin'].map((name, index) =>
      service(name, [runs(2, north)], { edges: [edge('requires', 'payments', { timeout: fact(index + 0.5) })] }),
    );
    const http = at(generated(model([...callers, service('payments', [runs(2, north)])], [north]), routes), 'spec', 'http');
    expect(http).toHaveLength(4);
    expect(
      [0, 1, 2, 3].map((index) => [
        at(http, index, 'name'),
        at(http, index, 'match', 0, 'sourceLabels', 'app'),
        at(http, index, 'timeout'),
      ]),
    ).toEqual([
      ['from-admin', 'admin', '2500ms'],
      ['from-batch', 'batch', '1500ms'],
      ['from-web', 'web', '500ms'],
      ['default', undefined, undefined],
    ]);
  });

  it('a store’s standby takes no traffic that was not switched to it', () => {
    expect(
      at(parsed(tree, 'base/ledger/destination-rule.yaml'), 'spec', 'trafficPolicy', 'loadBalancer', 'localityLbSetting'),
    ).toEqual({
      enabled: true,
      distribute: [
        { from: 'cn-beijing/*', to: { 'cn-beijing/*': 100 } },
        { from: 'cn-guangzhou/*', to: { 'cn-beijing/*': 100 } },
      ],
    });
  });

  it('what is required in the same region is not looked for in another', () => {
    const caller = service('orders', [runs(2, north), runs(2, south)], {
      edges: [edge('requires', 'payments', { sameRegion: true })],
    });
    const two = generated(model([caller, service('payments', [runs(2, north), runs(2, south)])], [north, south]), rule);
    expect(at(two, 'spec', 'trafficPolicy', 'loadBalancer', 'localityLbSetting', 'distribute')).toEqual([
      { from: 'cn-beijing/*', to: { 'cn-beijing/*': 100 } },
      { from: 'cn-guangzhou/*', to: { 'cn-guangzhou/*': 100 } },
    ]);
  });

  it('a store that the mesh switches takes it', () => {
    const sessions = component('cache', 'sessions', {
      ...service('sessions', [runs(2, north), runs(2, south, 'hot-standby')]),
      kind: 'cache',
      failovers: [{ source: line(6), switch: fact({ means: 'mesh' }) }],
    });
    const tree = generateManifests(
      model([sessions, service('web', [runs(2, north)], { edges: [edge('requires', 'sessions')] })], [north, south]),
      noOwnFiles,
    );
    expect(
      at(
        parsed(tree, 'base/sessions/destination-rule.yaml'),
        'spec',
        'trafficPolicy',
        'loadBalancer',
        'localityLbSetting',
        'failover',
      ),
    ).toHaveLength(2);
  });

  it('a template that names a line would restart every pod when text moves', () => {
    const moved = shop();
    const down = generateManifests(
      {
        ...moved,
        files: [{ uri: moved.root, lineStarts: [0, ...Array.from({ length: 300 }, (_, i) => i * 50 + 1)], imports: [] }],
      },
      noOwnFiles,
    );
    for (const path of paths(tree).filter((one) => /deployment|stateful-set/.test(one) && one.startsWith('base'))) {
      expect(at(parsed(down, path), 'spec')).toEqual(at(parsed(tree, path), 'spec'));
      expect(at(parsed(down, path), 'metadata', 'annotations')).not.toEqual(at(parsed(tree, path), 'metadata', 'annotations'));
    }
  });

  it.each(['a/b', '*', ''])('a region the mesh knows by %j has no failover', (id) => {
    const odd = region('cn-odd', ['a'], { platformId: fact(id) });
    const two = generateManifests(
      model(
        [
          service('orders', [runs(2, north)], { edges: [edge('requires', 'payments')] }),
          service('payments', [runs(2, north), runs(2, odd)]),
        ],
        [north, odd],
      ),
      noOwnFiles,
    );
    expect(at(parsed(two, rule), 'spec', 'trafficPolicy', 'loadBalancer')).toEqual({ simple: 'LEAST_REQUEST' });
    expect(messages(two)).toContain('topology.kubernetes.io/region');
  });

  it('a named engine in several copies is no bare StatefulSet', () => {
    const postgres = component('database', 'db', {
      placements: [runs(3, north), runs(1, south, 'hot-standby')],
      data: { replication: [], residency: [], backups: [], engine: fact({ name: 'postgres', version: '16' }) },
    });
    const none = generateManifests(model([postgres], [north, south]), noOwnFiles);
    expect(none.files).toEqual([]);
    expect(none.problems.map((problem) => problem.kind)).toEqual(['left-out']);
    expect(messages(none)).toContain('managed by operator NAME');
  });
});
