import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { generateManifests, noOwnFiles } from '../../../language/generate/index.js';
import { modelOf } from '../model-of.js';
import { complaints, validationTimeout } from './strict-validation.js';
import { at, container, parsed, paths, pod } from './tree-reader.js';

const text = readFileSync(new URL('fixtures/everything.drml', import.meta.url), 'utf8');

it('writes what the text says', async () => {
  const tree = generateManifests(await modelOf(text), noOwnFiles);
  const web = parsed(tree, 'base/web/deployment.yaml');
  expect(at(web, 'metadata', 'annotations')).toEqual({ 'drml.dev/source': 'model.drml#L20' });
  expect(at(web, 'spec', 'strategy', 'rollingUpdate')).toEqual({ maxUnavailable: 0, maxSurge: '50%' });
  expect(at(web, ...pod, 'terminationGracePeriodSeconds')).toBe(45);
  expect(at(web, ...pod, 'tolerations', 0, 'tolerationSeconds')).toBe(45);
  expect(at(web, ...container, 'resources')).toEqual({
    requests: { cpu: '500m', memory: '512Mi' },
    limits: { cpu: '1', memory: '1Gi' },
  });
  expect(at(web, ...container, 'readinessProbe')).toEqual({
    httpGet: { path: '/r', port: 'http' },
    timeoutSeconds: 1,
    periodSeconds: 5,
    failureThreshold: 3,
  });
  expect(at(parsed(tree, 'base/web/horizontal-pod-autoscaler.yaml'), 'spec')).toMatchObject({ minReplicas: 3, maxReplicas: 12 });
  expect(at(parsed(tree, 'base/api/virtual-service.yaml'), 'spec', 'http', 0)).toMatchObject({
    name: 'from-web',
    timeout: '1s',
    retries: { attempts: 2, perTryTimeout: '300ms', retryOn: 'connect-failure,reset', backoff: '50ms' },
  });
  expect(at(parsed(tree, 'base/store/destination-rule.yaml'), 'spec', 'trafficPolicy')).toMatchObject({
    connectionPool: { tcp: { maxConnections: 100 } },
    outlierDetection: { consecutive5xxErrors: 5, interval: '10s', baseEjectionTime: '30s' },
  });
  expect(at(parsed(tree, 'base/api/pod-disruption-budget.yaml'), 'spec', 'maxUnavailable')).toBe(1);
  expect(at(parsed(tree, 'base/store/stateful-set.yaml'), 'spec', 'volumeClaimTemplates', 0, 'spec', 'resources')).toEqual({
    requests: { storage: '20Gi' },
  });
  expect(
    JSON.stringify(at(parsed(tree, 'overlays/r1/c1/patches/batch.deployment.yaml'), ...pod, 'affinity', 'nodeAffinity')),
  ).toContain('"values":["eu-1b","eu-1c"]');
  expect(at(parsed(tree, 'overlays/r2/default/patches/web.deployment.yaml'), 'spec', 'replicas')).toBe(0);
  expect(paths(tree)).toContain('base/report/job.yaml');
});

it('writes the golden tree of every statement', async () => {
  const { files, problems } = generateManifests(await modelOf(text), noOwnFiles);
  const said = problems.map(({ kind, message }) => `# ${kind}: ${message}\n`);
  const written = files.filter(({ path }) => !/^(observability|runbooks|drills)\/|lock\.json$/.test(path));
  const out = [...said, ...written.map(({ path, content }) => `=== ${path}\n${content}`)].join('');
  await expect(out).toMatchFileSnapshot('../../golden/manifests/everything.txt');
});

it('leads every traced line back to the statement it follows from', async () => {
  const model = await modelOf(text);
  const tree = generateManifests(model, noOwnFiles);
  const statement = (path: string, wanted: string): string => {
    const file = tree.files.find((one) => one.path === path);
    const row = file?.content.split('\n').findIndex((one) => one.trim().startsWith(wanted)) ?? -1;
    const source = file?.sources?.[row];
    return source === undefined ? 'nothing' : text.slice(source.start, source.end);
  };
  expect(statement('base/web/deployment.yaml', 'image:')).toContain('"x/web:1"');
  expect(statement('base/web/deployment.yaml', 'cpu: 500m')).toContain('0.5');
  expect(statement('base/web/deployment.yaml', 'readinessProbe:')).toContain('probe readiness');
  expect(statement('base/api/virtual-service.yaml', 'timeout: 1s')).toContain('1s');
  expect(statement('base/store/destination-rule.yaml', 'maxConnections:')).toContain('100');
  expect(statement('base/pay/service-entry.yaml', 'number: 443')).toContain('port 443 tls');
  expect(statement('base/door/entry-virtual-service.yaml', 'timeout: 2s')).toContain('2s');
  expect(statement('base/rds/service-entry-1.yaml', '- rds-1.example')).toContain('host "rds-1.example" in r1');
  expect(statement('base/cleanup/cron-job.yaml', 'schedule:')).toContain('repeats every 1d at 02:00');
  expect(statement('platform/telemetry.yaml', 'randomSamplingPercentage:')).toContain('tracing otel');
  expect(statement('base/store/stateful-set.yaml', 'runAsUser:')).toContain('user 999');
  expect(statement('overlays/r2/default/patches/web.deployment.yaml', 'replicas:')).toContain('runs 2 in r2 as pilot light');
});

it(
  'validates strictly',
  async () => {
    const sample = readFileSync(new URL('../syntax/sample.drml', import.meta.url), 'utf8');
    expect(
      complaints([generateManifests(await modelOf(text), noOwnFiles), generateManifests(await modelOf(sample), noOwnFiles)]),
    ).toBe('');
  },
  validationTimeout,
);
