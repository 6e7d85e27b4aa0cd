/**
 * Nodes of decision diagrams in typed arrays, each one only once, with a table of results: what ordinary diagrams and families of sets
 * have in common. A node is (level, first, second), its numbers side by side in memory, since a look-up reads all of them.
 */

/** More nodes, or more operations, than the budget allows would be needed. */
export class OverBudget extends Error {
  override readonly name = 'OverBudget';
}

/** Two nodes stand for constants; they are below every variable. */
const constants = 2;
const constantLevel = 0x7fffffff;
const mostResults = 1 << 22;
/**
 * Operations for each node of the budget, and so many more: results that are forgotten are computed again, without end where they are
 * many. The hardest of the published fault trees take one and a half.
 */
const operationsPerNode = 4;
const operationsAtLeast = 1 << 20;

/** Where the numbers of a node stand, from four times its own; its level stands at 0. */
const firstAt = 1;
const secondAt = 2;
const nextAt = 3;

export class UniqueNodes {
  /** Level, first, second, and the next node of the same slot. */
  private fields: Int32Array;
  private slots: Int32Array;
  private count = constants;
  private operations = 0;
  /** Direct-mapped: operands, operation, result. What is overwritten is computed again. */
  private results: Int32Array;
  private resultMask: number;

  /** `budget`: most nodes; past it {@link OverBudget} is thrown. `capacity`: nodes to have room for at first, a power of two. */
  constructor(
    private readonly budget: number,
    capacity: number,
  ) {
    this.fields = new Int32Array(4 * capacity);
    this.slots = new Int32Array(capacity);
    this.results = new Int32Array(4 * capacity);
    this.resultMask = capacity - 1;
    for (let node = 0; node < constants; node++) this.fields[4 * node] = constantLevel;
  }

  /** Nodes made so far, constants included. */
  get size(): number {
    return this.count;
  }

  /** The level of a node; that of a constant is above every other number. */
  level(node: number): number {
    return this.fields[4 * node] ?? constantLevel;
  }

  first(node: number): number {
    return this.fields[4 * node + firstAt] ?? 0;
  }

  second(node: number): number {
    return this.fields[4 * node + secondAt] ?? 0;
  }

  /** The node of a level that leads to `first` and `second`; made where it is new, after those two. */
  node(level: number, first: number, second: number): number {
    const { fields } = this;
    const slot = hash(level, first, second) & (this.slots.length - 1);
    for (let found = this.slots[slot] ?? 0; found !== 0; found = fields[4 * found + nextAt] ?? 0) {
      const at = 4 * found;
      if (fields[at] === level && fields[at + firstAt] === first && fields[at + secondAt] === second) return found;
    }
    return this.make(level, first, second, slot);
  }

  /** Where the result of an operation stands, or would; see {@link resultAt} and {@link keep}. */
  key(a: number, b: number, operation: number): number {
    return hash(a, b, operation);
  }

  /** A result that is still known, or -1. */
  resultAt(key: number, a: number, b: number, operation: number): number {
    const at = 4 * (key & this.resultMask);
    const { results } = this;
    return results[at] === a && results[at + 1] === b && results[at + 2] === operation ? (results[at + 3] ?? 0) : -1;
  }

  /** Keeps a result, and answers it. Throws {@link OverBudget} where too many were kept. */
  keep(key: number, a: number, b: number, operation: number, result: number): number {
    if (++this.operations > operationsPerNode * this.budget + operationsAtLeast)
      throw new OverBudget(`More than ${this.operations} operations.`);
    // The table may have grown since the key was made.
    const at = 4 * (key & this.resultMask);
    const { results } = this;
    results[at] = a;
    results[at + 1] = b;
    results[at + 2] = operation;
    results[at + 3] = result;
    return result;
  }

  private make(level: number, first: number, second: number, slot: number): number {
    if (this.count >= this.budget) throw new OverBudget(`More than ${this.budget} nodes.`);
    const made = this.count++;
    const grows = made >= this.slots.length;
    if (grows) this.grow();
    const { fields, slots } = this;
    const place = grows ? hash(level, first, second) & (slots.length - 1) : slot;
    const at = 4 * made;
    fields[at] = level;
    fields[at + firstAt] = first;
    fields[at + secondAt] = second;
    fields[at + nextAt] = slots[place] ?? 0;
    slots[place] = made;
    return made;
  }

  private grow(): void {
    const capacity = this.slots.length * 2;
    const fields = new Int32Array(4 * capacity);
    fields.set(this.fields);
    const slots = new Int32Array(capacity);
    for (let node = constants; node < this.count - 1; node++) {
      const at = 4 * node;
      const slot = hash(fields[at] ?? 0, fields[at + firstAt] ?? 0, fields[at + secondAt] ?? 0) & (capacity - 1);
      fields[at + nextAt] = slots[slot] ?? 0;
      slots[slot] = node;
    }
    this.fields = fields;
    this.slots = slots;
    if (capacity > mostResults) return;
    // What was computed before is computed again where it is asked for: copying costs more.
    this.results = new Int32Array(4 * capacity);
    this.resultMask = capacity - 1;
  }
}

function hash(first: number, second: number, third: number): number {
  let value = Math.imul(first, 0x9e3779b1) ^ Math.imul(second, 0x85ebca6b) ^ Math.imul(third, 0xc2b2ae35);
  value ^= value >>> 15;
  value = Math.imul(value, 0x2c1b3c6d);
  return (value ^ (value >>> 13)) >>> 1;
}
