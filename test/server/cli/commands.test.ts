import { spawn } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import {
  createProtocolConnection,
  type InitializeResult,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver-protocol/node';
import { bundleOf } from '../bundle.js';
import { shop } from '../shop.js';
import { drml, folderOf } from './program.js';

const sound = `model sound { }
region r { zones a, b, c }
service s { runs 3 in r  mtbf 30d  mttr 2m }
journey j { requires s }
`;

test('check prints each problem with its line and carets, a summary, and ends with 1 on errors', async () => {
  const { code, out } = await drml(folderOf({ 'shop.drml': shop }), 'check', 'shop.drml');
  expect(code).toBe(1);
  expect(out).toMatch(/^shop\.drml:7:3 error DR001 orders runs 1 instance/m);
  expect(out).toContain('7 |   runs 1 in cn-north\n  |   ^^^^^^^^^^^^^^^^^^\n');
  expect(out).toMatch(/^\d+ errors, \d+ warnings?.* in 1 file\. Model: shop \(shop\.drml\)$/m);
  expect(out).not.toContain('\u001B');
});

test('check ends with 0 where nothing is an error, also with findings below', async () => {
  const { code, out } = await drml(folderOf({ 'sound.drml': sound }), 'check', '.');
  expect([code, out]).toEqual([0, expect.stringMatching(/^0 errors/m)]);
});

test('check prints problems as JSON', async () => {
  const { code, out } = await drml(folderOf({ 'shop.drml': shop }), 'check', '.', '--format', 'json');
  const answer = JSON.parse(out);
  expect(code).toBe(1);
  expect(answer.summary.errors).toBeGreaterThan(0);
  expect(answer.problems.find((problem: { code?: string }) => problem.code === 'DR001')).toMatchObject({
    file: 'shop.drml',
    line: 7,
    column: 3,
    severity: 'error',
  });
});

test('check names the check behind a problem of the language', async () => {
  const folder = folderOf({ 'a.drml': 'model a { }\njourney j { requires nobody }\n' });
  const answer = JSON.parse((await drml(folder, 'check', '.', '--format', 'json')).out);
  expect(answer.problems).toContainEqual(expect.objectContaining({ line: 2, column: 22, code: 'syntax/unknown-name' }));
  expect((await drml(folder, 'check', '.')).out).toMatch(/^a\.drml:2:22 error syntax\/unknown-name No /m);
});

test('check follows the settings: severities, exclusions, and what is wrong in them', async () => {
  const rules = Object.fromEntries(
    ['DR001', 'DR002', 'DR004', 'DR010', 'DR030', 'DR032', 'DR037', 'DR043'].map((code) => [code, 'info']),
  );
  const quiet = folderOf({ 'shop.drml': shop, 'drml.config.json': JSON.stringify({ rules }) });
  expect((await drml(quiet, 'check', '.')).code).toBe(0);
  const excluded = folderOf({ 'shop.drml': shop, 'a/sound.drml': sound, 'drml.config.json': '{ "exclude": ["shop.drml"] }' });
  expect((await drml(excluded, 'check', '.')).code).toBe(0);
  const wrong = await drml(folderOf({ 'sound.drml': sound, 'drml.config.json': '{ "rulez": {} }' }), 'check', '.');
  expect([wrong.code, wrong.out]).toEqual([1, expect.stringContaining('drml.config.json:1:3 error "rulez" is not a setting')]);
});

test('analyze prints figures', async () => {
  const { code, out } = await drml(folderOf({ 'shop.drml': shop }), 'analyze', 'shop.drml', '--as-of', '2026-01-02');
  expect(code).toBe(0);
  expect(out).toContain('shop shop.drml, as of 2026-01-02');
  expect(out).toMatch(/^place-order +99\.\d+% \([\d.]+ (?:min|h)\/yr\) \((?:met|missed)\) +cn-north, orders/m);
});

test('analyze prints the report as JSON, of several roots by path', async () => {
  const one = JSON.parse((await drml(folderOf({ 'shop.drml': shop }), 'analyze', '.', '--format', 'json')).out);
  expect(one.model).toBe('shop');
  expect(one.journeys['place-order'].availability).toMatchObject({ status: 'known', value: expect.any(Number) });
  expect(one.components.orders.unavailability.status).toBe('known');
  const folder = folderOf({ 'shop.drml': shop, 'sound.drml': sound });
  const two = JSON.parse((await drml(folder, 'analyze', '.', '--format', 'json')).out);
  expect(Object.keys(two.roots)).toEqual(['shop.drml', 'sound.drml']);
  expect(two.roots['sound.drml']).toMatchObject({ model: 'sound' });
});

test('a file that another root reaches is no root of a folder, and one when it is named', async () => {
  const folder = folderOf({
    'main.drml': `import "./parts.drml"\n${sound}`,
    'parts.drml': 'service part { }\n',
    'loose.drml': 'service loose { }\n',
  });
  const models = async (path: string): Promise<readonly string[]> => {
    const report = JSON.parse((await drml(folder, 'analyze', path, '--format', 'json')).out);
    return Object.values(report.roots ?? { only: report }).map((root) => (root as { model: string }).model);
  };
  expect(await models('.')).toEqual(['loose', 'sound']);
  expect(await models('parts.drml')).toEqual(['parts']);
});

test('analyze prints what scenarios take, and whether that is as expected', async () => {
  const folder = folderOf({
    'shop.drml': `model shop { }
region north { zones a }
region south { zones a }
service orders { runs 1 in north  runs 1 in south as hot standby  requires store  failover { detect 30s  switch mesh } }
service pages { runs 1 in north  wants orders }
database store { runs 1 in south }
scenario north-lost { fails north  expect orders up rto <= 1m  expect pages up }
scenario store-lost { corrupts store  expect orders down }
`,
  });
  const { code, out } = await drml(folder, 'analyze', '.');
  expect(code).toBe(0);
  expect(out.slice(out.indexOf('Scenarios'))).toBe(`Scenarios
  north-lost
    down: pages (north is down)
    met  expect orders up rto <= 1 min: rto 30 s
    missed  expect pages up: down (north is down)
  store-lost
    down: orders (requires store, which is down)
    down: store (it is off)
    degraded: pages (wants orders, which is down)
    lost: store (no earlier point in time of store is kept)
    met  expect orders down
`);
  const report = JSON.parse((await drml(folder, 'analyze', '.', '--format', 'json')).out);
  expect(Object.keys(report.scenarios)).toEqual(['north-lost', 'store-lost']);
  expect(report.scenarios['north-lost'].expectations.map((each: { met: boolean }) => each.met)).toEqual([true, false]);
});

test('analyze prints capacity, quotas and calls where the model states such facts', async () => {
  const folder = folderOf({
    'shop.drml': `model shop { }
region north { zones a }
region south { zones a  quota cpu 3 }
service web { runs 2 in north  runs 2 in south as pilot light  cpu 2  load 15rps  capacity 10rps  requires api { timeout 1s  retries 2 each 400ms } }
service api { runs 1 in north  requires web { timeout 500ms  retries 1 each 200ms } }
`,
  });
  const { code, out } = await drml(folder, 'analyze', '.');
  expect(code).toBe(0);
  expect(out).toMatch(/^web +2 \(2 needed\) +75% +150% +nothing left \(north\.a\) +nothing left \(north\)$/m);
  expect(out).toMatch(/^south cpu +all is well +0 cores +3 cores\n +without north +4 cores \(too much\) +3 cores$/m);
  expect(out).toMatch(/^web → api +1 s +3 in 1 s 200 ms \(too long\)|^web → api +1 s +3 in 1.2 s \(too long\)/m);
  expect(out).toMatch(/^web +unbounded +web → api/m);
  expect((await drml(folder, 'analyze', '.', '--explain', 'web.capacity')).out).toContain('15 rps / (2 × 10 rps)');
  expect((await drml(folder, 'analyze', '.', '--explain', 'south.capacity')).out).toContain('2 × 2 cores');
  expect((await drml(folder, 'analyze', '.', '--explain', 'web.calls')).out).toContain('3 × 400 ms');
  const sound = await drml(folderOf({ 'plain.drml': 'model plain { }\nservice api { }\n' }), 'analyze', '.');
  expect(sound.out).not.toMatch(/Use at peak|Quota|Calls|Retries/);
});

test('analyze explains one figure as a tree', async () => {
  const folder = folderOf({ 'shop.drml': shop });
  const { code, out } = await drml(folder, 'analyze', '.', '--explain', 'place-order.availability');
  expect([code, out]).toEqual([0, expect.stringMatching(/^place-order availability {2}99\.\d+%.*\n {2}requires orders/)]);
  expect((await drml(folder, 'analyze', '.', '--explain', 'orders-db.region-loss.rto')).out).toContain('promote');
  // Every line says where its fact stands.
  expect(out).toMatch(/requires orders .*\[shop\.drml:\d+\]$/m);
  const unknown = await drml(folder, 'analyze', '.', '--explain', 'nobody.availability');
  expect([unknown.code, unknown.error]).toEqual([
    2,
    expect.stringMatching(/nothing is called nobody\. The model has .*place-order.*\. Write NAME\.availability,/),
  ]);
});

test.each([
  ['order.availability', 'Did you mean orders.availability?', 'Of orders there are: availability,'],
  ['orders.availabilty', 'Did you mean orders.availability?', 'region-loss.rto'],
  ['orders', '', 'Of orders there are: availability,'],
  ['orders.region-los.rto', 'Did you mean orders.region-loss.rto?', ''],
])('analyze --explain %s says what there is', async (path, like, list) => {
  const { code, error } = await drml(folderOf({ 'shop.drml': shop }), 'analyze', '.', '--explain', path);
  expect(code).toBe(2);
  expect(error).toContain(like);
  expect(error).toContain(list);
});

test('model prints the semantic model', async () => {
  const { code, out } = await drml(folderOf({ 'shop.drml': shop }), 'model', 'shop.drml', '--format', 'json');
  const model = JSON.parse(out);
  expect(code).toBe(0);
  expect(model.components.map(({ name }: { name: string }) => name)).toEqual(['orders', 'orders-db', 'backup', 'vault']);
});

test.each(['light', 'dark'])('diagram draws a %s picture, the same each time', async (theme) => {
  const folder = folderOf({ 'shop.drml': shop });
  const first = await drml(folder, 'diagram', 'shop.drml', '-o', 'out/a.svg', '--theme', theme);
  await drml(folder, 'diagram', 'shop.drml', '-o', 'b.svg', '--theme', theme);
  const svg = readFileSync(join(folder, 'out/a.svg'), 'utf8');
  expect([first.code, first.error]).toEqual([0, '']);
  expect(svg).toMatch(/^<svg [^>]*xmlns="http:\/\/www\.w3\.org\/2000\/svg"/);
  expect(svg).toContain('place-order');
  expect(readFileSync(join(folder, 'b.svg'), 'utf8')).toBe(svg);
});

test('generate writes manifests, finds them up to date, and keeps what a hand has changed', async () => {
  const folder = folderOf({ 'sound.drml': sound });
  const generate = (...more: readonly string[]) => drml(folder, 'generate', 'sound.drml', '--out', 'k8s', ...more);
  expect([(await generate('--check')).code, existsSync(join(folder, 'k8s'))]).toEqual([1, false]);
  expect([(await generate('--dry-run')).out, existsSync(join(folder, 'k8s'))]).toEqual([
    expect.stringContaining('would create base/s/deployment.yaml'),
    false,
  ]);
  expect((await generate()).code).toBe(0);
  const deployment = join(folder, 'k8s/base/s/deployment.yaml');
  const generated = readFileSync(deployment, 'utf8');
  expect(generated).toContain('kind: Deployment');
  expect((await generate('--check')).code).toBe(0);
  expect((await generate()).out).toMatch(/0 files were created, 0 updated, 0 removed/);

  writeFileSync(deployment, `${generated}# mine\n`);
  const refused = await generate();
  expect([refused.code, refused.error]).toEqual([1, expect.stringContaining('refused base/s/deployment.yaml')]);
  expect(readFileSync(deployment, 'utf8')).toContain('# mine');

  writeFileSync(deployment, generated);
  writeFileSync(join(folder, 'sound.drml'), sound.replaceAll(' s ', ' t ').replace('requires s', 'requires t'));
  expect((await generate()).code).toBe(0);
  expect([existsSync(deployment), existsSync(join(folder, 'k8s/base/t/deployment.yaml'))]).toEqual([false, true]);
});

test('fmt lays files out in place, and --check only tells', async () => {
  const folder = folderOf({ 'a.drml': 'service s{\nmtbf   30d\n}\n', 'b.drml': 'service t {\n  mtbf 30d\n}\n' });
  const told = await drml(folder, 'fmt', '--check', '.');
  expect([told.code, told.out]).toEqual([1, expect.stringContaining('a.drml: not formatted')]);
  expect(readFileSync(join(folder, 'a.drml'), 'utf8')).toContain('s{');
  expect((await drml(folder, 'fmt', '.')).code).toBe(0);
  expect(readFileSync(join(folder, 'a.drml'), 'utf8')).toBe('service s {\n  mtbf 30d\n}\n');
  expect((await drml(folder, 'fmt', '--check', '.')).code).toBe(0);
});

test('help and version are no failures; unknown words are unusable input', async () => {
  const folder = folderOf({});
  expect((await drml(folder, '--help')).code).toBe(0);
  expect((await drml(folder, '--version')).out).toMatch(/^\d+\.\d+\.\d+\n$/);
  expect((await drml(folder, 'chekc', '.')).code).toBe(2);
  expect((await drml(folder, 'check')).code).toBe(2);
  expect((await drml(folder, 'check', '.', '--format', 'xml')).code).toBe(2);
});

test('lsp runs the language server on the standard streams and ends with its client', async () => {
  const bundle = await bundleOf('server/cli/main.ts');
  const server = spawn(process.execPath, [bundle, 'lsp', '--stdio'], { stdio: ['pipe', 'pipe', 'ignore'] });
  const connection = createProtocolConnection(new StreamMessageReader(server.stdout), new StreamMessageWriter(server.stdin));
  connection.listen();
  const answer = await connection.sendRequest<InitializeResult>('initialize', {
    processId: null,
    rootUri: null,
    capabilities: {},
  });
  expect(answer.serverInfo?.name).toBe('DRML');
  const ended = new Promise((resolve) => server.once('exit', resolve));
  await connection.sendRequest('shutdown');
  await connection.sendNotification('exit');
  expect(await ended).toBe(0);
  connection.dispose();
});

test('analyze --only prints the JSON of the names given, and refuses others', async () => {
  const folder = folderOf({
    'shop.drml': 'region north { }\nservice orders { runs 2 in north }\nservice pages { runs 2 in north }\n',
  });
  const some = JSON.parse((await drml(folder, 'analyze', 'shop.drml', '--format', 'json', '--only', 'orders')).out);
  expect([Object.keys(some.components), some.schema]).toEqual([['orders'], 'drml/analysis@1']);
  const wrong = await drml(folder, 'analyze', 'shop.drml', '--format', 'json', '--only', 'order');
  expect([wrong.code, wrong.error]).toEqual([2, expect.stringContaining('Did you mean orders?')]);
  expect((await drml(folder, 'analyze', 'shop.drml', '--only', 'orders')).error).toContain('add --format json');
});
