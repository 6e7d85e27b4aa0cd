import { describe, expect, it } from 'vitest';
import { generateManifests, noOwnFiles } from '../../../language/generate/index.js';
import type { Component, Role } from '../../../language/model/model.js';
import { component, edge, fact, line, model, north, runs, service } from './model-factory.js';
import { complaints, validationTimeout } from './strict-validation.js';
import { at, container, generated, messages, parsed, paths, pod } from './tree-reader.js';

const north3 = (role?: Role): Component => service('orders', [runs(3, north, role)]);

describe('fields', () => {
  it('writes the longer of what is stated and what a drain takes', () => {
    const slow = service('web', [runs(2, north)], { edges: [edge('requires', 'orders', { timeout: fact(60) })] });
    expect(
      at(generated(model([slow, north3()], [north]), 'base/orders/deployment.yaml'), ...pod, 'terminationGracePeriodSeconds'),
    ).toBe(70);
    const short = { ...north3(), deployment: { ...north3().deployment, grace: fact(20) } };
    const tree = generateManifests(model([slow, short], [north]), noOwnFiles);
    expect(at(parsed(tree, 'base/orders/deployment.yaml'), ...pod, 'terminationGracePeriodSeconds')).toBe(70);
    expect(messages(tree)).toContain('Write `grace 70s`');
  });

  it('never writes a rollout that cannot move', () => {
    const stuck = {
      ...north3(),
      deployment: { ...north3().deployment, rollout: { surge: fact(0), unavailable: fact(0), source: line(4) } },
    };
    const tree = generateManifests(model([stuck], [north]), noOwnFiles);
    expect(at(parsed(tree, 'base/orders/deployment.yaml'), 'spec', 'strategy', 'rollingUpdate')).toEqual({
      maxUnavailable: 0,
      maxSurge: '25%',
    });
    expect(messages(tree)).toContain('can never move');
  });

  it('merges edges of one caller to the more careful', () => {
    const caller = service('web', [runs(2, north)], {
      edges: [
        edge('requires', 'orders', {
          timeout: fact(1),
          reads: line(6),
          retries: { count: fact(3), causes: [], source: line(5) },
        }),
        edge('wants', 'orders', { timeout: fact(2), reads: line(6), retries: { count: fact(1), causes: [], source: line(6) } }),
      ],
    });
    expect(
      at(generated(model([caller, north3()], [north]), 'base/orders/virtual-service.yaml'), 'spec', 'http', 0),
    ).toMatchObject({
      timeout: '2s',
      retries: { attempts: 1 },
    });
  });

  it('routes each request port of several by its number', () => {
    const two = {
      ...north3(),
      deployment: {
        ...north3().deployment,
        ports: [
          { number: 8080, protocol: 'http', source: line(5) },
          { number: 9090, protocol: 'grpc', source: line(5) },
          { number: 5005, protocol: 'tcp', source: line(5) },
        ] as const,
      },
    };
    const caller = service('web', [runs(2, north)], { edges: [edge('requires', 'orders')] });
    const http = at(generated(model([caller, two], [north]), 'base/orders/virtual-service.yaml'), 'spec', 'http');
    expect(
      [0, 1, 2, 3].map((index) => [
        at(http, index, 'match', 0, 'port'),
        at(http, index, 'route', 0, 'destination', 'port', 'number'),
      ]),
    ).toEqual([
      [8080, 8080],
      [8080, 8080],
      [9090, 9090],
      [9090, 9090],
    ]);
  });

  it.each([
    ['http', '/ready', { httpGet: { path: '/ready', port: 'http' } }],
    ['http', undefined, { tcpSocket: { port: 'http' } }],
    ['grpc', '/ready', { grpc: { port: 8080 } }],
    ['tcp', undefined, { tcpSocket: { port: 'tcp' } }],
    ['tcp', '/ready', undefined],
  ] as const)('asks over %s for %s', (protocol, path, question) => {
    const asked = {
      ...north3(),
      deployment: {
        ...north3().deployment,
        ports: [{ number: 8080, protocol, source: line(5) }],
        probes: [{ kind: 'readiness', source: line(6), ...(path === undefined ? {} : { path: fact(path) }) } as const],
      },
    };
    const tree = generateManifests(model([asked], [north]), noOwnFiles);
    expect(at(parsed(tree, 'base/orders/deployment.yaml'), ...container, 'readinessProbe')).toEqual(question);
    expect(tree.problems).toHaveLength(question === undefined ? 1 : 0);
  });

  it('leaves out a liveness probe that gRPC makes the same as readiness', () => {
    const probes = (['readiness', 'liveness'] as const).map((kind) => ({ kind, path: fact(`/${kind}`), source: line(6) }));
    const grpc = {
      ...north3(),
      deployment: { ...north3().deployment, probes, ports: [{ number: 9, protocol: 'grpc', source: line(5) } as const] },
    };
    const pods = generated(model([grpc], [north]), 'base/orders/deployment.yaml');
    expect(at(pods, ...container, 'readinessProbe')).toEqual({ grpc: { port: 9 } });
    expect(at(pods, ...container, 'livenessProbe')).toBeUndefined();
  });

  it('lists a target once, and names ports as the platform allows', () => {
    const ports = [
      { name: 'a--b', number: 80, target: 8080, protocol: 'http', source: line(5) },
      { number: 81, target: 8080, protocol: 'http', source: line(5) },
      { number: 82, protocol: 'http', source: line(5) },
      { name: 'http-83', number: 84, protocol: 'http', source: line(5) },
      { name: 'http', number: 83, protocol: 'http', source: line(5) },
      { number: 80, protocol: 'tcp', source: line(5) },
    ] as const;
    const tree = generateManifests(model([{ ...north3(), deployment: { ...north3().deployment, ports } }], [north]), noOwnFiles);
    const written = at(parsed(tree, 'base/orders/service.yaml'), 'spec', 'ports') as {
      name: string;
      port: number;
      targetPort: string;
    }[];
    expect(written.map((port) => [port.port, port.targetPort])).toEqual([
      [80, 'a-b'],
      [81, 'a-b'],
      [82, 'http-82'],
      [84, 'http-83'],
      [83, expect.stringMatching(/^http-83-[0-9a-f]{6}$/)],
    ]);
    expect(new Set(written.map((port) => port.name)).size).toBe(5);
    const listed = at(parsed(tree, 'base/orders/deployment.yaml'), ...container, 'ports') as { containerPort: number }[];
    expect(listed.map((port) => port.containerPort)).toEqual([8080, 82, 84, 83]);
  });

  it('says where the platform has another name', () => {
    const odd = generateManifests(model([{ ...north3(), name: 'Orders' }], [north], { namespace: fact('My Shop') }), noOwnFiles);
    expect(messages(odd)).toMatch(/Orders is called orders-[0-9a-f]{6} on the platform/);
    expect(messages(odd)).toContain('"My Shop" is no name of a namespace');
  });

  it.each([
    [5, 3, 600],
    [10, 60, 1220],
  ])('waits for a start that may take %i s times %i', (every, failures, deadline) => {
    const slow = { ...north3() };
    const probes = [{ kind: 'startup' as const, every: fact(every), failures: fact(failures), source: line(8) }];
    const tree = generateManifests(model([{ ...slow, deployment: { ...slow.deployment, probes } }], [north]), noOwnFiles);
    expect(at(parsed(tree, 'base/orders/deployment.yaml'), 'spec', 'progressDeadlineSeconds')).toBe(deadline);
  });

  it('reports a gateway that nothing is said to lead to', () => {
    const edge3 = {
      ...north3(),
      kind: 'gateway' as const,
      deployment: { ...north3().deployment, host: fact('shop.example.com') },
    };
    expect(messages(generateManifests(model([edge3], [north]), noOwnFiles))).toContain(
      'nothing leads shop.example.com to the Service orders',
    );
  });

  it('writes a breaker as the callee’s outlier detection and pool', () => {
    const caller = service('web', [runs(2, north)], {
      edges: [
        edge('requires', 'orders', {
          breaker: { errors: fact(7), within: fact(10), ejects: fact(60), connections: fact(100), source: line(5) },
        }),
      ],
    });
    expect(
      at(generated(model([caller, north3()], [north]), 'base/orders/destination-rule.yaml'), 'spec', 'trafficPolicy'),
    ).toMatchObject({
      connectionPool: { tcp: { maxConnections: 100 } },
      outlierDetection: {
        consecutiveGatewayErrors: 7,
        consecutive5xxErrors: 7,
        interval: '10s',
        baseEjectionTime: '60s',
        maxEjectionPercent: 100,
      },
    });
  });

  it('suspends a job nobody scheduled, and runs one that consumes', () => {
    const report = component('job', 'report', { placements: [runs(1, north)] });
    expect(at(generated(model([report], [north]), 'base/report/job.yaml'), 'spec', 'suspend')).toBe(true);
    const worker = component('job', 'worker', { placements: [runs(2, north)], edges: [edge('consumes', 'events')] });
    expect(paths(generateManifests(model([worker], [north]), noOwnFiles))).toContain('base/worker/deployment.yaml');
  });

  it(
    'survives names that would break YAML or a path',
    () => {
      const names = [
        'y',
        'on',
        '1.10',
        '../../../etc/passwd',
        '"<script>"',
        '订单',
        'con',
        'x'.repeat(90),
        'null',
        '{{ .Values.x }}',
      ];
      const trees = names.map((name) => {
        const odd = service(name, [runs(2, north)], { edges: [edge('requires', 'orders')] });
        return generateManifests(model([odd, north3()], [north], { namespace: fact(name) }), noOwnFiles);
      });
      for (const tree of trees) for (const path of paths(tree)) expect(path).toMatch(/^[a-z.][a-z0-9./-]*$/);
      expect(complaints(trees)).toBe('');
    },
    validationTimeout,
  );
});
