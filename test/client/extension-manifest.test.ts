import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { listFiles, PackageManager } from '@vscode/vsce';
import { describe, expect, it } from 'vitest';
import { generatorVersion } from '../../language/generate/version.js';
import manifest from '../../package.json' with { type: 'json' };
import texts from '../../package.nls.json' with { type: 'json' };
import { maximumFileBytes } from '../../server/files/limits.js';

const root = join(import.meta.dirname, '..', '..');
const { contributes } = manifest;

/** Every text below a key of this name, anywhere in a JSON value. */
function textsUnder(value: unknown, keys: ReadonlySet<string>): readonly string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, child]) =>
    typeof child === 'string' && keys.has(key) ? [child] : textsUnder(child, keys),
  );
}

describe('the extension manifest', () => {
  it('contributes exactly the commands that the client registers', () => {
    const folder = join(root, 'client', 'commands');
    const registered = readdirSync(folder).flatMap((file) =>
      [...readFileSync(join(folder, file), 'utf8').matchAll(/registerCommand\(\s*'([^']+)'/g)].map(([, command]) => command),
    );
    expect(registered.sort()).toEqual(contributes.commands.map(({ command }) => command).sort());
  });

  it('names only commands that exist in menus and key bindings', () => {
    const known = new Set(contributes.commands.map(({ command }) => command));
    const used = textsUnder([contributes.menus, contributes.keybindings], new Set(['command']));
    expect(used.filter((command) => !known.has(command))).toEqual([]);
    expect(used.length).toBeGreaterThan(0);
  });

  it('ends the steps of its walkthrough by what VS Code can hear of', () => {
    const events = contributes.walkthroughs.flatMap(({ steps }) =>
      steps.flatMap(({ completionEvents }) => completionEvents ?? []),
    );
    const known = /^(onStepSelected|on(Command|Context|Link|View|SettingChanged|ExtensionInstalled):.+)$/;
    expect(events.filter((event) => !known.test(event))).toEqual([]);
  });

  it('names only files that exist', () => {
    const files = textsUnder(
      [contributes, { icon: manifest.icon }],
      new Set(['configuration', 'path', 'light', 'dark', 'url', 'icon']),
    );
    const paths = files.filter((file) => !file.startsWith('$('));
    expect(paths.filter((file) => !existsSync(join(root, file)))).toEqual([]);
    expect(paths.length).toBeGreaterThanOrEqual(6);
  });

  it('describes every setting and gives it a default', () => {
    for (const [name, setting] of Object.entries(contributes.configuration.properties)) {
      const text = (texts as Readonly<Record<string, string>>)[setting.markdownDescription.replaceAll('%', '')];
      expect(text, name).toMatch(/\w{3,}.*\.$/);
      expect(setting, name).toHaveProperty('default');
    }
  });

  it('offers as snippets the blocks that completion has, and the patterns of new models', () => {
    const { status, stderr } = spawnSync(process.execPath, [join(root, 'scripts', 'snippets.mjs'), '--check'], {
      encoding: 'utf8',
    });
    expect([status, stderr]).toEqual([0, '']);
  });

  it('needs no package at run time, since everything is bundled', () => {
    expect(manifest).not.toHaveProperty('dependencies');
  });

  it('allows the same size of files as the command line', () => {
    expect(contributes.configuration.properties['drml.maxFileSize'].default * 1024).toBe(maximumFileBytes);
  });

  it('has the version that generated files name', () => {
    expect(generatorVersion).toBe(manifest.version);
  });
});

describe('the packed extension', () => {
  it('holds what it needs and no source of ours', async () => {
    const files = await listFiles({ cwd: root, packageManager: PackageManager.None });
    const expected =
      /^(package(\.nls(\.zh-cn)?)?\.json|l10n\/.+\.json|README\.md|LICENSE|CHANGELOG\.md|THIRD-PARTY-NOTICES\.txt|dist\/.+\.(cjs|js|css)|docs\/(language|rules\/.+)\.md|media\/.+\.(json|png|svg))$/;
    expect(files.filter((file) => !expected.test(file))).toEqual([]);
    for (const needed of [
      'LICENSE',
      'THIRD-PARTY-NOTICES.txt',
      'media/syntaxes/drml.tmLanguage.json',
      'docs/language.md',
      'docs/rules/DR001.md',
    ]) {
      expect(files).toContain(needed);
    }
  });
});

describe('the installed packages', () => {
  it('hold the protocol once, so that client and server speak with the same classes', () => {
    const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
      packages: Record<string, unknown>;
    };
    for (const name of ['vscode-languageserver-protocol', 'vscode-jsonrpc']) {
      expect(Object.keys(packages).filter((path) => path.endsWith(`node_modules/${name}`))).toHaveLength(1);
    }
  });
});
