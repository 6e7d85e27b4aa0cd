import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { tracedCallsOf } from '../../../language/import/traced-calls.js';
import { workload } from './fixtures.js';
import { type Imported, imported } from './imported-model.js';

const from = (...texts: readonly string[]): Promise<Imported> => imported({ 'deploy/all.yaml': texts.join('---\n') });

/** A component's block, without its comments. */
function block(result: Imported, name: string): string {
  const match = new RegExp(`^\\w+ ${name}[ "{][^]*?\\n\\}`, 'm').exec(result.formatted)?.[0] ?? '';
  return match.replace(/ {2}\/\/.*$/gm, '');
}

describe('calls', () => {
  test.each([
    ['REDIS_ADDR', 'redis-cart:6379'],
    ['DATABASE_URL', 'postgres://shop:secret@redis-cart.shop.svc.cluster.local:5432/shop?sslmode=disable'],
    ['CACHE_HOST', 'redis-cart'],
    ['JDBC_URL', 'jdbc:postgresql://redis-cart:5432/shop'],
    ['DSN', 'user:secret@tcp(redis-cart:3306)/shop'],
    ['BROKERS', 'other:9092,redis-cart-0.redis-cart.shop.svc:9092'],
    ['CONNECTION', 'host=redis-cart port=5432'],
    ['GRPC_TARGET', 'dns:///redis-cart:50051'],
    ['cacheHost', 'redis-cart.shop'],
  ])('%s = %s', async (name, value) => {
    const result = await from(
      workload('redis-cart', { image: 'redis:7.4.1-alpine' }),
      workload('cart', { container: `env: [{ name: ${name}, value: ${JSON.stringify(value)} }]` }),
    );
    expect(result.errors).toEqual([]);
    expect(block(result, 'cart')).toContain('requires redis-cart');
    expect(result.formatted).toContain(`// env ${name} (deploy/all.yaml:`);
  });

  test.each([
    ['MODE', 'redis-cart'],
    ['LOG_LEVEL', 'info'],
    ['HOST', '0.0.0.0:8080'],
    ['URL', 'http://localhost:8080/redis-cart'],
    ['SELF_ADDR', 'cart:8080'],
    ['DOCS', 'see redis-cart/readme'],
  ])('%s = %s is none', async (name, value) => {
    const result = await from(
      workload('redis-cart'),
      workload('cart', { container: `env: [{ name: ${name}, value: ${JSON.stringify(value)} }]` }),
    );
    expect(block(result, 'cart')).not.toContain('requires');
  });

  test('from a config map, whole or by key, and from variables that are put together', async () => {
    const result = await from(
      workload('a'),
      workload('b'),
      workload('c'),
      'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: addresses, namespace: shop }\ndata: { A_ADDR: "a:80", other: "b:80" }\n',
      workload('caller', {
        container: `envFrom: [{ configMapRef: { name: addresses } }]
env:
  - { name: B_HOST, valueFrom: { configMapKeyRef: { name: addresses, key: other } } }
  - { name: C_NAME, value: c }
  - { name: C_URL, value: "http://$(C_NAME):8080" }`,
      }),
    );
    expect(block(result, 'caller').match(/requires \w+/g)).toEqual(['requires a', 'requires b', 'requires c']);
  });

  test('what a third party runs is external, with its host', async () => {
    const result = await from(workload('pay', { container: 'env: [{ name: PSP_URL, value: "https://api.stripe.com/v1" }]' }));
    expect(result.errors).toEqual([]);
    expect(result.formatted).toMatch(
      /external api-stripe-com \{ host "api\.stripe\.com" \}|external api-stripe-com \{\n {2}host "api\.stripe\.com"/,
    );
    expect(block(result, 'pay')).toContain('requires api-stripe-com');
  });

  test('routes for a caller tell its timeout and retries; a network policy tells who calls', async () => {
    const result = await from(
      workload('callee', { spec: 'replicas: 2' }),
      workload('caller'),
      workload('guest'),
      `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: callee, namespace: shop }
spec:
  hosts: [callee.shop.svc.cluster.local]
  http:
    - match: [{ sourceLabels: { app: caller } }]
      route: [{ destination: { host: callee.shop.svc.cluster.local } }]
      timeout: 1.5s
      retries: { attempts: 2, perTryTimeout: 400ms, retryOn: "5xx,reset" }
    - route: [{ destination: { host: callee } }]
      timeout: 3s
`,
      `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: callee, namespace: shop }
spec:
  podSelector: { matchLabels: { app: callee } }
  ingress: [{ from: [{ podSelector: { matchLabels: { app: guest } } }] }]
`,
    );
    expect(result.errors).toEqual([]);
    expect(block(result, 'caller')).toContain('requires callee { timeout 1500ms  retries 2 each 400ms on "5xx", reset }');
    expect(block(result, 'guest')).toContain('requires callee { timeout 3s }');
  });
});

describe('where and how many', () => {
  test('zones and region from nodes, held pods, budgets and scalers', async () => {
    const node = (zone: string): string =>
      `apiVersion: v1\nkind: Node\nmetadata: { name: n-${zone}, labels: { topology.kubernetes.io/region: us-east1, topology.kubernetes.io/zone: ${zone} } }\n`;
    const result = await from(
      node('us-east1-b'),
      node('us-east1-c'),
      workload('api', {
        spec: 'replicas: 4',
        pod: 'affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchExpressions: [{ key: topology.kubernetes.io/zone, operator: In, values: [us-east1-c] }] }] } } }',
      }),
      'apiVersion: policy/v1\nkind: PodDisruptionBudget\nmetadata: { name: api, namespace: shop }\nspec: { minAvailable: 75%, selector: { matchLabels: { app: api } } }\n',
      'apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata: { name: api, namespace: shop }\nspec: { scaleTargetRef: { kind: Deployment, name: api }, minReplicas: 4, maxReplicas: 9, metrics: [{ type: Resource, resource: { name: cpu, target: { type: Utilization, averageUtilization: 60 } } }] }\n',
    );
    expect(result.errors).toEqual([]);
    expect(result.formatted).toContain('zone b { id "us-east1-b" }');
    expect(block(result, 'api')).toMatch(/runs 4 in us-east1 zones c\n {2}needs 3\n {2}scales to 9 at 60% cpu/);
  });

  test('overlays are regions; environments are not', async () => {
    const base = { 'k/base/kustomization.yaml': 'resources: [api.yaml]\n', 'k/base/api.yaml': workload('api') };
    const overlay = (name: string, replicas: number) => ({
      [`k/overlays/${name}/kustomization.yaml`]: `resources: [../../base]\nreplicas: [{ name: api, count: ${replicas} }]\n`,
    });
    const regions = await imported({ ...base, ...overlay('eu', 3), ...overlay('us', 2) });
    expect(block(regions, 'api')).toMatch(/runs 3 in eu\n {2}runs 2 in us/);
    const environments = await imported({ ...base, ...overlay('dev', 1), ...overlay('production', 5) });
    expect(block(environments, 'api')).toContain('runs 5 in home');
    expect(environments.questions.map(({ text }) => text).join('\n')).toContain('k/overlays/dev is another environment');
    const named = await imported(
      { 'a/api.yaml': workload('api', { spec: 'replicas: 3' }), 'b/api.yaml': workload('api', { spec: 'replicas: 0' }) },
      {
        regions: new Map([
          ['a', 'north'],
          ['b', 'south'],
        ]),
      },
    );
    expect(block(named, 'api')).toMatch(/runs 3 in north\n {2}runs 3 in south as cold standby/);
  });
});

describe('data', () => {
  test('engines, volumes and backups', async () => {
    const result = await from(
      workload('orders-db', {
        kind: 'StatefulSet',
        image: 'docker.io/bitnami/postgresql:16.2',
        port: 5432,
        spec: 'replicas: 1\nvolumeClaimTemplates: [{ metadata: { name: data }, spec: { storageClassName: fast, resources: { requests: { storage: 20Gi } } } }]',
      }),
      `apiVersion: velero.io/v1
kind: Schedule
metadata: { name: nightly, namespace: velero }
spec: { schedule: "0 2 * * *", template: { includedNamespaces: [shop], snapshotMoveData: true, ttl: 720h0m0s } }
---
apiVersion: velero.io/v1
kind: BackupStorageLocation
metadata: { name: default, namespace: velero }
spec: { provider: aws, objectStorage: { bucket: shop-backups } }
---
apiVersion: batch/v1
kind: CronJob
metadata: { name: dump, namespace: shop }
spec:
  schedule: "15 */6 * * *"
  jobTemplate: { spec: { template: { metadata: { labels: { app: dump } }, spec: { containers: [{ name: dump, image: "tools:1", command: [bash, -c], args: ["pg_dump -h orders-db shop | aws s3 cp - s3://shop-dumps/x"] }] } } } }
`,
    );
    expect(result.errors).toEqual([]);
    const text = block(result, 'orders-db');
    expect(text).toContain('engine postgres "16.2"');
    expect(text).toMatch(/size 20GiB\n {2}storage zonal class fast/);
    expect(text).toMatch(/backup nightly \{\s+full every 1d at 02:00\s+copies to shop-backups\s+keeps 30d\s+\}/);
    expect(text).toMatch(/backup dump \{\s+full every 6h at 00:15\s+copies to shop-dumps\s+\}/);
    expect(result.formatted).not.toMatch(/^job/m);
  });

  test('a store that an operator runs', async () => {
    const result = await from(
      'apiVersion: postgresql.cnpg.io/v1\nkind: Cluster\nmetadata: { name: pg, namespace: shop }\nspec: { instances: 3, storage: { size: 10Gi }, backup: { retentionPolicy: 30d, barmanObjectStore: { destinationPath: "s3://pg-copies/" } } }\n',
      'apiVersion: postgresql.cnpg.io/v1\nkind: ScheduledBackup\nmetadata: { name: daily, namespace: shop }\nspec: { schedule: "0 0 3 * * *", cluster: { name: pg } }\n',
      workload('api', { container: 'env: [{ name: DB_HOST, value: pg-rw }]' }),
    );
    expect(result.errors).toEqual([]);
    expect(block(result, 'api')).toContain('requires pg');
    expect(block(result, 'pg')).toMatch(
      /managed by operator cloudnative-pg\n {2}size 10GiB\n {2}storage zonal\n {2}runs 3 in home\n {2}replicates async within home/,
    );
    expect(block(result, 'pg')).toMatch(/full every 1d at 03:00\s+log every 5m\s+copies to pg-copies\s+keeps 30d/);
  });
});

describe('entries', () => {
  test.each([
    [
      'Ingress',
      'apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: { name: web, namespace: shop }\nspec: { tls: [{ secretName: web-tls }], rules: [{ host: shop.example.com, http: { paths: [{ path: /api, backend: { service: { name: api, port: { number: 8080 } } } }, { path: /, backend: { service: { name: pages, port: { number: 8080 } } } }] } }] }\n',
    ],
    [
      'Gateway API',
      'apiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nmetadata: { name: web, namespace: shop }\nspec: { listeners: [{ hostname: shop.example.com, tls: { certificateRefs: [{ name: web-tls }] } }] }\n---\napiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata: { name: web, namespace: shop }\nspec: { parentRefs: [{ name: web }], rules: [{ matches: [{ path: { value: /api } }], backendRefs: [{ name: api }] }, { backendRefs: [{ name: pages }] }] }\n',
    ],
    [
      'Istio',
      'apiVersion: networking.istio.io/v1\nkind: Gateway\nmetadata: { name: web, namespace: shop }\nspec: { selector: { istio: gw }, servers: [{ hosts: [shop.example.com], tls: { credentialName: web-tls } }] }\n---\napiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: { name: web, namespace: shop }\nspec: { hosts: [shop.example.com], gateways: [web], http: [{ match: [{ uri: { prefix: /api } }], route: [{ destination: { host: api } }] }, { route: [{ destination: { host: pages } }] }] }\n',
    ],
  ])('%s', async (_, entry) => {
    const result = await from(workload('api'), workload('pages'), entry);
    expect(result.errors).toEqual([]);
    expect(block(result, 'web')).toMatch(
      /host "shop\.example\.com"\n {2}certificate web-tls\n {2}routes "\/api" to api, "\/" to pages/,
    );
    expect(result.formatted).toContain('journey use-web { requires web, api, pages }');
  });
});

/** The shape of a system that many know, with facts as data: nothing of it stands in the project. */
const boutiqueFile = '../shared/data/online-boutique.json';
test.runIf(existsSync(boutiqueFile))('Online Boutique: twelve services, seventeen calls, each with its evidence', async () => {
  const data = JSON.parse(readFileSync(boutiqueFile, 'utf8')) as {
    services: {
      name: string;
      image: string;
      replicas: number;
      replicasExplicit: boolean;
      addrEnv: Record<string, string>;
      volumes: unknown[];
      resources: unknown;
      containerPorts: number[];
      services: { service: string; type: string; ports: unknown[] }[];
    }[];
    dependencies: { from: string; to: string }[];
  };
  const objects = data.services.flatMap(
    ({ name, image, replicas, replicasExplicit, addrEnv, volumes, resources, containerPorts, services }) => [
      {
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        metadata: { name },
        spec: {
          ...(replicasExplicit ? { replicas } : {}),
          selector: { matchLabels: { app: name } },
          template: {
            metadata: { labels: { app: name } },
            spec: {
              volumes,
              containers: [
                {
                  name: 'server',
                  image,
                  resources,
                  ports: containerPorts.map((containerPort) => ({ containerPort })),
                  env: Object.entries(addrEnv).map(([key, value]) => ({ name: key, value })),
                },
              ],
            },
          },
        },
      },
      ...services.map(({ service, type, ports }) => ({
        apiVersion: 'v1',
        kind: 'Service',
        metadata: { name: service },
        spec: { type, ports, selector: { app: name } },
      })),
    ],
  );
  const result = await imported({ 'boutique.yaml': objects.map((object) => JSON.stringify(object)).join('\n---\n') });
  expect(result.errors).toEqual([]);
  expect(result.problems).toEqual([]);
  const { components } = result.model;
  expect(
    components
      .filter(({ placements }) => placements.length > 0)
      .map(({ name }) => name)
      .sort(),
  ).toEqual(data.services.map(({ name }) => name).sort());
  const calls = components.flatMap((component) =>
    component.edges.flatMap((edge) => edge.targets.map((target) => `${component.name} ${target.name}`)),
  );
  expect(calls.sort()).toEqual(data.dependencies.map(({ from, to }) => `${from} ${to}`).sort());
  expect(result.formatted).toMatch(/database redis-cart \{[^}]*storage ephemeral {2}\/\/ volume redis-data is an emptyDir/);
  expect(result.formatted).toContain('external shoppingassistantservice');
  expect(result.questions.map(({ text }) => text).join('\n')).toContain('Who answers at shoppingassistantservice?');
});

describe('calls that traces have seen', () => {
  test('stand beside those that settings tell', async () => {
    const traced = tracedCallsOf(
      '{ "data": [{ "parent": "a.shop", "child": "b.shop", "callCount": 7 }, { "parent": "c", "child": "a", "callCount": 1 }, { "parent": "c", "child": "gone", "callCount": 9 }] }',
    );
    if (typeof traced === 'string') throw new Error(traced);
    const files = {
      'all.yaml': [workload('a', { container: 'env: [{ name: B_ADDR, value: "b:80" }]' }), workload('b'), workload('c')].join(
        '---\n',
      ),
    };
    const result = await imported(files, { traced });
    expect(result.formatted).toMatch(/requires b {2}\/\/ env B_ADDR \(all\.yaml:\d+\), traces, 7 calls/);
    expect(result.formatted).toContain('requires a  // traces, 1 call');
    expect(result.formatted).not.toContain('gone');
  });

  test.each([
    ['no JSON', 'data: []'],
    ['another shape', '{ "services": [] }'],
    ['an entry without names', '[{ "parent": "a" }]'],
  ])('%s is told', (_, text) => expect(tracedCallsOf(text)).toMatch(/^Expected the dependencies that Jaeger exports/));
});
