/** Linkerd: routes over a callee's Service, and what the model asks and it does not have. */
import { describe, expect, it } from 'vitest';
import { type GeneratedTree, generateManifests, noOwnFiles } from '../../../language/generate/index.js';
import { modelOf } from '../model-of.js';
import { complaints, validationTimeout } from './strict-validation.js';
import { at, messages, parsed, paths } from './tree-reader.js';

async function tree(edge: string, more = '', port = 'http 8080'): Promise<GeneratedTree> {
  return generateManifests(
    await modelOf(`
model m { mesh linkerd "2.18" }
region r { zones a, b, c }
region s { zones a }
service api { image "x/api:1"  port ${port}  runs 2 in r }
service web { image "x/web:1"  runs 2 in r  requires api { ${edge} } }
${more}
`),
    noOwnFiles,
  );
}

describe('Linkerd', () => {
  it('gives its pods a proxy', async () => {
    expect(at(parsed(await tree(''), 'platform/namespace.yaml'), 'metadata', 'annotations')).toMatchObject({
      'linkerd.io/inject': 'enabled',
    });
  });

  it('has timeout and retries at the route, failures at the Service', async () => {
    const written = await tree(
      'timeout 800ms  retries 2 each 300ms on "5xx", connect-failure  reads  breaker errors 7 ejects 20s',
    );
    const route = parsed(written, 'base/api/route.yaml');
    expect(at(route, 'kind')).toBe('HTTPRoute');
    expect(at(route, 'metadata', 'annotations')).toEqual({
      'drml.dev/source': 'model.drml#L6',
      'timeout.linkerd.io/request': '800ms',
      'retry.linkerd.io/http': '5xx',
      'retry.linkerd.io/limit': '2',
      'retry.linkerd.io/timeout': '300ms',
    });
    expect(at(route, 'spec')).toEqual({
      parentRefs: [{ group: '', kind: 'Service', name: 'api', port: 8080 }],
      rules: [{ backendRefs: [{ name: 'api', port: 8080 }] }],
    });
    expect(at(parsed(written, 'base/api/service.yaml'), 'metadata', 'annotations')).toEqual({
      'drml.dev/source': 'model.drml#L5',
      'balancer.linkerd.io/failure-accrual': 'consecutive',
      'balancer.linkerd.io/failure-accrual-consecutive-max-failures': '7',
      'balancer.linkerd.io/failure-accrual-consecutive-min-penalty': '20s',
      'balancer.linkerd.io/failure-accrual-consecutive-max-penalty': '40s',
    });
    expect(paths(written).filter((path) => /virtual-service|destination-rule|peer-auth/.test(path))).toEqual([]);
  });

  it('does not look into streams, whose server may speak first', async () => {
    const written = await tree('timeout 1s', '', 'tcp 6000 to 6001');
    const key = 'config.linkerd.io/opaque-ports';
    expect(at(parsed(written, 'base/api/service.yaml'), 'metadata', 'annotations', key)).toBe('6000');
    expect(at(parsed(written, 'base/api/deployment.yaml'), 'spec', 'template', 'metadata', 'annotations', key)).toBe('6001');
  });

  it('has routes of gRPC', async () => {
    const route = parsed(await tree('retries 1  reads', '', 'grpc 9090'), 'base/api/route.yaml');
    expect([at(route, 'kind'), at(route, 'metadata', 'annotations', 'retry.linkerd.io/grpc')]).toEqual([
      'GRPCRoute',
      'unavailable',
    ]);
  });

  it('retries no write that is not idempotent', async () => {
    expect(paths(await tree('retries 2  writes'))).not.toContain('base/api/route.yaml');
  });

  it.each([
    [
      'timeout 1s',
      'service b { image "x/b:1"  runs 1 in r  requires api { timeout 2s } }',
      'one timeout for all callers, so 2s holds for all',
    ],
    ['timeout 1s', 'service b { image "x/b:1"  runs 1 in r  requires api }', 'one timeout for all callers, so none is written'],
    ['retries 1 on reset  reads', '', 'Linkerd does not retry on reset, so no retries are written.'],
    ['breaker connections 10', '', 'no limit of connections'],
    ['retries 1 backoff 1s  reads', '', 'no backoff between retries'],
    [
      'timeout 1s',
      'service b { image "x/b:1"  runs 1 in r  requires api in same region { timeout 1s } }',
      'does not keep calls in a region',
    ],
  ])('says what it does not have: %s %s', async (edge, more, said) => {
    expect(messages(await tree(edge, more))).toContain(said);
  });

  it('says that it does not lead to another region', async () => {
    const written = generateManifests(
      await modelOf(`model m { mesh linkerd }
region r { zones a }
region s { zones a }
service api { image "x/api:1"  port http 8080  runs 2 in r  runs 2 in s as hot standby }
service web { image "x/web:1"  runs 2 in r  requires api { timeout 1s } }`),
      noOwnFiles,
    );
    expect(messages(written)).toContain('api: Linkerd leads no calls to another region by itself');
  });

  it(
    'validates strictly',
    async () => {
      const edge = 'timeout 800ms  retries 2 each 300ms  reads  breaker errors 7 ejects 20s';
      expect(complaints([await tree(edge), await tree(edge, '', 'grpc 9090')])).toBe('');
    },
    validationTimeout,
  );
});
