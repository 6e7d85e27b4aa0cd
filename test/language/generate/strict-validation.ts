/** Strict validation of generated trees, by the script that continuous integration runs. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { GeneratedTree } from '../../../language/generate/index.js';

/** Reading all schemas takes seconds of its own on a busy machine, in milliseconds. */
export const validationTimeout = 120_000;

/** Builds and validates trees; what it printed, where something was wrong. */
export function complaints(trees: readonly GeneratedTree[]): string {
  const scratch = mkdtempSync(join(tmpdir(), 'drml-test-'));
  try {
    const directories = trees.map((tree, index) => {
      for (const { path, content } of tree.files) {
        const target = join(scratch, String(index), path);
        mkdirSync(dirname(target), { recursive: true });
        writeFileSync(target, content);
      }
      return join(scratch, String(index));
    });
    const run = spawnSync(process.execPath, ['scripts/validate-manifests.mjs', '--no-kubectl', ...directories], {
      encoding: 'utf8',
    });
    return run.status === 0 ? '' : run.stdout + run.stderr;
  } finally {
    rmSync(scratch, { recursive: true });
  }
}
