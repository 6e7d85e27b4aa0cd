/** Edits of generated files become patches: the cluster gets what the edited files would have given it. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse, parseAllDocuments, stringify } from 'yaml';
import { generateManifests, noOwnFiles } from '../../../language/generate/index.js';
import { moveEdit } from '../../../language/generate/moved-edits.js';
import { type EditChoices, planWrite, type WritePlan } from '../../../language/generate/plan.js';
import { everyPath, replaced, wrongValues } from './every-path.js';
import { shop } from './model-factory.js';

const tree = generateManifests(shop(), noOwnFiles);
const deployment = 'base/orders/deployment.yaml';
const overlayPatch = 'overlays/cn-north/default/patches/orders.deployment.yaml';
const budget = 'base/orders/pod-disruption-budget.yaml';
const rule = 'base/payments/destination-rule.yaml';

type Directory = ReadonlyMap<string, string>;

const written: Directory = new Map(tree.files.map(({ path, content }) => [path, content]));

function edited(path: string, edit: (text: string) => string): Map<string, string> {
  const before = written.get(path) ?? '';
  const after = edit(before);
  expect(after).not.toBe(before);
  return new Map(written).set(path, after);
}

const plan = (directory: Directory, choices: EditChoices = { move: 'all' }): WritePlan =>
  planWrite(tree, (path) => directory.get(path), choices);

function carriedOut(directory: Directory, choices?: EditChoices): Map<string, string> {
  const { create, update, prune } = plan(directory, choices);
  const after = new Map(directory);
  for (const { path, content } of [...create, ...update]) after.set(path, content);
  for (const path of prune) after.delete(path);
  return after;
}

/** What kustomize makes of the northern overlay, its lists of entries with names sorted, since their order is nothing to the cluster. */
function built(directory: Directory): unknown {
  const scratch = mkdtempSync(join(tmpdir(), 'drml-test-'));
  try {
    for (const [path, content] of directory) {
      mkdirSync(dirname(join(scratch, path)), { recursive: true });
      writeFileSync(join(scratch, path), content);
    }
    const run = spawnSync('kubectl', ['kustomize', join(scratch, 'overlays/cn-north/default')], { encoding: 'utf8' });
    expect(run.stderr).toBe('');
    return parseAllDocuments(run.stdout).map((document) => sorted(document.toJS()));
  } finally {
    rmSync(scratch, { recursive: true });
  }
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) {
    const items = value.map(sorted);
    return items.every((item) => typeof item === 'object') ? items.map((item) => JSON.stringify(item)).sort() : items;
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)]),
  );
}

const hasKustomize = spawnSync('kubectl', ['version', '--client']).status === 0;

/** An edit, and what its patch says below the object's name. */
const edits: readonly (readonly [name: string, path: string, edit: (text: string) => string, patch: object])[] = [
  [
    'a number changed',
    deployment,
    (text) => text.replace('revisionHistoryLimit: 5', 'revisionHistoryLimit: 9'),
    { spec: { revisionHistoryLimit: 9 } },
  ],
  [
    'a field added',
    deployment,
    (text) => text.replace('  minReadySeconds: 10\n', '  minReadySeconds: 10\n  paused: true\n'),
    { spec: { paused: true } },
  ],
  ['a field removed', deployment, (text) => text.replace('  minReadySeconds: 10\n', ''), { spec: { minReadySeconds: null } }],
  [
    'a label added, and an annotation',
    deployment,
    (text) =>
      text
        .replace('  labels:\n', '  labels:\n    team: shop\n')
        .replace('  annotations:\n', '  annotations:\n    on-call: "7"\n'),
    { metadata: { name: 'orders', namespace: 'shop', labels: { team: 'shop' }, annotations: { 'on-call': '7' } } },
  ],
  [
    'a variable added to the container',
    deployment,
    (text) => text.replace(/^( +)- name: orders\n/m, '$1- name: orders\n$1  env:\n$1    - name: MODE\n$1      value: "1"\n'),
    { spec: { template: { spec: { containers: [{ name: 'orders', env: [{ name: 'MODE', value: '1' }] }] } } } },
  ],
  [
    'a port more',
    deployment,
    (text) => text.replace(/^( +)- name: http\n/m, '$1- name: admin\n$1  containerPort: 9000\n$1- name: http\n'),
    { spec: { template: { spec: { containers: [{ name: 'orders', ports: [{ name: 'admin', containerPort: 9000 }] }] } } } },
  ],
  [
    'a spread that is only a wish',
    deployment,
    (text) => text.replace('whenUnsatisfiable: DoNotSchedule', 'whenUnsatisfiable: ScheduleAnyway'),
    {
      spec: {
        template: {
          spec: {
            topologySpreadConstraints: [
              { $patch: 'replace' },
              expect.objectContaining({ topologyKey: 'topology.kubernetes.io/zone', whenUnsatisfiable: 'ScheduleAnyway' }),
              expect.objectContaining({ topologyKey: 'kubernetes.io/hostname' }),
            ],
          },
        },
      },
    },
  ],
  [
    "a field of an operator's kind",
    rule,
    (text) => text.replace(/baseEjectionTime: .*/, 'baseEjectionTime: 90s'),
    { spec: { trafficPolicy: { outlierDetection: { baseEjectionTime: '90s' } } } },
  ],
  [
    "a field of a cluster's patch",
    overlayPatch,
    (text) => text.replace(/replicas: \d+.*/, 'replicas: 11'),
    { spec: { replicas: 11 } },
  ],
  [
    "a field added to a cluster's patch",
    overlayPatch,
    (text) => text.replace(/( +)replicas: /, '$1paused: true\n$1replicas: '),
    { spec: { paused: true } },
  ],
];

describe("an edit of what is laid over a component's own manifest", () => {
  const generated =
    'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: orders\nspec:\n  minReadySeconds: 3\n  paused: true\n';
  const moved = (edited: string) =>
    moveEdit({ path: 'base/orders/own-manifest-patch.yaml', generated, edited, isStart: true }, (path) =>
      path === 'custom/base/kustomization.yaml' ? 'patches: []\n' : undefined,
    );

  it('becomes a patch over every cluster', () => {
    expect(moved(generated.replace('3', '4'))).toMatchObject({
      kind: 'moved',
      patch: { path: 'custom/base/orders.own-manifest-patch.yaml', content: expect.stringContaining('minReadySeconds: 4\n') },
    });
  });

  it('takes no field away from the manifest', () => {
    expect(moved(generated.replace('  paused: true\n', ''))).toEqual({
      kind: 'impossible',
      reasons: ['spec.paused: taken out of a patch, which leaves the field to the base'],
    });
  });
});

describe('an edit of a generated file', () => {
  it.each(edits)('%s: becomes a patch', (_name, path, edit, expected) => {
    const directory = edited(path, edit);
    const { moved, refused } = plan(directory);
    expect(refused).toEqual([]);
    const [move] = moved;
    const after = carriedOut(directory);
    const object = parse(written.get(path) ?? '') as {
      apiVersion: string;
      kind: string;
      metadata: { name: string };
    };
    expect(parse(after.get(move?.patch ?? '') ?? '')).toEqual({
      apiVersion: object.apiVersion,
      kind: object.kind,
      metadata: { name: object.metadata.name, namespace: 'shop' },
      ...expected,
    });
    expect(after.get(path)).toBe(written.get(path));
    expect(plan(after, {}).stale).toBe(false);
  });

  it.runIf(hasKustomize)(
    'gives the cluster what it gave before',
    () => {
      for (const [name, path, edit] of edits) {
        const directory = edited(path, edit);
        expect(built(carriedOut(directory)), name).toEqual(built(directory));
      }
    },
    120_000,
  );

  it('is refused without a choice, and given up by another', () => {
    const directory = edited(deployment, (text) => `${text}# mine\n`);
    expect(plan(directory, {}).refused.map(({ path, reason }) => [path, reason])).toEqual([[deployment, 'edited']]);
    expect(carriedOut(directory, { overwrite: new Set([deployment]) })).toEqual(written);
  });

  it('leaves earlier patches alone, and lists each once', () => {
    const first = carriedOut(edited(deployment, (text) => text.replace('revisionHistoryLimit: 5', 'revisionHistoryLimit: 9')));
    const patch = first.get('custom/base/orders.deployment.yaml');
    const again = new Map(first).set(
      deployment,
      (written.get(deployment) ?? '').replace('minReadySeconds: 10', 'minReadySeconds: 20'),
    );
    const second = carriedOut(again);
    expect(second.get('custom/base/orders.deployment.yaml')).toBe(patch);
    expect(parse(second.get('custom/base/orders.deployment-2.yaml') ?? '')).toMatchObject({ spec: { minReadySeconds: 20 } });
    expect(parse(second.get('custom/base/kustomization.yaml') ?? '')).toMatchObject({
      patches: ['orders.deployment.yaml', 'orders.deployment-2.yaml'].map((path) => ({
        path,
        target: { group: 'apps', version: 'v1', kind: 'Deployment', name: 'orders' },
      })),
    });
  });

  it('leaves all but one line of the kustomization as it was written', () => {
    const mine =
      '# Ours.\nkind: Component # really\napiVersion: kustomize.config.k8s.io/v1alpha1\npatches:\n  # first\n  - path: a.yaml\n';
    const directory = edited(budget, (text) => text.replace('maxUnavailable: 2', 'maxUnavailable: 1'));
    directory.set('custom/base/kustomization.yaml', mine);
    const listed = carriedOut(directory).get('custom/base/kustomization.yaml') ?? '';
    expect(listed.startsWith(mine)).toBe(true);
    expect(listed.slice(mine.length)).toContain('  - path: orders.pod-disruption-budget.yaml\n');
  });

  it('carries added comments into the patch', () => {
    const directory = edited(deployment, (text) =>
      `# Agreed with the bank.\n${text.replace('paused', '')}`.replace('Limit: 5', 'Limit: 6'),
    );
    expect(carriedOut(directory).get('custom/base/orders.deployment.yaml')).toContain('\n# Agreed with the bank.\n');
  });

  it('is nothing to move where only the look has changed', () => {
    const directory = edited(deployment, (text) => text.replace('kind: Deployment', 'kind:   "Deployment"'));
    expect(plan(directory)).toMatchObject({ refused: [], moved: [{ path: deployment, patch: undefined, notes: [] }] });
    expect(carriedOut(directory)).toEqual(written);
  });

  it('says what else its patch holds where the model has changed since', () => {
    const directory = edited(deployment, (text) => text.replace('revisionHistoryLimit: 5', 'revisionHistoryLimit: 9'));
    const lock = directory.get('.drml/manifest.lock.json') ?? '';
    directory.set(
      '.drml/manifest.lock.json',
      lock.replace(/("base\/orders\/deployment.yaml": ")[0-9a-f]+/, `$1${'0'.repeat(64)}`),
    );
    expect(plan(directory).moved[0]?.notes).toEqual([
      'the model has changed since, and the patch holds every difference from it: spec.revisionHistoryLimit',
    ]);
  });

  it.each<[string, string, (text: string) => string, RegExp]>([
    ['only comments', deployment, (text) => `${text}# mine\n`, /only comments/],
    ['another name', deployment, (text) => text.replace('name: orders', 'name: other'), /another object/],
    ['a second object', deployment, (text) => `${text}---\nkind: Other\n`, /more than one object/],
    ['no YAML', deployment, (text) => `${text}\t- {\n`, /no YAML/],
    ['nothing', deployment, () => '', /empty/],
    ['a list', deployment, () => '- a\n', /no object/],
    [
      'a value where a map was',
      deployment,
      (text) => text.replace(/ {2}strategy:\n( {4}.*\n)+/, '  strategy: 3\n'),
      /spec\.strategy: a map became a value/,
    ],
    ['a kustomization', 'base/orders/kustomization.yaml', (text) => `${text}  - mine.yaml\n`, /no patch reaches/],
    [
      'a field taken out of a patch',
      overlayPatch,
      (text) => text.replace(/ +replicas: .*\n/, '    paused: true\n'),
      /spec\.replicas: taken out of a patch/,
    ],
    [
      'ten thousand aliases',
      deployment,
      (text) => `${text}a: &a [${'x,'.repeat(999)}x]\nb: &b [${'*a,'.repeat(999)}*a]\nc: [${'*b,'.repeat(99)}*b]\n`,
      /no YAML/,
    ],
  ])('of which no patch can be made stays, and says why: %s', (_name, path, edit, why) => {
    const directory = edited(path, edit);
    const { refused, moved } = plan(directory);
    expect(moved).toEqual([]);
    expect(refused.map((file) => file.path)).toEqual([path]);
    expect(refused[0]?.immovable.join('\n')).toMatch(why);
    expect(carriedOut(directory).get(path)).toBe(directory.get(path));
  });

  it.each([deployment, overlayPatch, rule])('wrong types at every place of %s: each is moved, or stays', (path) => {
    const object = parse(written.get(path) ?? '') as object;
    for (const way of everyPath(object)) {
      for (const wrong of wrongValues) {
        const directory = new Map(written).set(path, stringify(replaced(object, way, wrong)));
        const { moved, refused } = plan(directory);
        expect([...moved, ...refused].map((file) => file.path)).toEqual([path]);
        for (const { immovable } of refused) expect(immovable.length).toBeGreaterThan(0);
      }
    }
  });
});
