/** Sets of small numbers as bits, never changed once they are made. */
export class BitSet {
  private constructor(private readonly words: Uint32Array) {}

  static of(numbers: readonly number[]): BitSet {
    const words = new Uint32Array(numbers.reduce((length, number) => Math.max(length, (number >>> 5) + 1), 0));
    for (const number of numbers) words[number >>> 5] = (words[number >>> 5] ?? 0) | (1 << (number & 31));
    return new BitSet(words);
  }

  static union(sets: readonly BitSet[]): BitSet {
    const words = new Uint32Array(sets.reduce((length, set) => Math.max(length, set.words.length), 0));
    for (const set of sets) for (let at = 0; at < set.words.length; at++) words[at] = (words[at] ?? 0) | (set.words[at] ?? 0);
    return new BitSet(words);
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
}
