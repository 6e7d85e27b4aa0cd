import { existsSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { missingSources } from '../../language/manifests/missing-sources.js';
import type { ManifestFile } from '../../language/manifests/read-manifests.js';
import { isBinary } from '../files/limits.js';

/** Larger files are no settings, in bytes: a config map holds no more than this. */
const largestSource = 1024 * 1024;

/**
 * The files with those beside them that kustomizations make config maps of, such as `app.env`. `paths`: what the user has named;
 * nothing outside of it is read, wherever a kustomization or a link leads. What cannot be read is left out.
 */
export function withGeneratorSources(files: readonly ManifestFile[], paths: readonly string[]): readonly ManifestFile[] {
  const roots = paths
    .filter((path) => path !== '-' && existsSync(path))
    .map((path) => realpathSync(statSync(path).isDirectory() ? path : dirname(resolve(path))));
  const sources = missingSources(files).flatMap(({ beside, written }): readonly ManifestFile[] => {
    const path = join(dirname(beside), written);
    try {
      const real = realpathSync(path);
      const stat = statSync(real);
      if (!roots.some((root) => real.startsWith(root + sep)) || !stat.isFile() || stat.size > largestSource) return [];
      const bytes = readFileSync(real);
      const shown = relative(process.cwd(), resolve(path)).split(sep).join('/');
      return isBinary(bytes) ? [] : [{ path: shown, text: new TextDecoder('utf-8').decode(bytes) }];
    } catch {
      // It is not there, or may not be read: the import tells which config map lacks it.
      return [];
    }
  });
  return [...files, ...sources];
}
