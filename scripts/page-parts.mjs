// The parts of the interactive page that `drml diagram -o x.html` writes: its script and its style sheet.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import { root } from './project.mjs';

/** The editor's view, and what a page of its own has beside it; the latter wins. */
const sheets = ['media/preview/preview.css', 'media/page/page.css'];

/**
 * Bundles the page. Its script holds the analysis, so that every what-if is answered where the page is read.
 * @param {import('esbuild').BuildOptions} [options] beside the usual ones
 * @returns {Promise<{ files: Map<string, string>, metafile: import('esbuild').Metafile }>} the files by their paths beside the program
 */
export async function pageFiles(options = {}) {
  const result = await build({
    ...options,
    absWorkingDir: root,
    entryPoints: ['media/page/main.ts'],
    bundle: true,
    platform: 'browser',
    target: 'es2023',
    format: 'iife',
    minify: true,
    sourcemap: false,
    // Other letters than those of ASCII stand as they are: the page is UTF-8.
    charset: 'utf8',
    legalComments: 'none',
    logLevel: 'silent',
    metafile: true,
    write: false,
  });
  const texts = await Promise.all(sheets.map((path) => readFile(join(root, path), 'utf8')));
  const style = texts.map((text) => text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/\n\s*\n+/g, '\n')).join('');
  return {
    files: new Map([
      ['page/page.js', result.outputFiles[0]?.text ?? ''],
      ['page/page.css', style],
    ]),
    metafile: result.metafile,
  };
}
