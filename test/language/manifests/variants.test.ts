import { describe, expect, it } from 'vitest';
import { applyEdits, changedText } from '../../../language/edit/apply.js';
import { checkManifests } from '../../../language/manifests/check-manifests.js';
import { manifestSets } from '../../../language/manifests/manifest-sets.js';
import { readManifests } from '../../../language/manifests/read-manifests.js';

type Texts = Readonly<Record<string, string>>;

function judged(texts: Texts) {
  const files = Object.entries(texts).map(([path, text]) => ({ path, text }));
  return checkManifests(files, readManifests(files));
}

/** `file:line CODE`, with the text at the place. */
function told(texts: Texts, code: string): readonly string[] {
  return judged(texts)
    .findings.filter((finding) => finding.code === code)
    .map(({ at }) => {
      const text = texts[at.uri] ?? '';
      const line = text.slice(0, at.start).split('\n').length;
      return `${at.uri}:${line} ${text.slice(at.start, at.end)}`;
    });
}

const deployment = (labels = 'app: orders', image = 'registry.example.com/orders:1.0.0'): string => `apiVersion: apps/v1
kind: Deployment
metadata:
  name: orders
spec:
  replicas: 3
  selector:
    matchLabels:
      ${labels}
  template:
    metadata:
      labels:
        ${labels}
    spec:
      containers:
        - name: orders
          image: ${image}
`;
const service = `apiVersion: v1
kind: Service
metadata:
  name: orders
spec:
  selector:
    app: orders
  ports:
    - port: 80
`;
const budget = `apiVersion: policy/v1
kind: PodDisruptionBudget
metadata:
  name: orders
spec:
  minAvailable: 2
  unhealthyPodEvictionPolicy: AlwaysAllow
  selector:
    matchLabels:
      app: orders
`;
const base: Texts = {
  'base/kustomization.yaml': 'resources: [deployment.yaml, service.yaml, budget.yaml]\n',
  'base/deployment.yaml': deployment(),
  'base/service.yaml': service,
  'base/budget.yaml': budget,
};

function overlay(name: string, text: string): Texts {
  return { [`${name}/kustomization.yaml`]: `resources: [../base]\n${text}` };
}

describe('an overlay is judged as it is built', () => {
  it('is well where the base is', () => {
    expect(told({ ...base, ...overlay('prod', '') }, 'DR073')).toEqual([]);
  });

  it('a strategic merge in its own file: the finding stands at its line', () => {
    const texts = {
      ...base,
      ...overlay('prod', 'patches:\n  - path: budget.yaml\n'),
      'prod/budget.yaml':
        'apiVersion: policy/v1\nkind: PodDisruptionBudget\nmetadata:\n  name: orders\nspec:\n  minAvailable: 3\n',
    };
    expect(told(texts, 'DR073')).toEqual(['prod/budget.yaml:6 minAvailable: 3']);
  });

  it('operations in their own file: the finding stands at theirs', () => {
    const texts = {
      ...base,
      ...overlay('prod', 'patches:\n  - path: ops.yaml\n    target: { kind: Deployment }\n'),
      'prod/ops.yaml':
        '- op: replace\n  path: /spec/template/spec/containers/0/image\n  value: registry.example.com/orders:latest\n',
    };
    expect(told(texts, 'DR088')).toEqual(['prod/ops.yaml:3 registry.example.com/orders:latest']);
  });

  it('operations in the kustomization: the finding stands at the line within it', () => {
    const text =
      'patches:\n  - target: { kind: Deployment, name: orders }\n    patch: |-\n      - op: replace\n        path: /spec/template/spec/containers/0/image\n        value: registry.example.com/orders:latest\n';
    expect(told({ ...base, ...overlay('prod', text) }, 'DR088')).toEqual([
      'prod/kustomization.yaml:7 registry.example.com/orders:latest',
    ]);
  });

  it('what it deletes is gone, and what leads there is told', () => {
    const texts = {
      ...base,
      'base/kustomization.yaml': 'resources: [deployment.yaml, service.yaml, budget.yaml, ingress.yaml]\n',
      'base/ingress.yaml':
        'apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata:\n  name: orders\nspec:\n  ingressClassName: nginx\n  defaultBackend:\n    service:\n      name: orders\n      port: { number: 80 }\n',
      'prod/other.yaml': 'apiVersion: v1\nkind: Service\nmetadata:\n  name: other\nspec:\n  ports:\n    - port: 80\n',
      'prod/kustomization.yaml':
        'resources: [../base, other.yaml]\npatches:\n  - patch: |-\n      apiVersion: v1\n      kind: Service\n      metadata:\n        name: orders\n      $patch: delete\n',
    };
    expect(told(texts, 'DR090')).toEqual(['base/ingress.yaml:9 name: orders']);
  });

  it('images and counts of the kustomization hold', () => {
    const untagged = { ...base, 'base/deployment.yaml': deployment('app: orders', 'registry.example.com/orders') };
    const tag = (name: string) => `images:\n  - name: registry.example.com/orders\n    newTag: ${name}\n`;
    expect(told({ ...untagged, ...overlay('prod', tag('1.2.3')) }, 'DR088')).toEqual([]);
    expect(told({ ...untagged, ...overlay('prod', tag('latest')) }, 'DR088')).toHaveLength(1);
    expect(told({ ...base, ...overlay('prod', 'replicas:\n  - name: orders\n    count: 2\n') }, 'DR073')).toEqual([
      'base/budget.yaml:6 minAvailable: 2',
    ]);
  });

  it('one of several variants that draws a finding is named, once', () => {
    const texts = {
      ...base,
      ...overlay('prod', ''),
      ...overlay('test', 'replicas:\n  - name: orders\n    count: 2\n'),
    };
    const found = judged(texts).findings.filter(({ code }) => code === 'DR073');
    expect(found).toHaveLength(1);
    expect(found[0]?.related.map(({ message, at }) => [message, at.uri])).toContainEqual([
      'This holds in test, and not in all 2 that use this file.',
      'test/kustomization.yaml',
    ]);
    // What all of them draw is told once, without names.
    const unspread = judged(texts).findings.filter(({ code }) => code === 'DR072');
    expect(unspread.map(({ related }) => related)).toEqual([[]]);
  });

  it('a fix of what a patch says changes the patch, and clears the finding', () => {
    const texts: Record<string, string> = {
      ...base,
      ...overlay('prod', 'patches:\n  - path: budget.yaml\n'),
      'prod/budget.yaml':
        'apiVersion: policy/v1\nkind: PodDisruptionBudget\nmetadata:\n  name: orders\nspec:\n  minAvailable: 3\n',
    };
    const [finding] = judged(texts).findings.filter(({ code }) => code === 'DR073');
    const changes = applyEdits(finding?.fixes[0]?.edits ?? [], (uri) => texts[uri]);
    expect(changes.map(({ uri }) => uri)).toEqual(['prod/budget.yaml']);
    texts['prod/budget.yaml'] = changedText(texts['prod/budget.yaml'] ?? '', changes);
    expect(told(texts, 'DR073')).toEqual([]);
  });
});

describe('what stands beside an overlay', () => {
  it('another application, and what no kustomization names, are there', () => {
    const texts = {
      ...base,
      ...overlay('prod', ''),
      'web/kustomization.yaml': 'resources: [web.yaml]\n',
      'web/web.yaml':
        'apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata:\n  name: web\nspec:\n  ingressClassName: nginx\n  defaultBackend:\n    service:\n      name: orders\n      port: { number: 80 }\n',
      'loose.yaml':
        'apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata:\n  name: loose\nspec:\n  ingressClassName: nginx\n  defaultBackend:\n    service:\n      name: oders\n      port: { number: 80 }\n',
    };
    expect(told(texts, 'DR090')).toEqual(['loose.yaml:9 name: oders']);
  });

  it('two variants of it are no two budgets of one pod', () => {
    const texts = {
      ...base,
      ...overlay('prod', ''),
      ...overlay('test', ''),
      'web/base/kustomization.yaml': 'resources: [web.yaml]\n',
      'web/base/web.yaml': service.replaceAll('orders', 'web'),
      'web/prod/kustomization.yaml': 'resources: [../base]\n',
      'web/test/kustomization.yaml': 'resources: [../base]\n',
    };
    expect(told(texts, 'DR073')).toEqual([]);
  });

  it('a Service without pods is one of a mesh where the workload was taken out, and a slip where its labels were changed', () => {
    const gone =
      'patches:\n  - patch: |-\n      apiVersion: apps/v1\n      kind: Deployment\n      metadata:\n        name: orders\n      $patch: delete\nresources:\n  - other.yaml\n';
    const other = deployment('app: other').replace('name: orders', 'name: other');
    const withOther = (text: string): Texts => ({
      'north/kustomization.yaml': 'resources: [../base]\n',
      'south/kustomization.yaml': text.replace('resources:\n', 'resources:\n  - ../base\n'),
      'south/other.yaml': other,
    });
    expect(told({ ...base, ...withOther(gone) }, 'DR090')).toEqual([]);
    const relabelled =
      'patches:\n  - target: { kind: Deployment, name: orders }\n    patch: |-\n      - op: replace\n        path: /spec/template/metadata/labels/app\n        value: order\nresources:\n  - other.yaml\n';
    expect(told({ ...base, ...withOther(relabelled) }, 'DR090')).toContain('base/service.yaml:6 selector');
  });
});

it('kustomizations in a circle are judged as they are written', () => {
  const texts = {
    'a/kustomization.yaml': 'resources: [../b, deployment.yaml]\n',
    'b/kustomization.yaml': 'resources: [../a]\n',
    'a/deployment.yaml': deployment('app: orders', 'registry.example.com/orders:latest'),
  };
  expect(told(texts, 'DR088')).toHaveLength(1);
});

it('a hundred applications in three stages take three sets', () => {
  const files = Array.from({ length: 100 }, (_, app) => [
    { path: `app${app}/base/kustomization.yaml`, text: 'resources: [all.yaml]\n' },
    { path: `app${app}/base/all.yaml`, text: service.replaceAll('orders', `app${app}`) },
    ...['dev', 'prod', 'test'].map((stage) => ({
      path: `app${app}/${stage}/kustomization.yaml`,
      text: 'resources: [../base]\n',
    })),
  ]).flat();
  const { sets, builds } = manifestSets(files, readManifests(files));
  expect([sets.length, builds.length]).toEqual([3, 300]);
  expect(sets.map(({ index }) => index.objects.length)).toEqual([100, 100, 100]);
});

describe('what is not at hand', () => {
  it('is told, and nothing is said to be missing', () => {
    const texts = {
      'prod/kustomization.yaml': 'resources: [../base, service.yaml, deployment.yaml]\n',
      'prod/service.yaml': service.replace('app: orders', 'app: order'),
      'prod/deployment.yaml': deployment(),
    };
    const { findings, problems } = judged(texts);
    expect(findings.filter(({ code }) => code === 'DR090')).toEqual([]);
    expect(problems.map(({ code, severity, at }) => [code, severity, at.uri])).toEqual([
      ['yaml/kustomize', 'warning', 'prod/kustomization.yaml'],
    ]);
  });
});

describe('a document that cannot be read', () => {
  const pod = (refs: string): string =>
    `apiVersion: v1\nkind: Service\nmetadata:\n  name: odd\nspec:\n  selector:\n    app: odd\n  ports:\n    - port: 80\n---\n${deployment()}          envFrom:\n${refs}---\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: common\n`;
  const ref = (name: string): string => `            - configMapRef:\n                name: ${name}\n`;
  const broken = '---\nkind: ConfigMap\n  metadata: {{\nname: [settings\n';

  it('silences what it may define, and says so there', () => {
    const { findings, problems } = judged({ 'a.yaml': `${pod(ref('settings') + ref('other'))}${broken}` });
    expect(
      findings.filter(({ code }) => code === 'DR090').map(({ message }) => /(ConfigMap|selects) \S+/.exec(message)?.[0]),
    ).toEqual(expect.arrayContaining(['selects app=odd,']));
    const [unsaid] = problems.filter(({ code }) => code === 'yaml/unread');
    expect(unsaid?.message).toContain('ConfigMap settings');
  });

  it('silences nothing of another name or kind', () => {
    const text = `${pod(ref('settings') + ref('other'))}---\nkind: Secret\nmetadata:\n  name: settings\n  labels: [a\n`;
    const { findings, problems } = judged({ 'a.yaml': text });
    expect(findings.filter(({ code, message }) => code === 'DR090' && message.includes('ConfigMap'))).toHaveLength(2);
    expect(problems.filter(({ code }) => code === 'yaml/unread')).toEqual([]);
  });
});

describe('pods of a chart that only test it', () => {
  it('draw nothing', () => {
    const text = `apiVersion: v1\nkind: Pod\nmetadata:\n  name: test\n  annotations:\n    helm.sh/hook: test\nspec:\n  restartPolicy: Never\n  containers:\n    - name: wget\n      image: busybox\n`;
    expect(judged({ 'a.yaml': text }).findings).toEqual([]);
    expect(judged({ 'a.yaml': text.replace('hook: test', 'hook: pre-install') }).findings.map(({ code }) => code)).toEqual([
      'DR083',
      'DR075',
      'DR088',
    ]);
  });
});
