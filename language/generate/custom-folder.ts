/**
 * `custom/`: patches written by hand, laid over what is generated. The generator makes an empty component for each place where
 * patches can apply, once, and never touches it again; every overlay includes them.
 */
import { patchComponent } from './kubernetes/kustomization.js';
import type { YamlObject } from './yaml.js';

/** Patches over the base, in every cluster, before what the cluster itself changes. */
export const customBase = 'custom/base';

/** Patches over one cluster, after everything else. `custom/REGION/CLUSTER` for `overlays/REGION/CLUSTER`. */
export function customOverlay(overlayPath: string): string {
  return overlayPath.replace(/^overlays\//, 'custom/');
}

/** The words above a component that somebody is to fill. */
export function customHeader(folder: string): readonly string[] {
  const over =
    folder === customBase ? 'every cluster, before what it changes itself' : 'this cluster, after everything generated';
  return [
    `Yours: made once by DRML, and never changed by it. Patches listed here apply to ${over}.`,
    'One entry: { path: FILE.yaml, target: { kind: Deployment, name: NAME } }',
  ];
}

/** A component without patches yet. */
export function emptyCustom(): YamlObject {
  return patchComponent([]);
}

/** The component of `custom/` whose patches stand for changes of a generated file; undefined where no overlay would apply them. */
export function customFolderFor(path: string): string | undefined {
  // What a cluster needs beside its overlay, such as Velero's objects, lies deeper in `platform/` and is applied by itself.
  if (/^(base\/[^/]+|platform)\/[^/]+\.yaml$/.test(path)) return customBase;
  const overlay = /^(overlays\/[^/]+\/[^/]+)\/(patches|dumps)\/[^/]+\.yaml$/.exec(path)?.[1];
  return overlay === undefined ? undefined : customOverlay(overlay);
}
