/** Who may reach whom, from the edges. */
import { describe, expect, it } from 'vitest';
import { type GeneratedTree, generateManifests, noOwnFiles } from '../../../language/generate/index.js';
import { modelOf } from '../model-of.js';
import { complaints, validationTimeout } from './strict-validation.js';
import { at, messages, parsed, paths } from './tree-reader.js';

async function tree(settings: string, more = ''): Promise<GeneratedTree> {
  return generateManifests(
    await modelOf(`
model m { ${settings} }
region r { zones a, b, c }
gateway edge { image "x/edge:1"  host "a.example"  port http 80 to 8080  runs 2 in r  routes "/" to web }
service web { image "x/web:1"  port http 80 to 8000  port grpc 9090  runs 2 in r  requires store, api, pay, pg }
service api { image "x/api:1"  port http 8080  runs 2 in r  requires api }
service idle { image "x/idle:1"  runs 2 in r }
database store { image "x/store:1"  port tcp 5432  size 1GiB  user 1000  runs 3 in r }
database pg { engine postgres  managed by operator cnpg
  runs 3 in r  port tcp 5432 }
external pay { host "api.pay.example"  port 443 tls }
${more}
`),
    noOwnFiles,
  );
}

const dns = {
  ports: [
    { protocol: 'UDP', port: 53 },
    { protocol: 'TCP', port: 53 },
  ],
};
const pods = (app: string): object => ({ podSelector: { matchLabels: { app } } });
const ports = (...numbers: readonly number[]): object => ({ ports: numbers.map((port) => ({ protocol: 'TCP', port })) });

describe('network policies', () => {
  it('are written where the model asks for them', async () => {
    expect(paths(await tree('')).filter((path) => path.includes('network-policy'))).toEqual([]);
  });

  it('let in whose edges and routes lead there, at the ports of the pod', async () => {
    const written = await tree('isolation callers');
    const ingress = (name: string): unknown => at(parsed(written, `base/${name}/network-policy.yaml`), 'spec', 'ingress');
    expect(at(parsed(written, 'base/web/network-policy.yaml'), 'spec')).toEqual({
      podSelector: { matchLabels: { app: 'web' } },
      policyTypes: ['Ingress'],
      ingress: [{ from: [pods('edge')], ...ports(8000, 9090) }],
    });
    expect(ingress('api')).toEqual([{ from: [pods('web')], ...ports(8080) }]);
    // Members of a store speak at ports that the model does not name.
    expect(ingress('store')).toEqual([{ from: [pods('store')] }, { from: [pods('web')], ...ports(5432) }]);
    // Users come from anywhere.
    expect(ingress('edge')).toEqual([ports(8080)]);
    expect(ingress('idle')).toEqual([]);
    expect(paths(written)).not.toContain('platform/deny-by-default.yaml');
  });

  it('of a closed model keep traces in, which is said', async () => {
    const said = 'the NetworkPolicies of a closed namespace let none out';
    expect(messages(await tree('isolation closed  mesh istio "1.28"  tracing otel at 1%'))).toContain(said);
    for (const settings of ['isolation callers  mesh istio "1.28"  tracing otel at 1%', 'isolation closed  mesh istio "1.28"']) {
      expect(messages(await tree(settings))).not.toContain(said);
    }
  });

  it('in a closed model let out to what edges lead to, and to look up names', async () => {
    const written = await tree('isolation closed');
    const spec = at(parsed(written, 'base/web/network-policy.yaml'), 'spec');
    expect(at(spec, 'policyTypes')).toEqual(['Ingress', 'Egress']);
    expect(at(spec, 'egress')).toEqual([
      dns,
      { to: [pods('api')], ...ports(8080) },
      ports(443),
      // The operator's pods have labels that nobody states.
      { to: [{ podSelector: {} }], ...ports(5432) },
      { to: [pods('store')], ...ports(5432) },
    ]);
    expect(at(parsed(written, 'base/idle/network-policy.yaml'), 'spec', 'egress')).toEqual([dns]);
    expect(at(parsed(written, 'platform/deny-by-default.yaml'), 'spec')).toEqual({ podSelector: {}, policyTypes: ['Ingress'] });
  });

  it('let users in to the pods that Istio starts for a Gateway', async () => {
    const gateway =
      'gateway shop { image "x/shop:1"  host "b.example"  certificate b  port http 80  entry gateway-api istio\n runs 2 in r }';
    const written = await tree('isolation closed  mesh istio', gateway);
    expect(at(parsed(written, 'base/shop/gateway-network-policy.yaml'), 'spec')).toEqual({
      podSelector: { matchLabels: { 'gateway.networking.k8s.io/gateway-name': 'shop' } },
      policyTypes: ['Ingress'],
      ingress: [{}],
    });
    expect(paths(await tree('isolation callers  mesh istio', gateway))).not.toContain('base/shop/gateway-network-policy.yaml');
  });

  it('let sidecars reach their control plane', async () => {
    const egress = async (mesh: string): Promise<unknown> =>
      at(parsed(await tree(`isolation closed  mesh ${mesh}`), 'base/idle/network-policy.yaml'), 'spec', 'egress', 1);
    const inside = (name: string): object => ({ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': name } } });
    expect(await egress('istio')).toEqual({ to: [inside('istio-system')], ...ports(15012) });
    expect(await egress('linkerd')).toEqual({ to: [inside('linkerd')] });
  });

  it('let in from other clusters where callers stand there', async () => {
    const written = await tree(
      'isolation callers  mesh istio',
      'region s { zones a }\nservice far { image "x/far:1"  runs 2 in s  requires api }',
    );
    const from = at(parsed(written, 'base/api/network-policy.yaml'), 'spec', 'ingress', 0, 'from');
    expect(from).toEqual([
      pods('far'),
      pods('web'),
      {
        namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'istio-system' } },
        podSelector: { matchLabels: { istio: 'eastwestgateway' } },
      },
    ]);
    expect(JSON.stringify(at(parsed(written, 'base/store/network-policy.yaml'), 'spec', 'ingress'))).not.toContain('eastwest');
  });

  it('let in who watches, and say where nobody does', async () => {
    expect(messages(await tree('isolation callers'))).toContain('No component provides monitoring');
    const watched = await tree('isolation callers', 'service watch { image "x/watch:1"  runs 1 in r  provides monitoring }');
    expect(at(parsed(watched, 'base/idle/network-policy.yaml'), 'spec', 'ingress')).toEqual([{ from: [pods('watch')] }]);
    expect(messages(watched)).not.toContain('No component provides monitoring');
  });

  it('let in the dumps of a store', async () => {
    const written = await tree(
      'isolation callers',
      `bucket vault in r { id "oss://vault" }
database mine { engine postgres  image "x/pg:16"  port tcp 5432  size 1GiB  user 1000  runs 1 in r
  backup nightly { full every 1d  copies to vault  image "x/dump:1"  mounts secret mine-backup } }`,
    );
    const dumps = paths(written).filter((path) => /^overlays\/r\/default\/dumps\/(?!kustomization)/.test(path));
    expect(dumps).toHaveLength(1);
    const name = at(parsed(written, dumps[0] ?? ''), 'metadata', 'name');
    expect(at(parsed(written, 'base/mine/network-policy.yaml'), 'spec', 'ingress')).toContainEqual({
      from: [pods(String(name))],
      ...ports(5432),
    });
  });

  it(
    'validate strictly',
    async () => {
      expect(complaints([await tree('isolation callers'), await tree('isolation closed  mesh istio')])).toBe('');
    },
    validationTimeout,
  );
});
