/** Drills: what they take, that they end, and that no overlay knows them. */
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { generateManifests, noOwnFiles } from '../../../language/generate/index.js';
import { modelOf } from '../model-of.js';
import { complaints, validationTimeout } from './strict-validation.js';
import { at, messages, parsed, paths } from './tree-reader.js';

const text = `
model shop { mesh istio "1.28"  namespace shop }
region north { provider aws  cluster "blue"  zone a { id "eu-1a"  building "N1" }  zone b { id "eu-1b" }  zone c { id "eu-1c" } }
region south { provider aws  zones a, b }
bucket vault in south { id "v" }
service orders tier 0 { image "x/o:1"  port http 8080  runs 3 in north  runs 3 in south as hot standby
  requires pricing { timeout 200ms  retries 0 }  requires ledger }
service pricing tier 1 { image "x/p:1"  port http 8080  runs 2 in north }
database ledger { engine generic  image "x/l:1"  port tcp 5432  runs 1 in north  size 1GiB
  backup b { full every 1d  copies to vault  keeps 7d } }
link north <-> south { rtt 10ms }
scenario zone-lost { fails north.a for 20m  expect orders up }
scenario building-lost { fails building "N1"  expect orders up }
scenario region-lost "The north is | gone" { fails north  expect orders rto <= 15m }
scenario pricing-lost { fails pricing  expect orders up }
scenario one-lost { fails 1 of pricing  expect orders up }
scenario spoiled { corrupts ledger  expect orders up }
scenario cut { fails north <-> south  expect orders up }
drill region-lost on 2026-09-14 { in staging  lasts 30m  traffic 5%  stops when "errors | 5%"  measured orders rto 12m }
`;
const model = await modelOf(
  text.replace('scenario one-lost { fails 1 of pricing  expect orders up }\n', '').replace(/scenario cut.*\n/, ''),
);
const tree = generateManifests(model, noOwnFiles);
const file = (path: string): string => tree.files.find((one) => one.path === path)?.content ?? '';

it('a fault is kept out of every overlay', () => {
  expect(paths(tree).filter((path) => path.startsWith('drills/')).length).toBeGreaterThan(8);
  for (const { path, content } of tree.files) {
    if (!/^(base|custom|overlays|platform)\//.test(path)) continue;
    expect([path, /\bdrills\b|^\s*fault:|x-drml-drill|chaos-mesh/m.test(content)]).toEqual([path, false]);
  }
});

it('a zone takes the pods on its nodes, for as long as the scenario says', () => {
  const chaos = parsed(tree, 'drills/zone-lost/north/blue/pod-chaos-north-a.yaml');
  expect(at(chaos, 'spec')).toEqual({
    action: 'pod-failure',
    mode: 'all',
    duration: '1200s',
    selector: { namespaces: ['shop'], nodeSelectors: { 'topology.kubernetes.io/zone': 'eu-1a' } },
  });
});

it('a building is its zones', () => {
  expect(paths(tree).filter((path) => path.startsWith('drills/building-lost/'))).toEqual([
    'drills/building-lost/README.md',
    'drills/building-lost/north/blue/kustomization.yaml',
    'drills/building-lost/north/blue/pod-chaos-north-a.yaml',
  ]);
});

it('a region takes all pods of its clusters, for as long as the last drill took', () => {
  expect(at(parsed(tree, 'drills/region-lost/north/blue/pod-chaos-all.yaml'), 'spec')).toMatchObject({
    duration: '1800s',
    selector: { namespaces: ['shop'] },
  });
  expect(paths(tree).filter((path) => path.startsWith('drills/region-lost/south'))).toEqual([]);
});

it('a duration nobody stated says so', () => {
  expect(file('drills/pricing-lost/north/blue/pod-chaos-pricing.yaml')).toContain('duration: 600s # DRML convention');
});

it('a component’s calls fail for the drill alone, before every other route, and its own routes stay', () => {
  const http = at(parsed(tree, 'drills/pricing-lost/north/blue/faults/virtual-service-pricing.yaml'), 'spec', 'http');
  expect(at(http, 0)).toMatchObject({
    match: [{ headers: { 'x-drml-drill': { exact: 'pricing-lost' } } }],
    fault: { abort: { percentage: { value: 100 }, httpStatus: 503 } },
  });
  expect((http as unknown[]).slice(1)).toEqual(at(parsed(tree, 'base/pricing/virtual-service.yaml'), 'spec', 'http'));
});

it(
  'a link between zones of one cluster is cut both ways',
  async () => {
    const cut = generateManifests(
      await modelOf(`${text.slice(0, text.indexOf('scenario'))}link north.a <-> north.b { rtt 1ms }
      scenario split { fails north.a <-> north.b for 5m  expect orders up }`),
      noOwnFiles,
    );
    expect(at(parsed(cut, 'drills/split/north/blue/network-chaos-north-a-to-north-b.yaml'), 'spec')).toEqual({
      action: 'partition',
      mode: 'all',
      direction: 'both',
      duration: '300s',
      selector: { namespaces: ['shop'], nodeSelectors: { 'topology.kubernetes.io/zone': 'eu-1a' } },
      target: {
        mode: 'all',
        selector: { namespaces: ['shop'], nodeSelectors: { 'topology.kubernetes.io/zone': 'eu-1b' } },
      },
    });
    expect(messages(cut)).not.toContain('no experiment cuts');
    expect(complaints([cut])).toBe('');
  },
  validationTimeout,
);

it('what somebody else runs fails for its callers, by their routes', async () => {
  const outside = `${text.slice(0, text.indexOf('scenario'))}
    external bank { host "api.bank.example"  port http 443 }
    service payments { image "x/y:1"  port http 8080  runs 2 in north  requires bank { timeout 1s } }
    scenario bank-lost { fails bank  expect payments up }`;
  const lost = generateManifests(await modelOf(outside), noOwnFiles);
  expect(paths(lost).filter((path) => path.startsWith('drills/'))).toEqual([
    'drills/bank-lost/README.md',
    'drills/bank-lost/north/blue/faults/kustomization.yaml',
    'drills/bank-lost/north/blue/faults/virtual-service-bank.yaml',
  ]);
  const route = parsed(lost, 'drills/bank-lost/north/blue/faults/virtual-service-bank.yaml');
  expect(at(route, 'spec', 'hosts')).toEqual(['api.bank.example']);
  expect(at(route, 'spec', 'http', 0, 'fault', 'abort', 'httpStatus')).toBe(503);
  expect(messages(lost)).not.toContain('bank-lost');
});

it('the failing routes are replaced, never deleted: they stand in for those of the overlay', () => {
  const page = file('drills/pricing-lost/README.md');
  const deleted = page.split('\n').filter((row) => /^kubectl.* delete /.test(row));
  expect(deleted).toEqual(['kubectl --context blue delete -k drills/pricing-lost/north/blue']);
  expect(page).toContain('kubectl --context blue apply -k overlays/north/blue');
  const plain = parsed(tree, 'drills/pricing-lost/north/blue/kustomization.yaml').resources;
  expect(plain).toEqual(['pod-chaos-pricing.yaml']);
});

it('bad data is a restore beside the real thing', () => {
  expect(at(parsed(tree, 'drills/spoiled/north/blue/restore-ledger-b.yaml'), 'spec')).toEqual({
    scheduleName: 'shop-ledger-b',
    includedNamespaces: ['shop'],
    namespaceMapping: { shop: 'shop-drill' },
    existingResourcePolicy: 'none',
    restorePVs: true,
  });
});

it('the page says what is expected, and asks for what was measured without giving it', () => {
  const page = file('drills/region-lost/README.md');
  expect(page).toContain('# Drill: The north is \\| gone');
  expect(page).toContain('Stop when: errors \\| 5%.');
  const block = /```drml\n([^`]*)```/.exec(page)?.[1] ?? '';
  expect(block.split('\n')[0]).toBe('drill region-lost on … {');
  expect(block).toMatch(/measured orders rto … rpo … {3}\/\/ computed: rto/);
  expect(block).not.toMatch(/rto \d+[a-z].* rpo .*\n/);
});

it('what no experiment can do is said', async () => {
  const cut = generateManifests(
    await modelOf(`${text.slice(0, text.indexOf('scenario'))}scenario cut { fails north <-> south  expect orders up }`),
    noOwnFiles,
  );
  expect(messages(cut)).toContain('no experiment cuts the link north to south');
  const bare = generateManifests(
    await modelOf(text.replace('zone a { id "eu-1a"', 'zone a { ').replaceAll('fails building "N1"', 'fails north.a')),
    noOwnFiles,
  );
  expect(messages(bare)).toContain('A drill cannot find the nodes of north.a');
});

it('every YAML of a drill says where it comes from', () => {
  for (const { path, content } of tree.files.filter((one) => /^drills\/.*(?<!kustomization)\.yaml$/.test(one.path))) {
    expect([path, at(parse(content), 'metadata', 'annotations', 'drml.dev/source')]).toEqual([
      path,
      expect.stringMatching(/#L\d+$/),
    ]);
  }
});

it('validates strictly', () => expect(complaints([tree])).toBe(''), validationTimeout);
