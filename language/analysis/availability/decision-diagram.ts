/**
 * Reduced ordered binary decision diagrams over monotone functions, kept as {@link UniqueNodes}.
 *
 * A node is (level, low, high): `high` is the function while the variable of that level is up, `low` while it is down. Two nodes
 * stand for the constants. The node budget is hard: past it {@link OverBudget} is thrown, and the caller tries another order or
 * falls back to bounds.
 */

import { UniqueNodes } from './unique-nodes.js';

export { OverBudget } from './unique-nodes.js';

/** The diagram of "always down" and of "always up". */
export const down = 0;
export const up = 1;

const conjunction = 1;
const disjunction = 2;
/** Most diagrams are those of one component, and small. */
const roomAtFirst = 1 << 9;

export class DecisionDiagrams {
  private readonly nodes: UniqueNodes;

  /** `budget`: most nodes; past it {@link OverBudget} is thrown. */
  constructor(budget: number) {
    this.nodes = new UniqueNodes(budget, roomAtFirst);
  }

  /** Nodes made so far, constants included. A node has a larger number than those that it leads to. */
  get size(): number {
    return this.nodes.size;
  }

  level(node: number): number {
    return this.nodes.level(node);
  }

  low(node: number): number {
    return this.nodes.first(node);
  }

  high(node: number): number {
    return this.nodes.second(node);
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
    const { nodes } = this;
    const key = nodes.key(a, b, operation);
    const known = nodes.resultAt(key, a, b, operation);
    if (known >= 0) return known;
    const levelA = nodes.level(a);
    const levelB = nodes.level(b);
    const level = Math.min(levelA, levelB);
    const highA = levelA === level ? nodes.second(a) : a;
    const highB = levelB === level ? nodes.second(b) : b;
    const low = this.combined(operation, levelA === level ? nodes.first(a) : a, levelB === level ? nodes.first(b) : b);
    return nodes.keep(key, a, b, operation, this.node(level, low, this.combined(operation, highA, highB)));
  }

  private node(level: number, low: number, high: number): number {
    return low === high ? low : this.nodes.node(level, low, high);
  }
}
