/** Patches over manifests of a component's own, whatever kind of workload they hold. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { type GeneratedTree, generateManifests, ownManifestFiles } from '../../../language/generate/index.js';
import { parseFiles } from '../model-of.js';
import { at, messages, parsed, paths } from './tree-reader.js';

const text = (more: string, kind = 'service'): string => `model shop { namespace shop  kubernetes "1.33" }
region north { zones a, b, c }
region south { zones a, b, c }
${kind} orders tier 0 {
  manifest "./k8s/orders.yaml"
  image "registry.example.com/orders:2.0.0"
  cpu 0.5
  runs 3 in north
  ${more}
}
scenario north-lost { fails north }
`;

const containers = `containers:
  - { name: proxy, image: registry.example.com/proxy:1.0.0 }
  - { name: orders, image: registry.example.com/orders:1.0.0, env: [{ name: MODE, value: "1" }] }`.replaceAll('\n', '\n      ');
const template = `template:
    metadata: { labels: { app: orders } }
    spec:
      ${containers}
`;
const manifests = {
  DaemonSet: `apiVersion: apps/v1\nkind: DaemonSet\nmetadata: { name: orders }\nspec:\n  selector: { matchLabels: { app: orders } }\n  ${template}`,
  Rollout: `apiVersion: argoproj.io/v1alpha1\nkind: Rollout\nmetadata: { name: orders }\nspec:\n  selector: { matchLabels: { app: orders } }\n  strategy: { canary: {} }\n  ${template}`,
  Job: `apiVersion: batch/v1\nkind: Job\nmetadata: { name: orders }\nspec:\n  ${template}      restartPolicy: Never\n`,
  CronJob: `apiVersion: batch/v1\nkind: CronJob\nmetadata: { name: orders }\nspec:\n  schedule: "5 * * * *"\n  jobTemplate:\n    spec:\n      ${template.replaceAll('\n', '\n    ').trimEnd()}\n          restartPolicy: Never\n`,
} as const;
type Kind = keyof typeof manifests;
const kinds = Object.keys(manifests) as readonly Kind[];

async function generated(kind: Kind, more = '', manifest: string = manifests[kind]): Promise<GeneratedTree> {
  const ofJob = kind === 'Job' || kind === 'CronJob';
  const { model } = await parseFiles({ 'shop.drml': text(more, ofJob ? 'job' : 'service') });
  return generateManifests(model, new Map(ownManifestFiles(model).map(({ uri }) => [uri ?? '', { text: manifest }])));
}

const patchPath = 'base/orders/own-manifest-patch.yaml';
const podOf = (kind: Kind) => [...(kind === 'CronJob' ? ['spec', 'jobTemplate'] : []), 'spec', 'template', 'spec'] as const;

/** What kustomize makes of the northern overlay. */
function built(tree: GeneratedTree): readonly unknown[] {
  const scratch = mkdtempSync(join(tmpdir(), 'drml-test-'));
  try {
    for (const { path, content } of tree.files) {
      mkdirSync(dirname(join(scratch, path)), { recursive: true });
      writeFileSync(join(scratch, path), content);
    }
    const run = spawnSync('kubectl', ['kustomize', join(scratch, 'overlays/north/default')], { encoding: 'utf8' });
    expect(run.stderr).toBe('');
    return parseAllDocuments(run.stdout).map((document): unknown => document.toJS());
  } finally {
    rmSync(scratch, { recursive: true });
  }
}
const hasKustomize = spawnSync('kubectl', ['version', '--client']).status === 0;

describe.each(kinds)('of a %s', (kind) => {
  it('the image, the resources and the priority follow from the model', async () => {
    const tree = await generated(kind);
    const target = at(parsed(tree, 'base/orders/kustomization.yaml'), 'patches', 0, 'target');
    expect(target).toMatchObject({ kind, name: 'orders', group: /^apiVersion: (.*)\/v1/.exec(manifests[kind])?.[1] });
    const patch = tree.files.find(({ path }) => path === patchPath)?.content ?? '';
    expect(patch).toContain('registry.example.com/orders:2.0.0');
    expect(patch).toContain('drml-tier-0');
    expect(patch).toContain('500m');
  });

  it.runIf(hasKustomize)('the other containers stay, and so does what the model does not say', async () => {
    const workload = built(await generated(kind)).find((object) => at(object, 'kind') === kind);
    expect(at(workload, 'metadata', 'namespace')).toBe('shop');
    expect(at(workload, ...podOf(kind), 'priorityClassName')).toBe('drml-tier-0');
    // kustomize puts what it has patched first; the platform starts them all at once.
    const found = at(workload, ...podOf(kind), 'containers') as readonly { readonly name: string }[];
    expect([...found].sort((a, b) => (a.name < b.name ? 1 : -1))).toEqual([
      { name: 'proxy', image: 'registry.example.com/proxy:1.0.0' },
      {
        name: 'orders',
        image: 'registry.example.com/orders:2.0.0',
        env: [{ name: 'MODE', value: '1' }],
        resources: { requests: { cpu: '500m' } },
      },
    ]);
  });

  it('what it says otherwise is a contradiction at both places', async () => {
    const { problems } = await generated(kind);
    const found = problems.filter((problem) => problem.kind === 'contradiction');
    expect(found.map(({ message }) => message.split(';')[0])).toEqual([
      `orders: ${podOf(kind).join('.')}.containers.orders.image is registry.example.com/orders:2.0.0 by the model, and registry.example.com/orders:1.0.0 in ./k8s/orders.yaml:${manifests[kind].split('\n').findIndex((line) => line.includes('orders:1.0.0')) + 1}`,
    ]);
    expect(found[0]?.other).toBeDefined();
  });
});

describe('what cannot be laid over', () => {
  it('a DaemonSet: how many run, where, and what a drain may take', async () => {
    const tree = await generated('DaemonSet', 'scales to 9 at 60% cpu  runs 2 in south as cold standby');
    expect(messages(tree)).toContain('orders: a DaemonSet runs on every node that its "./k8s/orders.yaml" selects');
    expect(messages(tree)).toContain('nothing to scale');
    expect(paths(tree).filter((path) => /budget|autoscaler/.test(path))).toEqual([]);
    const overlay = (region: string) => parsed(tree, `overlays/${region}/default/patches/orders.daemon-set.yaml`);
    expect(at(overlay('north'), 'spec')).toBeUndefined();
    expect(at(overlay('north'), 'metadata', 'labels', 'drml.dev/role')).toBe('active');
    // Where none is to run yet, it is not there.
    expect(at(overlay('south'), '$patch')).toBe('delete');
    expect(at(parsed(tree, patchPath), 'spec', 'template', 'spec', 'topologySpreadConstraints')).toBeUndefined();
  });

  it('a CronJob: when it runs; where it stands by, it waits', async () => {
    const tree = await generated('CronJob', 'repeats every 1d  runs 1 in south as hot standby');
    expect(messages(tree)).toContain('it runs when the schedule in "./k8s/orders.yaml" says');
    const suspended = (region: string) =>
      at(parsed(tree, `overlays/${region}/default/patches/orders.cron-job.yaml`), 'spec', 'suspend');
    expect([suspended('north'), suspended('south')]).toEqual([false, true]);
    expect(tree.files.find(({ path }) => path === 'runbooks/north-lost.md')?.content).toContain(
      `patch cronjob/orders --patch '{"spec":{"suspend":false}}'`,
    );
    expect(tree.files.map(({ content }) => content).join('')).not.toContain('deployment="orders"');
  });

  it('a Job: what its pods are, once it is there', async () => {
    expect(messages(await generated('Job'))).toContain("Kubernetes takes no change of a Job's pods once it is there");
  });

  it('a Rollout that refers to a Deployment: it has no pods of its own', async () => {
    const refers = manifests.Rollout.replace(template, 'workloadRef: { apiVersion: apps/v1, kind: Deployment, name: orders }\n');
    const tree = await generated('Rollout', '', refers);
    expect(messages(tree)).toContain('the Rollout orders in "./k8s/orders.yaml" has no pods of its own');
    expect(paths(tree).filter((path) => path.startsWith('base/orders'))).toEqual([]);
  });
});

describe('a Rollout', () => {
  it('is patched place by place, since a list in a kind that kustomize does not know is replaced as a whole', async () => {
    const tree = await generated('Rollout', 'port http 80  probe readiness "/ready" every 5s  scales to 9 at 60% cpu');
    const operations = parse(tree.files.find(({ path }) => path === patchPath)?.content ?? '') as { op: string; path: string }[];
    expect(new Set(operations.map(({ op }) => op))).toEqual(new Set(['add']));
    const places = operations.map(({ path }) => path);
    expect(places).toContain('/spec/template/spec/containers/1/image');
    expect(places).toContain('/spec/template/spec/containers/1/readinessProbe');
    expect(places).toContain('/spec/template/metadata/labels/drml.dev~1model');
    expect(places).toContain('/spec/template/spec/topologySpreadConstraints');
    expect(places).toContain('/metadata/annotations');
    expect(places.filter((path) => path.endsWith('/containers') || path.includes('apiVersion'))).toEqual([]);
    expect(at(parsed(tree, 'base/orders/horizontal-pod-autoscaler.yaml'), 'spec', 'scaleTargetRef')).toEqual({
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'Rollout',
      name: 'orders',
    });
  });

  it('runs as many as the model says, is waited for and counted by its own means', async () => {
    const tree = await generated('Rollout', 'runs 3 in south as cold standby');
    const replicas = (region: string) =>
      at(parsed(tree, `overlays/${region}/default/patches/orders.rollout.yaml`), 'spec', 'replicas');
    expect([replicas('north'), replicas('south')]).toEqual([3, 0]);
    const runbook = tree.files.find(({ path }) => path === 'runbooks/north-lost.md')?.content ?? '';
    expect(runbook).toContain('scale rollouts.argoproj.io/orders --replicas=3');
    expect(runbook).toContain("wait --for=jsonpath='{.status.phase}'=Healthy --timeout=10m rollouts.argoproj.io/orders");
    const rules = tree.files.find(({ path }) => path.endsWith('north/default/workloads.yaml'))?.content ?? '';
    expect(rules).toContain('kube_pod_status_ready{namespace="shop",pod=~"orders-[0-9a-z]+-[0-9a-z]{5}",condition="true"}');
  });
});
