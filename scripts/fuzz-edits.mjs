// Makes random edits in a small workspace and compares trees, problems, models and findings with a build from nothing after each:
// `node scripts/fuzz-edits.mjs [EDITS] [SEED]`, 10,000 edits of seed 1 unless told.
import { spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { projectNode, root, runScript } from './project.mjs';

const [edits = 10_000, seed = 1] = process.argv.slice(2).map(Number);

await runScript('generate.mjs');
const place = await mkdtemp(join(tmpdir(), 'drml-fuzz-'));
try {
  await build({
    absWorkingDir: root,
    entryPoints: { main: 'test/server/lsp/edits/fuzz-edits.ts' },
    bundle: true,
    platform: 'node',
    format: 'esm',
    outdir: place,
    outExtension: { '.js': '.mjs' },
    banner: { js: "import { createRequire as fuzzRequire } from 'node:module'; const require = fuzzRequire(import.meta.url);" },
    external: ['elkjs', 'elkjs/*'],
    logLevel: 'error',
  });
  const run = spawnSync(projectNode, [join(place, 'main.mjs'), edits, seed].map(String), { cwd: root, stdio: 'inherit' });
  process.exitCode = run.status ?? 1;
} finally {
  await rm(place, { recursive: true, force: true });
}
