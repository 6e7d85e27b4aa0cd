/** What the mesh's sidecar does to pods that end, and what it cannot do for calls that it does not see. */
import { describe, expect, it } from 'vitest';
import { generateManifests, noOwnFiles } from '../../../language/generate/index.js';
import { modelOf } from '../model-of.js';
import { at, messages, parsed, pod } from './tree-reader.js';

const treeOf = async (settings: string, calls = '') =>
  generateManifests(
    await modelOf(`model shop { namespace shop  ${settings} }
region north { zones a, b }
service web tier 1 { image "x/web:1"  runs 2 in north  requires orders { timeout 20s }  ${calls} }
service orders tier 0 { image "x/orders:1"  port http 80  runs 2 in north }
cache sessions { image "x/redis:1"  port tcp 6379  runs 1 in north }
external pay { host "pay.example"  port 443 tls }
`),
    noOwnFiles,
  );
const annotationsOf = async (settings: string, component: string): Promise<unknown> =>
  at(parsed(await treeOf(settings), `base/${component}/deployment.yaml`), ...pod.slice(0, -1), 'metadata', 'annotations');

describe('a sidecar that ends five seconds into the drain cuts the calls that a pod still serves', () => {
  it.each<[settings: string, web: unknown, orders: unknown]>([
    [
      'kubernetes "1.29"  mesh istio "1.24"',
      { 'sidecar.istio.io/nativeSidecar': 'true' },
      { 'sidecar.istio.io/nativeSidecar': 'true' },
    ],
    // Nothing is routed to web, and it may take 5 s to end; orders drains for 10 s, and its longest call takes 20 s.
    [
      'kubernetes "1.33"  mesh istio "1.23"',
      { 'proxy.istio.io/config': 'terminationDrainDuration: 5s' },
      { 'proxy.istio.io/config': 'terminationDrainDuration: 30s' },
    ],
    ['kubernetes "1.33"', undefined, undefined],
  ])('%s', async (settings, web, orders) => {
    expect(await annotationsOf(settings, 'web')).toEqual(web);
    expect(await annotationsOf(settings, 'orders')).toEqual(orders);
  });

  it('the pod is given at least as long as its sidecar', async () => {
    const deployment = parsed(await treeOf('kubernetes "1.33"  mesh istio "1.23"'), 'base/orders/deployment.yaml');
    expect(at(deployment, ...pod, 'terminationGracePeriodSeconds')).toBe(30);
  });
});

describe('a timeout that no mesh can keep', () => {
  it('is said, where calls are no requests', async () => {
    const said = messages(
      await treeOf('mesh istio "1.28"', 'requires sessions { timeout 100ms }  requires pay { timeout 1s  retries 2 each 300ms }'),
    );
    expect(said).toContain(
      'sessions: the mesh sees no requests at its port, so timeouts and retries are left to the programs that call it.',
    );
    expect(said).toContain('pay: the mesh sees no requests at its port');
    expect(said).not.toContain('orders: the mesh sees no requests');
  });

  it('is not said where nobody states one', async () => {
    expect(messages(await treeOf('mesh istio "1.28"', 'requires sessions, pay'))).not.toContain('sees no requests');
  });
});
