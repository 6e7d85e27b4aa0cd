import { expect, test } from 'vitest';
import { judgeYaml } from './judged-manifests.js';

const manifests = (address: string): string => `apiVersion: v1
kind: Service
metadata: { name: redis-headless, namespace: shop }
spec: { clusterIP: None, ports: [{ port: 6379 }], selector: { app: redis } }
---
apiVersion: apps/v1
kind: StatefulSet
metadata: { name: redis, namespace: shop }
spec:
  serviceName: redis-headless
  replicas: 1
  selector: { matchLabels: { app: redis } }
  template:
    metadata: { labels: { app: redis } }
    spec: { containers: [{ name: redis, image: "redis:7.2.4", env: [{ name: REDIS_MASTER_HOST, value: ${address} }] }] }
`;

test.each([
  ['redis-0.redis-headless.shop.svc.cluster.local', 0],
  ['redis-0.redis-headless.shop.svc', 0],
  ['redis-headless.shop.svc.cluster.local', 0],
  ['redis-0.redis-headles.shop.svc.cluster.local', 1],
  ['redis-headles.shop.svc.cluster.local', 1],
])('%s leads to nobody: %i', (address, count) => {
  const dangling = judgeYaml(manifests(address)).findings.filter(({ code }) => code === 'DR090');
  expect(dangling.length).toBe(count);
});
