/** Short ways to write an entry of the key table. */
import type { KeyEntry, KeyValue, Place } from './keys.js';
import type { Dimension } from './quantity.js';

export const running = [
  'service',
  'gateway',
  'database',
  'cache',
  'queue',
  'coordinator',
  'job',
] as const satisfies readonly Place[];
export const anyComponent = [...running, 'bucket', 'external'] as const satisfies readonly Place[];
/** Policies and defaults may say what a component may say. */
export const reused = ['policy', 'defaults'] as const satisfies readonly Place[];
export const dataPlaces = ['database', 'cache', 'queue', 'bucket', 'coordinator'] as const satisfies readonly Place[];

export const mark: KeyValue = { kind: 'mark' };
export const text: KeyValue = { kind: 'text' };
export const structure: KeyValue = { kind: 'structure' };

/** A quantity above zero. */
export function above(dimension: Dimension, maximum?: number): KeyValue {
  return { kind: 'quantity', dimension, minimum: 0, aboveMinimum: true, ...(maximum === undefined ? {} : { maximum }) };
}

/** A quantity of zero or more. */
export function atLeastZero(dimension: Dimension, maximum?: number): KeyValue {
  return { kind: 'quantity', dimension, minimum: 0, ...(maximum === undefined ? {} : { maximum }) };
}

/** One word, of a list where one is given. */
export function word(...allowed: readonly string[]): KeyValue {
  return { kind: 'words', many: false, ...(allowed.length === 0 ? {} : { allowed }) };
}

/** A comma list of words, of a list where one is given. */
export function words(...allowed: readonly string[]): KeyValue {
  return { kind: 'words', many: true, ...(allowed.length === 0 ? {} : { allowed }) };
}

interface Extra {
  readonly phrase?: string;
  readonly repeats?: boolean;
  readonly absent?: string;
}

/** One entry; the phrase is the key itself unless `extra` says more. */
export function entry(
  key: string,
  value: KeyValue,
  places: readonly Place[],
  meaning: string,
  example: string,
  extra: Extra = {},
): KeyEntry {
  return {
    key,
    phrase: extra.phrase ?? key,
    value,
    places,
    repeats: extra.repeats ?? false,
    ...(extra.absent === undefined ? {} : { absent: extra.absent }),
    meaning,
    example,
  };
}
