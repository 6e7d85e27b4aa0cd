/** A map whose values are made when they are first asked for. */
export class MadeLater<K, V> implements ReadonlyMap<K, V> {
  private readonly made = new Map<K, V>();

  /** `all`: the keys in their order; `make` is asked once for each. */
  constructor(
    private readonly all: readonly K[],
    private readonly make: (key: K) => V,
  ) {}

  get size(): number {
    return this.all.length;
  }

  has(key: K): boolean {
    return this.all.includes(key);
  }

  get(key: K): V | undefined {
    return this.has(key) ? this.of(key) : undefined;
  }

  forEach(each: (value: V, key: K, map: ReadonlyMap<K, V>) => void): void {
    for (const key of this.all) each(this.of(key), key, this);
  }

  keys(): MapIterator<K> {
    return this.all.values();
  }

  *values(): MapIterator<V> {
    for (const key of this.all) yield this.of(key);
  }

  *entries(): MapIterator<[K, V]> {
    for (const key of this.all) yield [key, this.of(key)];
  }

  [Symbol.iterator](): MapIterator<[K, V]> {
    return this.entries();
  }

  private of(key: K): V {
    const known = this.made.get(key);
    if (known !== undefined) return known;
    const value = this.make(key);
    this.made.set(key, value);
    return value;
  }
}
