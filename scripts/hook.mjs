#!/usr/bin/env node
// The program as a Git hook runs it (.pre-commit-hooks.yaml): installs what the build needs on first use, and builds.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

if (!existsSync(join(root, 'node_modules', 'esbuild'))) {
  // What the installation prints must not stand among the findings.
  const installed = spawnSync('npm', ['ci'], { cwd: root, stdio: ['ignore', 2, 2], shell: process.platform === 'win32' });
  if (installed.status !== 0) process.exit(2);
}
// In a process of its own, which sees what was installed: the Node that came along, where there is one.
const { status } = spawnSync(process.execPath, [join(root, 'scripts', 'drml.mjs'), ...process.argv.slice(2)], {
  stdio: 'inherit',
});
process.exit(status ?? 2);
