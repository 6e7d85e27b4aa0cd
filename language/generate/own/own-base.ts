/** The base of a component with a manifest of its own: a copy of it, and what is laid over it. */
import type { Context } from '../context.js';
import type { GeneratedFile } from '../generated-tree.js';
import { workloadApis } from '../workload.js';
import type { YamlObject } from '../yaml.js';
import type { OwnManifest } from './own-manifest.js';

/** The file of the patch, beside the copy. */
export const ownPatchFile = 'own-manifest-patch.yaml';
const copyFile = 'own-manifest.yaml';

/** The copy. kustomize reads no file outside of the folder that it builds, and the tree may lie anywhere. */
export function ownCopy(directory: string, { path, text }: OwnManifest): GeneratedFile {
  const words = `# Copied by DRML from ${path.replace(/[\s\p{Cc}]+/gu, ' ')}. Change it there.\n`;
  return {
    path: `base/${directory}/${copyFile}`,
    content: `${words}${text
      .replace(/^\uFEFF/, '')
      .replace(/\r\n?/g, '\n')
      .trimEnd()}\n`,
  };
}

/** The kustomization of the base. All objects come into the namespace of the model, as those that are generated. */
export function ownKustomization(context: Context, own: OwnManifest, resources: readonly string[]): YamlObject {
  const [group = ''] = workloadApis[own.kind].split('/');
  return {
    apiVersion: 'kustomize.config.k8s.io/v1beta1',
    kind: 'Kustomization',
    namespace: context.names.namespace,
    resources: [copyFile, ...resources],
    patches: [{ path: ownPatchFile, target: { group, version: own.workload.version, kind: own.kind, name: own.workload.name } }],
  };
}
