/** Kustomizations. */
import type { YamlObject } from '../yaml.js';

/** A kustomization over resources and strategic merge patches, both in the order given. */
export function kustomization(resources: readonly string[], patches: readonly string[] = []): YamlObject {
  return {
    apiVersion: 'kustomize.config.k8s.io/v1beta1',
    kind: 'Kustomization',
    resources,
    patches: patches.length === 0 ? undefined : patches.map((path) => ({ path })),
  };
}
