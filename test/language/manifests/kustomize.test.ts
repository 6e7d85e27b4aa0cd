/** What `kubectl kustomize` makes of the same files, field by field: each expectation follows from kustomize's own reference. */
import { describe, expect, test } from 'vitest';
import { buildKustomizations } from '../../../language/manifests/kustomize.js';
import { missingSources } from '../../../language/manifests/missing-sources.js';
import { nodeAt, textAt, textsAt, textsOf } from '../../../language/manifests/yaml-tree.js';

const api = `apiVersion: apps/v1
kind: Deployment
metadata: { name: api, labels: { team: a } }
spec:
  replicas: 1
  selector: { matchLabels: { app: api } }
  template:
    metadata: { labels: { app: api } }
    spec:
      serviceAccountName: runner
      volumes: [{ name: settings, configMap: { name: settings } }]
      containers:
        - name: api
          image: example.com/api:1
          envFrom: [{ configMapRef: { name: settings } }]
          env: [{ name: DB, value: db }, { name: KEY, valueFrom: { secretKeyRef: { name: keys, key: k } } }]
---
apiVersion: v1
kind: Service
metadata: { name: api }
spec: { selector: { app: api }, ports: [{ port: 80 }] }
---
apiVersion: v1
kind: ServiceAccount
metadata: { name: runner }
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: { name: api }
spec: { scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: api }, maxReplicas: 5 }
`;

function build(files: Readonly<Record<string, string>>) {
  const trees = buildKustomizations(Object.entries(files).map(([path, text]) => ({ path, text })));
  const objects = trees.builds.flatMap(({ manifests }) => manifests);
  return {
    ...trees,
    said: trees.problems.map(({ at, message }) => `${at.uri}:${at.line}: ${message}`),
    of: (kind: string, name?: string) => objects.find((one) => one.kind === kind && (name === undefined || one.name === name)),
    names: objects.map(({ kind, name, namespace }) => `${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`),
  };
}

describe('names', () => {
  const files = {
    'base/kustomization.yaml': 'resources: [api.yaml]\nnamePrefix: eu-\nnamespace: shop\n',
    'base/api.yaml': api,
    'prod/kustomization.yaml': `resources: [../base]
nameSuffix: -v2
configMapGenerator: [{ name: settings, literals: [A=1] }]
replicas: [{ name: api, count: 4 }]
patches: [{ target: { kind: Deployment, name: api }, patch: '[{ op: add, path: /spec/paused, value: true }]' }]
`,
  };

  test('get prefixes and suffixes, and whatever names an object follows it', () => {
    const { of, names, said } = build(files);
    expect(said).toEqual([]);
    expect(names).toEqual([
      'Deployment shop/eu-api-v2',
      'Service shop/eu-api-v2',
      'ServiceAccount shop/eu-runner-v2',
      'HorizontalPodAutoscaler shop/eu-api-v2',
      'ConfigMap settings-v2',
    ]);
    const pod = nodeAt(of('Deployment')?.root, 'spec', 'template', 'spec');
    expect(textAt(pod, 'serviceAccountName')).toBe('eu-runner-v2');
    expect(textAt(pod, 'containers', 0, 'env', 1, 'valueFrom', 'secretKeyRef', 'name')).toBe('keys');
    expect(textAt(of('HorizontalPodAutoscaler')?.root, 'spec', 'scaleTargetRef', 'name')).toBe('eu-api-v2');
    expect(textAt(of('Deployment')?.root, 'metadata', 'name')).toBe('eu-api-v2');
    expect(textAt(of('Deployment')?.root, 'metadata', 'namespace')).toBe('shop');
  });

  test('of before still name an object: in counts, in targets and in patches', () => {
    const { of } = build(files);
    expect(textAt(of('Deployment')?.root, 'spec', 'replicas')).toBe('4');
    expect(textAt(of('Deployment')?.root, 'spec', 'paused')).toBe('true');
  });

  test('of two that were called the same each keep their own followers', () => {
    const { builds } = build({
      'base/kustomization.yaml': 'resources: [api.yaml]\n',
      'base/api.yaml': api,
      'a/kustomization.yaml': 'resources: [../base]\nnamePrefix: a-\n',
      'b/kustomization.yaml': 'resources: [../base]\nnamePrefix: b-\n',
      'both/kustomization.yaml': 'resources: [../a, ../b]\ncommonAnnotations: { x: y }\n',
    });
    const scalers = builds.flatMap(({ manifests }) => manifests).filter(({ kind }) => kind === 'HorizontalPodAutoscaler');
    expect(scalers.map(({ root }) => textAt(root, 'spec', 'scaleTargetRef', 'name'))).toEqual(['a-api', 'b-api']);
  });

  test('of namespaces change with the namespace, and what is in none gets none', () => {
    const { names } = build({
      'kustomization.yaml': 'resources: [all.yaml]\nnamespace: eu\nnamePrefix: x-\n',
      'all.yaml':
        'apiVersion: v1\nkind: Namespace\nmetadata: { name: shop }\n---\napiVersion: scheduling.k8s.io/v1\nkind: PriorityClass\nmetadata: { name: high }\n',
    });
    expect(names).toEqual(['Namespace eu', 'PriorityClass x-high']);
  });
});

describe('labels', () => {
  const labelled = (more: string) => build({ 'kustomization.yaml': `resources: [api.yaml]\n${more}`, 'api.yaml': api });
  const placesOf = ({ of }: ReturnType<typeof build>, label: string) => {
    const deployment = of('Deployment')?.root;
    return [
      textsAt(deployment, 'metadata', 'labels'),
      textsAt(deployment, 'spec', 'selector', 'matchLabels'),
      textsAt(deployment, 'spec', 'template', 'metadata', 'labels'),
      textsAt(of('Service')?.root, 'spec', 'selector'),
    ].map((labels) => labels.get(label));
  };

  test.each([
    ['commonLabels: { env: prod }', ['prod', 'prod', 'prod', 'prod']],
    ['labels: [{ pairs: { env: prod } }]', ['prod', undefined, undefined, undefined]],
    ['labels: [{ pairs: { env: prod }, includeTemplates: true }]', ['prod', undefined, 'prod', undefined]],
    ['labels: [{ pairs: { env: prod }, includeSelectors: true }]', ['prod', 'prod', 'prod', 'prod']],
  ])('%s', (written, expected) => {
    expect(placesOf(labelled(written), 'env')).toEqual(expected);
  });
});

test('images are told apart by their whole names', () => {
  const { of } = build({
    'kustomization.yaml':
      'resources: [api.yaml]\nimages: [{ name: api, newTag: wrong }, { name: example.com/api, newName: mirror.example.com/x/api, digest: "sha256:ab" }]\n',
    'api.yaml': api,
  });
  expect(textAt(of('Deployment')?.root, 'spec', 'template', 'spec', 'containers', 0, 'image')).toBe(
    'mirror.example.com/x/api@sha256:ab',
  );
});

describe('patches', () => {
  const patched = (patches: string, files: Readonly<Record<string, string>> = {}) =>
    build({ 'k/kustomization.yaml': `resources: [api.yaml]\n${patches}\n`, 'k/api.yaml': api, ...files });
  const replicas = ({ of }: ReturnType<typeof build>) => textAt(of('Deployment')?.root, 'spec', 'replicas');
  const operations = '- { op: replace, path: /spec/replicas, value: 7 }\n';

  test.each([
    ['operations in a file', 'patches: [{ path: p.yaml, target: { kind: Deployment } }]', operations],
    [
      'operations in JSON',
      'patches: [{ path: p.yaml, target: { kind: Deployment } }]',
      '[{"op":"replace","path":"/spec/replicas","value":7}]',
    ],
    [
      'patchesJson6902',
      'patchesJson6902: [{ path: p.yaml, target: { group: apps, version: v1, kind: Deployment, name: api } }]',
      operations,
    ],
    [
      'a merge that names its object',
      'patches: [{ path: p.yaml }]',
      'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: api }\nspec: { replicas: 7 }\n',
    ],
    [
      'a merge for a target',
      'patches: [{ path: p.yaml, target: { labelSelector: "team in (a, b),!gone" } }]',
      'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: any }\nspec: { replicas: 7 }\n',
    ],
    [
      'patchesStrategicMerge',
      'patchesStrategicMerge: [p.yaml]',
      'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: api }\nspec: { replicas: 7 }\n',
    ],
    [
      'a merge in the kustomization',
      'patches: [{ patch: "{ apiVersion: apps/v1, kind: Deployment, metadata: { name: api }, spec: { replicas: 7 } }" }]',
      '',
    ],
    ['a target by a pattern', 'patches: [{ path: p.yaml, target: { kind: Deployment, name: "(web|ap.*)" } }]', operations],
  ])('%s', (_name, patches, text) => {
    const built = patched(patches, text === '' ? {} : { 'k/p.yaml': text });
    expect(built.said).toEqual([]);
    expect(replicas(built)).toBe('7');
    expect(built.of('Deployment', 'api')).toBeDefined();
  });

  test.each([
    ['a target of another team', '{ kind: Deployment, labelSelector: "team!=a" }', 'which the kustomization does not have'],
    ['a target in another namespace', '{ kind: Deployment, namespace: eu }', 'which the kustomization does not have'],
    ['a pattern that could take for ever', '{ name: "(a*)*b" }', 'is no pattern that is followed'],
    ['a selector that is none', '{ labelSelector: "a = = b" }', 'is no selector'],
  ])('%s changes nothing and is told', (_name, target, says) => {
    const built = patched(`patches: [{ path: p.yaml, target: ${target} }]`, { 'k/p.yaml': operations });
    expect(built.said.join('\n')).toContain(says);
    expect(replicas(built)).toBe('1');
  });

  test('operations of every kind, in their order', () => {
    const { of, said } = patched('patches: [{ path: p.yaml, target: { kind: Deployment } }]', {
      'k/p.yaml': `- { op: test, path: /metadata/labels/team, value: a }
- { op: add, path: /metadata/labels/a~1b, value: c }
- { op: add, path: /spec/template/spec/containers/0/args, value: [one, three] }
- { op: add, path: /spec/template/spec/containers/0/args/1, value: two }
- { op: add, path: /spec/template/spec/containers/0/args/-, value: four }
- { op: remove, path: /spec/template/spec/containers/0/args/0 }
- { op: copy, from: /spec/replicas, path: /spec/minReadySeconds }
- { op: move, from: /metadata/labels/team, path: /metadata/labels/owner }
`,
    });
    expect(said).toEqual([]);
    const root = of('Deployment')?.root;
    expect(textsOf(nodeAt(root, 'spec', 'template', 'spec', 'containers', 0, 'args'))).toEqual(['two', 'three', 'four']);
    expect([...textsAt(root, 'metadata', 'labels')]).toEqual([
      ['a/b', 'c'],
      ['owner', 'a'],
    ]);
    expect(textAt(root, 'spec', 'minReadySeconds')).toBe('1');
  });

  test.each([
    ['{ op: replace, path: /spec/none/deeper, value: 1 }', 'There is no /spec/none/deeper'],
    ['{ op: remove, path: /spec/template/spec/containers/5 }', 'There is no /spec/template/spec/containers/5'],
    ['{ op: add, path: replicas, value: 1 }', 'names no field'],
    ['{ op: test, path: /spec/replicas, value: 2 }', 'is not what this test expects'],
    ['{ op: move, from: /nowhere, path: /spec/x }', 'There is no /nowhere'],
    ['{ op: increase, path: /spec/replicas, value: 2 }', 'is no operation'],
  ])('%s is told at its line', (operation, says) => {
    const { said, of } = patched('patches: [{ path: p.yaml, target: { kind: Deployment } }]', {
      'k/p.yaml': `# one\n- ${operation}\n`,
    });
    expect(said).toEqual([expect.stringMatching(/^k\/p\.yaml:2: /)]);
    expect(said[0]).toContain(says);
    expect(of('Deployment')?.root).toBeDefined();
  });

  test('a slip in a patch of the kustomization is told there', () => {
    const { said } = patched('patches:\n  - patch: |-\n      kind: [\n');
    expect(said[0]).toMatch(/^k\/kustomization\.yaml:4: In this patch: /);
  });
});

test('a component works on what took it, before the kustomization that took it changes anything', () => {
  const { of, names, said } = build({
    'base/kustomization.yaml': 'resources: [api.yaml]\n',
    'base/api.yaml': api,
    'parts/cache/kustomization.yaml':
      'apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\nresources: [cache.yaml]\npatches: [{ path: uses.yaml }]\nconfigMapGenerator: [{ name: settings, behavior: merge, literals: [CACHE=cache:11211] }]\n',
    'parts/cache/cache.yaml': 'apiVersion: v1\nkind: Service\nmetadata: { name: cache }\nspec: { ports: [{ port: 11211 }] }\n',
    'parts/cache/uses.yaml':
      'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: api }\nspec: { replicas: 3, template: { spec: { containers: [{ name: api, env: [{ name: CACHE, value: "cache:11211" }] }] } } }\n',
    'prod/kustomization.yaml':
      'resources: [../base]\ncomponents: [../parts/cache]\nconfigMapGenerator: [{ name: settings, literals: [A=1] }]\nreplicas: [{ name: api, count: 9 }]\nnamePrefix: p-\n',
  });
  expect(said).toEqual([]);
  expect(names).toContain('Service p-cache');
  expect(textAt(of('Deployment')?.root, 'spec', 'replicas')).toBe('9');
  expect([...textsAt(of('ConfigMap', 'p-settings')?.root, 'data')]).toEqual([
    ['A', '1'],
    ['CACHE', 'cache:11211'],
  ]);
  const container = nodeAt(of('Deployment')?.root, 'spec', 'template', 'spec', 'containers', 0);
  expect(textAt(container, 'envFrom', 0, 'configMapRef', 'name')).toBe('p-settings');
  expect(textAt(container, 'env', 0, 'value')).toBe('cache:11211');
});

describe('config maps', () => {
  const files = {
    'k/kustomization.yaml': `resources: [api.yaml]
configMapGenerator:
  - name: settings
    files: [app.conf, main.conf=conf/other.conf, gone.conf]
    envs: [app.env]
    literals: ['QUOTED="http://a:1"']
`,
    'k/api.yaml': api,
  };

  test('are made of literals, files and files of variables', () => {
    const { of, said, loose } = build({
      ...files,
      'k/app.conf': 'upstream a;\n',
      'k/conf/other.conf': 'kind: text that is no manifest\n',
      'k/app.env': '# addresses\nDB_HOST=db\n\nEMPTY=\nno variable\n',
    });
    expect(said).toEqual(['k/kustomization.yaml:4: There is no gone.conf here, so nothing of it is in the config map.']);
    expect(loose).toEqual([]);
    const data = nodeAt(of('ConfigMap')?.root, 'data');
    expect([...textsAt(data)]).toEqual([
      ['app.conf', 'upstream a;\n'],
      ['main.conf', 'kind: text that is no manifest\n'],
      ['DB_HOST', 'db'],
      ['EMPTY', ''],
      ['QUOTED', 'http://a:1'],
    ]);
    expect(nodeAt(data, 'DB_HOST')?.at).toMatchObject({ uri: 'k/app.env', line: 2, start: 12, end: 22 });
  });

  test('of files that are no manifests: whoever reads files is told which', () => {
    const given = Object.entries(files).map(([path, text]) => ({ path, text }));
    expect(missingSources(given)).toEqual(
      ['app.conf', 'conf/other.conf', 'gone.conf', 'app.env'].map((written) => ({ beside: 'k/kustomization.yaml', written })),
    );
    expect(missingSources([...given, { path: './k/app.env', text: '' }])).toHaveLength(3);
  });
});
