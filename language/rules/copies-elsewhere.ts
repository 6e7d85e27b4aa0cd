/** Copies of stores in other hands: in a bucket under another provider or account. */
import type { Edit } from '../edit/edit.js';
import type { Component, Model } from '../model/model.js';
import { lookup } from './lookup.js';
import { foreign } from './residency.js';
import type { Fix } from './rule.js';
import { regionAt, workingSites, zoneAt } from './sites.js';

export type DomainKind = 'provider' | 'account';

/** Longer than it takes to notice that something was deleted, by mistake or by intent. */
const usualLock = '35d';

/** Its own goes before that of its zone, that before that of its region. */
export function holdersOf(component: Component, kind: DomainKind, model: Model): readonly (string | undefined)[] {
  const own = component.fate[kind]?.value;
  const sites = workingSites(component);
  if (own !== undefined || sites.length === 0) return [own];
  return sites.map((site) => (zoneAt(model, site)?.fate[kind] ?? regionAt(model, site)?.fate[kind])?.value);
}

/** A place for the copies of all stores, and what makes it where it does not stand yet. */
interface Elsewhere {
  readonly bucket: string;
  readonly title: string;
  readonly made: readonly Edit[];
}

/** A copy of each store under another provider or account; for an account also a lock on a bucket that has copies of all of them. */
export function copyFixesElsewhere(kind: DomainKind, name: string, stores: readonly Component[], model: Model): readonly Fix[] {
  const backups = stores.flatMap((store) => store.data.backups.filter((backup) => backup.from === undefined).slice(0, 1));
  const copied =
    backups.length < stores.length
      ? []
      : placesElsewhere(kind, name, stores, model).map(({ bucket, title, made }): Fix => {
          const copies = backups.map(
            (backup): Edit => ({ kind: 'add-statement', block: backup.source, text: `copies to ${bucket}` }),
          );
          return { title, edits: [...copies, ...made], safe: false };
        });
  return [...copied, ...(kind === 'account' ? lockFixes(stores, model) : [])];
}

/** Buckets that stand under another one, two at most; else a new one in a region under another one; else one that names no place. */
function placesElsewhere(kind: DomainKind, name: string, stores: readonly Component[], model: Model): readonly Elsewhere[] {
  const { buckets, names } = lookup(model);
  const mayLie = (sites: readonly string[]): boolean => stores.every((store) => foreign(store, sites, model) === undefined);
  const isOther = (holder: string | undefined): boolean => holder !== undefined && holder !== name;
  const title = (place: string): string => `Copy to ${place}, under another ${kind}`;
  const standing = buckets
    .filter((bucket) => holdersOf(bucket, kind, model).every(isOther) && mayLie(workingSites(bucket)))
    .map((bucket) => ({ bucket: bucket.name, title: title(bucket.name), made: [] }))
    .sort((a, b) => (a.bucket < b.bucket ? -1 : 1));
  if (standing.length > 0) return standing.slice(0, 2);
  const [last] = stores.slice(-1);
  if (last === undefined) return [];
  const wanted = stores.length === 1 ? `${last.name}-vault` : 'vault';
  let bucket = wanted;
  for (let number = 2; names.has(bucket); number += 1) bucket = `${wanted}-${number}`;
  const regions = model.regions
    .filter((region) => isOther(region.fate[kind]?.value) && region.zones.every(({ fate }) => fate[kind] === undefined))
    .filter((region) => mayLie([region.name]))
    .map((region) => region.name)
    .sort();
  const made = (text: string): readonly Edit[] => [{ kind: 'add-declaration', after: last.source, text }];
  const inRegions = regions.slice(0, 2).map((region) => ({
    bucket,
    title: title(`a new bucket ${bucket} in ${region}`),
    made: made(`bucket ${bucket} in ${region} { }`),
  }));
  const unnamed = JSON.stringify(`other than ${name}`);
  return inRegions.length > 0
    ? inRegions
    : [{ bucket, title: title(`a new bucket ${bucket}`), made: made(`bucket ${bucket} { ${kind} ${unnamed} }`) }];
}

/** Locks the one bucket that has copies of all stores: nobody's key deletes what is locked. */
function lockFixes(stores: readonly Component[], model: Model): readonly Fix[] {
  const copiedBy = (store: Component): readonly string[] =>
    store.data.backups.flatMap((backup) => backup.copies.map((copy) => copy.bucket.name));
  const [first] = stores;
  if (first === undefined) return [];
  return copiedBy(first)
    .filter((name) => stores.every((store) => copiedBy(store).includes(name)))
    .flatMap((name) => lookup(model).components.get(name) ?? [])
    .slice(0, 1)
    .map((bucket) => ({
      title: `Lock ${bucket.name} for ${usualLock}`,
      edits: [{ kind: 'add-statement', block: bucket.source, text: `locked ${usualLock}` }],
      safe: false,
    }));
}
