import type { YamlNode } from '../../../language/manifests/yaml-tree.js';

/** What a typed tree holds, as data without places. */
export function plain(node: YamlNode): unknown {
  switch (node.kind) {
    case 'map':
      return Object.fromEntries([...node.entries.values()].map(({ key, value }) => [key, plain(value)]));
    case 'list':
      return node.items.map(plain);
    case 'nothing':
      return null;
    case 'template':
      throw new Error('no template was written');
    default:
      return node.value;
  }
}
