/** The config maps that a kustomization makes of literals: as kustomize names them, without the hash that it adds to the name. */
import type { Manifest } from './read-manifests.js';
import { itemsAt, nodeAt, textAt, type YamlEntry, type YamlMap, type YamlNode } from './yaml-tree.js';

/**
 * The objects with the config maps of `configMapGenerator` among them. `behavior: merge` adds to the one that is there, `replace`
 * stands in its place. What they take from files and files of variables is not read.
 */
export function withGeneratedConfigMaps(objects: readonly Manifest[], root: YamlMap, path: string): Manifest[] {
  const result = [...objects];
  for (const item of itemsAt(root, 'configMapGenerator')) {
    const name = textAt(item, 'name');
    if (name === undefined) continue;
    const index = result.findIndex((object) => object.kind === 'ConfigMap' && object.group === '' && object.name === name);
    const known = result[index];
    const isMerged = textAt(item, 'behavior') === 'merge' && known !== undefined;
    const old = isMerged ? nodeAt(known.root, 'data') : undefined;
    const data = new Map(old?.kind === 'map' ? old.entries : []);
    for (const [key, entry] of literalsOf(item)) data.set(key, entry);
    if (data.size === 0) continue;
    const generated = configMap(item, name, data, path, textAt(item, 'namespace'));
    if (known === undefined) result.push(generated);
    else result[index] = isMerged ? { ...known, root: generated.root } : generated;
  }
  return result;
}

function literalsOf(item: YamlNode): ReadonlyMap<string, YamlEntry> {
  const entries = new Map<string, YamlEntry>();
  for (const literal of itemsAt(item, 'literals')) {
    const text = textAt(literal) ?? '';
    const equals = text.indexOf('=');
    if (equals < 1) continue;
    const key = text.slice(0, equals);
    // Quotes around a value belong to the shell that people copied it from, and kustomize takes them off.
    const value = text.slice(equals + 1).replace(/^(["'])(.*)\1$/s, '$2');
    entries.set(key, { key, at: literal.at, value: { kind: 'text', at: literal.at, value, quoted: true } });
  }
  return entries;
}

function configMap(
  item: YamlNode,
  name: string,
  data: ReadonlyMap<string, YamlEntry>,
  path: string,
  namespace: string | undefined,
): Manifest {
  const { at } = item;
  const text = (value: string): YamlNode => ({ kind: 'text', at, value, quoted: true });
  const map = (entries: Readonly<Record<string, YamlNode>>): YamlMap => ({
    kind: 'map',
    at,
    entries: new Map(Object.entries(entries).map(([key, value]) => [key, { key, at, value }])),
  });
  return {
    path,
    apiVersion: 'v1',
    group: '',
    version: 'v1',
    kind: 'ConfigMap',
    name,
    ...(namespace === undefined ? {} : { namespace }),
    root: map({
      apiVersion: text('v1'),
      kind: text('ConfigMap'),
      metadata: map({ name: text(name) }),
      data: { kind: 'map', at, entries: data },
    }),
    isWhole: true,
  };
}
