/** Changes of typed trees: each gives a new tree and leaves the old one as it is. */
import type { Place, YamlEntry, YamlMap, YamlNode } from './yaml-tree.js';

/** The map with a value under a path of keys; maps on the way are made where there are none. */
export function withValue(body: YamlMap, path: readonly string[], value: YamlNode): YamlMap {
  const [step, ...rest] = path;
  if (step === undefined) return body;
  const old = body.entries.get(step);
  const inner: YamlMap = old?.value.kind === 'map' ? old.value : { kind: 'map', at: value.at, entries: new Map() };
  const entries = new Map(body.entries);
  entries.set(step, { key: step, at: old?.at ?? value.at, value: rest.length === 0 ? value : withValue(inner, rest, value) });
  return { ...body, entries };
}

/** The tree with other values at some of its keys. `change`: the new value, undefined where what stands there is gone through instead. */
export function withValues(body: YamlMap, change: (entry: YamlEntry, of: YamlMap) => YamlNode | undefined): YamlMap {
  const visit = (node: YamlNode): YamlNode => {
    if (node.kind === 'map') return visitMap(node);
    if (node.kind !== 'list') return node;
    let isChanged = false;
    const items = node.items.map((item) => {
      const result = visit(item);
      isChanged ||= result !== item;
      return result;
    });
    return isChanged ? { ...node, items } : node;
  };
  const visitMap = (map: YamlMap): YamlMap => {
    let entries: Map<string, YamlEntry> | undefined;
    for (const [key, entry] of map.entries) {
      const value = change(entry, map) ?? visit(entry.value);
      if (value === entry.value) continue;
      entries ??= new Map(map.entries);
      entries.set(key, { ...entry, value });
    }
    return entries === undefined ? map : { ...map, entries };
  };
  return visitMap(body);
}

/** A text as a node. */
export function textNode(value: string, at: Place): YamlNode {
  return { kind: 'text', at, value, quoted: true };
}

/** A map of nodes, all of them at one place. */
export function mapNode(entries: Readonly<Record<string, YamlNode>>, at: Place): YamlMap {
  return { kind: 'map', at, entries: new Map(Object.entries(entries).map(([key, value]) => [key, { key, at, value }])) };
}

/** A tree that was read from a text within a file: its places are the stretch of that text. */
export function movedTo(node: YamlNode, at: Place): YamlNode {
  switch (node.kind) {
    case 'map':
      return {
        ...node,
        at,
        entries: new Map([...node.entries].map(([key, entry]) => [key, { ...entry, at, value: movedTo(entry.value, at) }])),
      };
    case 'list':
      return { ...node, at, items: node.items.map((item) => movedTo(item, at)) };
    case 'text':
      return { kind: 'text', at, value: node.value, quoted: node.quoted };
    default:
      return { ...node, at };
  }
}
