import { existsSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { workload } from '../../language/import/fixtures.js';
import { drml, folderOf } from './program.js';

const files = {
  'deploy/api.yaml': workload('api', { spec: 'replicas: 3', container: 'env: [{ name: DB_ADDR, value: "db:5432" }]' }),
  'deploy/db.yaml': workload('db', { kind: 'StatefulSet', image: 'postgres:16', port: 5432, spec: 'replicas: 1' }),
};

test('import writes a model that is laid out and that check reads, and asks what the manifests do not say', async () => {
  const folder = folderOf(files);
  const written = await drml(folder, 'import', 'deploy', '-o', 'shop.drml');
  expect([written.code, written.error]).toEqual([0, '']);
  expect(written.out).toMatch(/^shop\.drml: 2 components and 1 call from 4 objects\. Next: drml check shop\.drml\n/);
  expect(written.out).toContain('? Where does this run? Rename region home, and write its zones: zones a, b, c.\n');
  expect(written.out).toContain('? How is db backed up?');
  const text = readFileSync(join(folder, 'shop.drml'), 'utf8');
  expect(text).toContain('model shop {');
  expect((await drml(folder, 'fmt', '--check', 'shop.drml')).code).toBe(0);
  expect((await drml(folder, 'check', 'shop.drml')).out).not.toContain('syntax/');
});

test('import prints, reads the standard input, names regions and never overwrites unasked', async () => {
  const folder = folderOf({ ...files, 'shop.drml': 'mine\n' });
  const printed = await drml(folder, 'import', 'deploy/api.yaml', '--name', 'web-shop');
  expect([printed.code, printed.out]).toEqual([0, expect.stringContaining('model web-shop {')]);
  const regions = await drml(folder, 'import', '--region', 'north=deploy');
  expect(regions.out).toContain('runs 3 in north');
  const refused = await drml(folder, 'import', 'deploy', '-o', 'shop.drml');
  expect([refused.code, refused.error]).toEqual([2, expect.stringContaining('shop.drml is there already')]);
  expect(readFileSync(join(folder, 'shop.drml'), 'utf8')).toBe('mine\n');
  expect((await drml(folder, 'import', 'deploy', '-o', 'shop.drml', '--force')).code).toBe(0);
});

test('import names what it cannot read, and imports the rest', async () => {
  const folder = folderOf({ ...files, 'deploy/broken.yaml': 'kind: Service\napiVersion: v1\nmetadata:\n\tname: a\n' });
  const result = await drml(folder, 'import', 'deploy', '-o', 'shop.drml');
  expect([result.code, result.error]).toEqual([1, expect.stringMatching(/^deploy\/broken\.yaml:4: error .*tab/i)]);
  expect(existsSync(join(folder, 'shop.drml'))).toBe(true);
});

test('import reads what kustomizations make config maps of, and nothing outside of what was named', async () => {
  const folder = folderOf({
    'deploy/kustomization.yaml':
      'resources: [api.yaml, db.yaml]\nconfigMapGenerator: [{ name: settings, namespace: shop, envs: [app.env, ../secret.env, linked.env] }]\n',
    'deploy/api.yaml': workload('api', { container: 'envFrom: [{ configMapRef: { name: settings } }]' }),
    'deploy/db.yaml': files['deploy/db.yaml'],
    'deploy/app.env': 'DB_HOST=db\n',
    'secret.env': 'SECRET_HOST=secret.example.net\n',
  });
  symlinkSync(join(folder, 'secret.env'), join(folder, 'deploy/linked.env'));
  const inside = await drml(folder, 'import', 'deploy');
  expect(inside.out).toContain('requires db  // config map settings, DB_HOST (deploy/app.env:1)');
  expect(inside.out).not.toContain('secret');
  expect(inside.error.trimEnd().split('\n')).toEqual([
    expect.stringContaining('There is no ../secret.env here'),
    expect.stringContaining('There is no linked.env here'),
  ]);
  expect((await drml(folder, 'import', '.')).out).toContain('secret.example.net');
});

test.each([
  [['import', 'nowhere'], 'nowhere: no such file or folder.'],
  [['import', 'empty'], 'empty: no .yaml, .yml or .json files in this folder.'],
  [['import', 'empty/none.txt'], 'nothing that runs'],
  [['import', 'deploy', '-o', 'shop.txt'], 'expected a file that ends in .drml'],
  [['import', 'deploy', '--region', 'north'], 'Expected NAME=PATH'],
  [['import', 'deploy', '--name', 'Not A Name'], 'Expected lower-case letters'],
  [['drift', 'shop.drml', 'empty/none.txt'], 'nothing that runs'],
] as const)('%j is refused', async (args, says) => {
  const folder = folderOf({
    ...files,
    'empty/none.txt': 'text\n',
    'shop.drml': 'region home { }\nservice api { runs 3 in home }\n',
  });
  const result = await drml(folder, ...args);
  expect([result.code, result.error]).toEqual([2, expect.stringContaining(says)]);
});

test('drift lists the differences with both lines, and ends with 1', async () => {
  const folder = folderOf(files);
  await drml(folder, 'import', 'deploy', '-o', 'shop.drml');
  const same = await drml(folder, 'drift', 'shop.drml', 'deploy');
  expect([same.code, same.out]).toEqual([0, '0 differences between shop and 4 objects\n']);
  const changed = folderOf({
    ...files,
    'shop.drml': readFileSync(join(folder, 'shop.drml'), 'utf8').replace('runs 3 in home', 'runs 4 in home'),
  });
  const found = await drml(changed, 'drift', 'shop.drml', 'deploy');
  expect(found.code).toBe(1);
  expect(found.out).toMatch(
    /^api runs 4 in home by the model, 3 by the manifests\.\n {2}model {5}shop\.drml:\d+\n {2}manifest {2}deploy\/api\.yaml:6\n1 difference between shop and 4 objects\n$/,
  );
  const json = JSON.parse((await drml(changed, 'drift', 'shop.drml', 'deploy', '--format', 'json')).out);
  expect(json.differences).toEqual([
    expect.objectContaining({
      component: 'api',
      manifest: { file: 'deploy/api.yaml', line: 6 },
      model: { file: 'shop.drml', line: expect.any(Number) },
    }),
  ]);
});

test('import takes the calls that traces have seen', async () => {
  const calls = '{ "data": [{ "parent": "db", "child": "api", "callCount": 3 }] }';
  const folder = folderOf({ ...files, 'calls.json': calls, 'bad.json': '{}' });
  expect((await drml(folder, 'import', 'deploy', '--calls', 'calls.json')).out).toContain('requires api  // traces, 3 calls');
  const refused = await drml(folder, 'import', 'deploy', '--calls', 'bad.json');
  expect([refused.code, refused.error]).toEqual([2, expect.stringContaining('--calls bad.json: Expected the dependencies')]);
});

test('import without manifests says what to name', async () => {
  const folder = folderOf({ 'app/service.yaml': 'apiVersion: v1\nkind: Service\nmetadata: { name: a }\n' });
  const none = await drml(folder, 'import');
  expect([none.code, none.error]).toEqual([
    2,
    expect.stringContaining('Name YAML files or folders, or - for the standard input'),
  ]);
  const one = await drml(folder, 'import', 'app');
  expect([one.code, one.error]).toEqual([2, expect.stringContaining('app: nothing that runs is in the 1 object there')]);
});
