/** Kustomizations. */
import type { YamlObject } from '../yaml.js';

/** A kustomization over resources, and components that change them one after the other. */
export function kustomization(resources: readonly string[], components: readonly string[] = []): YamlObject {
  return {
    apiVersion: 'kustomize.config.k8s.io/v1beta1',
    kind: 'Kustomization',
    resources,
    components: components.length === 0 ? undefined : components,
  };
}

/**
 * A component: strategic merge patches, in the order given, over whatever includes it. A kustomization applies its own patches after
 * those of its components, so that patches which others are to override stand in a component too.
 */
export function patchComponent(patches: readonly string[]): YamlObject {
  return {
    apiVersion: 'kustomize.config.k8s.io/v1alpha1',
    kind: 'Component',
    patches: patches.map((path) => ({ path })),
  };
}
