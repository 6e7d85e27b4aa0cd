/** Properties of figures that are worked out when somebody reads them. */
import type { Term } from './figure.js';

/**
 * Gives objects one property that is made when it is read, and kept from then on if `keeps` says so. All of them have the same getter: with
 * a getter each, the engine would keep every object as a table of its own, of half a kilobyte.
 */
export function workedOutLater<K extends string, V>(name: K, keeps = true) {
  const slot = Symbol(name);
  interface Slot {
    [slot]?: { made?: V; readonly make: () => V };
  }
  const property: PropertyDescriptor = {
    get(this: Slot): V | undefined {
      const found = this[slot];
      if (found?.made !== undefined) return found.made;
      const made = found?.make();
      if (found !== undefined && keeps && made !== undefined) found.made = made;
      return made;
    },
    enumerable: true,
    configurable: true,
  };
  return <T extends object>(object: T, make: () => V): T & { readonly [key in K]: V } => {
    Object.defineProperty(object, slot, { value: { make }, configurable: true });
    return Object.defineProperty(object, name, property) as T & { readonly [key in K]: V };
  };
}

/** Terms that are made once. */
export const withTermsLater = workedOutLater<'terms', readonly Term[]>('terms');

/** Terms that are made again each time: those of a long path are not worth keeping. */
export const withTermsEachTime = workedOutLater<'terms', readonly Term[]>('terms', false);

/** What is missing, made once. */
export const withMissingLater = workedOutLater<'missing', readonly string[]>('missing');
