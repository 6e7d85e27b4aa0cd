/** Objects that common platforms bring beside Kubernetes' own. */
import { expect, test } from 'vitest';
import { workload } from './fixtures.js';
import { imported } from './imported-model.js';

const web = workload('web');
const api = workload('api');

test.each([
  ['Rollout', 'argoproj.io/v1alpha1'],
  ['DeploymentConfig', 'apps.openshift.io/v1'],
])('a %s runs pods like a Deployment, and is scaled like one', async (kind, version) => {
  const text = workload('web', { kind, spec: 'replicas: 4' }).replace('apps/v1', version);
  const scaler = `---\napiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata: { name: web, namespace: shop }\nspec: { minReplicas: 2, maxReplicas: 6, scaleTargetRef: { apiVersion: ${version}, kind: ${kind}, name: web } }\n`;
  const { formatted, errors } = await imported({ 'all.yaml': text });
  expect(errors).toEqual([]);
  expect(formatted).toMatch(new RegExp(`// ${kind} web \\(all\\.yaml:1\\)\nservice web \\{[^}]*runs 4 in home\n`));
  expect((await imported({ 'all.yaml': text + scaler })).formatted).toMatch(/runs 2 in home\n {2}scales to 6/);
});

test('a Rollout that refers to a Deployment is no second component', async () => {
  const rollout =
    'apiVersion: argoproj.io/v1alpha1\nkind: Rollout\nmetadata: { name: web, namespace: shop }\nspec: { workloadRef: { kind: Deployment, name: web }, replicas: 3 }\n';
  const { counts } = await imported({ 'all.yaml': `${web}---\n${rollout}` });
  expect(counts.components).toBe(1);
});

test.each([
  [
    'Traefik',
    'apiVersion: traefik.io/v1alpha1\nkind: IngressRoute\nmetadata: { name: shop, namespace: shop }\nspec:\n  tls: { secretName: shop-tls }\n  routes:\n    - match: "Host(`shop.example.com`) && PathPrefix(`/api`)"\n      services: [{ name: api, port: 8080 }]\n    - match: Host(`shop.example.com`)\n      services: [{ name: web, port: 8080 }]\n',
    ['host "shop.example.com"', 'certificate shop-tls', 'routes "/api" to api, "/" to web'],
  ],
  [
    'OpenShift',
    'apiVersion: route.openshift.io/v1\nkind: Route\nmetadata: { name: shop, namespace: shop }\nspec: { host: shop.example.com, path: /web, to: { kind: Service, name: web } }\n',
    ['host "shop.example.com"', 'routes "/web" to web'],
  ],
])('users come in by a route of %s', async (_name, route, lines) => {
  const { formatted, errors } = await imported({ 'all.yaml': `${web}---\n${api}---\n${route}` });
  expect(errors).toEqual([]);
  const gateway = /^gateway shop \{\n(?:.*\n)*?\}/m.exec(formatted)?.[0] ?? '';
  for (const line of lines) expect(gateway).toContain(line);
  expect(formatted).toMatch(/journey use-shop \{/);
});
