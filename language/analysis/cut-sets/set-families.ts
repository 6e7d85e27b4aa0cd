/**
 * Families of sets as zero-suppressed decision diagrams: minimal cut sets are kept, counted and ranked without being written out.
 *
 * A node is (level, without, with): the sets of the family that lack the variable of that level, and those that hold it, the variable
 * taken out. After Minato (1993) and, for minimal solutions, Rauzy, "New algorithms for fault trees analysis" (1993).
 */
import type { CompactDiagram } from '../availability/compact-diagram.js';
import { down, up } from '../availability/decision-diagram.js';
import { UniqueNodes } from '../availability/unique-nodes.js';

/** The family without any set, and the family of the empty set alone. */
export const none = 0;
export const unit = 1;

/** Most families are those of a few components, and small. */
const roomAtFirst = 1 << 7;

const differences = 1;
const unions = 2;

/** Families none of whose sets holds another one of the same family; every operation keeps that. */
export class SetFamilies {
  private readonly nodes: UniqueNodes;

  /** `budget`: most nodes; past it {@link OverBudget} is thrown. */
  constructor(budget: number) {
    this.nodes = new UniqueNodes(budget, roomAtFirst);
  }

  level(node: number): number {
    return this.nodes.level(node);
  }

  /** The sets that lack the variable of the node's level. */
  without(node: number): number {
    return this.nodes.first(node);
  }

  /** The sets that hold the variable of the node's level, without it. */
  with(node: number): number {
    return this.nodes.second(node);
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
    const key = this.nodes.key(first, second, unions);
    const known = this.nodes.resultAt(key, first, second, unions);
    if (known >= 0) return known;
    const level = Math.min(this.level(first), this.level(second));
    const [firstWithout, firstWith] = this.split(first, level);
    const [secondWithout, secondWith] = this.split(second, level);
    const lacking = this.minimalUnion(firstWithout, secondWithout);
    const holding = this.notHolding(this.minimalUnion(firstWith, secondWith), lacking);
    return this.nodes.keep(key, first, second, unions, this.node(level, lacking, holding));
  }

  /** The sets of both families, where it is known that none of one holds any of the other. */
  union(a: number, b: number): number {
    if (a === none) return b;
    if (b === none || a === b) return a;
    const levelA = this.level(a);
    const levelB = this.level(b);
    if (levelA > levelB) return this.node(levelB, this.union(a, this.without(b)), this.with(b));
    const both = levelA === levelB;
    const lacking = this.union(this.without(a), both ? this.without(b) : b);
    return this.node(levelA, lacking, both ? this.union(this.with(a), this.with(b)) : this.with(a));
  }

  /** The sets that hold no variable above a level. */
  from(level: number, family: number): number {
    let node = family;
    while (this.level(node) < level) node = this.without(node);
    return node;
  }

  /** The sets of `a` that hold no set of `b`. */
  notHolding(a: number, all: number): number {
    if (a === none || all === unit) return none;
    // No set of a family holds another: one that has the empty set has no other.
    if (a === unit) return unit;
    // A set of `b` with a variable that no set of `a` has is held by none.
    const levelA = this.level(a);
    let b = all;
    while (this.level(b) < levelA) b = this.without(b);
    if (b === none) return a;
    if (b === unit || a === b) return none;
    const key = this.nodes.key(a, b, differences);
    const known = this.nodes.resultAt(key, a, b, differences);
    if (known >= 0) return known;
    const both = this.level(b) === levelA;
    const below = both ? this.without(b) : b;
    const lacking = this.notHolding(this.without(a), below);
    const rest = both ? this.notHolding(this.with(a), this.with(b)) : this.with(a);
    return this.nodes.keep(key, a, b, differences, this.node(levelA, lacking, this.notHolding(rest, below)));
  }

  /**
   * The minimal sets of variables whose failing takes a monotone function down; `place` says at which level of the families the
   * variable of a level of the diagram stands, in the same order.
   */
  minimalCuts(diagram: CompactDiagram, place: (level: number) => number = (level) => level): number {
    const { root, levels, lows, highs } = diagram;
    const cuts = new Int32Array(levels.length);
    cuts[down] = unit;
    cuts[up] = none;
    for (let node = 2; node < levels.length; node++) {
      // A cut of what is left while the variable is up is a cut anyhow; what needs it to be down as well is new.
      const lacking = cuts[highs[node] ?? 0] ?? none;
      const holding = this.notHolding(cuts[lows[node] ?? 0] ?? none, lacking);
      cuts[node] = this.node(place(levels[node] ?? 0), lacking, holding);
    }
    return cuts[root] ?? none;
  }

  private split(node: number, level: number): readonly [number, number] {
    return this.level(node) === level ? [this.without(node), this.with(node)] : [node, none];
  }

  private node(level: number, lacking: number, holding: number): number {
    return holding === none ? lacking : this.nodes.node(level, lacking, holding);
  }
}
