/** The pods that Istio starts for a Gateway: one by itself, wherever there is room. */
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { generateManifests, noOwnFiles } from '../../../language/generate/index.js';
import { modelOf } from '../model-of.js';
import { at, messages, parsed, paths } from './tree-reader.js';

const treeOf = async (mesh: string, gateway: string) =>
  generateManifests(
    await modelOf(`model shop { namespace shop  kubernetes "1.33"  ${mesh} }
region north { zones a, b, c }
region south { zones a, b, c }
gateway edge tier 0 { port http 80  host "shop.example"  certificate tls  routes "/" to web  ${gateway} }
service web { image "x/web:1"  port http 80  runs 2 in north }
`),
    noOwnFiles,
  );
const ofIstio = 'image "x/edge:1"  entry gateway-api istio';
const options = 'base/edge/gateway-options.yaml';

describe('a gateway whose pods Istio starts is no single pod', () => {
  it('it has as many as the gateway itself, spread alike, and a budget', async () => {
    const tree = await treeOf('mesh istio "1.28"', `${ofIstio}  runs 3 in north  runs 4 in south as hot standby`);
    expect(at(parsed(tree, 'base/edge/gateway.yaml'), 'spec', 'infrastructure')).toEqual({
      parametersRef: { group: '', kind: 'ConfigMap', name: 'edge-gateway' },
    });
    expect(at(parsed(tree, options), 'metadata', 'name')).toBe('edge-gateway');
    expect(at(parsed(tree, 'base/edge/kustomization.yaml'), 'resources')).toContain('gateway-options.yaml');
    const deployment: unknown = parse(String(at(parsed(tree, options), 'data', 'deployment')));
    expect(at(deployment, 'spec', 'replicas')).toBe(4);
    const pod = at(deployment, 'spec', 'template', 'spec');
    expect(at(pod, 'priorityClassName')).toBe('drml-tier-0');
    expect(at(pod, 'topologySpreadConstraints', 0)).toMatchObject({
      topologyKey: 'topology.kubernetes.io/zone',
      whenUnsatisfiable: 'DoNotSchedule',
      labelSelector: { matchLabels: { 'gateway.networking.k8s.io/gateway-name': 'edge' } },
    });
    expect(parse(String(at(parsed(tree, options), 'data', 'podDisruptionBudget')))).toEqual({ spec: { maxUnavailable: 1 } });
  });

  it('before Istio takes options, it is said how many to scale to', async () => {
    const tree = await treeOf('mesh istio "1.25"', `${ofIstio}  runs 3 in north`);
    expect(paths(tree)).not.toContain(options);
    expect(messages(tree)).toContain('Scale the Deployment edge-istio to 3');
  });

  it.each([
    ['where the model has one pod', 'mesh istio "1.28"', `${ofIstio}  runs 1 in north`],
    ['where the pods are those that are generated', 'mesh istio "1.28"', 'entry gateway-api istio  runs 3 in north'],
    ['where the class is not of Istio', 'mesh istio "1.28"', 'image "x/edge:1"  entry gateway-api nginx  runs 3 in north'],
    ['where there is no mesh', '', `${ofIstio}  runs 3 in north`],
  ])('none of it is written %s', async (_name, mesh, gateway) => {
    const tree = await treeOf(mesh, gateway);
    expect(paths(tree)).not.toContain(options);
    expect(at(parsed(tree, 'base/edge/gateway.yaml'), 'spec', 'infrastructure')).toBeUndefined();
    expect(messages(tree)).not.toContain('edge-istio');
  });
});
