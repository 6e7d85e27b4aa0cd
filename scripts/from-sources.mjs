import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { root } from './project.mjs';

/**
 * Takes values out of the project's TypeScript, so that what a script writes cannot drift from the code.
 * @param {string} exports statements such as `export { tables } from './language/tables.js';`, relative to the project
 * @returns {Promise<Record<string, any>>} the module that has these exports
 */
export async function importFromSources(exports) {
  const result = await build({
    stdin: { contents: exports, resolveDir: root, loader: 'ts' },
    bundle: true,
    format: 'esm',
    platform: 'neutral',
    mainFields: ['module', 'main'],
    write: false,
    logLevel: 'error',
  });
  const code = Buffer.from(result.outputFiles[0]?.text ?? '').toString('base64');
  return import(`data:text/javascript;base64,${code}`);
}

/**
 * Bundles programs of the project into a temporary folder, which the caller removes.
 * @param {readonly string[] | Record<string, string>} entryPoints relative to the project; each becomes a `.mjs` there
 * @param {import('esbuild').BuildOptions} [options] of esbuild, beside the usual ones
 * @returns {Promise<{ folder: string, remove: () => Promise<void> }>}
 */
export async function bundlePrograms(entryPoints, options = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'drml-bundles-'));
  const remove = () => rm(folder, { recursive: true, force: true });
  try {
    await build({
      absWorkingDir: root,
      entryPoints,
      bundle: true,
      platform: 'node',
      format: 'esm',
      outdir: folder,
      outExtension: { '.js': '.mjs' },
      // Libraries in the bundle that call require need one, under a name that no bundled file has taken.
      banner: {
        js: "import { createRequire as bundleRequire } from 'node:module'; const require = bundleRequire(import.meta.url);",
      },
      logLevel: 'error',
      ...options,
    });
  } catch (error) {
    await remove();
    throw error;
  }
  return { folder, remove };
}
