/**
 * Reduced ordered binary decision diagrams over monotone functions, in typed arrays with one unique table.
 *
 * A node is (level, low, high): `high` is the function while the variable of that level is up, `low` while it is down. Two nodes
 * stand for the constants. The node budget is hard: past it {@link OverBudget} is thrown, and the caller falls back to bounds.
 */

/** The diagram of "always down" and of "always up". */
export const down = 0;
export const up = 1;

/** More nodes than the budget allows would be needed. */
export class OverBudget extends Error {
  override readonly name = 'OverBudget';
}

const constantLevel = 0x7fffffff;

export class DecisionDiagrams {
  private levels: Int32Array;
  private lows: Int32Array;
  private highs: Int32Array;
  private table: Int32Array;
  private count = 2;
  /** A direct-mapped table of conjunctions computed before: triples of operands and result. What is overwritten is computed again. */
  private readonly conjunctions: Int32Array;
  private readonly conjunctionMask: number;
  private readonly choices = new Map<string, number>();

  constructor(private readonly budget: number) {
    const capacity = 1 << 10;
    const slots = Math.min(1 << 16, 1 << Math.ceil(Math.log2(Math.max(64, budget / 8))));
    this.conjunctions = new Int32Array(3 * slots);
    this.conjunctionMask = slots - 1;
    this.levels = new Int32Array(capacity);
    this.lows = new Int32Array(capacity);
    this.highs = new Int32Array(capacity);
    this.table = new Int32Array(capacity * 2);
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
    if (a === down || b === down) return down;
    if (a === up || a === b) return b;
    if (b === up) return a;
    const first = Math.min(a, b);
    const second = Math.max(a, b);
    const slot = 3 * (hash(first, second, 0) & this.conjunctionMask);
    const table = this.conjunctions;
    // An empty slot holds 0 and 0, which are constants and never get here.
    if (table[slot] === first && table[slot + 1] === second) return table[slot + 2] ?? down;
    const level = Math.min(this.level(a), this.level(b));
    const result = this.node(
      level,
      this.and(this.cofactorLow(a, level), this.cofactorLow(b, level)),
      this.and(this.cofactorHigh(a, level), this.cofactorHigh(b, level)),
    );
    table[slot] = first;
    table[slot + 1] = second;
    table[slot + 2] = result;
    return result;
  }

  /** `condition ? yes : no`, for monotone use: `no` implies `yes`. */
  choose(condition: number, yes: number, no: number): number {
    if (condition === up || yes === no) return yes;
    if (condition === down) return no;
    if (yes === up && no === down) return condition;
    if (no === down) return this.and(condition, yes);
    const key = `${condition} ${yes} ${no}`;
    const known = this.choices.get(key);
    if (known !== undefined) return known;
    const level = Math.min(this.level(condition), this.level(yes), this.level(no));
    const result = this.node(
      level,
      this.choose(this.cofactorLow(condition, level), this.cofactorLow(yes, level), this.cofactorLow(no, level)),
      this.choose(this.cofactorHigh(condition, level), this.cofactorHigh(yes, level), this.cofactorHigh(no, level)),
    );
    this.choices.set(key, result);
    return result;
  }

  /** At least `need` of `inputs`. */
  atLeast(need: number, inputs: readonly number[]): number {
    if (need <= 0) return up;
    if (need > inputs.length) return down;
    if (need === inputs.length) return this.conjunction(inputs);
    // Row by row: reached[k] is "at least k of the inputs seen so far", from the last input to the first.
    let reached: number[] = [up, ...Array.from({ length: need }, () => down)];
    for (const input of [...inputs].sort((a, b) => this.level(b) - this.level(a))) {
      const next: number[] = [up];
      for (let k = 1; k <= need; k++) next.push(this.choose(input, reached[k - 1] ?? down, reached[k] ?? down));
      reached = next;
    }
    return reached[need] ?? down;
  }

  /** All of them; the deepest first, so that each step puts a short diagram on top of a long one. */
  conjunction(inputs: readonly number[]): number {
    let result = up;
    for (const input of [...inputs].sort((a, b) => this.level(b) - this.level(a))) result = this.and(input, result);
    return result;
  }

  private cofactorLow(node: number, level: number): number {
    return this.level(node) === level ? this.low(node) : node;
  }

  private cofactorHigh(node: number, level: number): number {
    return this.level(node) === level ? this.high(node) : node;
  }

  private node(level: number, low: number, high: number): number {
    if (low === high) return low;
    const mask = this.table.length - 1;
    let slot = hash(level, low, high) & mask;
    for (let found = this.table[slot] ?? 0; found !== 0; found = this.table[slot] ?? 0) {
      if (this.levels[found] === level && this.lows[found] === low && this.highs[found] === high) return found;
      slot = (slot + 1) & mask;
    }
    if (this.count >= this.budget) throw new OverBudget(`More than ${this.budget} nodes.`);
    const made = this.count++;
    if (made >= this.levels.length) this.grow();
    this.levels[made] = level;
    this.lows[made] = low;
    this.highs[made] = high;
    this.insert(made);
    return made;
  }

  private insert(node: number): void {
    const mask = this.table.length - 1;
    let slot = hash(this.levels[node] ?? 0, this.lows[node] ?? 0, this.highs[node] ?? 0) & mask;
    while (this.table[slot] !== 0) slot = (slot + 1) & mask;
    this.table[slot] = node;
  }

  private grow(): void {
    const capacity = this.levels.length * 2;
    const wider = (old: Int32Array): Int32Array => {
      const fresh = new Int32Array(capacity);
      fresh.set(old);
      return fresh;
    };
    this.levels = wider(this.levels);
    this.lows = wider(this.lows);
    this.highs = wider(this.highs);
    this.table = new Int32Array(capacity * 2);
    for (let node = 2; node < this.count - 1; node++) this.insert(node);
  }
}

function hash(level: number, low: number, high: number): number {
  let value = Math.imul(level, 0x9e3779b1) ^ Math.imul(low, 0x85ebca6b) ^ Math.imul(high, 0xc2b2ae35);
  value ^= value >>> 15;
  return Math.imul(value, 0x2c1b3c6d) >>> 4;
}
