// Packs the extension: `npm run package` writes drml-VERSION.vsix. Needs no network.
import { existsSync } from 'node:fs';
import { rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { manifest, projectNode, readableSize, root, run, runScript } from './project.mjs';

/** The largest extension that we ship, in bytes. */
const sizeLimit = 2_500_000;

if (!process.argv.includes('--built')) await runScript('build.mjs');

const vsix = join(root, `${manifest.name}-${manifest.version}.vsix`);
await rm(vsix, { force: true });
// The project names no repository, so links of the README stay as they are written.
const links = ['--allow-missing-repository', '--no-rewrite-relative-links'];
const vsce = join(root, 'node_modules', '@vscode', 'vsce', 'vsce');
const { code, output } = await run(projectNode, [vsce, 'package', '--no-dependencies', ...links, '--out', vsix], { quiet: true });
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
