/** Whatever was computed of a model holds for what is generated from it: both are asked, and have to say the same. */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { analyze } from '../../../language/analysis/analyze.js';
import { type GeneratedTree, generateManifests, noOwnFiles } from '../../../language/generate/index.js';
import type { Component, Edge, Model } from '../../../language/model/model.js';
import { exampleModels } from '../../example-models.js';
import { filesIn } from '../../golden/pipeline.js';
import { type Files, parseFiles } from '../model-of.js';
import { at, container, parsed, pod } from './tree-reader.js';

const golden = (name: string): Files => {
  const { 'model.drml': root = '', ...others } = filesIn(
    fileURLToPath(new URL(join('../../golden/models', name), import.meta.url)),
  );
  return { 'model.drml': root, ...others };
};

const models: readonly (readonly [string, Files])[] = [
  ...exampleModels.map(({ name, files }) => [name, files] as const),
  ...['active-active', 'active-passive', 'policies', 'quorum-store', 'single-region'].map(
    (name) => [name, golden(name)] as const,
  ),
];

const workloads = ['deployment', 'stateful-set'] as const;

/** What one cluster runs of a component: pods, role, and how many a drain may take. */
interface Running {
  readonly role: unknown;
  readonly replicas: number;
  readonly spare: number;
}

function running(tree: GeneratedTree, name: string): readonly Running[] {
  const paths = new Set(tree.files.map((file) => file.path));
  const overlays = [...paths].flatMap((path) => /^(overlays\/[^/]+\/[^/]+)\/kustomization\.yaml$/.exec(path)?.[1] ?? []);
  return overlays.flatMap((overlay) => {
    const [path] = workloads.map((kind) => `${overlay}/patches/${name}.${kind}.yaml`).filter((candidate) => paths.has(candidate));
    if (path === undefined) return [];
    const patch = parsed(tree, path);
    if (patch.$patch === 'delete') return [];
    const value = (kind: string, field: string): unknown => {
      const own = `${overlay}/patches/${name}.${kind}.yaml`;
      const base = `base/${name}/${kind}.yaml`;
      if (paths.has(own)) return parsed(tree, own).$patch === 'delete' ? undefined : at(parsed(tree, own), 'spec', field);
      return paths.has(base) ? at(parsed(tree, base), 'spec', field) : undefined;
    };
    const replicas = at(patch, 'spec', 'replicas') ?? value('horizontal-pod-autoscaler', 'minReplicas');
    return [
      {
        role: at(patch, 'metadata', 'labels', 'drml.dev/role'),
        replicas: Number(replicas),
        spare: Number(value('pod-disruption-budget', 'maxUnavailable') ?? 0),
      },
    ];
  });
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);

function edgesTo(caller: Component, callee: string): readonly Edge[] {
  return caller.edges.filter((edge) => edge.targets.some(({ name }) => name === callee));
}

/** A time as the mesh writes it, in seconds. */
function secondsOf(text: unknown): number | undefined {
  const match = /^(\d+)(ms|s)$/.exec(String(text));
  return match === null ? undefined : Number(match[1]) / (match[2] === 'ms' ? 1000 : 1);
}

describe.each(models)('%s', (_, files) => {
  const read = async (): Promise<{ model: Model; tree: GeneratedTree; deployed: readonly Component[] }> => {
    const { model } = await parseFiles(files);
    const tree = generateManifests(model, noOwnFiles);
    const bases = new Set(tree.files.map((file) => file.path));
    const deployed = model.components.filter(({ name }) => workloads.some((kind) => bases.has(`base/${name}/${kind}.yaml`)));
    return { model, tree, deployed };
  };

  it('runs as many instances as serve by the figures, and lets go of as many', async () => {
    const { model, tree, deployed } = await read();
    const analysis = analyze(model, { asOf: '2026-11-21' });
    for (const { name, deployment } of deployed) {
      const capacity = analysis.capacity(name);
      if (capacity?.kind !== 'component') continue;
      const serving = running(tree, name).filter(({ role }) => role === 'active');
      // An autoscaler may start below what `runs` says; the figures count what runs.
      if (deployment.scales?.min === undefined)
        expect([name, sum(serving.map((one) => one.replicas))]).toEqual([name, capacity.serving]);
      const drain = capacity.losses.find(({ kind }) => kind === 'drain');
      // One pod in a cluster has no budget: it would block every drain of its node.
      if (drain !== undefined && serving.every((one) => one.replicas > 1))
        expect([name, sum(serving.map((one) => one.spare))]).toEqual([name, capacity.serving - drain.survivors]);
    }
  });

  it('waits, retries and probes as the edges and probes say', async () => {
    const { model, tree, deployed } = await read();
    const analysis = analyze(model, { asOf: '2026-11-21' });
    for (const callee of deployed) {
      const probe = callee.deployment.probes.find(({ kind }) => kind === 'readiness');
      const path = `base/${callee.name}/deployment.yaml`;
      if (probe?.every !== undefined && tree.files.some((file) => file.path === path)) {
        const written = at(parsed(tree, path), ...container, 'readinessProbe', 'periodSeconds');
        expect([callee.name, written]).toEqual([callee.name, Math.max(1, Math.ceil(probe.every.value))]);
      }
      const routes = `base/${callee.name}/virtual-service.yaml`;
      if (!tree.files.some((file) => file.path === routes)) continue;
      const http = at(parsed(tree, routes), 'spec', 'http') as readonly unknown[];
      for (const caller of deployed) {
        const edges = edgesTo(caller, callee.name);
        const route = http.find((one) => at(one, 'name') === `from-${caller.name}`);
        if (edges.length !== 1 || caller.name === callee.name || route === undefined) continue;
        const [edge] = edges;
        const call = analysis.callBudget(caller.name)?.calls.find(({ target }) => target === callee.name);
        expect([caller.name, secondsOf(at(route, 'timeout'))]).toEqual([caller.name, edge?.timeout?.value]);
        // Retries that nobody states are the mesh's own in the figures, and none in what is written.
        if (edge?.retries === undefined || (edge.writes !== undefined && edge.idempotent === undefined)) continue;
        expect([caller.name, Number(at(route, 'retries', 'attempts')) + 1]).toEqual([caller.name, call?.tries]);
      }
    }
  });

  it('spreads over as many zones as instances were placed in', async () => {
    const { tree, deployed } = await read();
    for (const { name, placements } of deployed) {
      const path = workloads
        .map((kind) => `base/${name}/${kind}.yaml`)
        .find((one) => tree.files.some((file) => file.path === one));
      const spread = at(parsed(tree, path ?? ''), ...pod, 'topologySpreadConstraints') as readonly unknown[] | undefined;
      const inRegion = (region: string): number =>
        new Set(
          placements.filter((one) => one.region === region).flatMap((one) => one.zones.filter((zone) => zone.includes('.'))),
        ).size;
      const zones = Math.max(0, ...placements.map((one) => inRegion(one.region)));
      const byZone = (spread ?? []).some((one) => at(one, 'topologyKey') === 'topology.kubernetes.io/zone');
      const several = placements.some((one) => one.role !== 'cold-standby' && one.zones.length > 1);
      if (several) expect([name, byZone]).toEqual([name, zones > 1]);
    }
  });
});
