import { describe, expect, test } from 'vitest';
import { workload } from './fixtures.js';
import { type Imported, imported } from './imported-model.js';

/** A Deployment whose pods carry a label for the component and one for the version. */
function version(
  name: string,
  of: string,
  more: { readonly replicas?: number; readonly image?: string; readonly port?: number } = {},
): string {
  const { replicas = 1, image = `registry.example.com/${name}:1`, port = 9080 } = more;
  return `apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name}, namespace: shop }
spec:
  replicas: ${replicas}
  selector: { matchLabels: { app: ${of}, version: ${name} } }
  template:
    metadata: { labels: { app: ${of}, version: ${name} } }
    spec: { containers: [{ name: main, image: "${image}", ports: [{ containerPort: ${port} }] }] }
---
`;
}

function service(name: string, labels: string): string {
  return `apiVersion: v1
kind: Service
metadata: { name: ${name}, namespace: shop }
spec: { selector: { ${labels} }, ports: [{ name: http, port: 9080 }] }
---
`;
}

const names = (result: Imported): readonly string[] => result.model.components.map(({ name }) => name).sort();
const asked = (result: Imported): string => result.questions.map(({ text }) => text).join('\n');

describe('several Deployments behind one Service', () => {
  const reviews = [
    version('reviews-v1', 'reviews', { replicas: 4 }),
    version('reviews-v2', 'reviews'),
    version('reviews-v3', 'reviews', { replicas: 2 }),
  ].join('');
  const budget = (field: string): string =>
    `apiVersion: policy/v1\nkind: PodDisruptionBudget\nmetadata: { name: reviews, namespace: shop }\nspec: { ${field}, selector: { matchLabels: { app: reviews } } }\n---\n`;

  test('are one component: all of them answer', async () => {
    const caller = workload('page', { container: 'env: [{ name: REVIEWS_ADDR, value: "reviews:9080" }]' });
    const result = await imported({
      'a.yaml': reviews + service('reviews', 'app: reviews') + budget('maxUnavailable: 2') + caller,
    });
    expect(result.errors).toEqual([]);
    expect(names(result)).toEqual(['page', 'reviews']);
    expect(result.formatted).toContain('runs 7 in home  // reviews-v1 4, reviews-v2 1, reviews-v3 2');
    expect(result.formatted).toContain('needs 5');
    expect(result.formatted).toContain('requires reviews');
    expect(asked(result)).toContain('Is a version of reviews called by itself?');
    expect(asked(result)).not.toContain('one and the same');
  });

  test('what scales one of them adds to what the others run', async () => {
    const scaler =
      'apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata: { name: reviews, namespace: shop }\nspec: { scaleTargetRef: { kind: Deployment, name: reviews-v1 }, minReplicas: 4, maxReplicas: 10 }\n---\n';
    const result = await imported({ 'a.yaml': reviews + service('reviews', 'app: reviews') + scaler });
    expect(result.formatted).toContain('runs 7 in home');
    expect(result.formatted).toContain('scales to 13');
  });

  test('where one has the name of the Service, the other is its canary', async () => {
    const result = await imported({
      'a.yaml': version('web', 'web', { replicas: 9 }) + version('web-canary', 'web') + service('web', 'app: web'),
    });
    expect(names(result)).toEqual(['web']);
    expect(result.formatted).toContain('runs 10 in home  // web 9, web-canary 1');
  });

  test.each([
    [
      'a Service leads to one of them alone',
      service('reviews', 'app: reviews') + service('reviews-v2', 'version: reviews-v2'),
      reviews,
    ],
    [
      'they keep data',
      service('db', 'app: db'),
      version('db-primary', 'db', { image: 'postgres:16' }) + version('db-replica', 'db', { image: 'postgres:16' }),
    ],
    [
      'they listen on different ports',
      service('shop', 'app: shop'),
      version('shop-web', 'shop', { port: 80 }) + version('shop-worker', 'shop', { port: 9100 }),
    ],
  ])('stay apart where %s', async (_, services, deployments) => {
    const result = await imported({ 'a.yaml': deployments + services });
    expect(names(result).length).toBe(deployments.split('kind: Deployment').length - 1);
  });
});

test('each path that a route of a gateway takes', async () => {
  const gateway = `apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: edge, namespace: shop }
spec: { selector: { istio: ingressgateway }, servers: [{ port: { number: 80, name: http, protocol: HTTP }, hosts: ["*"] }] }
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: edge, namespace: shop }
spec:
  hosts: ["*"]
  gateways: [edge]
  http:
    - match: [{ uri: { exact: /page } }, { uri: { prefix: /static } }]
      route: [{ destination: { host: page } }]
`;
  const result = await imported({ 'a.yaml': workload('page') + gateway });
  expect(result.formatted).toContain('routes "/page" to page, "/static" to page');
});
