// The picture in the editor and the interactive page of it: scripts and style sheets. The page is the script of the view and one of its own.
import { build } from 'esbuild';
import { root } from './project.mjs';

const forBrowsers = {
  absWorkingDir: root,
  bundle: true,
  platform: 'browser',
  target: 'es2023',
  format: 'iife',
  minify: true,
  sourcemap: false,
  // Other letters than those of ASCII stand as they are: all pages are UTF-8.
  charset: 'utf8',
  legalComments: 'none',
  logLevel: 'silent',
  metafile: true,
  write: false,
};

/** The view's script has run before the page's, and has left its parts behind (media/preview/start.ts). */
const viewApart = {
  name: 'view-apart',
  setup(context) {
    context.onResolve({ filter: /\/view-parts\.js$/ }, () => ({ path: 'view', namespace: 'view-parts' }));
    context.onLoad({ filter: /.*/, namespace: 'view-parts' }, () => ({ contents: 'module.exports = globalThis.drmlView;' }));
  },
};

async function filesOf(name, script, style, options) {
  const result = await build({ ...forBrowsers, ...options, entryPoints: [script] });
  const sheet = await build({ ...forBrowsers, entryPoints: [style], minify: options.minify ?? true });
  return {
    files: new Map([
      [`${name}/${name}.js`, result.outputFiles[0]?.text ?? ''],
      [`${name}/${name}.css`, sheet.outputFiles[0]?.text ?? ''],
    ]),
    metafile: result.metafile,
  };
}

/**
 * Bundles the view.
 * @param {import('esbuild').BuildOptions} [options] beside the usual ones
 * @returns {Promise<{ files: Map<string, string>, metafile: import('esbuild').Metafile }>} the files by their paths beside the program
 */
export function viewFiles(options = {}) {
  return filesOf('preview', 'media/preview/start.ts', 'media/preview/preview.css', options);
}

/**
 * Bundles what the page has beside the view. Its script holds the analysis, so that every what-if is answered where the page is read.
 * @param {import('esbuild').BuildOptions} [options] beside the usual ones
 * @returns {Promise<{ files: Map<string, string>, metafile: import('esbuild').Metafile }>} the files by their paths beside the program
 */
export function pageFiles(options = {}) {
  return filesOf('page', 'media/page/main.ts', 'media/page/page.css', { ...options, plugins: [viewApart] });
}
