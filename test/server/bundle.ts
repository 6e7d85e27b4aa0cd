import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type BuildOptions, build } from 'esbuild';
import { pageFiles, viewFiles } from '../../scripts/page-parts.mjs';
import { serverFiles } from '../../scripts/server-parts.mjs';

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
  const options: BuildOptions & { readonly entry: string } = {
    entry,
    bundle: true,
    platform: 'node',
    target: 'node22',
    format: 'cjs',
    mainFields: ['module', 'main'],
    external: ['elkjs', 'elkjs/*', '@resvg/resvg-js'],
    logLevel: 'silent',
  };
  const { files } = entry === 'server/lsp/main.ts' ? await serverFiles(options) : await singleFile(options);
  const hash = createHash('sha256');
  for (const name of [...files.keys()].sort()) hash.update(name).update(files.get(name) ?? '');
  const folder = join(root, 'node_modules', '.cache', 'drml-test', hash.digest('hex').slice(0, 16));
  const path = join(folder, entry === 'server/lsp/main.ts' ? 'server.cjs' : 'main.cjs');
  if (existsSync(folder)) return path;
  // Test files run at the same time: a bundle is either whole or not there.
  const draft = `${folder}.${process.pid}`;
  mkdirSync(draft, { recursive: true });
  for (const [name, text] of files) {
    mkdirSync(dirname(join(draft, name)), { recursive: true });
    writeFileSync(join(draft, name), text);
  }
  try {
    renameSync(draft, folder);
  } catch (error) {
    // Another run was faster, with the same bytes.
    if (!existsSync(folder)) throw error;
    rmSync(draft, { recursive: true, force: true });
  }
  return path;
}

async function singleFile({
  entry,
  ...options
}: BuildOptions & { readonly entry: string }): Promise<{ files: Map<string, string> }> {
  const result = await build({ ...options, absWorkingDir: root, entryPoints: [entry], write: false });
  const [view, page] = await Promise.all([viewFiles(), pageFiles()]);
  return { files: new Map([['main.cjs', result.outputFiles[0]?.text ?? ''], ...view.files, ...page.files]) };
}
