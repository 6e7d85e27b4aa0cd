/** What kustomizations among the manifests say of the others: which files are patches, and which images and counts they change. */
import type { Manifest } from './read-manifests.js';
import { pathFrom, plainPath } from './relative-paths.js';
import { itemsAt, nodeAt, numberAt, textAt } from './yaml-tree.js';

/** A ConfigMap or Secret that a kustomization generates. */
export interface GeneratedName {
  readonly field: 'configMapGenerator' | 'secretGenerator';
  readonly name: string;
}

export interface Kustomizations {
  /** Whether an object changes another one and is none of its own. */
  isPatch(manifest: Manifest): boolean;
  /** Names of images to which a kustomization gives a tag or a digest. */
  readonly taggedImages: ReadonlySet<string>;
  /** Counts of replicas by names of workloads. */
  readonly replicas: ReadonlyMap<string, number>;
  readonly generated: readonly GeneratedName[];
}

export function kustomizationsOf(manifests: readonly Manifest[]): Kustomizations {
  const patchFiles = new Set<string>();
  const taggedImages = new Set<string>();
  const replicas = new Map<string, number>();
  const generated: GeneratedName[] = [];
  for (const { kind, path, root } of manifests) {
    if (!isKustomization(kind)) continue;
    for (const field of ['patches', 'patchesStrategicMerge', 'patchesJson6902']) {
      for (const item of itemsAt(root, field)) {
        const named = textAt(item, 'path') ?? textAt(item);
        if (named !== undefined && !named.includes('\n')) patchFiles.add(pathFrom(path, named));
      }
    }
    for (const image of itemsAt(root, 'images')) {
      const name = textAt(image, 'name');
      if (name !== undefined && (nodeAt(image, 'newTag') !== undefined || nodeAt(image, 'digest') !== undefined)) {
        taggedImages.add(name);
      }
    }
    for (const field of ['configMapGenerator', 'secretGenerator'] as const) {
      for (const item of itemsAt(root, field)) {
        const name = textAt(item, 'name');
        if (name !== undefined) generated.push({ field, name });
      }
    }
    for (const item of itemsAt(root, 'replicas')) {
      const name = textAt(item, 'name');
      const count = numberAt(item, 'count');
      if (name !== undefined && count !== undefined) replicas.set(name, Math.max(count, replicas.get(name) ?? 0));
    }
  }
  return {
    isPatch: ({ path, root }) => patchFiles.has(plainPath(path)) || root.entries.has('$patch'),
    taggedImages,
    replicas,
    generated,
  };
}

export function isKustomization(kind: string): boolean {
  return kind === 'Kustomization' || kind === 'Component';
}
