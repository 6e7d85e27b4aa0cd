// The server for Node in several files: what it starts with, and parts that it loads when somebody first asks for them.
import { join } from 'node:path';
import { build, transform } from 'esbuild';
import { root } from './project.mjs';

/** What the server asks for on demand (server/lsp/on-demand.ts). */
const parts = {
  manifests: 'language/generate/index.ts',
  importer: 'language/import/import-manifests.ts',
  checker: 'language/manifests/index.ts',
  report: 'language/report/index.ts',
  picture: 'language/diagram/graph.ts',
  answers: 'language/diagram/what-if/index.ts',
  changes: 'language/part-changes/part-changes.ts',
  meaning: 'server/lsp/meaning.ts',
  actions: 'server/lsp/code-actions.ts',
  proposals: 'server/lsp/completion/proposals.ts',
};

/**
 * Every part leads to the whole of the server as well. What the server starts with is thereby common to all entries and comes out as
 * one file, in which no call crosses a border of files; a part holds only what is its own.
 */
const partsApart = (main) => ({
  name: 'parts-apart',
  setup(context) {
    context.onResolve({ filter: /^part:/ }, ({ path }) => ({ path: path.slice('part:'.length), namespace: 'part' }));
    context.onResolve({ filter: /\.js$/ }, ({ path, kind, resolveDir }) => {
      if (kind !== 'dynamic-import') return undefined;
      const file = join(resolveDir, path).replace(/\.js$/, '.ts');
      const part = Object.keys(parts).find((name) => join(root, parts[name]) === file);
      if (part === undefined)
        throw new Error(`${file} is imported on demand and is none of the parts in scripts/server-parts.mjs`);
      return { path: part, namespace: 'part' };
    });
    context.onLoad({ filter: /.*/, namespace: 'part' }, ({ path }) => ({
      contents: `import ${JSON.stringify(join(root, main))};\nexport * from ${JSON.stringify(join(root, parts[path]))};`,
      resolveDir: root,
      loader: 'js',
    }));
  },
});

/**
 * Bundles the server and its parts. Takes the options of a bundle for Node; the entry's file is named `server.cjs`, what several parts
 * share `shared-N.cjs`. Gives the files by their names, and what they were made of.
 */
export async function serverFiles({ entry, plugins = [], ...options }) {
  const { format, target, minify, sourcemap } = options;
  const names = Object.keys(parts);
  // esbuild splits modules of ECMAScript alone: what it gives is made CommonJS afterwards, one file after the other.
  const result = await build({
    ...options,
    absWorkingDir: root,
    plugins: [partsApart(entry), ...plugins],
    entryPoints: [{ in: entry, out: 'start' }, ...names.map((name) => ({ in: `part:${name}`, out: name }))],
    format: 'esm',
    splitting: true,
    outdir: 'dist',
    outExtension: { '.js': '.cjs' },
    chunkNames: '[hash]',
    metafile: true,
    write: false,
    minify: false,
    sourcemap: sourcemap ? 'inline' : false,
  });
  const named = new Map();
  for (const [path, { inputs, entryPoint }] of Object.entries(result.metafile.outputs)) {
    const file = path.slice(path.lastIndexOf('/') + 1);
    if (Object.keys(inputs).some((input) => input === entry)) named.set(file, 'server.cjs');
    else if (entryPoint === undefined)
      named.set(file, `shared-${[...named.values()].filter((name) => name.startsWith('shared-')).length + 1}.cjs`);
  }
  const files = new Map();
  await Promise.all(
    result.outputFiles.map(async ({ path, text }) => {
      const file = path.slice(path.lastIndexOf('/') + 1);
      // The start leads to the file that holds the server, and does nothing else.
      if (file === 'start.cjs') return;
      let code = text;
      for (const [from, to] of named) code = code.replaceAll(`"./${from}"`, `"./${to}"`);
      const made = await transform(code, {
        format,
        target,
        minify,
        platform: 'node',
        legalComments: 'none',
        sourcemap: sourcemap ? 'inline' : false,
      });
      files.set(named.get(file) ?? file, made.code);
    }),
  );
  return { files, metafile: result.metafile };
}
