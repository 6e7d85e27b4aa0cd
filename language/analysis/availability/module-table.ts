/**
 * The unavailability of one module in every state of the shared events it reads, by a diagram of its own.
 *
 * Most modules of a model look alike (three instances in the same three zones, equally reliable), so the diagram and all that was
 * computed with it belong to the shape, and a module is a shape with leaves.
 */
import type { Network } from '../structure/network.js';
import { type CompactDiagram, compact, unavailabilityUnder } from './compact-diagram.js';
import type { Contexts } from './contexts.js';
import { DecisionDiagrams, down } from './decision-diagram.js';

/** Nodes that one module may take: a majority of 600 instances fits. */
const moduleBudget = 1 << 18;

/** The modules of one network, with their shapes. */
export class ModuleTables {
  private readonly tables = new Map<number, ModuleTable>();
  private readonly shapes = new Map<string, ModuleShape>();

  constructor(
    private readonly network: Network,
    private readonly isShared: (gate: number) => boolean,
    private readonly unavailability: (gate: number) => number,
  ) {}

  /** The table of a module. Throws OverBudget where it is too large. */
  of(gate: number): ModuleTable {
    const known = this.tables.get(gate);
    if (known !== undefined) return known;
    const { leaves, postorder } = leavesBelow(this.network, gate);
    const shared = leaves.filter(this.isShared).sort((a, b) => a - b);
    const own = leaves.filter((leaf) => !this.isShared(leaf));
    // Shared events first: they decide most.
    const ordered = [...shared, ...own];
    const signature = this.signature(ordered, shared.length, postorder);
    let shape = this.shapes.get(signature);
    if (shape === undefined) {
      shape = new ModuleShape(this.network, gate, ordered, postorder, shared.length, own.map(this.unavailability));
      this.shapes.set(signature, shape);
    }
    const table = new ModuleTable(shape, shared, own);
    this.tables.set(gate, table);
    return table;
  }

  /** Equal for modules that differ in nothing but the identity of their own leaves. */
  private signature(leaves: readonly number[], shared: number, postorder: readonly number[]): string {
    const numbers = new Map<number, number>();
    const parts: (string | number)[] = [];
    leaves.forEach((leaf, index) => {
      numbers.set(leaf, index);
      parts.push(index < shared ? `s${leaf}` : this.unavailability(leaf));
    });
    for (const gate of postorder) {
      if (numbers.has(gate)) continue;
      numbers.set(gate, numbers.size);
      const { need, inputs } = this.network.gate(gate);
      parts.push(`${need}/${inputs.map((input) => numbers.get(input)).join('.')}`);
    }
    return parts.join(' ');
  }
}

/** One module: asked with the set of shared events that are down. */
export class ModuleTable {
  constructor(
    private readonly shape: ModuleShape,
    /** Shared gates that this module reads. */
    readonly shared: readonly number[],
    /** Leaves that only this module reads. */
    readonly privateLeaves: readonly number[],
  ) {}

  /** Which of its shared events are down, as bits: equal masks mean equal answers. */
  mask(off: ReadonlySet<number>): number {
    let mask = 0;
    // A module over more than 50 sites would not fit into an exact double; multiplying keeps all bits up to there.
    for (const gate of this.shared) mask = mask * 2 + (off.has(gate) ? 1 : 0);
    return mask;
  }

  /** Unavailability in each context, in their order. */
  row(contexts: Contexts): Float64Array {
    return this.shape.row(contexts, (off) => this.mask(off)).unavailability;
  }

  /** Mask of each context, in their order. */
  masks(contexts: Contexts): Float64Array {
    return this.shape.row(contexts, (off) => this.mask(off)).masks;
  }

  /** Birnbaum importance of a private leaf under a mask: unavailability with it down less unavailability with it up. */
  importance(leafIndex: number, mask: number): number {
    return this.shape.importance(leafIndex, mask);
  }
}

class ModuleShape {
  private readonly diagram: CompactDiagram;
  private readonly values: Float64Array;
  private readonly byLevel: Float64Array;
  private readonly known = new Map<number, number>();
  private readonly importances: Map<number, number>[] = [];
  private readonly rows = new WeakMap<Contexts, { readonly unavailability: Float64Array; readonly masks: Float64Array }>();

  constructor(
    network: Network,
    gate: number,
    leaves: readonly number[],
    postorder: readonly number[],
    private readonly shared: number,
    private readonly own: readonly number[],
  ) {
    const level = new Map(leaves.map((leaf, index) => [leaf, index]));
    const built = new Map<number, number>();
    const diagrams = new DecisionDiagrams(moduleBudget);
    for (const each of postorder) {
      const at = level.get(each);
      const { need, inputs } = network.gate(each);
      built.set(
        each,
        at === undefined
          ? diagrams.atLeast(
              need,
              inputs.map((input) => built.get(input) ?? down),
            )
          : diagrams.variable(at),
      );
    }
    this.diagram = compact(diagrams, built.get(gate) ?? down);
    this.values = new Float64Array(this.diagram.levels.length);
    this.byLevel = new Float64Array(leaves.length);
  }

  /** Modules of one shape read the same shared events, so that they have the same row. */
  row(
    contexts: Contexts,
    maskOf: (off: ReadonlySet<number>) => number,
  ): { readonly unavailability: Float64Array; readonly masks: Float64Array } {
    let row = this.rows.get(contexts);
    if (row === undefined) {
      const masks = Float64Array.from(contexts.contexts, (context) => maskOf(context.down));
      row = { masks, unavailability: masks.map((mask) => this.under(mask)) };
      this.rows.set(contexts, row);
    }
    return row;
  }

  private under(mask: number): number {
    let value = this.known.get(mask);
    if (value === undefined) {
      this.setLeaves(mask);
      value = this.evaluate();
      this.known.set(mask, value);
    }
    return value;
  }

  importance(leafIndex: number, mask: number): number {
    let known = this.importances[leafIndex];
    if (known === undefined) {
      known = new Map();
      this.importances[leafIndex] = known;
    }
    let value = known.get(mask);
    if (value === undefined) {
      this.setLeaves(mask);
      this.byLevel[this.shared + leafIndex] = 1;
      const down = this.evaluate();
      this.byLevel[this.shared + leafIndex] = 0;
      value = down - this.evaluate();
      known.set(mask, value);
    }
    return value;
  }

  private setLeaves(mask: number): void {
    let rest = mask;
    for (let index = this.shared - 1; index >= 0; index--) {
      this.byLevel[index] = rest % 2;
      rest = Math.floor(rest / 2);
    }
    this.byLevel.set(this.own, this.shared);
  }

  private evaluate(): number {
    return unavailabilityUnder(this.diagram, this.byLevel, this.values);
  }
}

/** Leaves below a gate in order of first visit, and all gates below it with inputs before outputs. */
function leavesBelow(
  network: Network,
  gate: number,
): { readonly leaves: readonly number[]; readonly postorder: readonly number[] } {
  const leaves: number[] = [];
  const postorder: number[] = [];
  const seen = new Set<number>([gate]);
  const stack: { readonly gate: number; at: number }[] = [{ gate, at: 0 }];
  for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
    const { inputs, need } = network.gate(top.gate);
    const input = inputs[top.at++];
    if (input === undefined) {
      // A gate without inputs that asks for none is a leaf; one that asks for some can never be up.
      if (inputs.length === 0 && need === 0) leaves.push(top.gate);
      postorder.push(top.gate);
      stack.pop();
    } else if (!seen.has(input)) {
      seen.add(input);
      stack.push({ gate: input, at: 0 });
    }
  }
  return { leaves, postorder };
}
