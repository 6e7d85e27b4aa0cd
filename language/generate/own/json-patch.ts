/**
 * A patch as operations at places (RFC 6902). Of kinds whose schema it does not know, kustomize takes no list apart: a strategic merge patch
 * of one container would leave no other.
 */
import { itemsAt, nodeAt, textAt, type YamlNode } from '../../manifests/yaml-tree.js';
import { asList, asMap, unmarked, type Yaml, type YamlObject } from '../yaml.js';

/** By which field the entries of a list are told apart. */
export const entryKeys: Readonly<Record<string, string>> = { containers: 'name', topologySpreadConstraints: 'topologyKey' };

/** The operations that make a manifest what a strategic merge patch of it would. */
export function operationsOf(patch: YamlObject, root: YamlNode): readonly YamlObject[] {
  const operations: YamlObject[] = [];
  const { metadata, spec } = patch;
  const { labels, annotations } = asMap(metadata) ?? {};
  merge({ metadata: { labels, annotations }, spec }, root, []);
  return operations;

  function merge(map: YamlObject, node: YamlNode | undefined, path: readonly (string | number)[]): void {
    for (const [key, value] of Object.entries(map)) {
      if (value !== undefined) put(value, nodeAt(node, key), [...path, key]);
    }
  }

  function put(value: Yaml, node: YamlNode | undefined, path: readonly (string | number)[]): void {
    const map = asMap(value);
    const items = asList(value);
    const id = entryKeys[String(path.at(-1))];
    if (map !== undefined && node?.kind === 'map') merge(map, node, path);
    else if (items !== undefined && id !== undefined && node?.kind === 'list') {
      for (const item of items) {
        const name = asMap(item)?.[id];
        const index = itemsAt(node).findIndex((each) => name !== undefined && textAt(each, id) === unmarked(name).value);
        put(item, itemsAt(node)[index], [...path, index < 0 ? '-' : index]);
      }
    } else if (map === undefined || Object.values(map).some((inner) => inner !== undefined)) {
      operations.push({ op: 'add', path: pointer(path), value });
    }
  }
}

function pointer(path: readonly (string | number)[]): string {
  return path.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}
