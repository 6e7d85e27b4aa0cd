/** The patch between two objects, laid over the first by the reader of kustomizations, makes the second. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { type PlainMap, patchBetween } from '../../../language/generate/strategic-merge.js';
import { readManifests } from '../../../language/manifests/read-manifests.js';
import { strategicMerge } from '../../../language/manifests/strategic-merge.js';
import type { YamlMap } from '../../../language/manifests/yaml-tree.js';
import { plain } from '../manifests/plain-node.js';

const word = fc.constantFrom('a', 'b', 'c', 'd');
const leaf = fc.oneof(word, fc.integer({ min: 0, max: 9 }), fc.boolean());
const record = (value: fc.Arbitrary<unknown>): fc.Arbitrary<object> =>
  fc.dictionary(word, value, { maxKeys: 3, noNullPrototype: true });
const named = (more: fc.Arbitrary<object>): fc.Arbitrary<readonly object[]> =>
  fc
    .uniqueArray(fc.record({ name: word, more }), { selector: ({ name }) => name, maxLength: 3 })
    .map((list) => list.map(({ name, more: rest }) => ({ name, ...rest })));
const distinct = <T>(entry: fc.Arbitrary<T>, selector: (entry: T) => unknown): fc.Arbitrary<readonly T[]> =>
  fc.uniqueArray(entry, { selector, maxLength: 3 });
const container = fc.record(
  {
    image: word,
    env: named(fc.record({ value: word })),
    command: fc.array(word, { maxLength: 3 }),
    resources: record(record(leaf)),
  },
  { requiredKeys: [] },
);
const spec = fc.record(
  {
    replicas: fc.integer({ min: 0, max: 9 }),
    paused: fc.boolean(),
    containers: named(container),
    volumes: named(fc.record({ emptyDir: record(leaf) })),
    tolerations: fc.array(record(leaf), { maxLength: 3 }),
    topologySpreadConstraints: distinct(fc.record({ topologyKey: word, maxSkew: leaf }), ({ topologyKey }) => topologyKey),
    ports: distinct(
      fc.record({ containerPort: fc.integer({ min: 1, max: 3 }), name: word }),
      ({ containerPort }) => containerPort,
    ),
    affinity: record(record(record(leaf))),
  },
  { requiredKeys: [] },
);

const objectOf = (apiVersion: string, inner: object): PlainMap => {
  const object = { apiVersion, kind: 'Thing', metadata: { name: 'x' }, spec: inner };
  return JSON.parse(JSON.stringify(object)) as PlainMap;
};

function rootOf(value: PlainMap): YamlMap {
  const { manifests, problems } = readManifests([{ path: 'x.yaml', text: stringify(value) }]);
  expect(problems).toEqual([]);
  const [manifest] = manifests;
  if (manifest === undefined) throw new Error('nothing was read');
  return manifest.root;
}

/** Empty maps and lists are nothing, and lists of entries with names have no order. */
function settled(value: unknown): unknown {
  if (Array.isArray(value)) {
    const items = value.map(settled);
    const isNamed = value.every(
      (item) => typeof item === 'object' && item !== null && ('name' in item || 'containerPort' in item),
    );
    return items.length === 0 ? undefined : isNamed ? items.map((item) => JSON.stringify(item)).sort() : items;
  }
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value)
    .map(([key, inner]) => [key, settled(inner)] as const)
    .filter(([, inner]) => inner !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}

describe('the patch between two objects', () => {
  it.each([
    ['of Kubernetes', 'apps/v1', 'apps'],
    ['of an operator', 'example.com/v1', 'example.com'],
  ])('%s makes the one of the other', (_name, apiVersion, group) => {
    fc.assert(
      fc.property(spec, spec, (before, after) => {
        const from = objectOf(apiVersion, before);
        const to = objectOf(apiVersion, after);
        const { patch, obstacles } = patchBetween(from, to, false);
        expect(obstacles).toEqual([]);
        const { apiVersion: version = '', kind = '', metadata = {} } = to;
        const laid = strategicMerge(rootOf(from), rootOf({ apiVersion: version, kind, metadata, ...patch }), group);
        expect(settled(laid === undefined ? undefined : plain(laid))).toEqual(settled(to));
      }),
      { numRuns: 400 },
    );
  });

  it.each([
    ['topologySpreadConstraints', { topologyKey: 'zone', whenUnsatisfiable: 'DoNotSchedule' }],
    ['env', { name: 'MODE', value: '1' }],
    ['ports', { containerPort: 53 }],
  ])('cannot be made where two entries of %s are one to kustomize', (list, entry) => {
    const to = objectOf('apps/v1', { [list]: [entry, { ...entry, maxSkew: 2 }] });
    for (const from of [{ [list]: [entry] }, {}]) {
      expect(patchBetween(objectOf('apps/v1', from), to, false).obstacles).toEqual([
        `spec.${list}: two entries that nothing tells apart, of which kustomize keeps one`,
      ]);
    }
  });

  it('is nothing between the same', () => {
    fc.assert(
      fc.property(spec, (one) => {
        expect(patchBetween(objectOf('apps/v1', one), objectOf('apps/v1', one), false)).toEqual({
          patch: undefined,
          obstacles: [],
        });
      }),
      { numRuns: 100 },
    );
  });
});
