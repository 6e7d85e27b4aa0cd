/** Comparing pieces of a model by what they say, wherever they stand, and moving them to where the text has gone. */
import type { Source } from './fact.js';

type Movable = { -readonly [key in keyof Source]: Source[key] };

/** Where each place of one value stands in another that says the same. */
export type Places = ReadonlyMap<Source, Source>;

/** Whether a value is the place of something. */
function isSource(value: object): value is Source {
  return 'uri' in value && 'start' in value && 'end' in value;
}

/** Where each place of one value stands in the other, or undefined where the two say different things. */
export function placesOfSame(before: unknown, after: unknown): Places | undefined {
  const places = new Map<Source, Source>();
  return same(before, after, places) ? places : undefined;
}

function same(before: unknown, after: unknown, places: Map<Source, Source>): boolean {
  if (Object.is(before, after) && (typeof before !== 'object' || before === null)) return true;
  if (typeof before !== 'object' || typeof after !== 'object' || before === null || after === null) return false;
  if (Array.isArray(before)) {
    if (!Array.isArray(after) || before.length !== after.length) return false;
    for (let index = 0; index < before.length; index++) if (!same(before[index], after[index], places)) return false;
    return true;
  }
  if (isSource(before)) {
    if (!isSource(after) || before.uri !== after.uri) return false;
    const known = places.get(before);
    places.set(before, after);
    // What stands in one place cannot go to two.
    return known === undefined || (known.start === after.start && known.end === after.end);
  }
  const keys = Object.keys(before);
  if (Array.isArray(after) || keys.length !== Object.keys(after).length) return false;
  for (const key of keys)
    if (!Object.hasOwn(after, key) || !same(Reflect.get(before, key), Reflect.get(after, key), places)) return false;
  return true;
}

/** `after`, with those of its properties, and of the items of its lists, that `keep` wants to have from `before`. */
export function withSameParts<T>(before: unknown, after: T, keep: (before: unknown, after: unknown) => boolean): T {
  if (typeof before !== 'object' || before === null) return after;
  if (typeof after !== 'object' || after === null || Array.isArray(after)) return after;
  const result = { ...after };
  for (const key of Object.keys(after)) {
    const [old, now]: readonly unknown[] = [Reflect.get(before, key), Reflect.get(after, key)];
    if (typeof old !== 'object' || typeof now !== 'object') continue;
    if (keep(old, now)) Reflect.set(result, key, old);
    else if (Array.isArray(old) && Array.isArray(now))
      Reflect.set(
        result,
        key,
        now.map((item: unknown, index) => (keep(old[index], item) ? old[index] : item)),
      );
  }
  return result;
}

/** All places in a value, each once. */
export function placesIn(value: unknown): readonly Source[] {
  const found = new Set<Source>();
  const collect = (part: unknown): void => {
    if (typeof part !== 'object' || part === null) return;
    if (Array.isArray(part)) for (const each of part) collect(each);
    else if (isSource(part)) found.add(part);
    else for (const key of Object.keys(part)) collect(Reflect.get(part, key));
  };
  collect(value);
  return [...found];
}

/** Moves a place along with its text. Whoever holds it sees where it has gone: what was lowered of a text is as old as the text. */
export function movePlace(place: Source, start: number, end: number): void {
  const movable: Movable = place;
  movable.start = start;
  movable.end = end;
}
