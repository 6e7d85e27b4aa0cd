/**
 * What follows from one object alone, worked out once and kept for as long as the object lives. Objects of a model stay the same from one
 * edit to the next while they say the same, so that what is known of them is not worked out again with every keystroke.
 */
export function oncePer<K extends object, V>(make: (key: K) => V): (key: K) => V {
  const known = new WeakMap<K, { readonly value: V }>();
  return (key) => {
    let found = known.get(key);
    if (found === undefined) {
      found = { value: make(key) };
      known.set(key, found);
    }
    return found.value;
  };
}
