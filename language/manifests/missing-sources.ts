/** Files that kustomizations make config maps of and that are no manifests themselves: whoever reads files has to be told of them. */
import { generatorSources } from './config-map-generator.js';
import { isKustomization } from './kustomization-files.js';
import { type ManifestFile, readManifests } from './read-manifests.js';
import { pathFrom, plainPath } from './relative-paths.js';

/** A file that is named and not at hand. */
export interface MissingSource {
  /** Path of the kustomization that names it, as it was given. */
  readonly beside: string;
  /** What it writes, relative to its own folder: `settings/app.env`. */
  readonly written: string;
}

/** What the kustomizations among the files take values from and that is not among the files, each once. */
export function missingSources(files: readonly ManifestFile[]): readonly MissingSource[] {
  const present = new Set(files.map(({ path }) => plainPath(path)));
  const missing = new Map<string, MissingSource>();
  for (const file of files) {
    if (!isKustomization(file.path) || !file.text.includes('Generator')) continue;
    for (const { root } of readManifests([file]).manifests) {
      for (const written of generatorSources(root)) {
        const path = pathFrom(file.path, written);
        if (!present.has(path) && !missing.has(path)) missing.set(path, { beside: file.path, written });
      }
    }
  }
  return [...missing.values()];
}
