import { describe, expect, it } from 'vitest';
import { generateManifests, noOwnFiles } from '../../../language/generate/index.js';
import type { Role } from '../../../language/model/model.js';
import { component, edge, fact, line, model, north, region, runs, service, shop, south } from './model-factory.js';
import { complaints, validationTimeout } from './strict-validation.js';
import { at, generated, messages, parsed, paths, pod } from './tree-reader.js';

describe('roles', () => {
  it.each<[Role, 'service' | 'database', number]>([
    ['active', 'service', 3],
    ['hot-standby', 'service', 3],
    ['warm-standby', 'service', 3],
    ['pilot-light', 'service', 0],
    ['pilot-light', 'database', 3],
    ['cold-standby', 'service', 0],
    ['cold-standby', 'database', 0],
    ['witness', 'database', 3],
  ])('a %s %s runs %i of three', (role, kind, replicas) => {
    const file = kind === 'service' ? 'deployment' : 'stateful-set';
    const patch = generated(
      model([component(kind, 'orders', { placements: [runs(3, north, role)] })], [north]),
      `overlays/cn-north/default/patches/orders.${file}.yaml`,
    );
    expect(at(patch, 'spec', 'replicas')).toBe(replicas);
    expect(at(patch, 'metadata', 'labels')).toEqual({ 'drml.dev/role': role });
  });

  it(
    'takes the autoscaler away where nothing runs',
    () => {
      const scaled = service('orders', [runs(3, north), runs(3, south, 'pilot-light')], {
        demand: { cpu: fact(1) },
        deployment: { ...service('orders', []).deployment, scales: { max: fact(6), source: line(9) } },
      });
      const tree = generateManifests(model([scaled], [north, south]), noOwnFiles);
      expect(at(parsed(tree, 'overlays/cn-south/default/patches/orders.deployment.yaml'), 'spec', 'replicas')).toBe(0);
      expect(parsed(tree, 'overlays/cn-south/default/patches/orders.horizontal-pod-autoscaler.yaml').$patch).toBe('delete');
      expect(complaints([tree])).toBe('');
    },
    validationTimeout,
  );
});

describe('clusters', () => {
  it('makes an overlay of each cluster of a region', () => {
    const split = {
      ...north,
      zones: north.zones.map((zone) => ({
        ...zone,
        cluster: fact(zone.name === 'c' ? 'blue' : 'green'),
        platformId: fact(`bj-${zone.name}`),
      })),
    };
    const tree = generateManifests(model([service('orders', [runs(5, split)])], [split]), noOwnFiles);
    const replicas = (cluster: string) =>
      at(parsed(tree, `overlays/cn-north/${cluster}/patches/orders.deployment.yaml`), 'spec', 'replicas');
    expect([replicas('green'), replicas('blue')]).toEqual([4, 1]);
  });

  it('reports a cluster that two regions share', () => {
    const shared = [region('r1', ['a'], { cluster: fact('prod') }), region('r2', ['a'], { cluster: fact('prod') })];
    const tree = generateManifests(
      model(
        [
          service(
            'orders',
            shared.map((one) => runs(2, one)),
          ),
        ],
        shared,
      ),
      noOwnFiles,
    );
    expect(messages(tree)).toContain('name the same cluster "prod"');
  });

  it(
    'gives callers the routes of what runs elsewhere, and no pods of it',
    () => {
      const caller = service('orders', [runs(2, north)], { edges: [edge('requires', 'payments')] });
      const tree = generateManifests(model([caller, service('payments', [runs(2, south)])], [north, south]), noOwnFiles);
      expect(parsed(tree, 'overlays/cn-north/default/kustomization.yaml').resources).toContain('../../../base/payments');
      expect(parsed(tree, 'overlays/cn-north/default/patches/payments.deployment.yaml').$patch).toBe('delete');
      expect(parsed(tree, 'overlays/cn-south/default/kustomization.yaml').resources).toEqual([
        '../../../platform',
        '../../../base/payments',
      ]);
      expect(complaints([tree])).toBe('');
    },
    validationTimeout,
  );

  it('leaves the mesh out where the model names none', () => {
    const { mesh: _, ...settings } = shop().settings;
    const tree = generateManifests({ ...shop(), settings }, noOwnFiles);
    expect(paths(tree).filter((path) => /virtual-service|destination-rule/.test(path))).toEqual([]);
    expect(at(parsed(tree, 'platform/namespace.yaml'), 'metadata', 'labels')).not.toHaveProperty('istio-injection');
  });
});

describe('zones', () => {
  const named = { ...north, zones: north.zones.map((zone) => ({ ...zone, platformId: fact(`bj-${zone.name}`) })) };
  const affinity = (placed: ReturnType<typeof runs>, where = named) =>
    at(
      generated(model([service('orders', [placed])], [where]), 'overlays/cn-north/default/patches/orders.deployment.yaml'),
      ...pod,
      'affinity',
    );

  it('holds pods in the zones the model names', () => {
    expect(affinity(runs(4, named, 'active', ['cn-north.a', 'cn-north.c']))).toEqual({
      nodeAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: {
          nodeSelectorTerms: [
            { matchExpressions: [{ key: 'topology.kubernetes.io/zone', operator: 'In', values: ['bj-a', 'bj-c'] }] },
          ],
        },
      },
    });
  });

  it.each([1, 2, 3, 7])('leaves %i instances spread over the region to the spread', (count) => {
    expect(affinity(runs(count, named))).toBeUndefined();
  });

  it('does not take several spread placements for a wish', () => {
    const both = component('coordinator', 'etcd', { placements: [runs(1, named), runs(1, named, 'witness')] });
    const patch = generated(model([both], [named]), 'overlays/cn-north/default/patches/etcd.stateful-set.yaml');
    expect(at(patch, 'spec')).toEqual({ replicas: 2 });
  });

  it('reports a zone the platform has no name for', () => {
    const tree = generateManifests(model([service('orders', [runs(2, north, 'active', ['cn-north.b'])])], [north]), noOwnFiles);
    expect(messages(tree)).toContain('Write `id "…"` in the zone');
  });
});
