/** `drml generate` against folders that others have touched, and against itself. */
import { spawn, spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { OutputFolder } from '../../../server/cli/output-folder.js';
import { whileMarked } from '../../../server/cli/run-mark.js';
import { bundleOf } from '../bundle.js';
import { drml, folderOf, type Ran } from './program.js';

const text = (replicas: number, more = ''): string => `region r { zones a, b, c }
service orders tier 0 {
  image "registry.example.com/orders:1.0"
  port http 8080
  probe readiness "/ready" every 5s
  runs ${replicas} in r
}
${more}`;

/** Many files, so that a run takes a while. */
const many = (replicas: number): string =>
  text(replicas, Array.from({ length: 40 }, (_, index) => `service s${index} {\n  runs ${replicas} in r\n}\n`).join(''));

const deployment = 'k8s/base/orders/deployment.yaml';
const generate = (folder: string, ...more: readonly string[]): Promise<Ran> =>
  drml(folder, 'generate', 'shop.drml', '--out', 'k8s', ...more);

/** A folder with manifests in it, and how to look at and change one of its files. */
async function generated(model: string = text(3)) {
  const folder = folderOf({ 'shop.drml': model });
  expect((await generate(folder)).code).toBe(0);
  const read = (path: string): string => readFileSync(join(folder, path), 'utf8');
  const write = (path: string, content: string): void => writeFileSync(join(folder, path), content);
  return { folder, read, write };
}

/** All files of a folder with their texts, but for marks of runs. */
function contents(folder: string): Readonly<Record<string, string>> {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) =>
    statSync(join(folder, path)).isFile(),
  );
  return Object.fromEntries(files.sort().map((path) => [path, readFileSync(join(folder, path), 'utf8')]));
}

test('an edit is refused with its diff, and then moved into a patch', async () => {
  const { folder, read, write } = await generated();
  const before = read(deployment);
  write(deployment, before.replace('revisionHistoryLimit: 5', 'revisionHistoryLimit: 9'));
  const refused = await generate(folder);
  expect(refused.code).toBe(1);
  expect(refused.error).toContain('refused base/orders/deployment.yaml: changed by hand');
  expect(refused.error).toContain('-  revisionHistoryLimit: 9\n+  revisionHistoryLimit: 5\n');
  const moved = await generate(folder, '--edits', 'move');
  expect([moved.code, moved.error]).toEqual([0, expect.stringContaining('now in custom/base/orders.deployment.yaml')]);
  expect(read(deployment)).toBe(before);
  expect(read('k8s/custom/base/orders.deployment.yaml')).toContain('revisionHistoryLimit: 9');
  expect((await generate(folder, '--check')).code).toBe(0);
});

test('what is in custom/ is never touched again', async () => {
  const { folder, read, write } = await generated();
  write('k8s/custom/base/kustomization.yaml', 'mine: true\n');
  write('k8s/custom/base/mine.yaml', 'mine: true\n');
  write('shop.drml', text(5));
  expect((await generate(folder, '--edits', 'overwrite')).code).toBe(0);
  expect([read('k8s/custom/base/kustomization.yaml'), read('k8s/custom/base/mine.yaml')]).toEqual([
    'mine: true\n',
    'mine: true\n',
  ]);
});

test('an edit that no patch expresses stays, and the reason is told', async () => {
  const { folder, read, write } = await generated();
  const edited = `${read(deployment)}---\nkind: Other\n`;
  write(deployment, edited);
  const { code, error } = await generate(folder, '--edits', 'move');
  expect([code, error]).toEqual([1, expect.stringContaining('cannot be moved into custom/: it holds more than one object')]);
  expect(read(deployment)).toBe(edited);
});

test('--edits overwrite gives edits up', async () => {
  const { folder, read, write } = await generated();
  const before = read(deployment);
  write(deployment, `${before}# mine\n`);
  expect((await generate(folder, '--edits', 'overwrite')).code).toBe(0);
  expect(read(deployment)).toBe(before);
});

test('--diff prints what would change, and writes nothing', async () => {
  const { folder, write } = await generated();
  write('shop.drml', text(5));
  const before = contents(folder);
  const { code, out } = await generate(folder, '--diff');
  expect([code, out]).toEqual([0, expect.stringMatching(/^-.*replicas: 3.*\n\+.*replicas: 5/m)]);
  expect(contents(folder)).toEqual(before);
  expect((await generate(folder, '--check')).code).toBe(1);
  expect(contents(folder)).toEqual(before);
});

test('a checkout with other line endings is no edit, and keeps them where nothing changes', async () => {
  const { folder, read, write } = await generated();
  for (const [path, content] of Object.entries(contents(join(folder, 'k8s'))))
    write(`k8s/${path}`, content.replace(/\n/g, '\r\n'));
  expect((await generate(folder, '--check')).code).toBe(0);
  write('shop.drml', text(5));
  expect((await generate(folder)).code).toBe(0);
  expect(read('k8s/overlays/r/default/patches/orders.deployment.yaml')).toContain('replicas: 5');
  expect(read(deployment)).toContain('\r\n');
});

test('a read-only file is not replaced, and nothing else is written', async () => {
  const { folder, read, write } = await generated();
  chmodSync(join(folder, 'k8s/overlays/r/default/patches/orders.deployment.yaml'), 0o444);
  write('shop.drml', text(5, 'service other { runs 1 in r }\n'));
  const before = contents(join(folder, 'k8s'));
  const { code, error } = await generate(folder);
  expect([code, error]).toEqual([2, expect.stringContaining('orders.deployment.yaml: is read-only, so nothing was written')]);
  expect(contents(join(folder, 'k8s'))).toEqual(before);
  expect(read('k8s/.drml/manifest.lock.json')).not.toContain('other');
});

test.each<[string, (root: string, outside: string) => void, string]>([
  ['a link to a folder', (root, outside) => symlinkSync(outside, join(root, 'base')), 'is a link'],
  [
    'a link to a folder below',
    (root, outside) => {
      mkdirSync(join(root, 'base'));
      symlinkSync(outside, join(root, 'base/orders'));
    },
    'is a link',
  ],
  [
    'a link to a file',
    (root, outside) => {
      mkdirSync(join(root, 'base/orders'), { recursive: true });
      symlinkSync(join(outside, 'target'), join(root, 'base/orders/deployment.yaml'));
    },
    'is a link',
  ],
  ['a link to nowhere', (root, outside) => symlinkSync(join(outside, 'nothing'), join(root, 'overlays')), 'is a link'],
  ['a linked folder of locks', (root, outside) => symlinkSync(outside, join(root, '.drml')), 'is a link'],
  [
    'a linked folder of drafts',
    (root, outside) => {
      mkdirSync(join(root, '.drml'));
      symlinkSync(outside, join(root, '.drml/staged'));
    },
    'is a link',
  ],
  ['a linked folder of patches', (root, outside) => symlinkSync(outside, join(root, 'custom')), 'is a link'],
  ['a file for a folder', (root) => writeFileSync(join(root, 'base'), 'x'), 'is no folder'],
  ['a folder for a file', (root) => mkdirSync(join(root, 'base/orders/deployment.yaml'), { recursive: true }), 'is no file'],
])('hostile: %s', async (_name, prepare, said) => {
  const folder = folderOf({ 'shop.drml': text(3), 'outside/target': 'theirs\n', 'k8s/mine.txt': 'mine\n' });
  prepare(join(folder, 'k8s'), join(folder, 'outside'));
  const { code, error } = await generate(folder);
  expect([code, error]).toEqual([2, expect.stringContaining(said)]);
  expect(contents(join(folder, 'outside'))).toEqual({ target: 'theirs\n' });
  expect(existsSync(join(folder, 'k8s/platform'))).toBe(false);
});

test('a lock that claims what no generator writes owns none of it', async () => {
  const { folder, read, write } = await generated();
  mkdirSync(join(folder, 'k8s/.git'));
  write('k8s/.git/config', 'theirs\n');
  const theirs = '5a1f6ea37ab08b60a3bfb8e24e9c3b8e0f7e3a8d'.padEnd(64, '0');
  const lock = JSON.parse(read('k8s/.drml/manifest.lock.json')) as { files: Record<string, string> };
  for (const path of ['.git/config', '../shop.drml', '/etc/hostname', 'custom/base/kustomization.yaml'])
    lock.files[path] = theirs;
  write('k8s/.drml/manifest.lock.json', JSON.stringify(lock));
  expect((await generate(folder, '--edits', 'overwrite')).code).toBe(0);
  expect([read('k8s/.git/config'), read('shop.drml')]).toEqual(['theirs\n', text(3)]);
  expect(existsSync(join(folder, 'k8s/custom/base/kustomization.yaml'))).toBe(true);
});

/** Runs the program without waiting for its end. */
async function started(folder: string) {
  const bundle = await bundleOf('server/cli/main.ts');
  const child = spawn(process.execPath, [bundle, 'generate', 'shop.drml', '--out', 'k8s'], { cwd: folder, stdio: 'ignore' });
  const ended = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)));
  return { child, ended };
}

test('of several runs at once each ends well, and the tree is whole', async () => {
  const folder = folderOf({ 'shop.drml': many(3) });
  const runs = await Promise.all([started(folder), started(folder), started(folder)]);
  expect(await Promise.all(runs.map(({ ended }) => ended))).toEqual([0, 0, 0]);
  expect((await generate(folder, '--check')).code).toBe(0);
  expect(readdirSync(join(folder, 'k8s/.drml'))).toEqual(['manifest.lock.json']);
});

test('a run that is killed while it writes leaves a tree that the next run makes whole', async () => {
  const { folder, write } = await generated(many(3));
  const stages: string[] = [];
  for (const wanted of ['staged', 'journal.json']) {
    write('shop.drml', many(wanted === 'staged' ? 5 : 7));
    const { child, ended } = await started(folder);
    const place = join(folder, 'k8s/.drml', wanted);
    while (child.exitCode === null && !existsSync(place)) await new Promise((resolve) => setImmediate(resolve));
    child.kill('SIGKILL');
    await ended;
    stages.push(wanted);
    const next = await generate(folder);
    expect([next.code, next.error]).toEqual([0, expect.not.stringContaining('refused')]);
    expect((await generate(folder, '--check')).code).toBe(0);
    expect(readdirSync(join(folder, 'k8s/.drml'))).toEqual(['manifest.lock.json']);
  }
  expect(stages).toEqual(['staged', 'journal.json']);
});

test('what a run left unfinished is told, and --check writes nothing', async () => {
  const { folder, write } = await generated();
  write('k8s/.drml/journal.json', '{"replace": [], "remove": []}\n');
  const before = contents(join(folder, 'k8s'));
  const checked = await generate(folder, '--check');
  expect([checked.code, checked.error]).toEqual([1, expect.stringContaining('a run ended while it wrote')]);
  expect(contents(join(folder, 'k8s'))).toEqual(before);
  expect((await generate(folder)).error).toContain('finished');
  expect((await generate(folder, '--check')).code).toBe(0);
});

test('a mark of another computer is respected and named; one of a process that has ended is not', async () => {
  const root = folderOf({ '.drml/writing-00000000-77-00000000': '' });
  const folder = new OutputFolder(root);
  const work = (): string => 'done';
  await expect(whileMarked(folder, work, 1)).rejects.toThrow('.drml/writing-00000000-77-00000000');
  rmSync(join(root, '.drml/writing-00000000-77-00000000'));
  let own = '';
  expect(
    await whileMarked(folder, () => {
      [own = ''] = readdirSync(join(root, '.drml'));
      return work();
    }),
  ).toBe('done');
  expect(own).toMatch(/^writing-[0-9a-f]{8}-\d+-[0-9a-f]{8}$/);
  const ended = spawnSync(process.execPath, ['-e', '']).pid;
  mkdirSync(join(root, '.drml'));
  writeFileSync(join(root, '.drml', own.replace(`-${process.pid}-`, `-${ended}-`)), '');
  expect(await whileMarked(folder, work, 1)).toBe('done');
  expect(existsSync(join(root, '.drml'))).toBe(false);
});

const own = `apiVersion: apps/v1
kind: Deployment
metadata: { name: orders }
spec:
  replicas: 1
  selector: { matchLabels: { app: orders } }
  template:
    metadata: { labels: { app: orders } }
    spec: { containers: [{ name: orders, image: "registry.example.com/orders:1.0" }] }
`;
const withOwn = text(3)
  .replace('tier 0 {\n', 'tier 0 {\n  manifest "./orders.yaml"\n')
  .replace(/ {2}probe.*\n/, '');

test('patches are laid over the manifest that a component names, and contradictions are told with both lines', async () => {
  const folder = folderOf({ 'shop.drml': withOwn, 'orders.yaml': own });
  const { code, error } = await generate(folder);
  expect([code, error]).toEqual([0, expect.stringContaining('contradiction: orders: spec.replicas is 3 by the model, and 1 in')]);
  expect(readFileSync(join(folder, 'k8s/base/orders/own-manifest.yaml'), 'utf8').endsWith(own)).toBe(true);
  const checked = await drml(folder, 'check', 'shop.drml');
  expect(checked.out).toMatch(
    /^shop\.drml:6:3 warning DR103 orders: spec\.replicas is 3 by the model, and 1 in \.\/orders\.yaml:5;/m,
  );
});

test.each<[string, Readonly<Record<string, string | Uint8Array>>, string]>([
  ['missing', {}, 'there is no such file'],
  ['binary', { 'orders.yaml': new Uint8Array([0, 1, 2]) }, 'the file is binary, not text'],
  ['huge', { 'orders.yaml': '#'.repeat(3 << 20) }, 'DRML reads files up to 1 MiB'],
])('a manifest that is %s is told at the statement that names it, and stops nothing else', async (_name, files, said) => {
  const folder = folderOf({ 'shop.drml': `${withOwn}service other { runs 1 in r }\n`, ...files });
  const { out } = await drml(folder, 'check', 'shop.drml');
  expect(out).toMatch(/^shop\.drml:3:3 warning DR104 /m);
  expect(out).toContain(said);
  expect((await generate(folder)).code).toBe(0);
  expect(existsSync(join(folder, 'k8s/base/other/deployment.yaml'))).toBe(true);
});

test('what was asked for once is kept up by runs that do not ask again', async () => {
  const folder = folderOf({ 'shop.drml': text(3) });
  const set = 'k8s/argocd/applicationset.yaml';
  const first = await generate(
    folder,
    '--with',
    'argocd',
    '--repository',
    'https://git.example.com/shop.git',
    '--repository-folder',
    '/k8s/',
  );
  expect(first.code).toBe(0);
  const written = readFileSync(join(folder, set), 'utf8');
  expect(written).toContain('repoURL: https://git.example.com/shop.git');
  expect(written).toContain('path: k8s/overlays/{{.path}}');
  expect((await generate(folder, '--check')).code).toBe(0);
  expect((await generate(folder)).code).toBe(0);
  expect(readFileSync(join(folder, set), 'utf8')).toBe(written);
  expect((await generate(folder, '--with', 'helmet')).code).toBe(2);
});
