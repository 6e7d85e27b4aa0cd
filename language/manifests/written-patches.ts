/** The patches of a kustomization as it writes them. */
import { itemsAt, nodeAt, textAt, type YamlMap, type YamlNode } from './yaml-tree.js';

export interface WrittenPatch {
  /** In the kustomization itself. */
  readonly text: YamlNode | undefined;
  readonly file: YamlNode | undefined;
  readonly target: YamlNode | undefined;
}

/** The patches of one of its fields, in order. */
export function writtenPatches(
  root: YamlMap,
  field: 'patches' | 'patchesStrategicMerge' | 'patchesJson6902',
): readonly WrittenPatch[] {
  return itemsAt(root, field).map((item) => {
    const written = textAt(item);
    return {
      text: written?.includes('\n') === true ? item : nodeAt(item, 'patch'),
      file: written === undefined ? nodeAt(item, 'path') : item,
      target: nodeAt(item, 'target'),
    };
  });
}
