/** How users come in: by the Gateway API, by Istio's own gateway, or by an Ingress. */
import { describe, expect, it } from 'vitest';
import { type GeneratedTree, generateManifests, noOwnFiles } from '../../../language/generate/index.js';
import { modelOf } from '../model-of.js';
import { complaints, validationTimeout } from './strict-validation.js';
import { at, container, messages, parsed, paths, pod } from './tree-reader.js';

const edges = 'requires api { timeout 2s  retries 1 each 500ms  reads }';

function text(gateway: string, settings = 'mesh istio'): string {
  return `
model m { ${settings} }
region r { zones a, b, c }
region s { zones a, b, c }
gateway edge tier 0 {
  ${gateway}
  runs 3 in r  runs 2 in s as hot standby
  routes "/" to pages, "/api" to api
}
service pages { image "x/pages:1"  port http 8080  runs 3 in r  runs 3 in s as hot standby }
service api { image "x/api:1"  port grpc 9090 to 9000  port admin 9091 http  runs 3 in r  runs 3 in s as hot standby }
`;
}

async function tree(gateway: string, settings?: string): Promise<GeneratedTree> {
  return generateManifests(await modelOf(text(gateway, settings)), noOwnFiles);
}

const named = 'host "shop.example.com"  certificate shop-tls';

describe('an entry of the Gateway API', () => {
  it('leads through a controller’s gateway to what the routes say, with the timeouts of its edges', async () => {
    const written = await tree(`${named}  entry gateway-api envoy\n ${edges}`);
    expect(at(parsed(written, 'base/edge/gateway.yaml'), 'spec')).toEqual({
      gatewayClassName: 'envoy',
      listeners: [
        {
          name: 'https',
          hostname: 'shop.example.com',
          port: 443,
          protocol: 'HTTPS',
          tls: { mode: 'Terminate', certificateRefs: [{ kind: 'Secret', name: 'shop-tls' }] },
          allowedRoutes: { namespaces: { from: 'Same' } },
        },
      ],
    });
    expect(at(parsed(written, 'base/edge/http-route.yaml'), 'spec')).toEqual({
      parentRefs: [{ name: 'edge' }],
      hostnames: ['shop.example.com'],
      rules: [
        {
          matches: [{ path: { type: 'PathPrefix', value: '/api' } }],
          backendRefs: [{ name: 'api', port: 9090 }],
          timeouts: { request: '2s' },
        },
        { matches: [{ path: { type: 'PathPrefix', value: '/' } }], backendRefs: [{ name: 'pages', port: 8080 }] },
      ],
    });
    expect(paths(written)).not.toContain('base/edge/deployment.yaml');
    expect(messages(written)).toContain(
      'edge: its pods belong to what serves its entry. Run them there as the model says: 3 in r, 2 in s.',
    );
    for (const region of ['r', 's']) {
      expect(at(parsed(written, `overlays/${region}/default/kustomization.yaml`), 'resources')).toContain('../../../base/edge');
    }
    // Plain calls come from pods outside the mesh, to what the routes lead to.
    expect(at(parsed(written, 'base/api/peer-authentication.yaml'), 'spec')).toEqual({
      selector: { matchLabels: { app: 'api' } },
      mtls: { mode: 'STRICT' },
      portLevelMtls: { 9000: { mode: 'PERMISSIVE' } },
    });
  });

  it('has pods of the mesh with everything the model says of them, where Istio serves the class', async () => {
    const written = await tree(`${named}  entry gateway-api istio\n cpu 0.5  memory 256MiB`);
    expect(at(parsed(written, 'base/edge/gateway.yaml'), 'spec', 'addresses')).toEqual([
      { type: 'Hostname', value: 'edge.m.svc.cluster.local' },
    ]);
    const deployment = parsed(written, 'base/edge/deployment.yaml');
    expect(at(deployment, 'spec', 'template', 'metadata', 'annotations')).toEqual({ 'inject.istio.io/templates': 'gateway' });
    expect(at(deployment, ...container, 'name')).toBe('istio-proxy');
    expect(at(deployment, ...container, 'image')).toBe('auto');
    expect(at(deployment, ...container, 'resources', 'requests')).toEqual({ cpu: '500m', memory: '256Mi' });
    expect(at(deployment, ...pod, 'topologySpreadConstraints')).toHaveLength(2);
    expect(at(parsed(written, 'overlays/r/default/patches/edge.deployment.yaml'), 'spec', 'replicas')).toBe(3);
    expect(paths(written)).toContain('base/edge/pod-disruption-budget.yaml');
    expect(paths(written)).not.toContain('base/api/peer-authentication.yaml');
    expect(messages(written)).not.toContain('edge has no readiness probe');
    expect(messages(written)).toContain('edge: Istio tries the calls of an HTTPRoute twice more');
  });

  it('leads to the gateway’s own program where it has an image', async () => {
    const written = await tree(`${named}  image "x/edge:1"  port http 8080  entry gateway-api istio`);
    expect(at(parsed(written, 'base/edge/http-route.yaml'), 'spec', 'rules')).toEqual([
      { matches: [{ path: { type: 'PathPrefix', value: '/' } }], backendRefs: [{ name: 'edge', port: 8080 }] },
    ]);
    expect(at(parsed(written, 'base/edge/deployment.yaml'), ...container, 'image')).toBe('x/edge:1');
    expect(at(parsed(written, 'base/edge/gateway.yaml'), 'spec', 'addresses')).toBeUndefined();
  });

  it.each([
    [0.8, '800ms'],
    [90, '90s'],
    [200_000.5, '55h2000s'],
  ])('writes a timeout of %s s as %s: numbers of five digits at most', async (seconds, written) => {
    const model = `${named}  entry gateway-api x\n requires pages { timeout ${Math.round(seconds * 1000)}ms }`;
    expect(at(parsed(await tree(model), 'base/edge/http-route.yaml'), 'spec', 'rules', 1, 'timeouts', 'request')).toBe(written);
  });
});

describe('an entry of Istio', () => {
  it('has pods, routes and the right to read its certificate', async () => {
    const written = await tree(`${named}  entry istio\n ${edges}`);
    expect(at(parsed(written, 'base/edge/gateway.yaml'), 'spec')).toEqual({
      selector: { app: 'edge' },
      servers: [
        {
          port: { number: 443, name: 'https', protocol: 'HTTPS' },
          hosts: ['shop.example.com'],
          tls: { mode: 'SIMPLE', credentialName: 'shop-tls' },
        },
      ],
    });
    const routes = at(parsed(written, 'base/edge/entry-virtual-service.yaml'), 'spec');
    expect(at(routes, 'gateways')).toEqual(['edge']);
    expect(at(routes, 'http', 0)).toMatchObject({
      // `/apis` is another path than `/api`.
      match: [{ uri: { exact: '/api' } }, { uri: { prefix: '/api/' } }],
      timeout: '2s',
      retries: { attempts: 1, perTryTimeout: '500ms' },
    });
    expect(at(routes, 'http', 1)).toEqual({
      match: [{ uri: { prefix: '/' } }],
      route: [{ destination: { host: 'pages.m.svc.cluster.local', port: { number: 8080 } } }],
      retries: { attempts: 0 },
    });
    expect(at(parsed(written, 'base/edge/service.yaml'), 'spec')).toMatchObject({
      type: 'LoadBalancer',
      ports: [{ name: 'https', port: 443, targetPort: 8443 }],
    });
    expect(paths(written)).toEqual(
      expect.arrayContaining(['base/edge/certificate-role.yaml', 'base/edge/certificate-role-binding.yaml']),
    );
    // Routes of the mesh match callers with a sidecar; the gateway has its own.
    expect(JSON.stringify(at(parsed(written, 'base/api/virtual-service.yaml'), 'spec', 'http'))).not.toContain('edge');
  });

  it('uses a gateway that the platform runs', async () => {
    const written = await tree(`${named}  entry istio ingressgateway`);
    expect(at(parsed(written, 'base/edge/gateway.yaml'), 'spec', 'selector')).toEqual({ istio: 'ingressgateway' });
    expect(paths(written)).not.toContain('base/edge/deployment.yaml');
    expect(messages(written)).toContain('the secret shop-tls has to be in the namespace of the gateway ingressgateway');
  });
});

describe('an Ingress', () => {
  it('has class, host, certificate and paths, and leads to plain ports', async () => {
    const written = await tree(`${named}  entry ingress nginx`);
    expect(at(parsed(written, 'base/edge/ingress.yaml'), 'spec')).toEqual({
      ingressClassName: 'nginx',
      tls: [{ hosts: ['shop.example.com'], secretName: 'shop-tls' }],
      rules: [
        {
          host: 'shop.example.com',
          http: {
            paths: [
              { path: '/api', pathType: 'Prefix', backend: { service: { name: 'api', port: { name: 'grpc' } } } },
              { path: '/', pathType: 'Prefix', backend: { service: { name: 'pages', port: { name: 'http' } } } },
            ],
          },
        },
      ],
    });
    expect(paths(written)).toContain('base/pages/peer-authentication.yaml');
  });
});

it('hosts are written in small letters', async () => {
  const written = await tree('host "Shop.Example.COM"  entry gateway-api envoy\n');
  expect(at(parsed(written, 'base/edge/http-route.yaml'), 'spec', 'hostnames')).toEqual(['shop.example.com']);
});

describe('what an entry lacks is said, and nothing stands in its place', () => {
  it.each([
    ['no host', 'certificate shop-tls  entry ingress nginx', 'mesh istio', 'edge: it has no host, so it gets no entry.'],
    ['an address', 'host "10.1.2.3"  entry ingress nginx', 'mesh istio', 'edge: its host is an address'],
    ['no class', `${named}  entry gateway-api`, 'mesh istio', 'edge: the Gateway needs a class.'],
    ['no mesh', `${named}  entry istio`, 'namespace m', 'edge: its entry is a gateway of Istio, and the model has no mesh.'],
    [
      'an image and a proxy',
      `${named}  image "x/e:1"  port http 8080  entry istio`,
      'mesh istio',
      'its pods are no gateway of Istio',
    ],
  ])('%s', async (_, gateway, settings, said) => {
    const written = await tree(`${gateway}\n`, settings);
    expect(messages(written)).toContain(said);
    expect(paths(written).filter((path) => /^base\/edge\/(gateway|http-route|ingress|entry)/.test(path))).toEqual([]);
  });

  it.each([
    ['no certificate', 'host "shop.example.com"  entry ingress nginx', 'edge has no certificate: users reach it in plain text.'],
    ['no class of an Ingress', `${named}  entry ingress`, 'its Ingress names no class'],
  ])('%s is no reason to write nothing', async (_, gateway, said) => {
    const written = await tree(`${gateway}\n`);
    expect(messages(written)).toContain(said);
    expect(paths(written)).toContain('base/edge/ingress.yaml');
  });

  it('a gateway with neither image nor entry', async () => {
    expect(messages(await tree(`${named}\n`))).toContain('or `entry gateway-api CLASS` where others route for it.');
  });

  it('a route to what has no Service', async () => {
    const written = generateManifests(
      await modelOf(text(`${named}  entry ingress nginx\n`).replace('port http 8080  runs 3 in r', 'runs 3 in r')),
      noOwnFiles,
    );
    expect(messages(written)).toContain('edge leads "/" to pages, which has no Service; the route is left out.');
    expect(at(parsed(written, 'base/edge/ingress.yaml'), 'spec', 'rules', 0, 'http', 'paths')).toHaveLength(1);
  });

  it('the model’s entry holds where a gateway says none', async () => {
    const written = await tree(`${named}\n`, 'mesh istio  entry ingress nginx');
    expect(at(parsed(written, 'base/edge/ingress.yaml'), 'spec', 'ingressClassName')).toBe('nginx');
  });
});

it(
  'every entry validates strictly',
  async () => {
    const gateways = [
      `${named}  entry gateway-api envoy\n ${edges}`,
      `${named}  entry gateway-api istio`,
      `${named}  entry istio`,
      `${named}  entry istio ingressgateway\n ${edges}`,
      'host "*.example.com"  entry ingress nginx',
      `${named}  image "x/edge:1"  port http 8080  entry ingress`,
    ];
    expect(complaints(await Promise.all(gateways.map((one) => tree(`${one}\n`))))).toBe('');
  },
  validationTimeout,
);
