import { describe, expect, test } from 'vitest';
import { workload } from './fixtures.js';
import { type Imported, imported } from './imported-model.js';

const asked = (result: Imported): string => result.questions.map(({ text }) => text).join('\n');

describe('folders of regions', () => {
  test.each([
    ['a cloud names them', 'k8s/eu-west-1', 'k8s/us-east-1', ['eu-west-1', 'us-east-1']],
    ['a cloud names them otherwise', 'europe-west4', 'us-central1', ['europe-west4', 'us-central1']],
    ['they lie below clusters', 'clusters/north/apps', 'clusters/south/apps', ['north', 'south']],
  ])('where %s', async (_, first, second, regions) => {
    const result = await imported({
      [`${first}/api.yaml`]: workload('api', { spec: 'replicas: 4' }),
      [`${second}/api.yaml`]: workload('api', { spec: 'replicas: 2' }),
    });
    expect(result.errors).toEqual([]);
    expect(result.model.regions.map(({ name }) => name)).toEqual(regions);
    expect(result.formatted).toMatch(new RegExp(`runs 4 in ${regions[0]}\\n {2}runs 2 in ${regions[1]}`));
  });

  test('none where a workload lies outside of them: nothing says where it runs', async () => {
    const result = await imported({
      'eu-west-1/api.yaml': workload('api', { spec: 'replicas: 4' }),
      'us-east-1/api.yaml': workload('api', { spec: 'replicas: 2' }),
      'common/web.yaml': workload('web'),
    });
    expect(result.model.regions.map(({ name }) => name)).toEqual(['home']);
    expect(asked(result)).toContain('Is api one and the same at eu-west-1/api.yaml:1 and us-east-1/api.yaml:1?');
    expect(asked(result)).toContain('--region NAME=PATH');
  });

  test('environments are one system several times', async () => {
    const result = await imported({
      'clusters/staging/api.yaml': workload('api', { spec: 'replicas: 1' }),
      'clusters/prod/api.yaml': workload('api', { spec: 'replicas: 5' }),
    });
    expect(result.formatted).toContain('runs 5 in home');
    expect(asked(result)).toContain('staging is another environment');
  });
});

describe('the container that does the work', () => {
  const pod = (containers: string): string =>
    `apiVersion: apps/v1
kind: Deployment
metadata: { name: rel-shop }
spec:
  template:
    metadata: { labels: { app: shop } }
    spec:
      containers:
${containers}`;

  test.each([
    [
      'has the name of the workload',
      '{ name: other, image: "x:1", ports: [{ containerPort: 1 }] }',
      '{ name: rel-shop, image: "shop:1" }',
    ],
    ['has the end of its name, as of a release of Helm', '{ name: helper, image: "x:1" }', '{ name: shop, image: "shop:1" }'],
    ['is no sidecar', '{ name: fluent-bit, image: "x:1" }', '{ name: main, image: "shop:1" }'],
    [
      'has ports, where others have none',
      '{ name: helper, image: "x:1" }',
      '{ name: main, image: "shop:1", ports: [{ containerPort: 80 }] }',
    ],
  ])('%s', async (_, first, second) => {
    const result = await imported({ 'a.yaml': pod(`        - ${first}\n        - ${second}\n`) });
    expect(result.formatted).toContain('image "shop:1"');
  });
});

test('what Helm runs to test a release is no part of the system', async () => {
  const result = await imported({
    'a.yaml': `${workload('api')}apiVersion: v1
kind: Pod
metadata: { name: api-test, annotations: { helm.sh/hook: test } }
spec: { containers: [{ name: wget, image: "busybox:1" }] }
`,
  });
  expect(result.model.components.map(({ name }) => name)).toEqual(['api']);
});

test('a DaemonSet runs as often as the cluster says', async () => {
  const agent = (status: string): string =>
    `apiVersion: apps/v1\nkind: DaemonSet\nmetadata: { name: agent }\nspec: { template: { spec: { containers: [{ name: a, image: "a:1" }] } } }\n${status}`;
  const known = await imported({ 'a.yaml': agent('status: { desiredNumberScheduled: 6 }\n') });
  expect(known.formatted).toContain('runs 6 in home');
  expect(asked(known)).not.toContain('How many nodes');
  const unknown = await imported({ 'a.yaml': agent('') });
  expect(unknown.formatted).toContain('runs 1 in home');
  expect(asked(unknown)).toContain('How many nodes are there? agent runs on each.');
});

test('versions of engines are read from images that carry them', async () => {
  const result = await imported({
    'a.yaml': [
      workload('zk', { image: 'registry.k8s.io/kubernetes-zookeeper:1.0-3.4.10' }),
      workload('kafka', { image: 'confluentinc/cp-kafka:7.5.0' }),
      workload('db', { image: 'postgres:16.2' }),
    ].join('---\n'),
  });
  // Confluent's 7.5 is Kafka 3.5.
  expect(result.formatted).toMatch(/engine kafka\n/);
  expect(result.formatted).toMatch(/coordinator zk \{\n {2}engine zookeeper\n/);
  expect(result.formatted).toContain('engine postgres "16.2"');
});

test('where hardly any call is known, it is asked who calls whom', async () => {
  const silent = await imported({ 'a.yaml': [workload('web'), workload('orders')].join('---\n') });
  expect(asked(silent)).toContain(
    'Whom do orders and web call? Nothing in their settings says: write requires NAME, or take calls from traces with --calls FILE.',
  );
  const known = await imported({
    'a.yaml': [workload('web', { container: 'env: [{ name: ORDERS_ADDR, value: "orders:80" }]' }), workload('orders')].join(
      '---\n',
    ),
  });
  expect(asked(known)).not.toContain('Whom');
});

test('charts that Argo CD and Flux install are asked for', async () => {
  const result = await imported({
    'apps.yaml': `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: cache }
spec: { source: { repoURL: https://charts.example.com, chart: redis, targetRevision: 19.0.0 } }
---
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: web }
spec: { source: { repoURL: https://git.example.com/deploy.git, path: web } }
---
apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: { name: search }
spec: { chart: { spec: { chart: opensearch } } }
`,
    'web.yaml': workload('web'),
  });
  expect(asked(result)).toContain('What do cache and search run? Their charts are not rendered here');
});

test('parts in several namespaces: a model names one', async () => {
  const other = workload('jobs').replaceAll('namespace: shop', 'namespace: batch');
  const several = await imported({ 'a.yaml': [workload('web'), other].join('---\n') });
  expect(asked(several)).toContain('Parts of it are in batch and shop, and a model names one');
  const one = await imported({ 'a.yaml': workload('web') });
  expect(asked(one)).not.toContain('namespace');
});
