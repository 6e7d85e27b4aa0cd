import type { BuildOptions, Metafile } from 'esbuild';

/** The server and the parts that it loads on demand, by file name; `server.cjs` is what it starts with. */
export function serverFiles(
  options: BuildOptions & { readonly entry: string },
): Promise<{ files: Map<string, string>; metafile: Metafile }>;
