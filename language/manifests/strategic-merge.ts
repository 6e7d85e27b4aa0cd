/**
 * Strategic merges of Kubernetes objects, as kustomize makes them.
 * What comes from the patch keeps its place in the patch's file, so that a figure read from the result points where it was written.
 */
import { entryIdentity, keysOfList, mergesEntries } from './merge-keys.js';
import { textAt, type YamlEntry, type YamlMap, type YamlNode } from './yaml-tree.js';

/** The result of a strategic merge; undefined where the patch deletes the object. `group`: of the object's API, `apps`. */
export function strategicMerge(base: YamlMap, patch: YamlMap, group: string): YamlMap | undefined {
  const directive = textAt(patch, '$patch');
  if (directive === 'delete') return undefined;
  if (directive === 'replace') return withoutDirectives(patch);
  return mergedMap(base, patch, mergesEntries(group));
}

function mergedMap(base: YamlMap, patch: YamlMap, byKey: boolean): YamlMap {
  const entries = new Map(base.entries);
  for (const entry of patch.entries.values()) {
    const { key, value } = entry;
    if (key.startsWith('$')) continue;
    const old = base.entries.get(key);
    if (value.kind === 'nothing') entries.delete(key);
    else if (value.kind === 'map') {
      const directive = textAt(value, '$patch');
      if (directive === 'delete') entries.delete(key);
      else if (directive === 'replace' || old?.value.kind !== 'map')
        entries.set(key, { ...entry, value: withoutDirectives(value) });
      else entries.set(key, { ...old, value: mergedMap(old.value, value, byKey) });
    } else if (value.kind === 'list' && old?.value.kind === 'list') {
      const keys = byKey ? keysOfList(key) : [];
      entries.set(key, keys.length === 0 ? entry : { ...old, value: mergedList(old.value, value, keys) });
    } else entries.set(key, entry);
  }
  return { ...base, entries };
}

function mergedList(
  base: YamlNode & { readonly kind: 'list' },
  patch: YamlNode & { readonly kind: 'list' },
  keys: readonly (readonly string[])[],
): YamlNode {
  const nameOf = (item: YamlNode): string | undefined => entryIdentity(keys, (key) => textAt(item, key));
  // One entry that only says so replaces the list by the others.
  const others = patch.items.filter((item) => textAt(item, '$patch') !== 'replace');
  if (others.length < patch.items.length) return { ...base, items: others };
  // kustomize puts what the patch says first, in the patch's order, and then the rest of what was there.
  const rest = [...base.items];
  const items: YamlNode[] = [];
  for (const item of others) {
    const name = nameOf(item);
    const index = name === undefined ? -1 : rest.findIndex((candidate) => nameOf(candidate) === name);
    const [old] = index < 0 ? [] : rest.splice(index, 1);
    if (textAt(item, '$patch') === 'delete') continue;
    items.push(item.kind === 'map' && old?.kind === 'map' ? mergedMap(old, item, true) : item);
  }
  return { ...base, items: [...items, ...rest] };
}

/** A map without the words that only tell how to merge it. */
function withoutDirectives(map: YamlMap): YamlMap {
  const entries = new Map<string, YamlEntry>();
  for (const [key, entry] of map.entries) {
    if (key.startsWith('$') || entry.value.kind === 'nothing') continue;
    entries.set(key, entry.value.kind === 'map' ? { ...entry, value: withoutDirectives(entry.value) } : entry);
  }
  return { ...map, entries };
}
