import type { Edit } from '../edit/edit.js';
import type { Component, Model } from '../model/model.js';
import { lookup } from './lookup.js';
import type { Fix } from './rule.js';
import { activeSites, buildingsOf, regionsOf } from './sites.js';
import { writtenDuration } from './wording.js';

/** How often data is kept where no objective says it: a full each day and a log every five minutes. */
const usualFull = 86_400;
const usualLog = 300;

/** Intervals that people write, longest first, in seconds. */
const commonIntervals: readonly number[] = [
  86_400, 43_200, 21_600, 14_400, 7200, 3600, 1800, 900, 600, 300, 60, 30, 15, 10, 5, 1,
];

/** The longest common interval not above a limit in seconds; undefined below one second. */
export function commonInterval(limit: number): number | undefined {
  return commonIntervals.find((interval) => interval <= limit);
}

/** A place for copies: a bucket that stands, or one that the edits create. */
export interface CopyPlace {
  readonly bucket: string;
  /** `in cn-south`, for people. */
  readonly where: string;
  readonly edits: readonly Edit[];
}

/**
 * Where copies of a store can lie so that they outlive it: buckets outside its regions, or outside its buildings where
 * `apart` says so; where there is none, a new bucket in another region, or in none of the model's sites.
 */
export function copyPlaces(store: Component, model: Model, apart: 'region' | 'building' = 'region'): readonly CopyPlace[] {
  const taken = new Set(store.data.backups.flatMap((backup) => backup.copies.map((copy) => copy.bucket.name)));
  const standing = lookup(model)
    .buckets.filter((bucket) => bucket.name !== store.name && !taken.has(bucket.name))
    .filter((bucket) => liesApart(store, bucket, model, apart))
    .slice(0, 2)
    .map((bucket) => ({ bucket: bucket.name, where: placeOf(activeSites(bucket)), edits: [] }));
  return standing.length > 0 ? standing : [newBucket(store, model)];
}

/** Whether no single loss of a region (or of a building) takes the store's active side and the bucket together. */
export function liesApart(store: Component, bucket: Component, model: Model, apart: 'region' | 'building'): boolean {
  const bucketSites = activeSites(bucket);
  if (bucketSites.length === 0) return true;
  const sites = [...activeSites(store), ...bucketSites];
  if (apart === 'region') return regionsOf(sites).length > 1;
  return new Set(sites.flatMap((site) => buildingsOf(model, site))).size > 1;
}

/** A bucket that the edits create in another region, under a name that nobody has, nor is in `taken`. */
export function newBucket(store: Component, model: Model, taken: ReadonlySet<string> = new Set()): CopyPlace {
  const used = new Set(regionsOf(activeSites(store)));
  const other = model.regions.find((region) => !used.has(region.name));
  const names = new Set([...lookup(model).names, ...taken]);
  let name = `${store.name}-backups`;
  for (let number = 2; names.has(name); number += 1) name = `${store.name}-backups-${number}`;
  const text = other === undefined ? `bucket ${name} { }` : `bucket ${name} in ${other.name} { }`;
  return {
    bucket: name,
    where: other === undefined ? 'outside all regions of the model' : `in ${other.name}`,
    edits: [{ kind: 'add-declaration', after: store.source, text }],
  };
}

function placeOf(sites: readonly string[]): string {
  return sites.length === 0 ? 'outside all regions of the model' : `in ${sites.join(', ')}`;
}

/**
 * A backup for a store that has none: a full a day, a log as often as its tightest data-loss objective and `target` (in seconds)
 * ask, copies where they outlive the store.
 */
export function newBackupFixes(store: Component, model: Model, target = Number.POSITIVE_INFINITY): readonly Fix[] {
  const promised = store.objective?.classes.flatMap((promise) => (promise.rpo === undefined ? [] : [promise.rpo.value])) ?? [];
  const tightest = Math.min(...promised.filter((seconds) => seconds > 0), target);
  const log = commonInterval(Math.min(usualLog, tightest)) ?? 1;
  return copyPlaces(store, model).map((place) => ({
    title: `Back ${store.name} up to ${place.bucket} ${place.where}`,
    edits: [
      {
        kind: 'add-statement',
        block: store.source,
        text: `backup nightly {\n  full every ${writtenDuration(usualFull)}\n  log every ${writtenDuration(log)}\n  copies to ${place.bucket}\n}`,
      },
      ...place.edits,
    ],
    safe: false,
  }));
}

/** Copies of the first backup in a place where they outlive the store; nothing where there is no backup yet. */
export function copyFixes(store: Component, model: Model, apart: 'region' | 'building'): readonly Fix[] {
  const [backup] = store.data.backups;
  if (backup === undefined) return [];
  return copyPlaces(store, model, apart).map((place) => ({
    title: `Copy ${store.name}'s ${backup.name} to ${place.bucket} ${place.where}`,
    edits: [{ kind: 'add-statement', block: backup.source, text: `copies to ${place.bucket}` }, ...place.edits],
    safe: false,
  }));
}
