import type { BuildOptions, Metafile } from 'esbuild';

interface Built {
  readonly files: Map<string, string>;
  readonly metafile: Metafile;
}

export function viewFiles(options?: BuildOptions): Promise<Built>;
export function pageFiles(options?: BuildOptions): Promise<Built>;
