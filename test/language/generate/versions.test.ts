import { describe, expect, it } from 'vitest';
import { generateManifests, noOwnFiles } from '../../../language/generate/index.js';
import type { Model } from '../../../language/model/model.js';
import { edge, fact, line, model, north, runs, service } from './model-factory.js';
import { complaints, validationTimeout } from './strict-validation.js';
import { at, container, generated, parsed, pod } from './tree-reader.js';

describe('versions', () => {
  const stated = (kubernetes: string | undefined, istio: string | undefined): Model =>
    model(
      [
        service('orders', [runs(2, north)], {
          edges: [
            edge('requires', 'payments', {
              reads: line(6),
              retries: { count: fact(1), backoff: fact(0.05), causes: [], source: line(5) },
            }),
          ],
        }),
        service('payments', [runs(3, north)], {
          failovers: [{ source: line(6), warmup: fact(45) }],
          demand: { cpu: fact(1) },
          deployment: {
            ...service('payments', []).deployment,
            scales: { max: fact(6), utilisation: fact(0.5), source: line(7) },
          },
        }),
      ],
      [north],
      {
        mesh: fact({ name: 'istio', ...(istio === undefined ? {} : { version: istio }) }),
        ...(kubernetes === undefined ? {} : { kubernetes: fact(kubernetes) }),
      },
    );

  it.each([
    ['1.29', undefined, undefined, 'Resource'],
    ['1.30', undefined, 10, 'ContainerResource'],
    ['1.31', 'AlwaysAllow', 10, 'ContainerResource'],
    [undefined, 'AlwaysAllow', 10, 'ContainerResource'],
  ])('of Kubernetes %s decide what is written', (version, policy, sleep, metric) => {
    const tree = generateManifests(stated(version, undefined), noOwnFiles);
    expect(at(parsed(tree, 'base/payments/pod-disruption-budget.yaml'), 'spec', 'unhealthyPodEvictionPolicy')).toBe(policy);
    expect(at(parsed(tree, 'base/payments/deployment.yaml'), ...container, 'lifecycle', 'preStop', 'sleep', 'seconds')).toBe(
      sleep,
    );
    expect(at(parsed(tree, 'base/payments/horizontal-pod-autoscaler.yaml'), 'spec', 'metrics', 0, 'type')).toBe(metric);
  });

  it.each([
    ['1.25', undefined, undefined],
    ['1.26', undefined, 'Honor'],
    ['1.27', ['pod-template-hash'], 'Honor'],
  ])('of Kubernetes %s decide how pods spread', (version, keys, taints) => {
    const constraints = at(
      generated(stated(version, undefined), 'base/payments/deployment.yaml'),
      ...pod,
      'topologySpreadConstraints',
      0,
    );
    expect([at(constraints, 'matchLabelKeys'), at(constraints, 'nodeTaintsPolicy')]).toEqual([keys, taints]);
  });

  it(
    'all validate strictly',
    () => {
      const versions = [
        ['1.29', '1.24'],
        ['1.36', '1.30'],
        [undefined, undefined],
      ] as const;
      expect(complaints(versions.map(([kubernetes, istio]) => generateManifests(stated(kubernetes, istio), noOwnFiles)))).toBe(
        '',
      );
    },
    validationTimeout,
  );

  it.each([
    ['1.21', 'networking.istio.io/v1beta1', { warmupDurationSecs: '45s' }, undefined],
    ['1.23', 'networking.istio.io/v1', { warmupDurationSecs: '45s' }, undefined],
    ['1.24', 'networking.istio.io/v1', { warmup: { duration: '45s' } }, undefined],
    ['1.28', 'networking.istio.io/v1', { warmup: { duration: '45s' } }, '50ms'],
  ])('of Istio %s decide what is written', (version, api, warmup, backoff) => {
    const tree = generateManifests(stated(undefined, version), noOwnFiles);
    expect(parsed(tree, 'base/payments/destination-rule.yaml').apiVersion).toBe(api);
    expect(at(parsed(tree, 'base/payments/destination-rule.yaml'), 'spec', 'trafficPolicy', 'loadBalancer')).toEqual({
      simple: 'LEAST_REQUEST',
      ...warmup,
    });
    expect(at(parsed(tree, 'base/payments/virtual-service.yaml'), 'spec', 'http', 0, 'retries', 'backoff')).toBe(backoff);
  });
});
