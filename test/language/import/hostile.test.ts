/** Whatever the YAML: import says what is wrong with its place, imports the rest, and ends. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { importManifests } from '../../../language/import/import-manifests.js';
import { workload } from './fixtures.js';
import { imported } from './imported-model.js';

const laughs = `a: &a [x, x, x, x, x, x, x, x, x, x]\n${[...'bcdefghi'].map((letter, index) => `${letter}: &${letter} [${Array(10).fill(`*${'abcdefgh'[index]}`).join(', ')}]`).join('\n')}\n`;

/** What is wrong, with the line it is on. */
const hostile: readonly (readonly [name: string, text: string, line: number, says: RegExp])[] = [
  // Line 4 stands for ten values, line 8 for 100,000: the million is passed on line 9.
  ['billion laughs', `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\n${laughs}`, 9, /more than 1000000 values/],
  ['an alias to nothing', 'apiVersion: v1\nkind: Service\nmetadata: { name: *nobody }\n', 3, /nobody/],
  [
    'wrong types everywhere',
    'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: a }\nspec: { replicas: many, template: [1, 2] }\n',
    4,
    /takes a/,
  ],
  ['custom tags', 'apiVersion: v1\nkind: Secret\nmetadata: { name: !vault a }\n', 3, /tag/i],
  ['duplicate keys', 'apiVersion: v1\nkind: Service\nkind: Pod\nmetadata: { name: a }\n', 3, /twice|already|again/i],
  ['tabs', 'apiVersion: v1\nkind: Service\nmetadata:\n\tname: a\n', 4, /tab/i],
  ['a template of Helm', 'apiVersion: v1\nkind: Service\nmetadata: { name: {{ .Values.name }} }\n', 3, /Helm/],
  ['binary', 'apiVersion: \0v1', 1, /binary/],
  ['no end of a text', 'apiVersion: v1\nkind: "Service\n', 2, /./],
];

describe('hostile files', () => {
  test.each(hostile)('%s', async (_, text, line, says) => {
    const result = await imported({ 'bad.yaml': text, 'good.yaml': workload('good') });
    expect(result.problems.map(({ message }) => message).join('\n')).toMatch(says);
    expect(result.problems.map(({ at }) => `${at.uri}:${at.line}`)).toContain(`bad.yaml:${line}`);
    expect(result.problems.every(({ at }) => at.uri === 'bad.yaml')).toBe(true);
    expect(result.errors).toEqual([]);
    expect(result.model.components.map(({ name }) => name)).toContain('good');
  });

  test('fifty megabytes are refused at once, and the rest is imported', async () => {
    const result = await imported({
      'big.yaml': `kind: ConfigMap\ndata: ${'x'.repeat(50_000_000)}\n`,
      'good.yaml': workload('good'),
    });
    expect(result.problems.map(({ message }) => message).join()).toMatch(/million letters/);
    expect(result.model.components.map(({ name }) => name)).toEqual(['good']);
  });

  test('kustomizations in a circle, and of what is not there', async () => {
    const result = await imported({
      'a/kustomization.yaml': 'resources: [../b, gone.yaml, "https://example.com/x//y?ref=1"]\n',
      'b/kustomization.yaml': 'resources: [../a]\n',
      'c/kustomization.yaml':
        'namePrefix: x-\nreplacements: [{ path: r.yaml }]\nresources: [../a, api.yaml]\npatches: [{ path: none.yaml }, { patch: "[{op: add, path: /spec/replicas, value: 3}]", target: { kind: Deployment, name: api } }]\n',
      'c/api.yaml': workload('api'),
    });
    const said = result.problems.map(({ message }) => message).join('\n');
    expect(said).toMatch(/circle/);
    expect(said).toMatch(/replacements is not followed/);
    expect(said).toMatch(/There is no gone\.yaml/);
    expect(said).toMatch(/is not fetched/);
    expect(said).toMatch(/no none\.yaml/);
    expect(result.model.components.find(({ name }) => name === 'x-api')?.placements[0]?.count.value).toBe(3);
  });

  test('kustomizations that double on every level are cut', async () => {
    const files: Record<string, string> = { 'l0/kustomization.yaml': 'resources: [api.yaml]\n', 'l0/api.yaml': workload('api') };
    for (let level = 1; level < 40; level += 1)
      files[`l${level}/kustomization.yaml`] = `resources: [../l${level - 1}, ../l${level - 1}]\nnamePrefix: p${level}-\n`;
    const result = await imported(files);
    expect(result.errors).toEqual([]);
    expect(result.problems.map(({ message }) => message).join('\n')).toMatch(/name each other too often/);
  });

  test.each([
    [
      'nothing of the right type',
      'resources: 7\npatches: {}\nimages: [1, { name: 2 }]\nreplicas: x\nlabels: [{ pairs: [] }, 5]\ncommonLabels: 3\nnamespace: []\nnamePrefix: {}\nconfigMapGenerator: [3, { name: [] }, { name: a, files: {}, literals: [1, "=", "a"], envs: [[]] }]\n',
      'k/kustomization.yaml',
    ],
    [
      'patches of no object',
      'resources: [a.yaml]\npatches: [{ patch: "- 1\\n- { op: [] }" }, { patch: "[[" }, { patch: "7", target: { name: "((((" } }, { path: a.yaml, target: [] }]\n',
      'k/kustomization.yaml',
    ],
    [
      'operations on anything',
      'resources: [a.yaml]\npatches: [{ target: { kind: Deployment }, patch: "- { op: add, path: /spec/template/spec/containers/-, value: null }\\n- { op: replace, path: /metadata, value: 7 }\\n- { op: move, from: /spec, path: /spec/template/x }\\n- { op: remove, path: /kind }\\n- { op: add, path: \'\', value: 3 }" }]\n',
      'k/kustomization.yaml',
    ],
  ])('a kustomization with %s', async (_name, text, path) => {
    const result = await imported({ [path]: text, 'k/a.yaml': workload('a'), 'good.yaml': workload('good') });
    expect(result.errors).toEqual([]);
    expect(result.problems.every(({ at }) => at.uri.startsWith('k/') && at.line >= 1)).toBe(true);
    expect(result.formatted).toMatch(/service (good|a) \{/);
  });

  test('names and texts end no comment and no string', async () => {
    const evil = '"}\\n region x {} // \\u2028 journey y { requires z }';
    const result = await imported({
      'evil\n region q { }.yaml':
        workload('evil', {
          image: JSON.stringify(evil),
          container: `env: [{ name: "A_ADDR\\nregion w { }", value: "other:80" }]`,
        }) + workload('other'),
    });
    expect(result.errors).toEqual([]);
    expect(result.model.regions.map(({ name }) => name)).toEqual(['home']);
  });
});

/** Pieces of manifests that are put together in any way. */
const pieces = fc.constantFrom(
  'kind: Deployment',
  'kind: Service',
  'kind: Ingress',
  'kind: Gateway',
  'kind: VirtualService',
  'kind: Schedule',
  'kind: Kustomization',
  'kind: Node',
  'apiVersion: apps/v1',
  'apiVersion: networking.istio.io/v1',
  'apiVersion: velero.io/v1',
  'metadata: { name: a, namespace: b }',
  'metadata: { name: "" }',
  'metadata: []',
  'spec: { replicas: -1 }',
  'spec: { selector: { app: a }, ports: [{ port: 99999 }, 7, { port: x }] }',
  'spec: []',
  'spec: { template: { metadata: { labels: { app: a } }, spec: { containers: [null, 1, { name: a, image: 7, env: 3, resources: [] }] } } }',
  'spec: { http: [{ match: [{}], route: [{ destination: { host: a } }], timeout: 5, retries: { attempts: x } }], hosts: [1], gateways: [2] }',
  'resources: [a.yaml, ., ..]',
  'patches: [1, { patch: "x" }]',
  '---',
  '- a',
  '  b: {',
  '"',
  '*a',
  '&a a: *a',
);

test('any pieces put together are imported to a model without errors', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(pieces, fc.boolean()), { maxLength: 25 }),
      fc.boolean(),
      async (drawn, isKustomization) => {
        const text = drawn.map(([piece, starts]) => (starts ? `---\n${piece}` : piece)).join('\n');
        const files = { [isKustomization ? 'k/kustomization.yaml' : 'a.yaml']: text, 'k/a.yaml': `${workload('a')}${text}` };
        const result = await imported(files);
        expect(result.errors, text).toEqual([]);
        const lengths = new Map(Object.entries(files).map(([path, content]) => [path, content.length]));
        for (const { at } of result.problems) expect(at.end, text).toBeLessThanOrEqual(lengths.get(at.uri) ?? -1);
        expect(importManifests(Object.entries(files).map(([path, content]) => ({ path, text: content }))).text).toBe(result.text);
      },
    ),
    { numRuns: 300 },
  );
});
