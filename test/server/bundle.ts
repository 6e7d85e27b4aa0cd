import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('../..', import.meta.url));
const built = new Map<string, Promise<string>>();

/** Bundles a program of the project as it is shipped, and gives the path of the bundle. The same sources are written once. */
export function bundleOf(entry: 'server/lsp/main.ts' | 'server/cli/main.ts'): Promise<string> {
  let path = built.get(entry);
  if (path === undefined) {
    path = bundle(entry);
    built.set(entry, path);
  }
  return path;
}

async function bundle(entry: string): Promise<string> {
  const result = await build({
    absWorkingDir: root,
    entryPoints: [entry],
    bundle: true,
    platform: 'node',
    target: 'node22',
    format: 'cjs',
    mainFields: ['module', 'main'],
    external: ['elkjs', 'elkjs/*'],
    write: false,
    logLevel: 'silent',
  });
  const content = result.outputFiles[0]?.contents ?? new Uint8Array();
  const folder = join(root, 'node_modules', '.cache', 'drml-test');
  const path = join(folder, `${createHash('sha256').update(content).digest('hex').slice(0, 16)}.cjs`);
  if (existsSync(path)) return path;
  mkdirSync(folder, { recursive: true });
  // Test files run at the same time: a file is either whole or not there.
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, content);
  renameSync(draft, path);
  return path;
}
