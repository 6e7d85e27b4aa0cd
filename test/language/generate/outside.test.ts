/** What stands outside the mesh: others' services, and stores that a provider manages. */
import { describe, expect, it } from 'vitest';
import { type GeneratedTree, generateManifests, noOwnFiles } from '../../../language/generate/index.js';
import { modelOf } from '../model-of.js';
import { complaints, validationTimeout } from './strict-validation.js';
import { at, messages, parsed, paths } from './tree-reader.js';

async function tree(others: string, edges: string, settings = 'mesh istio'): Promise<GeneratedTree> {
  return generateManifests(
    await modelOf(`
model m { ${settings} }
region r { id "cn-beijing"  zones a, b, c }
region s { id "cn-guangzhou"  zones a, b }
service web { image "x/web:1"  port http 8080  runs 3 in r  ${edges} }
service other { image "x/other:1"  port http 8080  runs 2 in s }
${others}
`),
    noOwnFiles,
  );
}

describe('what stands outside the mesh', () => {
  it('is known by its host and ports, where somebody calls it', async () => {
    const written = await tree(
      'external pay { host "api.pay.example"  port 80 http  port 443 tls }\nexternal unused { host "a.example"  port 443 tls }',
      'requires pay { timeout 500ms  retries 1  idempotent  writes  breaker errors 5 within 10s ejects 30s connections 40 }',
    );
    expect(at(parsed(written, 'base/pay/service-entry.yaml'), 'spec')).toEqual({
      exportTo: ['.'],
      hosts: ['api.pay.example'],
      location: 'MESH_EXTERNAL',
      resolution: 'DNS',
      ports: [
        { name: 'http', number: 80, protocol: 'HTTP' },
        { name: 'tls', number: 443, protocol: 'TLS' },
      ],
    });
    expect(at(parsed(written, 'base/pay/destination-rule.yaml'), 'spec')).toEqual({
      host: 'api.pay.example',
      trafficPolicy: {
        connectionPool: { tcp: { maxConnections: 40 } },
        outlierDetection: expect.objectContaining({ consecutiveGatewayErrors: 5, interval: '10s', baseEjectionTime: '30s' }),
      },
    });
    // Of TLS the mesh sees no requests, so that limits stand at the port that speaks HTTP alone.
    expect(at(parsed(written, 'base/pay/virtual-service.yaml'), 'spec')).toMatchObject({
      hosts: ['api.pay.example'],
      http: [
        {
          name: 'from-web-http',
          match: [{ port: 80, sourceLabels: { app: 'web' } }],
          timeout: '500ms',
          retries: { attempts: 1 },
        },
        { name: 'default-http', retries: { attempts: 0 } },
      ],
    });
    expect(at(parsed(written, 'overlays/r/default/kustomization.yaml'), 'resources')).toContain('../../../base/pay');
    expect(at(parsed(written, 'overlays/s/default/kustomization.yaml'), 'resources')).not.toContain('../../../base/pay');
    expect(paths(written).filter((path) => path.includes('unused'))).toEqual([]);
  });

  it('has a host and a place in each region', async () => {
    const written = await tree(
      `database db {
        engine postgres  managed by provider
        runs 1 in r  runs 1 in s as hot standby
        host "b.rds.example" in r  host "a.rds.example" in s
        port tcp 5432
      }`,
      'requires db { timeout 200ms }',
    );
    const entries = paths(written).filter((path) => path.includes('service-entry'));
    expect(entries.map((path) => at(parsed(written, path), 'spec', 'endpoints', 0))).toEqual([
      { address: 'a.rds.example', locality: 'cn-guangzhou' },
      { address: 'b.rds.example', locality: 'cn-beijing' },
    ]);
    expect(new Set(entries.map((path) => at(parsed(written, path), 'metadata', 'name'))).size).toBe(2);
    expect(messages(written)).toContain('db: over TCP the mesh tells hosts apart by address only.');
    expect(paths(written).filter((path) => path.startsWith('base/db/') && path.includes('stateful'))).toEqual([]);
  });

  it('has the place where it stands alone', async () => {
    const written = await tree('external pay in r { host "api.pay.example"  port 443 tls }', 'requires pay');
    expect(at(parsed(written, 'base/pay/service-entry.yaml'), 'spec', 'endpoints')).toEqual([
      { address: 'api.pay.example', locality: 'cn-beijing' },
    ]);
  });

  it('with a wildcard is not looked up', async () => {
    const written = await tree('bucket vault in r { host "*.oss.example"  port 443 tls }', 'requires vault');
    expect(at(parsed(written, 'base/vault/service-entry.yaml'), 'spec')).toMatchObject({ resolution: 'NONE' });
    expect(at(parsed(written, 'base/vault/service-entry.yaml'), 'spec', 'endpoints')).toBeUndefined();
  });

  it.each([
    ['external pay { }', 'pay has no host, so the mesh knows nothing of calls to it.'],
    ['external pay { host "api.pay.example" }', 'pay has no port, so the mesh knows nothing of calls to it.'],
    ['external pay { host "10.1.2.3"  port 443 tls }', 'pay: 10.1.2.3 is an address; the mesh asks for a name.'],
  ])('%s is said to lack something, and gets nothing', async (external, said) => {
    const written = await tree(external, 'requires pay');
    expect(messages(written)).toContain(said);
    expect(paths(written).filter((path) => path.startsWith('base/pay/'))).toEqual([]);
  });

  it('is nobody’s business without a mesh', async () => {
    const written = await tree('external pay { host "api.pay.example"  port 443 tls }', 'requires pay', 'namespace m');
    expect(paths(written).filter((path) => path.startsWith('base/pay/'))).toEqual([]);
  });

  it(
    'validates strictly',
    async () => {
      const others = `
external pay in s { host "api.pay.example"  port 80 http  port 443 tls }
bucket vault in r { host "*.oss.example"  port 443 tls }
database db { engine postgres  managed by provider
  runs 1 in r  runs 1 in s as hot standby  host "a.example" in r  host "b.example" in s  port tcp 5432 }`;
      const edges =
        'requires pay { timeout 1s  breaker errors 5 connections 10 }  requires vault { timeout 1s }  requires db { timeout 1s }';
      expect(complaints([await tree(others, edges), await tree(others, edges, 'mesh istio "1.21"')])).toBe('');
    },
    validationTimeout,
  );
});

describe('the mesh as a whole', () => {
  it('speaks mutual TLS, and is traced where the model says so', async () => {
    const written = await tree('', '', 'mesh istio  tracing otel at 0.5%');
    expect(at(parsed(written, 'platform/peer-authentication.yaml'), 'spec')).toEqual({ mtls: { mode: 'STRICT' } });
    expect(at(parsed(written, 'platform/telemetry.yaml'), 'spec')).toEqual({
      tracing: [{ providers: [{ name: 'otel' }], randomSamplingPercentage: 0.5 }],
    });
    expect(at(parsed(written, 'platform/kustomization.yaml'), 'resources')).toEqual(
      expect.arrayContaining(['peer-authentication.yaml', 'telemetry.yaml']),
    );
  });

  it.each([
    ['tracing otel', undefined],
    ['tracing otel at 0%', 0],
    ['tracing otel at 0.001%', 0.01],
    ['tracing otel at 100%', 100],
  ])('%s', async (tracing, percentage) => {
    const written = await tree('', '', `mesh istio  ${tracing}`);
    expect(at(parsed(written, 'platform/telemetry.yaml'), 'spec', 'tracing', 0, 'randomSamplingPercentage')).toBe(percentage);
  });

  it('says that sidecars keep operators from their pods', async () => {
    const stores = 'database b { managed by operator cnpg\n runs 3 in r }\ndatabase a { managed by operator cnpg\n runs 3 in r }';
    expect(messages(await tree(stores, ''))).toContain(
      'those refuse the operator: a, b. Label them `sidecar.istio.io/inject: "false"`',
    );
    expect(messages(await tree(stores, '', 'namespace m'))).not.toContain('those refuse the operator');
  });

  it('says what clusters need where calls may cross them', async () => {
    const said = 'Calls to other and others may go from cluster to cluster. Link the meshes of the 2 clusters';
    expect(messages(await tree('', 'requires other { timeout 1s }'))).toContain(said);
    expect(messages(await tree('', ''))).not.toContain('from cluster to cluster');
  });

  it('says that nobody traces without it', async () => {
    const written = await tree('', '', 'tracing otel');
    expect(paths(written)).not.toContain('platform/telemetry.yaml');
    expect(messages(written)).toContain('Traces to otel are configured where the mesh is Istio');
  });
});
