/**
 * The one table of keys: what each statement means, where it may stand, what its value may be. It drives the checks,
 * completion, hover, unit completion, lowering and the reference. A fact that a rule needs and nobody can write is a gap here.
 */
import { blockKeys } from './keys-blocks.js';
import { componentKeys } from './keys-component.js';
import { dataKeys } from './keys-data.js';
import type { Dimension } from './quantity.js';

/** Blocks a statement may stand in. Component kinds are places of their own, because applicability differs by kind. */
export type Place =
  | 'file'
  | 'model'
  | 'region'
  | 'zone'
  | 'link'
  | 'service'
  | 'gateway'
  | 'database'
  | 'cache'
  | 'queue'
  | 'bucket'
  | 'external'
  | 'coordinator'
  | 'job'
  | 'journey'
  | 'policy'
  | 'defaults'
  | 'together'
  | 'failover'
  | 'objective'
  | 'class'
  | 'backup'
  | 'edge'
  | 'rollout'
  | 'scenario'
  | 'drill';

/** What stands after the key. */
export type KeyValue =
  | {
      readonly kind: 'quantity';
      readonly dimension: Dimension;
      /** Smallest allowed value in SI units; with `aboveMinimum` the value itself is not allowed. */
      readonly minimum?: number;
      readonly aboveMinimum?: boolean;
      readonly maximum?: number;
    }
  | { readonly kind: 'words'; readonly allowed?: readonly string[]; readonly many: boolean }
  | { readonly kind: 'text' }
  | { readonly kind: 'mark' }
  | { readonly kind: 'structure' };

export interface KeyEntry {
  /** The first word, a keyword of the grammar. */
  readonly key: string;
  /** All words before the value: `common cause`. */
  readonly phrase: string;
  readonly value: KeyValue;
  readonly places: readonly Place[];
  /** May stand several times in one block. */
  readonly repeats: boolean;
  /** What holds where it is left out. */
  readonly absent?: string;
  /** One or two sentences: what it means. */
  readonly meaning: string;
  readonly example: string;
}

export const componentKindPlaces = [
  'service',
  'gateway',
  'database',
  'cache',
  'queue',
  'bucket',
  'external',
  'coordinator',
  'job',
] as const satisfies readonly Place[];

/** Every key, in the order of the reference. */
export const keyTable: readonly KeyEntry[] = [...blockKeys, ...componentKeys, ...dataKeys];

/** Asked several times for every statement of a file, so that it must not build strings. */
const byPlace = new Map<Place, Map<string, KeyEntry>>();
for (const entry of keyTable) {
  for (const place of entry.places) {
    const keys = byPlace.get(place) ?? new Map<string, KeyEntry>();
    byPlace.set(place, keys.set(entry.key, entry));
  }
}

/** The entry of a key in a block, or undefined where it may not stand there. */
export function keyIn(place: Place, key: string): KeyEntry | undefined {
  return byPlace.get(place)?.get(key);
}

/** All entries of a key, whatever the block. */
export function entriesOf(key: string): readonly KeyEntry[] {
  return keyTable.filter((entry) => entry.key === key);
}

/** The keys that may stand in a block, in the order of the table. */
export function keysOf(place: Place): readonly KeyEntry[] {
  return keyTable.filter((entry) => entry.places.includes(place));
}
