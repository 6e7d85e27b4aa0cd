// Packs the extension: `npm run package` writes drml-VERSION.vsix. Needs no network.
import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { listFiles, PackageManager } from '@vscode/vsce';
import { manifest, projectNode, readableSize, root, run, runScript } from './project.mjs';

/**
 * The largest extension that we ship, in bytes: a server for Node, one for browsers, the layout engine, the pictures of the walkthrough,
 * and the analysis once more, for the interactive pages that the picture exports (95 kB; the page takes all else from the view). The
 * command line stays outside: no editor runs it, and it brings a layout engine of its own.
 */
const sizeLimit = 2_650_000;

/**
 * Copies what is packed into a folder of its own, with a manifest that says nothing of ECMAScript modules: the bundles are CommonJS, and
 * VS Code in a browser would take a `.js` file of a package of modules for a module, which it cannot load there.
 */
async function staged() {
  const folder = await mkdtemp(join(tmpdir(), 'drml-package-'));
  for (const file of await listFiles({ cwd: root, packageManager: PackageManager.None })) {
    await mkdir(dirname(join(folder, file)), { recursive: true });
    await cp(join(root, file), join(folder, file));
  }
  const {
    type: _type,
    bin: _bin,
    scripts: _scripts,
    devDependencies: _dev,
    optionalDependencies: _optional,
    ...shipped
  } = manifest;
  await writeFile(join(folder, 'package.json'), `${JSON.stringify(shipped, null, 2)}\n`);
  return folder;
}

if (!process.argv.includes('--built')) await runScript('build.mjs');

const vsix = join(root, `${manifest.name}-${manifest.version}.vsix`);
await rm(vsix, { force: true });
// The project names no repository, so links of the README stay as they are written.
const links = ['--allow-missing-repository', '--no-rewrite-relative-links'];
const vsce = join(root, 'node_modules', '@vscode', 'vsce', 'vsce');
const stage = await staged();
const { code, output } = await run(projectNode, [vsce, 'package', '--no-dependencies', ...links, '--out', vsix], {
  cwd: stage,
  quiet: true,
});
await rm(stage, { recursive: true, force: true });
if (code !== 0 || !existsSync(vsix)) {
  process.stderr.write(output);
  process.exit(code === 0 ? 1 : code);
}
const { size } = await stat(vsix);
process.stdout.write(`${manifest.name}-${manifest.version}.vsix: ${readableSize(size)} (at most ${readableSize(sizeLimit)})\n`);
if (size > sizeLimit) {
  process.stderr.write(
    `The package is too large: ${size} bytes, allowed are ${sizeLimit}. See what it holds: npx vsce ls --no-dependencies\n`,
  );
  process.exit(1);
}
