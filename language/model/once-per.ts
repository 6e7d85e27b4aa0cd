/**
 * What follows from one object alone, worked out once and kept for as long as the object lives. Objects of a model stay the same from one
 * edit to the next while they say the same, so that what is known of them is not worked out again with every keystroke.
 */
export function oncePer<K extends object, V>(make: (key: K) => V): (key: K) => V {
  const known = new WeakMap<K, V>();
  return (key) => {
    const found = known.get(key);
    if (found !== undefined) return found;
    // That there is nothing may be what is known.
    if (known.has(key)) return found as V;
    const value = make(key);
    known.set(key, value);
    return value;
  };
}

/**
 * What follows from one object and some other values, kept for as long as the object lives and the other values are the same ones as when
 * it was last asked for. Not for what holds offsets of its own making: places of a model move with the text, computed ones do not.
 */
export function onceWhile<K extends object, D extends readonly unknown[], V>(
  make: (key: K, ...others: D) => V,
): (key: K, ...others: D) => V {
  const known = new WeakMap<K, { readonly others: D; readonly value: V }>();
  return (key, ...others) => {
    const before = known.get(key);
    if (before?.others.every((other, index) => Object.is(other, others[index]))) return before.value;
    const value = make(key, ...others);
    known.set(key, { others, value });
    return value;
  };
}
