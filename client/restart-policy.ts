/** Ends within this time count together, in milliseconds. */
const window = 3 * 60_000;
/** Pauses before the first, second, … new start, in milliseconds; after the last one the server stays down. */
const pauses = [0, 1_000, 4_000, 15_000] as const;

/** Says how long to wait before a server that ended by itself is started again. A server that keeps ending must not cost a processor. */
export class RestartPolicy {
  #ends: readonly number[] = [];

  /** The pause in milliseconds, or undefined where the server has ended too often. @param now milliseconds of any clock */
  pauseAfterEnd(now: number): number | undefined {
    this.#ends = [...this.#ends.filter((end) => now - end < window), now];
    return pauses[this.#ends.length - 1];
  }
}
