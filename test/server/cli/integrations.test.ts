/** The GitHub Action and the pre-commit hooks: what their files name is run, in a folder with a model. */
import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { bundleOf } from '../bundle.js';
import { folderOf } from './program.js';

interface Step {
  readonly id?: string;
  readonly run?: string;
  readonly env?: Readonly<Record<string, string>>;
}
interface Action {
  readonly inputs: Readonly<Record<string, { readonly default?: string }>>;
  readonly outputs: Readonly<Record<string, { readonly value: string }>>;
  readonly runs: { readonly using: string; readonly steps: readonly Step[] };
}
interface Hook {
  readonly id: string;
  readonly language: string;
  readonly entry: string;
  readonly args?: readonly string[];
  readonly files: string;
  readonly pass_filenames?: boolean;
}

const project = join(import.meta.dirname, '../../..');
const read = (path: string): unknown => parse(readFileSync(join(project, path), 'utf8'));
const action = read('action.yml') as Action;
const hooks = read('.pre-commit-hooks.yaml') as readonly Hook[];

const wrong = `region north { zones a, b }

service orders tier 0 {
  runs 1 in north
  mtbf 30d  mttr 5m
}
`;
const warned = wrong
  .replace(' tier 0', ' tier 2')
  .replace('runs 1', 'runs 2')
  .concat('\nservice carts tier 2 {\n  runs 1 in north\n}\n');

describe('the GitHub Action', () => {
  const check = action.runs.steps.find(({ id }) => id === 'check');

  /** Runs the step as a runner does, with some inputs stated. */
  async function run(model: string, stated: Readonly<Record<string, string>>) {
    const place = mkdtempSync(join(tmpdir(), 'drml-action-'));
    mkdirSync(join(place, 'dist'));
    copyFileSync(await bundleOf('server/cli/main.ts'), join(place, 'dist', 'drml.cjs'));
    const folder = folderOf({ 'models/model.drml': model });
    const value = (text: string): string =>
      text
        .replaceAll('${' + '{ github.action_path }}', place)
        .replaceAll(
          /\$\{\{ inputs\.([\w-]+) \}\}/g,
          (_, name: string) => stated[name] ?? action.inputs[name]?.default ?? 'no such input',
        );
    const env = Object.fromEntries(Object.entries(check?.env ?? {}).map(([name, text]) => [name, value(text)]));
    const summary = join(place, 'summary.md');
    const output = join(place, 'output');
    const done = spawnSync('bash', ['-e', '-o', 'pipefail', '-c', check?.run ?? 'exit 99'], {
      cwd: folder,
      encoding: 'utf8',
      env: { ...process.env, ...env, GITHUB_STEP_SUMMARY: summary, GITHUB_OUTPUT: output },
    });
    return {
      folder,
      code: done.status,
      out: done.stdout,
      error: done.stderr,
      summary: readFileSync(summary, 'utf8'),
      output: readFileSync(output, 'utf8'),
    };
  }

  it('is of steps, and its build names a script that there is', () => {
    expect(action.runs.using).toBe('composite');
    expect(action.outputs.sarif?.value).toContain('steps.check.outputs.sarif');
    const build = action.runs.steps.find((step) => step.run?.includes('npm ci'))?.run ?? '';
    const { scripts } = JSON.parse(readFileSync(join(project, 'package.json'), 'utf8')) as { scripts: Record<string, string> };
    for (const [, name = ''] of build.matchAll(/npm run -s ([\w:-]+)/g)) expect(Object.keys(scripts)).toContain(name);
    expect(build).toContain('--only drml');
  });

  it('annotates errors, writes the summary and the SARIF file, and fails', async () => {
    const done = await run(wrong, { path: 'models', 'as-of': '2026-11-21', sarif: 'out.sarif' });
    expect(done.error).toBe('');
    expect(done.code).toBe(1);
    expect(done.out).toMatch(/^::error file=models\/model\.drml,line=4,.*DR001/m);
    expect(done.summary).toContain('DR001');
    expect(done.output).toBe('sarif=out.sarif\n');
    const sarif = JSON.parse(readFileSync(join(done.folder, 'out.sarif'), 'utf8')) as { version: string };
    expect(sarif.version).toBe('2.1.0');
  });

  it('passes warnings as far as they are allowed', async () => {
    expect((await run(warned, {})).code).toBe(0);
    expect((await run(warned, { 'max-warnings': '0' })).code).toBe(1);
  });
});

describe('the pre-commit hooks', () => {
  const run = (hook: Hook | undefined, folder: string, files: readonly string[]) => {
    const [script = '', ...args] = (hook?.entry ?? '').split(' ');
    const named = hook?.pass_filenames === false ? [] : files;
    const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => name !== 'INIT_CWD'));
    return spawnSync(process.execPath, [join(project, script), ...args, ...(hook?.args ?? []), ...named], {
      cwd: folder,
      encoding: 'utf8',
      env,
    });
  };
  const hookOf = (id: string): Hook | undefined => hooks.find((hook) => hook.id === id);

  it('are scripts that are there, for the files of the language', () => {
    expect(hooks.map(({ id }) => id)).toEqual(['drml-check', 'drml-fmt']);
    for (const hook of hooks) {
      expect(hook.language).toBe('script');
      expect(existsSync(join(project, hook.entry.split(' ')[0] ?? ''))).toBe(true);
      expect(new RegExp(hook.files).test('models/shop.drml')).toBe(true);
      expect(new RegExp(hook.files).test('README.md')).toBe(false);
    }
  });

  it('check fails where a rule finds an error, and passes where none does', () => {
    const failed = run(hookOf('drml-check'), folderOf({ 'model.drml': wrong }), ['model.drml']);
    expect(failed.stdout).toContain('DR001');
    expect(failed.status).toBe(1);
    expect(run(hookOf('drml-check'), folderOf({ 'model.drml': warned }), ['model.drml']).status).toBe(0);
  });

  it('stop a commit in a Git repository, and let the mended one pass', () => {
    const folder = folderOf({ 'models/model.drml': wrong.replace('region north {', 'region   north {') });
    // As pre-commit runs a script: entry and arguments in the repository's folder, with the staged files that match.
    const script = hooks
      .map(({ entry, args = [], pass_filenames, files }) => {
        const list = `$(git diff --cached --name-only --diff-filter=ACM | grep -E '${files}')`;
        const words = [process.execPath, join(project, entry.split(' ')[0] ?? ''), ...entry.split(' ').slice(1), ...args];
        return `${words.map((word) => `'${word}'`).join(' ')} ${pass_filenames === false ? '' : list} || failed=1`;
      })
      .join('\n');
    const hook = `#!/bin/sh\nunset INIT_CWD\nfailed=0\n${script}\ngit diff --quiet || failed=1\nexit $failed\n`;
    const git = (...args: readonly string[]) =>
      spawnSync('git', ['-c', 'user.name=n', '-c', 'user.email=n@example.com', ...args], { cwd: folder, encoding: 'utf8' });
    expect(git('init', '-q').status).toBe(0);
    writeFileSync(join(folder, '.git', 'hooks', 'pre-commit'), hook, { mode: 0o755 });
    git('add', '.');
    const stopped = git('commit', '-m', 'one');
    expect([stopped.status, stopped.stdout + stopped.stderr]).toEqual([1, expect.stringContaining('DR001')]);
    const formatted = readFileSync(join(folder, 'models', 'model.drml'), 'utf8');
    expect(formatted).toBe(wrong);
    writeFileSync(join(folder, 'models', 'model.drml'), warned);
    git('add', '.');
    const passed = git('commit', '-m', 'two');
    expect([passed.status, passed.stdout + passed.stderr]).toEqual([0, expect.stringContaining('1 file changed')]);
  });

  it('start the program in a process of its own, which sees what was just installed', () => {
    const text = readFileSync(join(project, 'scripts', 'hook.mjs'), 'utf8');
    // project.mjs looks for the Node that comes along when it is loaded.
    expect(text).not.toMatch(/import .*project\.mjs/);
    expect(text).toContain("'drml.mjs'");
  });

  it('fmt lays out the files that it is given', () => {
    const folder = folderOf({ 'a.drml': 'region  r   { }\n', 'b.drml': 'region  s   { }\n' });
    expect(run(hookOf('drml-fmt'), folder, ['a.drml']).status).toBe(0);
    expect(readFileSync(join(folder, 'a.drml'), 'utf8')).toBe('region r { }\n');
    expect(readFileSync(join(folder, 'b.drml'), 'utf8')).toBe('region  s   { }\n');
  });
});
