/**
 * Patches of Kubernetes objects, as kustomize applies them: strategic merges, and lists of JSON operations (RFC 6902).
 * What comes from the patch keeps its place in the patch's file, so that a figure read from the result points where it was written.
 */
import { entryOf, itemsAt, nodeAt, textAt, type YamlEntry, type YamlMap, type YamlNode } from './yaml-tree.js';

/** The field that tells the items of a list apart, by the list's field: lists of anything else are replaced whole. */
const itemKeys: ReadonlyMap<string, readonly string[]> = new Map([
  ['containers', ['name']],
  ['initContainers', ['name']],
  ['ephemeralContainers', ['name']],
  ['volumes', ['name']],
  ['env', ['name']],
  ['volumeMounts', ['mountPath']],
  ['volumeDevices', ['devicePath']],
  ['ports', ['containerPort', 'port']],
  ['imagePullSecrets', ['name']],
  ['hostAliases', ['ip']],
  ['topologySpreadConstraints', ['topologyKey']],
]);

/** Kinds whose lists are merged item by item; of anything else, such as Istio's kinds, a list is replaced whole. */
const groupsWithKeys: ReadonlySet<string> = new Set(['', 'apps', 'batch', 'policy', 'autoscaling', 'networking.k8s.io']);

/** The result of a strategic merge; undefined where the patch deletes the object. `group`: of the object's API, `apps`. */
export function strategicMerge(base: YamlMap, patch: YamlMap, group: string): YamlMap | undefined {
  const directive = textAt(patch, '$patch');
  if (directive === 'delete') return undefined;
  if (directive === 'replace') return withoutDirectives(patch);
  return mergedMap(base, patch, groupsWithKeys.has(group));
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
      const keys = byKey ? itemKeys.get(key) : undefined;
      entries.set(key, keys === undefined ? entry : { ...old, value: mergedList(old.value, value, keys) });
    } else entries.set(key, entry);
  }
  return { ...base, entries };
}

function mergedList(
  base: YamlNode & { readonly kind: 'list' },
  patch: YamlNode & { readonly kind: 'list' },
  keys: readonly string[],
): YamlNode {
  const nameOf = (item: YamlNode): string | undefined => {
    for (const key of keys) {
      const text = textAt(item, key);
      // Of a port the protocol counts as well: 53 may be offered over both.
      if (text !== undefined) return `${key}=${text} ${textAt(item, 'protocol') ?? 'TCP'}`;
    }
    return undefined;
  };
  // One entry that only says so replaces the list by the others.
  const others = patch.items.filter((item) => textAt(item, '$patch') !== 'replace');
  if (others.length < patch.items.length) return { ...base, items: others };
  const items = [...base.items];
  for (const item of others) {
    const name = nameOf(item);
    const index = name === undefined ? -1 : items.findIndex((candidate) => nameOf(candidate) === name);
    const old = items[index];
    if (item.kind !== 'map' || old?.kind !== 'map') {
      if (item.kind !== 'map' || textAt(item, '$patch') === undefined) items.push(item);
    } else if (textAt(item, '$patch') === 'delete') items.splice(index, 1);
    else items[index] = mergedMap(old, item, true);
  }
  return { ...base, items };
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

/** Applies add, replace and remove, in order; an operation that fits nowhere is passed over. */
export function applyOperations(base: YamlMap, operations: YamlNode): YamlMap {
  let result: YamlNode = base;
  for (const operation of itemsAt(operations)) {
    const op = textAt(operation, 'op');
    const path = textAt(operation, 'path')
      ?.split('/')
      .slice(1)
      .map((step) => step.replace(/~1/g, '/').replace(/~0/g, '~'));
    if (path === undefined || path.length === 0 || (op !== 'add' && op !== 'replace' && op !== 'remove')) continue;
    const written = entryOf(operation, 'value');
    if (op !== 'remove' && written === undefined) continue;
    result = changedAt(result, path, op, op === 'remove' ? undefined : written);
  }
  return result.kind === 'map' ? result : base;
}

function changedAt(
  node: YamlNode,
  path: readonly string[],
  op: 'add' | 'replace' | 'remove',
  written: YamlEntry | undefined,
): YamlNode {
  const [step, ...rest] = path;
  if (step === undefined) return node;
  if (node.kind === 'map') {
    const old = node.entries.get(step);
    const entries = new Map(node.entries);
    if (rest.length > 0) {
      if (old === undefined) return node;
      entries.set(step, { ...old, value: changedAt(old.value, rest, op, written) });
    } else if (written === undefined) entries.delete(step);
    else entries.set(step, { key: step, at: written.at, value: written.value });
    return { ...node, entries };
  }
  if (node.kind !== 'list') return node;
  const index = step === '-' ? node.items.length : Number(step);
  const old = node.items[index];
  const items = [...node.items];
  if (rest.length > 0) {
    if (old === undefined) return node;
    items[index] = changedAt(old, rest, op, written);
  } else if (written === undefined) items.splice(index, 1);
  else if (op === 'add') items.splice(index, 0, written.value);
  else if (old !== undefined) items[index] = written.value;
  return { ...node, items };
}

/** Whether the node is a list of JSON operations rather than an object to merge. */
export function areOperations(node: YamlNode): boolean {
  return node.kind === 'list' && node.items.every((item) => nodeAt(item, 'op') !== undefined);
}
