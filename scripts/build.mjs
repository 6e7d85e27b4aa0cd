// Bundles everything that is shipped into dist/: `npm run build [-- --dev] [-- --only drml]`.
import { existsSync } from 'node:fs';
import { chmod, mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { build } from 'esbuild';
import { bundledPackages, thirdPartyNotices } from './notices.mjs';
import { pageFiles, viewFiles } from './page-parts.mjs';
import { readableSize, root, runScript } from './project.mjs';
import { serverFiles } from './server-parts.mjs';

const development = process.argv.includes('--dev');
const onlyAt = process.argv.indexOf('--only');
const only = onlyAt < 0 ? null : new Set(process.argv[onlyAt + 1]?.split(','));

/** elkjs is three times the size of the server, so Node bundles load it from a file of its own, and only when something is drawn. */
const layoutEngineApart = {
  name: 'layout-engine-apart',
  setup(context) {
    context.onResolve({ filter: /^elkjs(\/|$)/ }, () => ({ path: './elk.cjs', external: true }));
  },
};

/** The generated parser for production: the grammar without white space, and without the checks that the tests have run already. */
const lean = {
  name: 'lean-parser',
  setup(context) {
    context.onLoad({ filter: /[\\/]language[\\/]generated[\\/](grammar|module)\.ts$/ }, async ({ path }) => {
      const text = await readFile(path, 'utf8');
      const grammar = text.replace(/(?<=loadGrammarFromJson\()`([\s\S]*)`(?=\))/, (_, json) => {
        // The generator escapes back-quotes and backslashes for the template that holds the JSON.
        const plain = json.replaceAll('\\`', '`').replaceAll('\\\\', '\\');
        return JSON.stringify(JSON.stringify(JSON.parse(plain)));
      });
      return { contents: grammar.replace("mode: 'development'", "mode: 'production'"), loader: 'ts' };
    });
  },
};
const parser = development ? [] : [lean];

const shared = {
  bundle: true,
  // Two releases of it are installed, which differ in nothing that is used here: one is enough.
  alias: { 'vscode-languageserver-types': join(root, 'node_modules/vscode-languageserver-types/lib/esm/main.js') },
  minify: !development,
  sourcemap: development,
  legalComments: 'none',
  metafile: true,
  logLevel: 'warning',
  mainFields: ['module', 'main'],
};
const node = { ...shared, platform: 'node', target: 'node22', format: 'cjs', plugins: [layoutEngineApart, ...parser] };
const browser = { ...shared, platform: 'browser', target: 'es2023', format: 'iife' };

const bundles = {
  client: { ...node, entry: 'client/extension.ts', outfile: 'dist/client.cjs', external: ['vscode'] },
  server: { ...node, entry: 'server/lsp/main.ts', outfile: 'dist/server.cjs' },
  drml: {
    ...node,
    entry: 'server/cli/main.ts',
    outfile: 'dist/drml.cjs',
    banner: { js: '#!/usr/bin/env node' },
    // It holds the tables of another language, which would be twice as long in ASCII.
    charset: 'utf8',
    // Machine code, one package for each system: it is found where npm has installed it.
    external: ['@resvg/resvg-js'],
  },
  elk: {
    ...node,
    plugins: [],
    entry: 'node_modules/elkjs/lib/elk.bundled.js',
    outfile: 'dist/elk.cjs',
    external: ['web-worker'],
  },
  page: { entry: 'media/page/main.ts', outfile: 'dist/page/page.js' },
  'client-browser': {
    ...browser,
    format: 'cjs',
    entry: 'client/extension-browser.ts',
    outfile: 'dist/client-browser.js',
    external: ['vscode'],
  },
  'server-browser': { ...browser, plugins: parser, entry: 'server/lsp/browser.ts', outfile: 'dist/server-browser.js' },
  preview: { entry: 'media/preview/start.ts', outfile: 'dist/preview/preview.js' },
  'layout-worker': { ...browser, entry: 'media/preview/layout-worker.ts', outfile: 'dist/preview/layout-worker.js' },
};

await runScript('generate.mjs');

const wanted = Object.entries(bundles).filter(([name]) => only === null || only.has(name));
if (wanted.length === 0) throw new Error(`Nothing to build. --only takes some of: ${Object.keys(bundles).join(', ')}`);
const missing = wanted.filter(([, { entry }]) => !existsSync(join(root, entry)));
if (missing.length > 0) {
  for (const [name, { entry }] of missing) process.stderr.write(`${name}: the entry file ${entry} does not exist\n`);
  process.exit(1);
}

if (only === null) await rm(join(root, 'dist'), { recursive: true, force: true });

function writeBundle({ entry, ...options }) {
  return build({ ...options, absWorkingDir: root, entryPoints: [entry] });
}

async function writeFiles({ files, metafile }) {
  const paths = [...files].map(([name, code]) => ({ path: `dist/${name}`, code }));
  for (const { path, code } of paths) {
    await mkdir(join(root, dirname(path)), { recursive: true });
    await writeFile(join(root, path), code);
  }
  return { metafile, files: paths.map(({ path }) => path) };
}

/** Bundles that are several files are made by scripts of their own. */
async function write(name, { outfile, ...options }) {
  if (name === 'server') return writeFiles(await serverFiles(options));
  if (name === 'preview') return writeFiles(await viewFiles({ minify: !development, sourcemap: development && 'inline' }));
  return name === 'page' ? writeFiles(await pageFiles()) : writeBundle({ ...options, outfile });
}

const started = performance.now();
const results = await Promise.all(wanted.map(([name, options]) => write(name, options).catch(() => process.exit(1))));
const written = wanted.flatMap(([, { outfile }], index) => results[index].files ?? [outfile]);
for (const outfile of written) {
  process.stdout.write(`${outfile.padEnd(32)} ${readableSize((await stat(join(root, outfile))).size).padStart(8)}\n`);
}
if (existsSync(join(root, 'dist/drml.cjs'))) await chmod(join(root, 'dist/drml.cjs'), 0o755);

if (only === null) {
  const notices = await thirdPartyNotices(bundledPackages(results.map((result) => result.metafile)));
  const file = join(root, 'THIRD-PARTY-NOTICES.txt');
  const former = existsSync(file) ? await readFile(file, 'utf8') : '';
  if (former !== notices) {
    await writeFile(file, notices);
    process.stdout.write('THIRD-PARTY-NOTICES.txt has changed with the bundles: commit it\n');
  }
}
process.stdout.write(`built in ${((performance.now() - started) / 1000).toFixed(1)} s\n`);
