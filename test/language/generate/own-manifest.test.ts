/** Components with `manifest "PATH"`: the user's YAML is the base, DRML lays over it what follows from the model, and tells what contradicts. */
import { describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { type GeneratedTree, generateManifests, type OwnFile, ownManifestFiles } from '../../../language/generate/index.js';
import type { Model } from '../../../language/model/model.js';
import { parseFiles } from '../model-of.js';
import { everyPath, replaced, wrongValues } from './every-path.js';
import { complaints, validationTimeout } from './strict-validation.js';
import { at, parsed, paths, pod } from './tree-reader.js';

const model = `model shop { namespace shop }
region north { zones a, b, c }
region south { zones x, y, z }
service orders tier 0 {
  manifest "./k8s/orders.yaml"
  image "registry.example.com/orders:2.0.0"
  port http 8080
  probe readiness "/ready" every 5s
  cpu 0.5
  grace 40s
  runs 3 in north
  runs 2 in south
}
service web { image "registry.example.com/web:1" port http 80 runs 2 in north requires orders }
`;

const yaml = `# Written by hand.
apiVersion: apps/v1
kind: Deployment
metadata:
  name: orders
spec:
  replicas: 3
  selector: { matchLabels: { app: orders } }
  template:
    metadata: { labels: { app: orders } }
    spec:
      terminationGracePeriodSeconds: 40
      containers:
        - name: main
          image: registry.example.com/orders:2.0.0
          env: [{ name: MODE, value: "1" }]
          ports: [{ name: web, containerPort: 8080 }]
          readinessProbe: { httpGet: { path: /ready, port: web }, periodSeconds: 5 }
          resources: { requests: { cpu: 500m } }
          securityContext: { runAsUser: 7 }
`;

const budget = (name: string, spec: string): string => `---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: { name: ${name} }
spec: { ${spec}, selector: { matchLabels: { app: orders } } }
`;

async function modelFrom(text: string): Promise<Model> {
  return (await parseFiles({ 'shop.drml': text })).model;
}

async function generated(own: OwnFile | undefined, text: string = model): Promise<GeneratedTree> {
  const read = await modelFrom(text);
  const files = new Map<string, OwnFile>();
  for (const { uri } of ownManifestFiles(read)) if (uri !== undefined && own !== undefined) files.set(uri, own);
  return generateManifests(read, files);
}

const about = (tree: GeneratedTree, kind: string): readonly string[] =>
  tree.problems.filter((problem) => problem.kind === kind && problem.component === 'orders').map(({ message }) => message);

const patchPath = 'base/orders/own-manifest-patch.yaml';

describe("a component's own manifest", () => {
  it('stays the base as it is, and no other workload is written', async () => {
    const tree = await generated({ text: yaml });
    const copy = tree.files.find(({ path }) => path === 'base/orders/own-manifest.yaml');
    expect(copy?.content).toBe(`# Copied by DRML from ./k8s/orders.yaml. Change it there.\n${yaml}`);
    expect(paths(tree).filter((path) => path.startsWith('base/orders/'))).toEqual([
      'base/orders/kustomization.yaml',
      patchPath,
      'base/orders/own-manifest.yaml',
      'base/orders/pod-disruption-budget.yaml',
      'base/orders/service.yaml',
    ]);
    expect(parsed(tree, 'base/orders/kustomization.yaml')).toMatchObject({
      namespace: 'shop',
      resources: ['own-manifest.yaml', 'pod-disruption-budget.yaml', 'service.yaml'],
      patches: [{ path: 'own-manifest-patch.yaml', target: { group: 'apps', kind: 'Deployment', name: 'orders' } }],
    });
    expect(about(tree, 'contradiction')).toEqual([]);
    expect(about(tree, 'missing')).toEqual([]);
  });

  it('gets what follows from the model laid over it, and nothing else', async () => {
    const patch = parsed(await generated({ text: yaml }), patchPath);
    expect(Object.keys(at(patch, ...pod) as object).sort()).toEqual([
      'containers',
      'priorityClassName',
      'terminationGracePeriodSeconds',
      'topologySpreadConstraints',
    ]);
    expect(at(patch, ...pod, 'containers')).toEqual([
      {
        name: 'main',
        image: 'registry.example.com/orders:2.0.0',
        readinessProbe: { httpGet: { path: '/ready', port: 8080 }, periodSeconds: 5 },
        resources: { requests: { cpu: '500m' } },
      },
    ]);
    expect(at(patch, 'metadata', 'labels')).toEqual({ app: 'orders', 'drml.dev/model': 'shop', 'drml.dev/tier': '0' });
  });

  it('gets no more than its place where the model states no more', async () => {
    const bare = model.replace(/ {2}(image|probe|cpu|grace).*\n/g, '').replace(' tier 0', '');
    const tree = await generated({ text: yaml }, bare);
    expect(Object.keys(at(parsed(tree, patchPath), ...pod) as object)).toEqual(['topologySpreadConstraints']);
    expect(tree.files.map(({ content }) => content).join('')).not.toContain('PLACEHOLDER');
    expect(about(tree, 'missing')).toEqual([]);
  });

  it('runs as many instances in each cluster as the model says', async () => {
    const tree = await generated({ text: yaml });
    const replicas = (region: string): unknown =>
      at(parsed(tree, `overlays/${region}/default/patches/orders.deployment.yaml`), 'spec', 'replicas');
    expect([replicas('north'), replicas('south')]).toEqual([3, 2]);
  });

  it('is reached by the number of its port, whatever it calls the port', async () => {
    expect(at(parsed(await generated({ text: yaml }), 'base/orders/service.yaml'), 'spec', 'ports', 0, 'targetPort')).toBe(8080);
  });

  it('keeps its own Service, budget and autoscaler: none is written beside them', async () => {
    const own = `${yaml}---
apiVersion: v1
kind: Service
metadata: { name: orders }
spec: { selector: { app: orders }, ports: [{ name: http, port: 8080 }] }
${budget('mine', 'maxUnavailable: 2')}---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: { name: mine }
spec: { scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: orders }, minReplicas: 3, maxReplicas: 9 }
`;
    const tree = await generated({ text: own });
    expect(paths(tree).filter((path) => path.includes('orders') && !path.endsWith('kustomization.yaml'))).toEqual([
      patchPath,
      'base/orders/own-manifest.yaml',
      'overlays/north/default/patches/orders.deployment.yaml',
      'overlays/south/default/patches/orders.deployment.yaml',
    ]);
    // The autoscaler says how many run.
    const patch = parsed(tree, 'overlays/north/default/patches/orders.deployment.yaml');
    expect(at(patch, 'spec', 'replicas')).toBeUndefined();
  });

  it('builds and is valid', async () => expect(complaints([await generated({ text: yaml })])).toBe(''), validationTimeout);
});

describe('a contradiction', () => {
  it.each<[string, (text: string) => string, readonly [field: string, ours: string, line: number, statement: RegExp]]>([
    [
      'in the image',
      (text) => text.replace(':2.0.0', ':1.0.0'),
      ['spec.template.spec.containers.main.image', 'registry.example.com/orders:2.0.0', 15, /^image /],
    ],
    [
      'in the number of instances',
      (text) => text.replace('replicas: 3', 'replicas: 1'),
      ['spec.replicas', '3 or 2', 7, /^runs 3/],
    ],
    [
      'in the path of a probe',
      (text) => text.replace('path: /ready', 'path: /health'),
      ['spec.template.spec.containers.main.readinessProbe.httpGet.path', '/ready', 18, /^probe /],
    ],
    [
      'in the port of a probe',
      (text) => text.replace('containerPort: 8080', 'containerPort: 9090'),
      ['spec.template.spec.containers.main.readinessProbe.httpGet.port', '8080', 18, /^probe /],
    ],
    [
      'in the interval of a probe',
      (text) => text.replace('periodSeconds: 5', 'periodSeconds: 30'),
      ['spec.template.spec.containers.main.readinessProbe.periodSeconds', '5', 18, /^probe /],
    ],
    [
      'in a request',
      (text) => text.replace('cpu: 500m', 'cpu: "2"'),
      ['spec.template.spec.containers.main.resources.requests.cpu', '500m', 19, /^cpu /],
    ],
    [
      'in the grace',
      (text) => text.replace('Seconds: 40', 'Seconds: 10'),
      ['spec.template.spec.terminationGracePeriodSeconds', '40', 12, /^grace /],
    ],
    ['in a budget', (text) => text + budget('mine', 'maxUnavailable: 1'), ['spec.maxUnavailable', '2', 25, /^runs 3|^orders/]],
  ])('%s is told at both lines', async (_name, edit, [field, ours, line, statement]) => {
    const text = edit(yaml);
    const tree = await generated({ text });
    const [problem, ...others] = tree.problems.filter(({ kind }) => kind === 'contradiction');
    expect(others).toEqual([]);
    expect(problem?.message).toContain(`orders: ${field} is ${ours} by the model, and `);
    expect(problem?.message).toContain(`in ./k8s/orders.yaml:${line};`);
    expect(model.slice(problem?.source.start)).toMatch(statement);
    expect(text.slice(0, problem?.other?.start).split('\n').length).toBe(line);
    expect(problem?.other?.uri).toMatch(/\/k8s\/orders\.yaml$/);
  });

  it.each<[string, (text: string) => string]>([
    ['the number of another cluster', (text) => text.replace('replicas: 3', 'replicas: 2')],
    ['no number', (text) => text.replace('  replicas: 3\n', '')],
    ['the same request otherwise written', (text) => text.replace('cpu: 500m', 'cpu: "0.5"')],
    ['a port by its number', (text) => text.replace('port: web', 'port: 8080')],
    ['no probe', (text) => text.replace(/ +readinessProbe.*\n/, '')],
    ['other line endings', (text) => text.replace(/\n/g, '\r\n')],
  ])('%s is none', async (_name, edit) => {
    expect(about(await generated({ text: edit(yaml) }), 'contradiction')).toEqual([]);
  });
});

describe('what cannot be a base is told, and nothing is invented', () => {
  it.each<[string, OwnFile | undefined, RegExp]>([
    ['no file', { problem: 'there is no such file' }, /"\.\/k8s\/orders\.yaml" cannot be read: there is no such file/],
    ['a file that nobody looked for', undefined, /"\.\/k8s\/orders\.yaml" cannot be read: nobody has looked for it here/],
    ['an unreadable file', { problem: 'the file is binary, not text' }, /cannot be read: the file is binary, not text\./],
    ['no YAML', { text: 'a: [\n' }, /has an error in line \d/],
    ['nothing', { text: '' }, /holds no Deployment, StatefulSet, DaemonSet, Job, CronJob or Rollout called orders/],
    ['another workload', { text: yaml.replace('name: orders', 'name: other') }, /It holds Deployment other/],
    ['pods of another name', { text: yaml.replaceAll('app: orders', 'app: other') }, /labelled `app: other`/],
    [
      'a billion laughs',
      {
        text: `a: &a [x]\n${'bcdefghijk'.replace(/./g, (key, index: number) => `${key}: &${key} [${`*${'abcdefghijk'[index]},`.repeat(9)}]\n`)}`,
      },
      /has an error|holds no/,
    ],
    ['far too much', { text: `${yaml}#${'x'.repeat(2_000_000)}` }, /too long/],
    ['a template that is not rendered', { text: yaml.replace('name: orders', 'name: {{ .Values.name }}') }, /Helm/],
  ])('%s', async (_name, own, said) => {
    const tree = await generated(own);
    expect(about(tree, 'missing').join('\n')).toMatch(said);
    expect(paths(tree).filter((path) => path.includes('/orders'))).toEqual([]);
    expect(paths(tree)).toContain('base/web/deployment.yaml');
  });

  it('wrong types at every place stop nothing', async () => {
    const read = await modelFrom(model);
    const [uri = ''] = ownManifestFiles(read).flatMap((file) => file.uri ?? []);
    const whole = parse(yaml) as object;
    const texts = everyPath(whole).flatMap((path) => wrongValues.map((wrong) => stringify(replaced(whole, path, wrong))));
    expect(texts.length).toBeGreaterThan(200);
    for (const text of texts) {
      const tree = generateManifests(read, new Map([[uri, { text }]]), (path) => path.startsWith('base/'));
      const written = paths(tree).includes(patchPath);
      const told = tree.problems.some(({ kind, component }) => kind === 'missing' && component === 'orders');
      expect(written || told, text).toBe(true);
    }
  });

  it('names the container that it did not find', async () => {
    const two = yaml.replace('      containers:\n', '      containers:\n        - { name: proxy, image: "proxy:1" }\n');
    const tree = await generated({ text: two });
    expect(about(tree, 'missing').join('\n')).toContain('no container in "./k8s/orders.yaml" is called orders');
    expect(at(parsed(tree, patchPath), ...pod, 'containers')).toBeUndefined();
  });

  it.each([
    '/etc/passwd',
    '../../../../../../etc/passwd',
    'file:///etc/x.yaml',
    '..\\x.yaml',
    'https://example.com/x.yaml',
    './orders.txt',
    '',
  ])('reads nothing at %j', async (path) => {
    const read = await modelFrom(model.replace('./k8s/orders.yaml', path.replaceAll('\\', '\\\\')));
    expect(ownManifestFiles(read).flatMap(({ uri }) => uri ?? [])).toEqual([]);
  });
});
