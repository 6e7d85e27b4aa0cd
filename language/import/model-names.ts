/** Names of the model for names of the platform: kebab-case, unique, the same for the same object wherever it is met. */

/** The name with what the language does not take written otherwise: `my.db_1` → `my-db-1`. */
export function kebab(name: string): string {
  const plain = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 63)
    .replace(/-+$/, '');
  return /^[a-z]/.test(plain) ? plain : `x-${plain}`.slice(0, 63).replace(/-+$/, '');
}

/** Gives each key one name, and no name to two keys. */
export class ModelNames {
  private readonly names = new Map<string, string>();
  private readonly taken = new Set<string>();

  /** The name of a key; `wanted` is what it is called if nothing else is. */
  of(key: string, ...wanted: readonly string[]): string {
    const known = this.names.get(key);
    if (known !== undefined) return known;
    const plain = wanted.map(kebab);
    let name = plain.find((candidate) => !this.taken.has(candidate));
    for (let round = 2; name === undefined; round += 1) {
      const numbered = `${(plain[0] ?? 'x').slice(0, 58)}-${round}`;
      if (!this.taken.has(numbered)) name = numbered;
    }
    this.names.set(key, name);
    this.taken.add(name);
    return name;
  }

  has(key: string): boolean {
    return this.names.has(key);
  }
}
