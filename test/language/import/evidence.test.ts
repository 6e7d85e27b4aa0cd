/** What is written says where it was read. */
import { expect, test } from 'vitest';
import { workload } from './fixtures.js';
import { imported } from './imported-model.js';

const base = `${workload('api', { spec: 'replicas: 3', container: 'env: [{ name: DB_ADDR, value: "db:5432" }]' })}---
${workload('db', { image: 'postgres:16', port: 5432 })}---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: { name: api, namespace: shop }
spec: { minAvailable: 3, selector: { matchLabels: { app: api } } }
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: { name: api, namespace: shop }
spec: { minReplicas: 4, maxReplicas: 9, scaleTargetRef: { kind: Deployment, name: api } }
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: db, namespace: shop }
spec: { hosts: [db], http: [{ timeout: 2s, route: [{ destination: { host: db } }] }] }
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: db, namespace: shop }
spec: { host: db, trafficPolicy: { connectionPool: { tcp: { maxConnections: 50 } } } }
`;

/** The line of a text that an object of a kind starts on, from 1. */
const lineOf = (kind: string): number => base.slice(0, base.indexOf(`kind: ${kind}`)).split('\n').length - 1;

test('each line names the object that says it, where that is not the one above the component', async () => {
  const { formatted } = await imported({ 'all.yaml': base });
  const place = (kind: string): string => `(all.yaml:${lineOf(kind)})`;
  expect(formatted).toContain(`// Deployment api (all.yaml:1)\nservice api {`);
  expect(formatted).toMatch(/ {2}port http 8080 {2}\/\/ Service api \(all\.yaml:\d+\)\n/);
  expect(formatted).toContain(`  needs 3  // its disruption budget keeps that many ${place('PodDisruptionBudget')}\n`);
  expect(formatted).toContain(`  scales to 9  // its autoscaler ${place('HorizontalPodAutoscaler')}\n`);
  expect(formatted).toMatch(/requires db \{[^}]*timeout 2s[^}]*connections 50[^}]*\} {2}\/\/ env DB_ADDR/);
  const route = base.split('\n').findIndex((line) => line.includes('http: [{')) + 1;
  expect(formatted).toContain(`, VirtualService (all.yaml:${route}), DestinationRule ${place('DestinationRule')}\n`);
});

test('what an overlay changes is named with its place', async () => {
  const { formatted } = await imported({
    'k/base/kustomization.yaml': 'resources: [all.yaml]\n',
    'k/base/all.yaml': workload('api', { spec: 'replicas: 1' }),
    'k/overlays/eu/kustomization.yaml': `resources: [../../base]
replicas: [{ name: api, count: 5 }]
images: [{ name: registry.example.com/api, newTag: "7" }]
`,
  });
  expect(formatted).toContain('  image "registry.example.com/api:7"  // eu/kustomization.yaml:3\n');
  expect(formatted).toContain('  runs 5 in home  // eu/kustomization.yaml:2\n');
});
