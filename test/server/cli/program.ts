import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { bundleOf } from '../bundle.js';

export interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly error: string;
}

/** A folder of files for one test; it goes with the machine's temporary files. */
export function folderOf(files: Readonly<Record<string, string | Uint8Array>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'drml-cli-'));
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  return folder;
}

/** Runs the bundled program in a folder, as a user does. A run that does not end in time has the code null. */
export async function drml(folder: string, ...args: readonly string[]): Promise<Ran> {
  const bundle = await bundleOf('server/cli/main.ts');
  const result = spawnSync(process.execPath, [bundle, ...args], {
    cwd: folder,
    encoding: 'utf8',
    timeout: 25_000,
    maxBuffer: 64 << 20,
  });
  return { code: result.status, out: result.stdout, error: result.stderr };
}
