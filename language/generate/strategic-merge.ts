/**
 * Strategic merge patches: what has to be laid over one object to make another of it, by the rules of kustomize. A field is deleted by
 * null, an entry of a list that has keys by `$patch: delete`; lists without keys are replaced whole.
 */
import { entryIdentity, keysOfList, mergesEntries } from '../manifests/merge-keys.js';

/** Plain data as YAML holds it. */
export type Plain = null | string | number | boolean | readonly Plain[] | PlainMap;
export interface PlainMap {
  readonly [key: string]: Plain;
}

/** The difference of two objects: the patch, undefined where there is none, and the places that no patch can change. */
export interface PatchOf {
  readonly patch: PlainMap | undefined;
  /** `spec.template: a map became a text` */
  readonly obstacles: readonly string[];
}

/** Lists of which a single entry can be changed for certain: of the others tools disagree about the keys, so they are replaced whole. */
const changedByEntry: ReadonlySet<string> = new Set([
  'containers',
  'initContainers',
  'env',
  'volumes',
  'volumeMounts',
  'imagePullSecrets',
  'ports',
]);

export function isMap(value: Plain | undefined): value is PlainMap {
  return typeof value === 'object' && value !== null && !isList(value);
}

function isList(value: Plain | undefined): value is readonly Plain[] {
  return Array.isArray(value);
}

function own(map: PlainMap, key: string): Plain | undefined {
  return Object.hasOwn(map, key) ? map[key] : undefined;
}

/** Whether two values are the same data; the order of keys does not count, and null is no value. */
export function sameData(a: Plain | undefined, b: Plain | undefined): boolean {
  if (isMap(a) && isMap(b)) {
    return [...new Set([...Object.keys(a), ...Object.keys(b)])].every((key) =>
      sameData(own(a, key) ?? undefined, own(b, key) ?? undefined),
    );
  }
  if (isList(a) && isList(b)) return a.length === b.length && a.every((item, index) => sameData(item, b[index]));
  return (a ?? undefined) === (b ?? undefined);
}

/**
 * The patch that makes `to` of `from`, where both are the same object.
 * @param isPatch both are patches themselves: what `to` no longer says then is up to the base, and nothing can be laid over it
 */
export function patchBetween(from: PlainMap, to: PlainMap, isPatch: boolean): PatchOf {
  const obstacles: string[] = [];
  const version = String(own(from, 'apiVersion') ?? '');
  const known = mergesEntries(version.includes('/') ? version.slice(0, version.indexOf('/')) : '');
  const difference = mapDifference(from, to, []);
  return { patch: difference, obstacles };

  function mapDifference(a: PlainMap, b: PlainMap, path: readonly string[]): PlainMap | undefined {
    const changes: [string, Plain][] = [];
    for (const key of new Set([...Object.keys(a), ...Object.keys(b)])) {
      const here = [...path, key];
      const before = own(a, key) ?? undefined;
      const after = own(b, key) ?? undefined;
      if (sameData(before, after) && !(isPatch && own(b, key) === null && own(a, key) !== null)) continue;
      const change =
        after === undefined
          ? removal(key, b, here)
          : before === undefined
            ? addition(after, here)
            : valueChange(before, after, here);
      if (change !== undefined) changes.push([key, change]);
    }
    return changes.length === 0 ? undefined : Object.fromEntries(changes);
  }

  function removal(key: string, to: PlainMap, path: readonly string[]): Plain | undefined {
    if (!isPatch || own(to, key) === null) return null;
    obstacles.push(`${path.join('.')}: taken out of a patch, which leaves the field to the base`);
    return undefined;
  }

  function addition(value: Plain, path: readonly string[]): Plain | undefined {
    return isList(value) && isAmbiguous(value, path) ? undefined : value;
  }

  function isAmbiguous(list: readonly Plain[], path: readonly string[]): boolean {
    if (!known || !sharesKeys(path.at(-1) ?? '', list)) return false;
    obstacles.push(`${path.join('.')}: two entries that nothing tells apart, of which kustomize keeps one`);
    return true;
  }

  function valueChange(before: Plain, after: Plain, path: readonly string[]): Plain | undefined {
    if (path.at(-1) === '$patch') {
      obstacles.push(`${path.join('.')}: changed from ${String(before)} to ${String(after)}`);
      return undefined;
    }
    if (isMap(before) && isMap(after)) return mapDifference(before, after, path);
    if (isList(before) && isList(after)) return listDifference(before, after, path);
    if (isMap(before) || isMap(after) || isList(before) || isList(after)) {
      obstacles.push(`${path.join('.')}: ${wordFor(before)} became ${wordFor(after)}`);
      return undefined;
    }
    return after;
  }

  function listDifference(before: readonly Plain[], after: readonly Plain[], path: readonly string[]): Plain | undefined {
    const keys = known ? keysOf(path.at(-1) ?? '', before, after) : undefined;
    if (isAmbiguous(after, path)) return undefined;
    // Entries that nothing tells apart: the list as a whole. kustomize knows lists with keys only where it knows the kind.
    if (keys === undefined) return known && keysOfList(path.at(-1) ?? '').length > 0 ? [{ $patch: 'replace' }, ...after] : after;
    if (path.at(-1) === 'initContainers' && !sameOrder(before, after, keys)) {
      obstacles.push(`${path.join('.')}: another order, or an entry more, and the order counts`);
      return undefined;
    }
    const changes: Plain[] = [];
    const kept = new Map(after.flatMap((item) => (isMap(item) ? [[identity(item, keys), item] as const] : [])));
    for (const item of before) {
      if (!isMap(item)) continue;
      const id = identity(item, keys);
      const next = kept.get(id);
      kept.delete(id);
      if (next === undefined && isPatch) {
        obstacles.push(`${path.join('.')}: an entry was taken out of a patch, which leaves it to the base`);
      } else if (next === undefined) changes.push({ ...keyFields(item, keys), $patch: 'delete' });
      else {
        const change = mapDifference(item, next, [...path, String(own(item, keys[0] ?? '') ?? '')]);
        if (change !== undefined) changes.push({ ...keyFields(item, keys), ...change });
      }
    }
    for (const item of kept.values()) changes.push(item);
    return changes.length === 0 ? undefined : changes;
  }
}

/** Whether entries of a list have the same keys, so that one takes the place of the other. */
function sharesKeys(name: string, list: readonly Plain[]): boolean {
  return keysOfList(name).some((keys) => {
    const ids = list.flatMap((item) => (isMap(item) && own(item, keys[0] ?? '') !== undefined ? [identity(item, keys)] : []));
    return new Set(ids).size < ids.length;
  });
}

function wordFor(value: Plain): string {
  return isMap(value) ? 'a map' : isList(value) ? 'a list' : 'a value';
}

/** The fields that tell the entries of both lists apart, undefined where none do. */
function keysOf(name: string, before: readonly Plain[], after: readonly Plain[]): readonly string[] | undefined {
  if (!changedByEntry.has(name)) return undefined;
  return keysOfList(name).find((keys) =>
    [before, after].every((list) => {
      const ids = list.map((item) => (isMap(item) && own(item, keys[0] ?? '') !== undefined ? identity(item, keys) : ''));
      return new Set(ids).size === ids.length && !ids.includes('');
    }),
  );
}

function identity(item: PlainMap, keys: readonly string[]): string {
  return (
    entryIdentity([keys], (key) => {
      const value = own(item, key) ?? undefined;
      return value === undefined ? undefined : String(value);
    }) ?? ''
  );
}

function keyFields(item: PlainMap, keys: readonly string[]): PlainMap {
  return Object.fromEntries(
    keys.flatMap((key) => [[key, own(item, key) ?? null] as const]).filter(([, value]) => value !== null),
  );
}

function sameOrder(before: readonly Plain[], after: readonly Plain[], keys: readonly string[]): boolean {
  const ids = (list: readonly Plain[]): string => list.map((item) => (isMap(item) ? identity(item, keys) : '')).join();
  return ids(before) === ids(after) || before.length === 0;
}
