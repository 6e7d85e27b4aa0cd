/** Reading YAML as Kubernetes objects: what is read, where it stands, and what is said of what is wrong. */
import { describe, expect, it } from 'vitest';
import { type Manifest, mayHoldManifests, readManifests } from '../../../language/manifests/read-manifests.js';
import { yamlLimits } from '../../../language/manifests/yaml-limits.js';
import { nodeAt, textAt, type YamlNode } from '../../../language/manifests/yaml-tree.js';

function read(text: string, limits = yamlLimits) {
  return readManifests([{ path: 'a.yaml', text }], limits);
}

/** Problems as `line:code`. */
function problems(text: string): readonly string[] {
  return read(text).problems.map(({ code, at }) => `${at.line}:${code}`);
}

function names(manifests: readonly Manifest[]): readonly string[] {
  return manifests.map(({ apiVersion, kind, namespace, name }) => `${apiVersion} ${kind} ${namespace ?? '-'}/${name}`);
}

const service = (name: string): string => `apiVersion: v1\nkind: Service\nmetadata:\n  name: ${name}\n`;

/** A tree as plain values. */
function plain(node: YamlNode | undefined): unknown {
  switch (node?.kind) {
    case 'map':
      return Object.fromEntries([...node.entries.values()].map(({ key, value }) => [key, plain(value)]));
    case 'list':
      return node.items.map(plain);
    case 'text':
    case 'number':
    case 'flag':
      return node.value;
    case 'nothing':
      return null;
    case 'template':
      return 'TEMPLATE';
    case undefined:
      return undefined;
  }
}

const specOf = (spec: string): unknown => plain(nodeAt(read(`${service('a')}spec:\n${spec}`).manifests[0]?.root, 'spec'));

describe('objects', () => {
  it('are read from several documents, with comments, empty ones, Windows line ends and a mark of byte order', () => {
    const text = `\uFEFF# first\r\n---\r\n${service('a').replaceAll('\n', '\r\n')}---\r\n---\r\n# nothing\r\n--- # third\r\n${service('b')}...\n---\n${service('c')}`;
    const { manifests, problems: found, isComplete } = read(text);
    expect(names(manifests)).toEqual(['v1 Service -/a', 'v1 Service -/b', 'v1 Service -/c']);
    expect(found).toEqual([]);
    expect(isComplete).toBe(true);
    const b = nodeAt(manifests[1]?.root, 'metadata', 'name');
    expect(text.slice(b?.at.start, b?.at.end)).toBe('b');
    expect(b?.at.line).toBe(text.slice(0, b?.at.start).split('\n').length);
  });

  it('are read from JSON, and from lists of either sort', () => {
    const deployment = { metadata: { name: 'a', namespace: 'shop' }, spec: { replicas: 2 } };
    const json = JSON.stringify({
      apiVersion: 'v1',
      kind: 'List',
      items: [
        { apiVersion: 'apps/v1', kind: 'DeploymentList', items: [deployment] },
        { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p' } },
      ],
    });
    const { manifests, problems: found } = read(json);
    expect(names(manifests)).toEqual(['apps/v1 Deployment shop/a', 'v1 Pod -/p']);
    expect(manifests[0]).toMatchObject({ group: 'apps', version: 'v1' });
    expect(found).toEqual([]);
  });

  it('may be kustomizations and objects with generated names', () => {
    const { manifests, problems: found } = read(
      'kind: Kustomization\nresources: [a.yaml]\n---\napiVersion: batch/v1\nkind: Job\nmetadata: {generateName: a-}\n',
    );
    expect(names(manifests)).toEqual([' Kustomization -/', 'batch/v1 Job -/']);
    expect(found).toEqual([]);
  });

  it('of a kustomization are told by the name of the file', () => {
    const { manifests, problems: found } = readManifests([{ path: 'base/kustomization.yaml', text: 'resources: [a.yaml]\n' }]);
    expect(names(manifests)).toEqual(['kustomize.config.k8s.io/v1beta1 Kustomization -/']);
    expect(found).toEqual([]);
    expect(mayHoldManifests('resources: []', 'base/kustomization.yaml')).toBe(true);
  });

  it('of operators may have no name, and a chart is none', () => {
    const {
      manifests,
      others,
      problems: found,
    } = read(
      'apiVersion: install.istio.io/v1alpha1\nkind: IstioOperator\nspec: {}\n---\napiVersion: v2\nname: chart\nversion: 1.0.0\n',
    );
    expect(names(manifests)).toEqual(['install.istio.io/v1alpha1 IstioOperator -/']);
    expect(others.map(({ at }) => at.line)).toEqual([5]);
    expect(found).toEqual([]);
  });

  it('are told from other YAML', () => {
    const { manifests, others, problems: found } = read('replicaCount: 2\nimage:\n  tag: a\n---\n- 1\n---\njust words\n');
    expect(manifests).toEqual([]);
    expect(others.map(({ at }) => at.line)).toEqual([1, 5, 7]);
    expect(found).toEqual([]);
    expect(mayHoldManifests('replicaCount: 2\n# kind: of\n')).toBe(false);
    expect(mayHoldManifests('a: 1\n"kind": b')).toBe(true);
    expect(mayHoldManifests('{"apiVersion": "v1"}')).toBe(true);
  });
});

describe('values', () => {
  it.each([
    ['  a: yes', { a: true }],
    ['  a: "yes"', { a: 'yes' }],
    ['  a: Off', { a: false }],
    ['  a: 0644', { a: 420 }],
    ['  a: 0x1F', { a: 31 }],
    ['  a: 1e3', { a: 1000 }],
    ['  a: 1_000', { a: 1000 }],
    ['  a: -2.5', { a: -2.5 }],
    ['  a: 500m', { a: '500m' }],
    ['  a: 12:30', { a: '12:30' }],
    ['  a: 1.2.3', { a: '1.2.3' }],
    ['  a: ~', { a: null }],
    ['  a:', { a: null }],
    ['  a: !!str 8080', { a: '8080' }],
    ['  a: |\n    x\n    y', { a: 'x\ny\n' }],
    ['  a: [1, {b: c}, "d"]', { a: [1, { b: 'c' }, 'd'] }],
    ['  on: 1\n  2: 3', { on: 1, 2: 3 }],
    ['  a: &x {p: 1}\n  b: *x', { a: { p: 1 }, b: { p: 1 } }],
    ['  a: &x {p: 1, q: 2}\n  b: {<<: *x, q: 3}', { a: { p: 1, q: 2 }, b: { q: 3, p: 1 } }],
    ['  a: &x {p: 1}\n  b: &y {q: 2}\n  c: {<<: [*x, *y]}', { a: { p: 1 }, b: { q: 2 }, c: { p: 1, q: 2 } }],
    ['  __proto__: 1', JSON.parse('{"__proto__": 1}')],
  ])('%j', (spec, value) => {
    const found = read(`${service('a')}spec:\n${spec}`);
    expect(found.problems).toEqual([]);
    expect(JSON.stringify(specOf(spec))).toBe(JSON.stringify(value));
  });
});

describe('what is wrong', () => {
  it.each<[string, string, readonly string[]]>([
    ['a tab', `${service('a')}spec:\n\ta: 1\n`, ['6:yaml/tab']],
    ['a key twice', `${service('a')}spec:\n  a: 1\n  a: 2\n`, ['7:yaml/duplicate-key']],
    ['a custom tag', `${service('a')}spec: !vault secret\n`, ['5:yaml/tag']],
    ['a tag on a map', `${service('a')}spec: !foo {a: 1}\n`, ['5:yaml/tag']],
    ['an unknown anchor', `${service('a')}spec: *x\n`, ['5:yaml/alias']],
    ['a merge of a text', `${service('a')}spec: {<<: x}\n`, ['5:yaml/alias']],
    ['an open quote', `${service('a')}spec: "x\n`, ['5:yaml/quotes']],
    ['an open bracket', `${service('a')}spec: [1, 2\n`, ['5:yaml/brackets']],
    ['a second colon', `${service('a')}spec: a: b\n`, ['5:yaml/syntax']],
    ['a reserved letter', `${service('a')}spec: @a\n`, ['5:yaml/quotes']],
    ['a bad escape', `${service('a')}spec: "\\q"\n`, ['5:yaml/quotes']],
    ['a map as a key', `${service('a')}spec:\n  ? {a: b}\n  : c\n`, ['6:yaml/syntax']],
    ['no kind', 'apiVersion: v1\nmetadata: {name: a}\n', ['1:yaml/kind']],
    ['no version', 'kind: Service\nmetadata: {name: a}\n', ['1:yaml/kind']],
    ['a kind that is a list', 'apiVersion: v1\nkind: [Service]\nmetadata: {name: a}\n', ['2:yaml/kind']],
    ['no name', 'apiVersion: v1\nkind: Service\n', ['2:yaml/name']],
    ['braces of another template language', `${service('a')}spec:\n  replicas: {{ replicas }}\n`, ['6:yaml/template']],
    ['a binary file', 'kind: \0', ['1:yaml/size']],
  ])('%s', (_name, text, expected) => {
    expect(problems(text)).toEqual(expected);
  });

  it('leaves the documents around it alone', () => {
    const { manifests, problems: found, isComplete } = read(`${service('a')}---\nkind: "\n  {[\n---\n${service('c')}`);
    expect(names(manifests)).toEqual(['v1 Service -/a', 'v1 Service -/c']);
    expect(found.length).toBeGreaterThan(0);
    expect(found.every(({ at }) => at.line >= 6 && at.line <= 8)).toBe(true);
    expect(isComplete).toBe(false);
    expect(manifests.map(({ isWhole }) => isWhole)).toEqual([true, true]);
  });

  it('is told five times for one document at most', () => {
    expect(problems(`${service('a')}spec:\n${'  a: b: c\n'.repeat(20)}`).filter((one) => one.endsWith('syntax')).length).toBe(5);
  });

  it('says so of the object that lacks something, and reads the rest of it', () => {
    const [manifest] = read(`${service('a')}spec:\n  a: 1\n  b: !x [2]\n  a: 3\n  c: 4\n`).manifests;
    expect(manifest?.isWhole).toBe(false);
    expect(plain(nodeAt(manifest?.root, 'spec'))).toEqual({ a: 3, b: [2], c: 4 });
  });
});

describe('Helm templates', () => {
  const template = `{{- if .Values.enabled }}
apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ include "shop.name" . }}-web
  labels:
    {{- include "shop.labels" . | nindent 4 }}
spec:
  replicas: {{ .Values.replicas }}
  template:
    spec:
      containers:
        - name: web
          image: "{{ .Values.image }}:{{ .Values.tag }}"
{{- end }}
`;

  it('are one problem, and what is written out is read at its place', () => {
    const { manifests, problems: found, isComplete } = read(template);
    expect(found.map(({ code, at }) => `${at.line}:${code}`)).toEqual(['1:yaml/template']);
    expect(isComplete).toBe(false);
    const root = manifests[0]?.root;
    expect(manifests[0]?.kind).toBe('Deployment');
    expect(plain(nodeAt(root, 'spec', 'replicas'))).toBe('TEMPLATE');
    const name = nodeAt(root, 'spec', 'template', 'spec', 'containers', 0, 'name');
    expect(textAt(name)).toBe('web');
    expect(template.slice(name?.at.start, name?.at.end)).toBe('web');
    expect(name?.at.line).toBe(13);
  });

  it('are not told as slips of YAML', () => {
    expect(problems(`{{- range .Values.all }}\n---\n${service('a')}spec:\n  a: {{ .b }}: c\n  {{- end }}\n d: e\n`)).toEqual([
      '1:yaml/template',
    ]);
  });

  it('are not taken for the braces of alerts', () => {
    expect(problems(`${service('a')}spec:\n  summary: "{{ $labels.pod }} is {{ if gt $value 1.0 }}down{{ end }}"\n`)).toEqual([]);
  });
});

describe('bounds', () => {
  const bomb = [
    'a: &a [x,x,x,x,x,x,x,x,x]',
    ...['b', 'c', 'd', 'e', 'f', 'g', 'h', 'i'].map(
      (name, index) => `${name}: &${name} [${Array(9).fill(`*${'abcdefgh'[index]}`).join(',')}]`,
    ),
  ];

  it('a billion laughs are cut', () => {
    const { manifests, problems: found } = read(`${service('a')}spec:\n${bomb.map((line) => `  ${line}\n`).join('')}`);
    expect(found.map(({ code }) => code)).toEqual(['yaml/size']);
    let count = 0;
    const walk = (node: YamlNode | undefined): void => {
      count++;
      if (node?.kind === 'list') for (const item of node.items) walk(item);
      if (node?.kind === 'map') for (const { value } of node.entries.values()) walk(value);
    };
    walk(manifests[0]?.root);
    expect(count).toBeLessThanOrEqual(yamlLimits.nodes + 100);
  });

  it.each([
    ['brackets', '['.repeat(200_000)],
    ['closed brackets', `${'['.repeat(5000)}${']'.repeat(5000)}`],
    ['hyphens', '- '.repeat(100_000)],
    ['a staircase', Array.from({ length: 500 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n')],
    ['braces', '{'.repeat(200_000)],
    ['open templates', '{{ .Values.a\n'.repeat(20_000)],
    [
      'anchors',
      Array.from({ length: 20_000 }, (_, index) => `a${index}: &a${index} ${index === 0 ? 1 : `*a${index - 1}`}`).join('\n'),
    ],
    ['many keys', Array.from({ length: 50_000 }, (_, index) => `k${index}: 1`).join('\n')],
    ['one key often', 'k: 1\n'.repeat(50_000)],
    ['blanks in a template', `{{${' '.repeat(300_000)}`],
    ['templates on one line', `a: ${'{{ .Values.a }}'.repeat(20_000)}`],
    ['document marks', '---\n'.repeat(100_000)],
    ['one long line', `a: ${'x'.repeat(2_000_000)}`],
    ['quotes', `a: ${'"'.repeat(100_000)}`],
    ['tabs', '\t'.repeat(100_000)],
  ])(
    '%s cost little',
    (_name, text) => {
      const before = process.cpuUsage();
      const { problems: found } = read(`kind: A\n${text}`);
      const { user, system } = process.cpuUsage(before);
      expect(found.length).toBeLessThanOrEqual(yamlLimits.problems + 1);
      expect((user + system) / 1e6).toBeLessThan(4);
    },
    60_000,
  );

  it('files, all files, objects and depth have their limits', () => {
    const at = (limits: Partial<typeof yamlLimits>) =>
      readManifests(
        [
          { path: 'a', text: `${service('a')}---\n${service('b')}` },
          { path: 'b', text: service('c') },
        ],
        { ...yamlLimits, ...limits },
      );
    expect(names(at({ fileLength: 60 }).manifests)).toEqual(['v1 Service -/c']);
    expect(names(at({ totalLength: 120 }).manifests)).toEqual(['v1 Service -/a', 'v1 Service -/b']);
    expect(names(at({ documents: 1 }).manifests)).toEqual(['v1 Service -/a']);
    expect(at({ depth: 1 }).problems.map(({ code }) => code)).toEqual([
      'yaml/depth',
      'yaml/name',
      'yaml/depth',
      'yaml/name',
      'yaml/depth',
      'yaml/name',
    ]);
    expect(at({ fileLength: 60 }).problems.map(({ at: place, code }) => `${place.uri}:${place.line} ${code}`)).toEqual([
      'a:1 yaml/size',
    ]);
  });
});
