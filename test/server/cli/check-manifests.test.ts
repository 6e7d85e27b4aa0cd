/** `drml check` on YAML: files, folders and the standard input, in every form of report. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { bundleOf } from '../bundle.js';
import { drml, folderOf } from './program.js';

const deployment = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: orders
spec:
  replcas: 1
  selector:
    matchLabels: { app: orders }
  template:
    metadata:
      labels: { app: orders }
    spec:
      containers:
        - name: orders
          image: registry.example.com/orders:1.4.2
          env:
            - { name: PORT, value: 8080 }
          resources:
            requests: { cpu: 100m, memory: 128Mi }
`;
const model = 'region north { zones a, b, c }\n\nservice orders {\n  runs 3 in north\n}\n';
const values = 'replicas: 3\nimage:\n\ttag: broken\n';
const shown = ['deploy/a.yaml:6:3 error DR084', 'deploy/a.yaml:17:36 error yaml/wrong-type'];
const heads = (out: string): readonly string[] =>
  out.split('\n').flatMap((line) => /^\S+:\d+:\d+ \w+( \S+)?/.exec(line)?.[0] ?? []);

describe('manifests', () => {
  test.each([
    ['a file', ['deploy/a.yaml']],
    ['a folder, in which YAML of other kinds is left alone', ['deploy']],
  ])('%s', async (_name, paths) => {
    const { code, out } = await drml(folderOf({ 'deploy/a.yaml': deployment, 'deploy/values.yaml': values }), 'check', ...paths);
    expect(heads(out)).toEqual(shown);
    expect(out).toContain('Did you mean replicas?');
    expect(out.trimEnd().split('\n').at(-1)).toBe('2 errors, 0 warnings in 1 file.');
    expect(code).toBe(1);
  });

  test('the standard input', async () => {
    const bundle = await bundleOf('server/cli/main.ts');
    const { status, stdout } = spawnSync(process.execPath, [bundle, 'check', '-'], { encoding: 'utf8', input: deployment });
    expect(heads(stdout.replaceAll('standard input', 'stdin'))).toEqual(
      shown.map((line) => line.replace('deploy/a.yaml', 'stdin')),
    );
    expect(status).toBe(1);
  });

  test('beside models where they are named; a folder of models is a project of its own', async () => {
    const folder = folderOf({ 'shop.drml': model, 'deploy/a.yaml': deployment });
    expect(heads((await drml(folder, 'check', 'shop.drml', 'deploy')).out)).toEqual(expect.arrayContaining(shown));
    expect((await drml(folder, 'check', '.')).out).not.toContain('deploy/a.yaml');
  });

  test('settings of the folder hold: severities, and what is left out', async () => {
    const config = JSON.stringify({ rules: { DR084: 'warning' }, exclude: ['old'] });
    const files = { 'drml.config.json': config, 'deploy/a.yaml': deployment.replace('8080', '"8080"'), 'old/a.yaml': deployment };
    const { code, out } = await drml(folderOf(files), 'check', '.');
    expect([code, heads(out)]).toEqual([0, ['deploy/a.yaml:6:3 warning DR084']]);
  });

  test('every form of report, and a baseline', async () => {
    const folder = folderOf({ 'deploy/a.yaml': deployment });
    const json = JSON.parse((await drml(folder, 'check', 'deploy', '--format', 'json')).out);
    expect(json.problems.map(({ code, line }: { code: string; line: number }) => [code, line])).toEqual([
      ['DR084', 6],
      ['yaml/wrong-type', 17],
    ]);
    expect(json.problems[1].fixes[0]).toMatchObject({ title: 'Write "8080"', changes: [{ text: '"8080"', line: 17 }] });
    const [run] = JSON.parse((await drml(folder, 'check', 'deploy', '--format', 'sarif')).out).runs;
    expect(run.results.map(({ ruleId }: { ruleId: string }) => ruleId)).toEqual(['DR084', 'yaml/wrong-type']);
    for (const { ruleId, ruleIndex } of run.results) expect(run.tool.driver.rules[ruleIndex].id).toBe(ruleId);
    for (const format of ['junit', 'github', 'markdown']) {
      expect((await drml(folder, 'check', 'deploy', '--format', format)).out).toContain('DR084');
    }
    expect((await drml(folder, 'check', 'deploy', '--write-baseline', 'known.json')).code).toBe(1);
    const { out } = await drml(folder, 'check', 'deploy', '--baseline', 'known.json');
    expect(heads(out)).toEqual(shown.slice(1));
  });

  test('--fix writes what is meant in the form that is taken, and nothing else', async () => {
    const folder = folderOf({ 'deploy/a.yaml': deployment });
    const { error } = await drml(folder, 'check', 'deploy', '--fix');
    expect(error).toContain('Made 1 fix in deploy/a.yaml.');
    expect(readFileSync(join(folder, 'deploy', 'a.yaml'), 'utf8')).toBe(deployment.replace('8080', '"8080"'));
    expect((await drml(folder, 'check', '-', '--fix')).code).toBe(2);
  });

  test('what is no manifest is refused', async () => {
    const { code, error } = await drml(folderOf({ 'a.yaml': 'a: 1\n' }), 'check', 'a.yaml');
    expect([code, error]).toEqual([2, expect.stringContaining('no object of Kubernetes')]);
  });

  test('hostile files are told, and the rest is read', async () => {
    const laughs = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i']
      .map((name, index, all) => `  ${name}: &${name} [${Array(9).fill(index === 0 ? 'x' : `*${all[index - 1]}`)}]`)
      .join('\n');
    const files = {
      'a.yaml': `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: bomb }\ndata:\n${laughs}\n`,
      'b.yaml': 'apiVersion: v1\nkind: "Broken\n---\n\tkind: tab\n',
      'c.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: {{ .Release.Name }} }\n',
      'd.yaml': `kind: ${'['.repeat(100_000)}`,
      'deploy/a.yaml': deployment,
    };
    const { code, out } = await drml(folderOf(files), 'check', '.');
    expect(code).toBe(1);
    expect(heads(out)).toEqual(expect.arrayContaining(shown));
    for (const file of ['a.yaml', 'b.yaml', 'c.yaml', 'd.yaml'])
      expect(out).toMatch(new RegExp(`^${file}:\\d+:\\d+ error yaml/`, 'm'));
  });
});
