/** What building kustomizations gives. */
import type { Manifest } from './read-manifests.js';
import type { ManifestProblem } from './yaml-tree.js';

/** The objects of one build. */
export interface KustomizeBuild {
  /** Folder of the kustomization, as the files name it. */
  readonly folder: string;
  /** The kustomization itself. */
  readonly path: string;
  readonly manifests: readonly Manifest[];
  /** The files that it is made of, kustomizations and patches among them. */
  readonly files: ReadonlySet<string>;
  /** Whether all that it is made of was at hand and is understood, so that what is not among the manifests is not in it. */
  readonly isWhole: boolean;
}

export interface KustomizeTrees {
  /** One for each kustomization that no other builds on, in the order of their folders. */
  readonly builds: readonly KustomizeBuild[];
  /** Objects of files that no kustomization names. */
  readonly loose: readonly Manifest[];
  readonly problems: readonly ManifestProblem[];
  /** Whether all that was named could be read. */
  readonly isComplete: boolean;
}
