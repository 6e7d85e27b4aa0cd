/** Which files and objects are kustomize's own. */
import type { Manifest } from './read-manifests.js';

/** The names by which kustomize finds its file, in the order in which it looks. */
export const kustomizationNames = ['kustomization.yaml', 'kustomization.yml', 'Kustomization'];

/** Whether a path names a kustomization. */
export function isKustomization(path: string): boolean {
  return kustomizationNames.includes(path.slice(path.lastIndexOf('/') + 1));
}

/** Whether it says what kustomize does, and is nothing that is applied. */
export function isKustomizeKind({ kind, group }: Pick<Manifest, 'kind' | 'group'>): boolean {
  return group === 'kustomize.config.k8s.io' || kind === 'Kustomization' || kind === 'Component';
}
