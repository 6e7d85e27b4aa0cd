import type { BuildOptions, Metafile } from 'esbuild';

export function pageFiles(options?: BuildOptions): Promise<{ files: Map<string, string>; metafile: Metafile }>;
