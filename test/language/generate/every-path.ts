/** Plain data with one place changed, for tests that put wrong things everywhere. */

/** The way to every value below a value. */
export function everyPath(value: unknown): readonly (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => [[key], ...everyPath(inner).map((path) => [key, ...path])]);
}

/** The same with another value at the end of a way. */
export function replaced(value: unknown, [key, ...rest]: readonly string[], by: unknown): unknown {
  if (key === undefined) return by;
  const inner: unknown = Reflect.get(value as object, key);
  if (Array.isArray(value)) return value.map((item, index) => (String(index) === key ? replaced(item, rest, by) : item));
  return { ...(value as object), [key]: replaced(inner, rest, by) };
}

/** Of every kind that YAML has. */
export const wrongValues: readonly unknown[] = [null, 3, 'x', true, [], {}, [[{}]], { a: null }];
