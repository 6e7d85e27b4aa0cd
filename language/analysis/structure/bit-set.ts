/** Sets of small numbers as bits, never changed once they are made. */
export class BitSet {
  private constructor(private readonly words: Uint32Array) {}

  static of(numbers: readonly number[]): BitSet {
    const words = new Uint32Array(numbers.reduce((length, number) => Math.max(length, (number >>> 5) + 1), 0));
    for (const number of numbers) words[number >>> 5] = (words[number >>> 5] ?? 0) | (1 << (number & 31));
    return new BitSet(words);
  }

  static union(sets: readonly BitSet[]): BitSet {
    const words = new Uint32Array(BitSet.longest(sets));
    for (const set of sets) for (let at = 0; at < set.words.length; at++) words[at] = (words[at] ?? 0) | (set.words[at] ?? 0);
    return new BitSet(words);
  }

  /** What stands in at least `count` of the sets; `count` above 0. */
  static atLeast(count: number, sets: readonly BitSet[]): BitSet {
    const length = BitSet.longest(sets);
    // Row k: what stands in k of the sets seen so far, or in more.
    const rows = Array.from({ length: count }, () => new Uint32Array(length));
    for (const { words } of sets) {
      for (let at = 0; at < words.length; at++) {
        let carried = words[at] ?? 0;
        for (const row of rows) {
          const before = row[at] ?? 0;
          row[at] = before | carried;
          carried &= before;
        }
      }
    }
    return new BitSet(rows.at(-1) ?? new Uint32Array(0));
  }

  /** How many members there are. */
  get size(): number {
    let size = 0;
    for (const word of this.words) {
      // Counts of pairs, of fours, of bytes, then their sum.
      const pairs = word - ((word >>> 1) & 0x55555555);
      const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
      size += Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
    }
    return size;
  }

  /** The members that `other` does not have, in ascending order. */
  without(other: BitSet | undefined): readonly number[] {
    const numbers: number[] = [];
    for (let at = 0; at < this.words.length; at++) {
      let rest = (this.words[at] ?? 0) & ~(other?.words[at] ?? 0);
      while (rest !== 0) {
        const bit = 31 - Math.clz32(rest & -rest);
        numbers.push(32 * at + bit);
        rest &= rest - 1;
      }
    }
    return numbers;
  }

  private static longest(sets: readonly BitSet[]): number {
    return sets.reduce((length, set) => Math.max(length, set.words.length), 0);
  }
}
