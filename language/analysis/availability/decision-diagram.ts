/**
 * Reduced ordered binary decision diagrams over monotone functions, in typed arrays with one unique table.
 *
 * A node is (level, low, high): `high` is the function while the variable of that level is up, `low` while it is down. Two nodes
 * stand for the constants. The node budget is hard: past it {@link OverBudget} is thrown, and the caller tries another order or
 * falls back to bounds.
 */

/** The diagram of "always down" and of "always up". */
export const down = 0;
export const up = 1;

/** More nodes than the budget allows would be needed. */
export class OverBudget extends Error {
  override readonly name = 'OverBudget';
}

const constantLevel = 0x7fffffff;
const conjunction = 1;
const disjunction = 2;
const mostResults = 1 << 22;

export class DecisionDiagrams {
  private levels: Int32Array;
  private lows: Int32Array;
  private highs: Int32Array;
  /** First node of each slot of the unique table, and for each node the next one of its slot. */
  private slots: Int32Array;
  private following: Int32Array;
  private count = 2;
  /** A direct-mapped table of results: operands, operation, result. What is overwritten is computed again. */
  private results: Int32Array;
  private resultMask: number;

  constructor(private readonly budget: number) {
    const capacity = Math.max(1 << 8, 2 ** Math.floor(Math.log2(budget / 64)));
    this.levels = new Int32Array(capacity);
    this.lows = new Int32Array(capacity);
    this.highs = new Int32Array(capacity);
    this.slots = new Int32Array(capacity);
    this.following = new Int32Array(capacity);
    this.results = new Int32Array(4 * capacity);
    this.resultMask = capacity - 1;
    this.levels[down] = constantLevel;
    this.levels[up] = constantLevel;
  }

  /** Nodes made so far, constants included. */
  get size(): number {
    return this.count;
  }

  level(node: number): number {
    return this.levels[node] ?? constantLevel;
  }

  low(node: number): number {
    return this.lows[node] ?? down;
  }

  high(node: number): number {
    return this.highs[node] ?? down;
  }

  /** The variable of a level. */
  variable(level: number): number {
    return this.node(level, down, up);
  }

  /** Both. */
  and(a: number, b: number): number {
    return this.combined(conjunction, a, b);
  }

  /** Either. */
  or(a: number, b: number): number {
    return this.combined(disjunction, a, b);
  }

  /** At least `need` of `inputs`. */
  atLeast(need: number, inputs: readonly number[]): number {
    if (need <= 0) return up;
    if (need > inputs.length) return down;
    // The deepest first, so that each step puts a short diagram on top of a long one.
    const ordered = [...inputs].sort((a, b) => this.level(b) - this.level(a));
    if (need === inputs.length) return ordered.reduce((result, input) => this.and(input, result), up);
    if (need === 1) return ordered.reduce((result, input) => this.or(input, result), down);
    // Row by row: reached[k] is "at least k of the inputs seen so far", from the last input to the first.
    let reached: number[] = [up, ...Array.from({ length: need }, () => down)];
    for (const input of ordered) {
      const next: number[] = [up];
      for (let k = 1; k <= need; k++) next.push(this.or(this.and(input, reached[k - 1] ?? down), reached[k] ?? down));
      reached = next;
    }
    return reached[need] ?? down;
  }

  private combined(operation: number, left: number, right: number): number {
    if (left === right) return left;
    const a = Math.min(left, right);
    const b = Math.max(left, right);
    // The constants have the smallest numbers.
    if (a === down) return operation === conjunction ? down : b;
    if (a === up) return operation === conjunction ? b : up;
    const key = hash(a, b, operation);
    const slot = 4 * (key & this.resultMask);
    const { results, levels, lows, highs } = this;
    if (results[slot] === a && results[slot + 1] === b && results[slot + 2] === operation) return results[slot + 3] ?? down;
    const levelA = levels[a] ?? constantLevel;
    const levelB = levels[b] ?? constantLevel;
    const level = Math.min(levelA, levelB);
    const highA = levelA === level ? (highs[a] ?? down) : a;
    const highB = levelB === level ? (highs[b] ?? down) : b;
    const low = this.combined(operation, levelA === level ? (lows[a] ?? down) : a, levelB === level ? (lows[b] ?? down) : b);
    const result = this.node(level, low, this.combined(operation, highA, highB));
    // The table may have grown meanwhile.
    const place = 4 * (key & this.resultMask);
    const table = this.results;
    table[place] = a;
    table[place + 1] = b;
    table[place + 2] = operation;
    table[place + 3] = result;
    return result;
  }

  private node(level: number, low: number, high: number): number {
    if (low === high) return low;
    const slot = hash(level, low, high) & (this.slots.length - 1);
    for (let found = this.slots[slot] ?? 0; found !== 0; found = this.following[found] ?? 0) {
      if (this.levels[found] === level && this.lows[found] === low && this.highs[found] === high) return found;
    }
    if (this.count >= this.budget) throw new OverBudget(`More than ${this.budget} nodes.`);
    const made = this.count++;
    if (made >= this.levels.length) this.grow();
    this.levels[made] = level;
    this.lows[made] = low;
    this.highs[made] = high;
    this.enter(made);
    return made;
  }

  private enter(node: number): void {
    const slot = hash(this.levels[node] ?? 0, this.lows[node] ?? 0, this.highs[node] ?? 0) & (this.slots.length - 1);
    this.following[node] = this.slots[slot] ?? 0;
    this.slots[slot] = node;
  }

  private grow(): void {
    const capacity = this.levels.length * 2;
    this.levels = wider(this.levels, capacity);
    this.lows = wider(this.lows, capacity);
    this.highs = wider(this.highs, capacity);
    this.slots = new Int32Array(capacity);
    this.following = new Int32Array(capacity);
    for (let node = 2; node < this.count - 1; node++) this.enter(node);
    if (capacity > mostResults) return;
    // What was computed before is computed again where it is asked for: copying costs more.
    this.results = new Int32Array(4 * capacity);
    this.resultMask = capacity - 1;
  }
}

function wider(old: Int32Array, capacity: number): Int32Array<ArrayBuffer> {
  const fresh = new Int32Array(capacity);
  fresh.set(old);
  return fresh;
}

function hash(first: number, second: number, third: number): number {
  let value = Math.imul(first, 0x9e3779b1) ^ Math.imul(second, 0x85ebca6b) ^ Math.imul(third, 0xc2b2ae35);
  value ^= value >>> 15;
  value = Math.imul(value, 0x2c1b3c6d);
  return (value ^ (value >>> 13)) >>> 1;
}
