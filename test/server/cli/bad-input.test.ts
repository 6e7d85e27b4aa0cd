import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { shop } from '../shop.js';
import { drml, folderOf } from './program.js';

const commands: readonly (readonly string[])[] = [
  ['check'],
  ['analyze'],
  ['model'],
  ['diagram', '-o', 'out.svg'],
  ['report', '-o', 'out.md'],
  ['generate', '--out', 'out'],
];
const all = commands.map((command) => [command[0] ?? '', command] as const);

/** Input about which nothing can be said: every command says why, writes nothing, and ends with 2. */
const unusable: readonly (readonly [
  what: string,
  files: Readonly<Record<string, string | Uint8Array>>,
  path: string,
  says: string,
])[] = [
  ['a path that is not there', {}, 'nowhere.drml', 'no such file or folder'],
  ['a folder without models', { 'a.txt': 'x' }, '.', 'no .drml files'],
  ['a file of another kind', { 'a.yaml': 'x: y' }, 'a.yaml', 'not a .drml file'],
  ['a binary file', { 'a.drml': new Uint8Array([1, 0, 2, 0]) }, 'a.drml', 'binary'],
  ['a file over the size limit', { 'a.drml': `// ${'x'.repeat(9 << 20)}` }, 'a.drml', 'MiB'],
];
const unusableByCommand = unusable.flatMap(([what, files, path, says]) =>
  all.map(([name, command]) => ({ name, what, command, files, path, says })),
);

test.each(unusableByCommand)('$name: $what', async ({ command, files, path, says }) => {
  const folder = folderOf(files);
  const before = readdirSync(folder);
  const { code, out, error } = await drml(folder, ...command, path);
  expect([code, error]).toEqual([2, expect.stringContaining(says)]);
  expect(out).toBe('');
  expect(readdirSync(folder)).toEqual(before);
});

const broken = 'service s {\n  runs 2 in\n}\nservice t { {{\n';

test('broken syntax: check shows it and ends with 1, the others name the file and end with 2', async () => {
  const folder = folderOf({ 'a.drml': broken });
  for (const [name, command] of all) {
    const { code, out, error } = await drml(folder, ...command, 'a.drml');
    if (name === 'check') expect([code, out]).toEqual([1, expect.stringMatching(/^a\.drml:\d+:\d+ error /m)]);
    else expect([code, error]).toEqual([2, expect.stringContaining('a.drml: the file has syntax errors')]);
  }
  expect(readdirSync(folder)).toEqual(['a.drml']);
});

test('an empty file is a model of nothing', async () => {
  const folder = folderOf({ 'empty.drml': '' });
  for (const [, command] of all) expect((await drml(folder, ...command, 'empty.drml')).code).toBe(0);
});

test.each([
  ['a byte order mark', `\uFEFF${shop}`],
  ['CRLF', shop.replaceAll('\n', '\r\n')],
  ['tabs', shop.replaceAll('  ', '\t')],
])('%s changes nothing but places', async (_what, text) => {
  const plain = JSON.parse((await drml(folderOf({ 'a.drml': shop }), 'analyze', 'a.drml', '--format', 'json')).out);
  const other = JSON.parse((await drml(folderOf({ 'a.drml': text }), 'analyze', 'a.drml', '--format', 'json')).out);
  expect(other.journeys['place-order'].availability.value).toBe(plain.journeys['place-order'].availability.value);
});

/** What `check` says of a text: it ends with 1, and names the place and the reason. */
const wrong: readonly (readonly [what: string, text: string, says: RegExp])[] = [
  ['an unknown name', 'service s { requires nobody }', /^a\.drml:1:22 error .*nobody/m],
  ['a duplicate name', 'service s { }\nservice s { }', /^a\.drml:2:9 error .*"?s"?/m],
  ['a missing import', 'import "./gone.drml"', /^a\.drml:1:8 error .*gone\.drml/m],
  ['a name outside ASCII', 'service b\u00fccher { }', /^a\.drml:1:9 error .*b\u00fccher/m],
  ['availability above 1', 'service s { availability 100.1% }', /^a\.drml:1:26 error .*100\.1%/m],
  ['a negative count', 'region r { }\nservice s { runs -1 in r }', /^a\.drml:2:18 error .*-1/m],
  ['half an instance', 'region r { }\nservice s { runs 1.5 in r }', /^a\.drml:2:18 error .*1\.5/m],
  ['a repair that takes no time', 'service s { mtbf 30d  mttr 0s }', /^a\.drml:1:28 error .*0s/m],
  ['a quantity without a unit', 'service s { mtbf 30 }', /^a\.drml:1:18 error .*30/m],
  ['a thousand million instances', 'region r { }\nservice s { runs 1000000000 in r }', /^a\.drml:2:18 error /m],
  ['N of fewer', 'service a { }\nservice b { }\nservice s { requires 3 of a, b }', /^a\.drml:3:22 error .*3/m],
];

test.each(wrong)('%s', async (_what, text, says) => {
  const { code, out } = await drml(folderOf({ 'a.drml': `${text}\n` }), 'check', 'a.drml');
  expect(out).toMatch(says);
  expect(code).toBe(1);
});

test('imports and requirements in a circle end', async () => {
  const folder = folderOf({
    'a.drml': 'import "./b.drml"\nmodel m { }\nservice a { requires b }\n',
    'b.drml': 'import "./a.drml"\nservice b { requires a }\n',
  });
  for (const command of [['check'], ['analyze'], ['diagram', '-o', 'x.svg'], ['generate', '--out', 'out']]) {
    const { code, error } = await drml(folder, ...command, 'a.drml');
    expect([command[0], code === 0 || command[0] === 'check', error.includes('unexpected')]).toEqual([command[0], true, false]);
  }
});

test('a ladder of a thousand requirements is analysed', async () => {
  const rungs = Array.from({ length: 1000 }, (_, rung) => `service s${rung} { ${rung === 0 ? '' : `requires s${rung - 1}`} }`);
  const folder = folderOf({ 'ladder.drml': `${rungs.join('\n')}\njourney j { requires s999 }\n` });
  const started = performance.now();
  const { code } = await drml(folder, 'analyze', 'ladder.drml');
  expect(code).toBe(0);
  // Other tests run at the same time; without care this takes minutes.
  expect(performance.now() - started).toBeLessThan(15_000);
});

const hostile = `model m "]]></script><script>alert(1)</script>" { namespace "on" }
region r { zones a }
service y "<script>alert('x')</script> & \\"quoted\\"" { runs 1 in r  owner "a: b # c"  port http 80 }
service on { runs 1 in r  image "\${HOME}/\u0000x:1" }
service null { runs 1 in r }
service con { runs 1 in r  id "../../../escape" }
`;

test('names that mean something to YAML, SVG, HTML or a path stay names', async () => {
  const folder = folderOf({ 'in/hostile.drml': hostile.replace('\u0000', '') });
  const drawn = await drml(folder, 'diagram', 'in/hostile.drml', '-o', 'hostile.svg');
  expect([drawn.code, drawn.error]).toEqual([0, '']);
  const svg = readFileSync(join(folder, 'hostile.svg'), 'utf8');
  expect(svg).not.toContain('<script');
  await drml(folder, 'generate', 'in/hostile.drml', '--out', 'in/k8s');
  expect(readdirSync(folder).sort()).toEqual(['hostile.svg', 'in']);
  const file = join(folder, 'in/k8s/base/y/deployment.yaml');
  if (existsSync(file)) expect(readFileSync(file, 'utf8')).toContain('name: "y"');
});

test('nothing is written through links out of the output folder', async () => {
  const folder = folderOf({ 'a.drml': 'region r { zones a }\nservice s { runs 1 in r }\n' });
  mkdirSync(join(folder, 'outside'));
  mkdirSync(join(folder, 'k8s'));
  symlinkSync(join(folder, 'outside'), join(folder, 'k8s', 'base'));
  const { code, error } = await drml(folder, 'generate', 'a.drml', '--out', 'k8s');
  expect([code, error]).toEqual([2, expect.stringContaining('is a link')]);
  expect(readdirSync(join(folder, 'outside'))).toEqual([]);
});

test('an output that cannot be written is unusable input', async () => {
  const folder = folderOf({ 'a.drml': 'region r { zones a }\nservice s { runs 1 in r }\n' });
  writeFileSync(join(folder, 'taken'), '');
  mkdirSync(join(folder, 'folder.svg'));
  expect((await drml(folder, 'generate', 'a.drml', '--out', 'taken')).code).toBe(2);
  expect((await drml(folder, 'diagram', 'a.drml', '-o', 'folder.svg')).code).toBe(2);
  expect((await drml(folder, 'diagram', 'a.drml', '-o', 'taken/x.svg')).code).toBe(2);
});

test('a day that does not exist is unusable input', async () => {
  const folder = folderOf({ 'a.drml': 'service s { }\n' });
  const { code, error } = await drml(folder, 'check', 'a.drml', '--as-of', '2026-02-30');
  expect([code, error]).toEqual([2, expect.stringContaining('not a day')]);
});
