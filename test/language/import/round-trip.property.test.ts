/** What a model says, its manifests say: generated, imported again and laid beside each other nothing differs. */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { generateManifests, noOwnFiles } from '../../../language/generate/index.js';
import { driftOf } from '../../../language/import/drift.js';
import type { Model } from '../../../language/model/model.js';
import { built } from '../analysis/enumeration/built.js';
import { parseFiles } from '../model-of.js';
import { imported } from './imported-model.js';

async function drifted(model: Model): Promise<readonly string[]> {
  const files = generateManifests(model, noOwnFiles).files.filter(({ path }) => path.endsWith('.yaml'));
  const read = await imported(Object.fromEntries(files.map(({ path, content }) => [path, content])));
  expect(read.problems).toEqual([]);
  expect(read.errors).toEqual([]);
  return driftOf(model, read).map(({ message }) => message);
}

const service = fc.record({
  active: fc.integer({ min: 1, max: 6 }),
  standby: fc.option(fc.tuple(fc.integer({ min: 1, max: 4 }), fc.constantFrom('hot standby', 'warm standby', 'cold standby'))),
  spare: fc.nat(3),
  pinned: fc.boolean(),
  port: fc.constantFrom('http 8080', 'http 80 to 8080', 'grpc 9090', 'admin 7000 http'),
  cpu: fc.constantFrom('100m', '0.5', '2', '250m to 1'),
  memory: fc.constantFrom('64MiB', '1GiB', '512MiB to 1GiB'),
  most: fc.option(fc.integer({ min: 1, max: 9 })),
  probe: fc.constantFrom('', 'probe readiness every 7s failures 2 timeout 2s', 'probe startup every 1s failures 30 timeout 1s'),
  grace: fc.constantFrom('', 'grace 45s', 'grace 2m'),
  evicts: fc.constantFrom('', 'evicts after 80s'),
  calls: fc.array(
    fc.record({
      to: fc.nat(),
      timeout: fc.constantFrom('', 'timeout 250ms', 'timeout 2s'),
      retries: fc.constantFrom('', 'retries 2 each 100ms  reads', 'retries 1 each 40ms backoff 30ms  idempotent'),
    }),
    { maxLength: 2 },
  ),
});

const models = fc
  .tuple(
    fc.array(service, { minLength: 1, maxLength: 5 }),
    fc.constantFrom('every 1d at 02:30', 'every 6h', 'every 7d at 23:05', 'every 15m'),
  )
  .map(([services, every]) => {
    const blocks = services.map((one, index) => {
      const places = one.pinned ? ' zones a, c' : '';
      const calls = new Map(one.calls.map((call) => [call.to % services.length, call]));
      calls.delete(index);
      return [
        `service s${index} {`,
        `  image "registry.example.com/s${index}:1.${index}"`,
        `  port ${one.port}  cpu ${one.cpu}  memory ${one.memory}`,
        `  runs ${one.active} in north${places}`,
        ...(one.standby === null ? [] : [`  runs ${one.standby[0]} in south as ${one.standby[1]}`]),
        `  needs ${Math.max(1, one.active - one.spare)}`,
        ...(one.most === null ? [] : [`  scales to ${Math.max(one.active, one.standby?.[0] ?? 0) + one.most} at 60% cpu`]),
        `  ${one.probe}  ${one.grace}  ${one.evicts}`,
        ...[...calls].map(([to, { timeout, retries }]) => `  requires s${to} { ${timeout}  ${retries} }`),
        '}',
      ].join('\n');
    });
    return `model any { mesh istio "1.28"  kubernetes "1.33" }
region north { id "eu-north" zone a { id "eu-north-a" }  zone b { id "eu-north-b" }  zone c { id "eu-north-c" } }
region south { zones a, b }
${blocks.join('\n')}
job nightly { image "registry.example.com/nightly:1" runs 1 in north  repeats ${every} }
`;
  });

describe('generated and imported again', () => {
  test.each([
    'examples/shop',
    'test/golden/models/active-passive',
    'test/golden/models/choices',
    'test/golden/models/quorum-store',
  ])('%s differs in nothing', async (folder) => {
    const name = folder === 'examples/shop' ? 'shop.drml' : 'model.drml';
    const beside = folder === 'examples/shop' ? ['platform.drml', 'sites.drml'] : [];
    const files = Object.fromEntries([name, ...beside].map((file) => [file, readFileSync(`${folder}/${file}`, 'utf8')]));
    expect(await drifted((await parseFiles(files)).model)).toEqual([]);
  });

  test('any model of services differs in nothing', async () => {
    await fc.assert(
      fc.asyncProperty(models, async (text) => {
        const { model, errors } = await built(text, true);
        expect(errors, text).toEqual([]);
        expect(await drifted(model), text).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  test('every value that is changed in the model shows', async () => {
    const text = (line: string): string => `model any { mesh istio "1.28" }
region north { zones a, b, c }
service caller { image "c:1" port http 80  runs 2 in north  requires callee { timeout 1s  retries 1 each 300ms  reads } }
service callee { ${line} }
`;
    const lines =
      'image "registry.example.com/callee:1"|port http 8080|cpu 0.5|memory 64MiB|runs 3 in north|needs 2|probe readiness every 5s failures 3 timeout 1s|grace 45s';
    const before = lines.split('|');
    const generated = generateManifests((await built(text(before.join('\n')))).model, noOwnFiles).files;
    const read = await imported(
      Object.fromEntries(generated.filter(({ path }) => path.endsWith('.yaml')).map(({ path, content }) => [path, content])),
    );
    const changes = [
      ['image "registry.example.com/callee:1"', 'image "registry.example.com/callee:2"'],
      ['port http 8080', 'port http 8081'],
      ['cpu 0.5', 'cpu 1'],
      ['memory 64MiB', 'memory 65MiB'],
      ['runs 3 in north', 'runs 4 in north'],
      ['runs 3 in north', 'runs 3 in north zones a, b'],
      ['needs 2', 'needs 3'],
      ['every 5s', 'every 6s'],
      ['grace 45s', 'grace 46s'],
    ] as const;
    for (const [from, to] of changes) {
      const { model } = await built(text(before.join('\n').replace(from, to)));
      const differences = driftOf(model, read);
      expect(
        differences.map(({ component }) => component),
        to,
      ).toEqual(['callee']);
      expect(differences[0]?.inModel !== undefined && differences[0].inManifests !== undefined, to).toBe(true);
    }
    for (const [from, to] of [
      ['timeout 1s', 'timeout 2s'],
      ['retries 1', 'retries 2'],
      ['each 300ms', 'each 400ms'],
    ] as const) {
      const { model } = await built(text(before.join('\n')).replace(from, to));
      expect(
        driftOf(model, read).map(({ component }) => component),
        to,
      ).toEqual(['caller']);
    }
  });
});
