/** The unavailability of one module in every state of the shared events it reads, by a diagram of its own. */
import type { Network } from '../structure/network.js';
import { DecisionDiagrams, down, up } from './decision-diagram.js';

/** Nodes that one module may take: a majority of 600 instances fits. */
const moduleBudget = 1 << 18;

export class ModuleTable {
  /** Shared gates that this module reads. */
  readonly shared: readonly number[];
  /** Leaves that only this module reads. */
  readonly privateLeaves: readonly number[];
  private readonly isShared: ReadonlySet<number>;
  private readonly order: readonly number[];
  private readonly root: number;
  private readonly diagrams: DecisionDiagrams;
  private readonly leaves: number[] = [];
  private readonly known = new Map<string, number>();
  private readonly importances = new Map<string, number>();
  private readonly values: Float64Array;

  /** Throws OverBudget where the module is too large. The inside of a module has no cycles. */
  constructor(
    network: Network,
    gate: number,
    isShared: (gate: number) => boolean,
    private readonly unavailability: (gate: number) => number,
  ) {
    const { leaves, postorder } = leavesBelow(network, gate);
    // Shared events first: they decide most.
    this.leaves = [...leaves.filter(isShared), ...leaves.filter((leaf) => !isShared(leaf))];
    this.shared = leaves.filter(isShared);
    this.isShared = new Set(this.shared);
    this.privateLeaves = leaves.filter((leaf) => !isShared(leaf));
    const diagrams = new DecisionDiagrams(moduleBudget);
    const level = new Map(this.leaves.map((leaf, index) => [leaf, index]));
    const built = new Map<number, number>();
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
    this.diagrams = diagrams;
    this.root = built.get(gate) ?? down;
    this.order = reachable(diagrams, this.root);
    this.values = new Float64Array(diagrams.size);
  }

  /** Unavailability while the shared events in `off` are down and the other shared ones are up. */
  under(off: ReadonlySet<number>): number {
    const key = this.key(off);
    let value = this.known.get(key);
    if (value === undefined) {
      value = this.evaluate((leaf) => (this.isShared.has(leaf) ? (off.has(leaf) ? 1 : 0) : this.unavailability(leaf)));
      this.known.set(key, value);
    }
    return value;
  }

  /** Birnbaum importance of one private leaf under the same conditions: unavailability with it down less unavailability with it up. */
  importance(leaf: number, off: ReadonlySet<number>): number {
    const key = `${leaf} ${this.key(off)}`;
    let value = this.importances.get(key);
    if (value === undefined) {
      const forcedTo = (forced: number): number =>
        this.evaluate((each) =>
          each === leaf ? forced : this.isShared.has(each) ? (off.has(each) ? 1 : 0) : this.unavailability(each),
        );
      value = forcedTo(1) - forcedTo(0);
      this.importances.set(key, value);
    }
    return value;
  }

  private key(off: ReadonlySet<number>): string {
    let key = '';
    for (const gate of this.shared) key += off.has(gate) ? '0' : '1';
    return key;
  }

  /** Unavailability with the leaves as given: for importances, where one event is forced. */
  evaluate(unavailability: (leaf: number) => number): number {
    const { diagrams, values } = this;
    values[down] = 1;
    values[up] = 0;
    const byLevel = this.leaves.map(unavailability);
    for (const node of this.order) {
      const u = byLevel[diagrams.level(node)] ?? 0;
      values[node] = u * (values[diagrams.low(node)] ?? 0) + (1 - u) * (values[diagrams.high(node)] ?? 0);
    }
    return values[this.root] ?? 0;
  }
}

/** The nodes of a diagram below `root`, children before parents, constants left out. */
export function reachable(diagrams: DecisionDiagrams, root: number): readonly number[] {
  const seen = new Set<number>([down, up]);
  const nodes: number[] = [];
  const work = [root];
  for (let node = work.pop(); node !== undefined; node = work.pop()) {
    if (seen.has(node)) continue;
    seen.add(node);
    nodes.push(node);
    work.push(diagrams.low(node), diagrams.high(node));
  }
  return nodes.sort((a, b) => diagrams.level(b) - diagrams.level(a));
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
