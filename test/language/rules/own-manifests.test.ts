import { describe, expect, it } from 'vitest';
import { applyEdits, changedText } from '../../../language/edit/apply.js';
import type { Config } from '../../../language/rules/config.js';
import { ordersManifest } from '../../../language/rules/own-manifest-example.js';
import type { Finding } from '../../../language/rules/rule.js';
import { judgeBeside } from './judged.js';

const { path, text: written } = ordersManifest;

function yaml(replicas: number, image = 'registry.example.com/shop/orders:2.3.1'): string {
  return written.replace('replicas: 2', `replicas: ${replicas}`).replace('registry.example.com/shop/orders:2.3.1', image);
}

function model(inside = '', manifest = path): string {
  return `region north { zones a, b }\nservice orders tier 2 {\n  manifest "${manifest}"\n  runs 2 in north\n  ${inside}\n}\n`;
}

async function found(text: string, manifest: string, config: Config = {}): Promise<readonly Finding[]> {
  const { findings, problems } = await judgeBeside(text, { [path]: manifest }, config);
  expect(problems).toEqual([]);
  return findings.filter(({ code }) => ['DR097', 'DR098', 'DR103', 'DR104'].includes(code));
}

describe('a model and a manifest that it names', () => {
  it('draw one finding for each contradiction, at the statement, with the line of the file beside it', async () => {
    const text = model('image "registry.example.com/shop/orders:2.4.0"');
    const manifest = yaml(5);
    const all = await found(text, manifest);
    expect(all.map(({ code, severity, at }) => [code, severity, text.slice(at.start, at.end)])).toEqual([
      ['DR103', 'warning', 'runs 2 in north'],
      ['DR103', 'warning', 'image "registry.example.com/shop/orders:2.4.0"'],
    ]);
    expect(all.map(({ related }) => related.map(({ at }) => manifest.slice(at.start, at.end)))).toEqual([
      ['5'],
      ['registry.example.com/shop/orders:2.3.1'],
    ]);
    expect(new Set(all.flatMap(({ causes }) => causes)).size).toBe(2);
  });

  it('agree once the fix has written the model into the file', async () => {
    const text = model('image "registry.example.com/shop/orders:2.4.0"');
    let manifest = yaml(5);
    for (const expected of [1, 0]) {
      const [first] = await found(text, manifest);
      const [fix] = first?.fixes ?? [];
      expect(fix?.title).toMatch(/^Write \S+ in the manifest$/);
      const before = manifest;
      manifest = changedText(
        before,
        applyEdits(fix?.edits ?? [], () => before),
      );
      expect(await found(text, manifest)).toHaveLength(expected);
    }
  });

  it('have no fix of the file where clusters differ', async () => {
    const text = `region north { zones a, b }\nregion south { zones a, b }\nservice orders tier 2 {\n  manifest "${path}"\n  runs 2 in north\n  runs 3 in south\n}\n`;
    const [finding] = await found(text, yaml(5));
    expect(finding?.message).toContain('spec.replicas is 2 or 3 by the model, and 5 in ./k8s/orders.yaml:5');
    expect(finding?.fixes.map(({ title }) => title)).toEqual([expect.stringMatching(/^Accept DR103 in orders until/)]);
  });

  it('are unusable together where the file is not there', async () => {
    const text = model('', './k8s/order.yaml');
    const [finding, ...more] = await found(text, yaml(2));
    expect(more).toEqual([]);
    expect([finding?.code, finding && text.slice(finding.at.start, finding.at.end)]).toEqual([
      'DR104',
      'manifest "./k8s/order.yaml"',
    ]);
  });

  it('take their severity from the settings, for a tier as well', async () => {
    const severities = async (config: Config) => (await found(model(), yaml(5), config)).map(({ severity }) => severity);
    expect(await severities({ rules: { DR103: 'error' } })).toEqual(['error']);
    expect(await severities({ rules: { DR103: { tier2: 'info', other: 'error' } } })).toEqual(['info']);
    expect(await severities({ rules: { DR103: 'off' } })).toEqual([]);
  });

  it('are accepted as other risks are', async () => {
    const accepts = (code: string, until = '2999-01-01'): string =>
      model(`accepts ${code} until ${until} by "team-orders" because "the file is for one test"`);
    const [accepted, ...more] = await found(accepts('DR103'), yaml(5));
    expect(more).toEqual([]);
    expect(accepted?.accepted?.owner).toBe('team-orders');
    expect((await found(accepts('DR103', '2026-01-01'), yaml(5))).map(({ code, accepted: by }) => [code, by])).toEqual([
      ['DR097', undefined],
      ['DR103', undefined],
    ]);
    // An acceptance that silences nothing is told, once.
    expect((await found(accepts('DR103'), yaml(2))).map(({ code }) => code)).toEqual(['DR098']);
    expect((await found(accepts('DR104'), yaml(2))).map(({ code }) => code)).toEqual(['DR098']);
  });
});

it('an acceptance is pointless where no component names a manifest', async () => {
  const text =
    'region north { zones a, b }\nservice orders tier 2 {\n  runs 2 in north\n  accepts DR103 until 2999-01-01 because "it was once"\n}\n';
  expect((await found(text, '')).map(({ code }) => code)).toEqual(['DR098']);
});
