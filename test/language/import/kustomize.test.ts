import { expect, test } from 'vitest';
import { workload } from './fixtures.js';
import { imported } from './imported-model.js';

const pay = workload('pay', { container: 'envFrom: [{ configMapRef: { name: pay-env } }]' });
const others = [workload('ledger'), workload('ledger-v2'), workload('fraud')].join('---\n');

test('calls stand in config maps that kustomizations generate', async () => {
  const result = await imported({
    'k/base/kustomization.yaml': `resources: [all.yaml]
namespace: shop
configMapGenerator: [{ name: pay-env, literals: ['LEDGER_URL="http://ledger:8080"', MODE=fast] }]
`,
    'k/base/all.yaml': `${pay}---\n${others}`,
    'k/overlays/prod/kustomization.yaml': `resources: [../../base]
configMapGenerator: [{ name: pay-env, behavior: merge, literals: ["FRAUD_ADDR=fraud:9000"] }]
`,
  });
  expect(result.errors).toEqual([]);
  expect(result.formatted).toContain('requires fraud  // config map pay-env, FRAUD_ADDR (prod/kustomization.yaml:2)');
  expect(result.formatted).toContain('requires ledger  // config map pay-env, LEDGER_URL (base/kustomization.yaml:3)');
});

test('an overlay that changes a literal calls somebody else', async () => {
  const result = await imported({
    'k/base/kustomization.yaml':
      'resources: [all.yaml]\nnamespace: shop\nconfigMapGenerator: [{ name: pay-env, literals: ["LEDGER_URL=http://ledger:8080"] }]\n',
    'k/base/all.yaml': `${pay}---\n${others}`,
    'k/overlays/prod/kustomization.yaml':
      'resources: [../../base]\nconfigMapGenerator: [{ name: pay-env, behavior: replace, namespace: shop, literals: ["LEDGER_URL=http://ledger-v2:8080"] }]\n',
  });
  expect(result.formatted).toContain('requires ledger-v2');
  expect(result.formatted).not.toMatch(/requires ledger\b(?!-)/);
});
