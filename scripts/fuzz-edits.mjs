// Makes random edits in a small workspace and compares trees, problems, models and findings with a build from nothing after each,
// and all figures after every fifth:
// `node scripts/fuzz-edits.mjs [EDITS] [SEED]`, 10,000 edits of seed 1 unless told.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { bundlePrograms } from './from-sources.mjs';
import { projectNode, root, runScript } from './project.mjs';

const [edits = 10_000, seed = 1] = process.argv.slice(2).map(Number);

await runScript('generate.mjs');
const { folder, remove } = await bundlePrograms(
  { main: 'test/server/lsp/edits/fuzz-edits.ts' },
  { external: ['elkjs', 'elkjs/*'] },
);
try {
  const run = spawnSync(projectNode, [join(folder, 'main.mjs'), edits, seed].map(String), { cwd: root, stdio: 'inherit' });
  process.exitCode = run.status ?? 1;
} finally {
  await remove();
}
