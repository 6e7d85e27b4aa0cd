/**
 * Families of sets as zero-suppressed decision diagrams: minimal cut sets are kept, counted and ranked without being written out.
 *
 * A node is (level, without, with): the sets of the family that lack the variable of that level, and those that hold it, the variable
 * taken out. After Minato (1993) and, for minimal solutions, Rauzy, "New algorithms for fault trees analysis" (1993).
 */
import { type DecisionDiagrams, down, OverBudget, up } from '../availability/decision-diagram.js';

/** The family without any set, and the family of the empty set alone. */
export const none = 0;
export const unit = 1;

const constantLevel = 0x7fffffff;
const differences = 1;
const unions = 2;
const mostResults = 1 << 22;

export class SetFamilies {
  private levels: Int32Array;
  private lacking: Int32Array;
  private holding: Int32Array;
  private slots: Int32Array;
  private following: Int32Array;
  private results: Int32Array;
  private resultMask: number;
  private count = 2;

  /** `budget`: most nodes; past it {@link OverBudget} is thrown. */
  constructor(private readonly budget: number) {
    const capacity = 1 << 10;
    this.levels = new Int32Array(capacity);
    this.lacking = new Int32Array(capacity);
    this.holding = new Int32Array(capacity);
    this.slots = new Int32Array(capacity);
    this.following = new Int32Array(capacity);
    this.results = new Int32Array(4 * capacity);
    this.resultMask = capacity - 1;
    this.levels[none] = constantLevel;
    this.levels[unit] = constantLevel;
  }

  /** Nodes made so far, constants included. */
  get size(): number {
    return this.count;
  }

  level(node: number): number {
    return this.levels[node] ?? constantLevel;
  }

  /** The sets that lack the variable of the node's level. */
  without(node: number): number {
    return this.lacking[node] ?? none;
  }

  /** The sets that hold the variable of the node's level, without it. */
  with(node: number): number {
    return this.holding[node] ?? none;
  }

  /** The family of one set of one variable. */
  single(level: number): number {
    return this.node(level, none, unit);
  }

  /** The sets of both families that hold no other set of either. */
  minimalUnion(a: number, b: number): number {
    if (a === b || b === none) return a;
    if (a === none) return b;
    if (a === unit || b === unit) return unit;
    const first = Math.min(a, b);
    const second = Math.max(a, b);
    const key = hash(first, second, unions);
    const known = this.resultOf(key, first, second, unions);
    if (known !== undefined) return known;
    const level = Math.min(this.level(first), this.level(second));
    const [firstWithout, firstWith] = this.split(first, level);
    const [secondWithout, secondWith] = this.split(second, level);
    const lacking = this.minimalUnion(firstWithout, secondWithout);
    const holding = this.notHolding(this.minimalUnion(firstWith, secondWith), lacking);
    return this.keep(key, first, second, unions, this.node(level, lacking, holding));
  }

  /** The sets of `a` that hold no set of `b`. */
  notHolding(a: number, b: number): number {
    if (a === none || b === none) return a;
    if (b === unit || a === b) return none;
    if (a === unit) return this.hasEmptySet(b) ? none : unit;
    const key = hash(a, b, differences);
    const known = this.resultOf(key, a, b, differences);
    if (known !== undefined) return known;
    const levelA = this.level(a);
    const levelB = this.level(b);
    let result: number;
    if (levelA > levelB) result = this.notHolding(a, this.without(b));
    else {
      const below = levelA === levelB ? this.without(b) : b;
      const lacking = this.notHolding(this.without(a), below);
      const rest = levelA === levelB ? this.notHolding(this.with(a), this.with(b)) : this.with(a);
      result = this.node(levelA, lacking, this.notHolding(rest, below));
    }
    return this.keep(key, a, b, differences, result);
  }

  /**
   * The minimal sets of variables whose failing takes a monotone function down; `place` says at which level of the families the
   * variable of a level of the diagram stands, in the same order.
   */
  minimalCuts(diagrams: DecisionDiagrams, root: number, place: (level: number) => number = (level) => level): number {
    const known = new Map<number, number>([
      [down, unit],
      [up, none],
    ]);
    const visit = (node: number): number => {
      const before = known.get(node);
      if (before !== undefined) return before;
      // A cut of what is left while the variable is up is a cut anyhow; what needs it to be down as well is new.
      const lacking = visit(diagrams.high(node));
      const holding = this.notHolding(visit(diagrams.low(node)), lacking);
      const made = this.node(place(diagrams.level(node)), lacking, holding);
      known.set(node, made);
      return made;
    };
    return visit(root);
  }

  private hasEmptySet(family: number): boolean {
    let node = family;
    while (node > unit) node = this.without(node);
    return node === unit;
  }

  private split(node: number, level: number): readonly [number, number] {
    return this.level(node) === level ? [this.without(node), this.with(node)] : [node, none];
  }

  private node(level: number, lacking: number, holding: number): number {
    if (holding === none) return lacking;
    const slot = hash(level, lacking, holding) & (this.slots.length - 1);
    for (let found = this.slots[slot] ?? 0; found !== 0; found = this.following[found] ?? 0) {
      if (this.levels[found] === level && this.lacking[found] === lacking && this.holding[found] === holding) return found;
    }
    if (this.count >= this.budget) throw new OverBudget(`More than ${this.budget} nodes.`);
    const made = this.count++;
    if (made >= this.levels.length) this.grow();
    this.levels[made] = level;
    this.lacking[made] = lacking;
    this.holding[made] = holding;
    this.enter(made);
    return made;
  }

  private enter(node: number): void {
    const slot = hash(this.levels[node] ?? 0, this.lacking[node] ?? 0, this.holding[node] ?? 0) & (this.slots.length - 1);
    this.following[node] = this.slots[slot] ?? 0;
    this.slots[slot] = node;
  }

  private grow(): void {
    const capacity = this.levels.length * 2;
    this.levels = wider(this.levels, capacity);
    this.lacking = wider(this.lacking, capacity);
    this.holding = wider(this.holding, capacity);
    this.slots = new Int32Array(capacity);
    this.following = new Int32Array(capacity);
    for (let node = 2; node < this.count - 1; node++) this.enter(node);
    if (capacity > mostResults) return;
    this.results = new Int32Array(4 * capacity);
    this.resultMask = capacity - 1;
  }

  private resultOf(key: number, a: number, b: number, operation: number): number | undefined {
    const slot = 4 * (key & this.resultMask);
    const { results } = this;
    return results[slot] === a && results[slot + 1] === b && results[slot + 2] === operation ? results[slot + 3] : undefined;
  }

  private keep(key: number, a: number, b: number, operation: number, result: number): number {
    const slot = 4 * (key & this.resultMask);
    const { results } = this;
    results[slot] = a;
    results[slot + 1] = b;
    results[slot + 2] = operation;
    results[slot + 3] = result;
    return result;
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
