// The command line from the sources: `npm run -s drml -- check examples/shop`. Builds it first when it is older than its sources.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { projectNode, root } from './project.mjs';

const bundle = join(root, 'dist', 'drml.cjs');

function newestChange(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((newest, entry) => Math.max(newest, statSync(join(entry.parentPath, entry.name)).mtimeMs), 0);
}

function isStale() {
  if (!['drml.cjs', 'elk.cjs', 'preview/preview.js', 'page/page.js'].every((name) => existsSync(join(root, 'dist', name))))
    return true;
  const built = statSync(bundle).mtimeMs;
  return ['language', 'server', 'media/page', 'media/preview', 'package.json', 'scripts/build.mjs'].some((path) => {
    const full = join(root, path);
    return (statSync(full).isDirectory() ? newestChange(full) : statSync(full).mtimeMs) > built;
  });
}

if (isStale()) {
  // What the build prints must not stand in the output of the command.
  const build = spawnSync(projectNode, [join(root, 'scripts', 'build.mjs'), '--only', 'drml,elk,preview,page'], {
    stdio: ['ignore', 2, 2],
  });
  if (build.status !== 0) process.exit(2);
}

// npm starts scripts in the project's folder; paths are meant as seen from where the user typed them.
const cwd = process.env.INIT_CWD ?? process.cwd();
const result = spawnSync(projectNode, [bundle, ...process.argv.slice(2)], { cwd, stdio: 'inherit' });
process.exit(result.status ?? 2);
