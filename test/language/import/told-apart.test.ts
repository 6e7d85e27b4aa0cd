/** What shares a name, a Service or labels, and is not the same. */
import { expect, test } from 'vitest';
import { workload } from './fixtures.js';
import { imported } from './imported-model.js';

const inNamespace = (text: string, namespace: string) => text.replaceAll('namespace: shop', `namespace: ${namespace}`);

test('components of one name in two namespaces are both kept, each under its own namespace, and call their own neighbours', async () => {
  const api = (target: string) =>
    workload('api', { container: `env: [{ name: DB_HOST, value: db }, { name: PEER_URL, value: "${target}" }]` });
  const result = await imported({
    'all.yaml': [
      inNamespace(api('http://api.billing.svc:8080'), 'orders'),
      inNamespace(workload('db', { image: 'postgres:16' }), 'orders'),
      inNamespace(api('http://audit:8080'), 'billing'),
      inNamespace(workload('db', { image: 'mysql:8' }), 'billing'),
      inNamespace(workload('audit'), 'billing'),
    ].join('---\n'),
  });
  expect(result.errors).toEqual([]);
  const edges = result.model.components.flatMap(({ name, edges: own }) =>
    own.map(({ targets }) => `${name} > ${targets.map((target) => target.name).join()}`),
  );
  expect(edges.sort()).toEqual([
    'billing-api > audit',
    'billing-api > billing-db',
    'orders-api > billing-api',
    'orders-api > orders-db',
  ]);
  expect(result.formatted).toMatch(/database billing-db "db" \{\n {2}engine mysql/);
  expect(result.formatted).toMatch(/database orders-db "db" \{\n {2}engine postgres/);
});

test('of web and worker behind one Service, the one that listens where it leads answers', async () => {
  const labelled = (name: string, port: number) =>
    workload(name, { container: `ports: [{ name: ${name === 'web' ? 'http' : 'metrics'}, containerPort: ${port} }]` })
      .split('---\n')[0]
      ?.replace(`labels: { app: ${name} }`, `labels: { app: shop, role: ${name} }`) ?? '';
  const service = (target: string) =>
    `apiVersion: v1\nkind: Service\nmetadata: { name: shop, namespace: shop }\nspec: { selector: { app: shop }, ports: [{ port: 80, targetPort: ${target} }] }\n`;
  const caller = workload('caller', { container: 'env: [{ name: SHOP_URL, value: "http://shop" }]' });
  for (const [target, answers] of [
    ['http', 'web'],
    ['8080', 'web'],
    ['metrics', 'a-worker'],
  ] as const) {
    const { formatted, counts } = await imported({
      'all.yaml': [labelled('a-worker', 9090), labelled('web', 8080), service(target), caller].join('---\n'),
    });
    expect(formatted).toContain(`requires ${answers}  // env SHOP_URL`);
    expect(counts.components).toBe(3);
  }
});

test('a version alone is called as its Service', async () => {
  const v1 = workload('reviews-v1').replace(
    'metadata: { name: reviews-v1, namespace: shop }\nspec: { selector',
    'metadata: { name: reviews, namespace: shop }\nspec: { selector',
  );
  const { formatted } = await imported({ 'all.yaml': v1 });
  expect(formatted).toContain('// Deployment reviews-v1 (all.yaml:1)\nservice reviews {');
  const other = v1.replace('metadata: { name: reviews, namespace', 'metadata: { name: front, namespace');
  expect((await imported({ 'all.yaml': other })).formatted).toContain('service reviews-v1 {');
});

test('what repeats at no even interval says when it runs', async () => {
  const job = (schedule: string) =>
    `apiVersion: batch/v1\nkind: CronJob\nmetadata: { name: bills, namespace: shop }\nspec: { schedule: "${schedule}", jobTemplate: { spec: { template: { spec: { containers: [{ name: m, image: "a/b:1" }] } } } } }\n`;
  expect((await imported({ 'all.yaml': job('30 7 * * 1-5') })).formatted).toContain(
    '// CronJob bills (all.yaml:1): at "30 7 * * 1-5", which is no even interval\n',
  );
  expect((await imported({ 'all.yaml': job('30 7 * * *') })).formatted).toMatch(/all\.yaml:1\)\n[^}]*repeats every 1d at 07:30/);
});

test('a config map without a namespace serves pods of any', async () => {
  const { formatted } = await imported({
    'all.yaml': `${workload('api', { container: 'envFrom: [{ configMapRef: { name: env } }]' })}---\n${workload('ledger')}---\napiVersion: v1\nkind: ConfigMap\nmetadata: { name: env }\ndata: { LEDGER_URL: "http://ledger:8080" }\n`,
  });
  expect(formatted).toContain('requires ledger  // config map env, LEDGER_URL');
});

test('where it stands by, the way there is asked; and where copies lie', async () => {
  const { questions } = await imported({
    'base/kustomization.yaml': 'resources: [all.yaml]\n',
    'base/all.yaml': `${workload('api')}---\n${workload('db', { image: 'postgres:16' })}---\napiVersion: batch/v1\nkind: CronJob\nmetadata: { name: dump, namespace: shop }\nspec: { schedule: "0 1 * * *", jobTemplate: { spec: { template: { spec: { containers: [{ name: d, image: "postgres:16", command: [sh, -c, "pg_dump -h db shop | aws s3 cp - s3://copies/shop.sql"] }] } } } } }\n`,
    'overlays/eu/kustomization.yaml': 'resources: [../../base]\n',
    'overlays/us/kustomization.yaml': 'resources: [../../base]\nreplicas: [{ name: api, count: 0 }, { name: db, count: 0 }]\n',
  });
  const said = questions.map(({ text }) => text).join('\n');
  expect(said).toContain('How do calls move to api and db where they stand by?');
  expect(said).toContain('Where do the copies in copies lie? Write bucket NAME in REGION.');
});

test('ports that two Services call the same have names of their own', async () => {
  const service = (name: string, ports: string) =>
    `apiVersion: v1\nkind: Service\nmetadata: { name: ${name}, namespace: shop }\nspec: { type: LoadBalancer, selector: { app: web }, ports: [${ports}] }\n`;
  const result = await imported({
    'all.yaml': [
      workload('web'),
      service('outside', '{ name: http, port: 80, targetPort: 8080 }, { name: admin, port: 9000 }'),
      service('inside', '{ name: http, port: 81 }, { name: admin, port: 9001 }'),
    ].join('---\n'),
  });
  expect(result.errors).toEqual([]);
  for (const port of [
    'port http 8080',
    'port http-80 80 to 8080 http',
    'port admin 9000',
    'port http-81 81 http',
    'port port-9001 9001',
  ])
    expect(result.formatted).toContain(`  ${port}  // Service`);
});
