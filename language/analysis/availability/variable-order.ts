/**
 * Orders of the atoms of a module for its decision diagram. The order decides whether a diagram has a thousand nodes or a billion, and
 * no rule is best for all: the cheap ones below are tried in turn, each under a budget of nodes.
 */
import type { FormulaNode } from './formula-builder.js';

/** How the inputs of a node are visited, depth first. */
export type VisitRule = 'lightest-first' | 'as-written' | 'shared-first' | 'private-first' | 'heaviest-first' | 'backwards';

export const visitRules: readonly VisitRule[] = [
  'lightest-first',
  'as-written',
  'shared-first',
  'private-first',
  'heaviest-first',
  'backwards',
];

/** The nodes at which the diagram of `root` ends (`isEnd`), in order of their first visit. */
export function variableOrder(
  nodes: readonly FormulaNode[],
  root: number,
  isEnd: (node: number) => boolean,
  rule: VisitRule,
): readonly number[] {
  const weigh = new Weights(nodes, root, isEnd);
  const order: number[] = [];
  const seen = new Set<number>();
  const stack = [root];
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if (seen.has(node)) continue;
    seen.add(node);
    if (isEnd(node)) order.push(node);
    else stack.push(...sorted(nodes[node]?.inputs ?? [], weigh, rule).reverse());
  }
  return order;
}

function sorted(inputs: readonly number[], weights: Weights, rule: VisitRule): number[] {
  const list = [...inputs];
  const lighter = (a: number, b: number): number => weights.weight(a) - weights.weight(b);
  switch (rule) {
    case 'as-written':
      return list;
    case 'backwards':
      return list.reverse();
    case 'lightest-first':
      return list.sort(lighter);
    case 'heaviest-first':
      return list.sort((a, b) => lighter(b, a));
    case 'shared-first':
      return list.sort((a, b) => weights.readers(b) - weights.readers(a) || lighter(a, b));
    case 'private-first':
      return list.sort((a, b) => weights.readers(a) - weights.readers(b) || lighter(a, b));
  }
}

/** How many ends lie below a node, counted once for each way to them, and how many nodes read it. */
class Weights {
  private readonly weights = new Map<number, number>();
  private readonly reads = new Map<number, number>();

  constructor(nodes: readonly FormulaNode[], root: number, isEnd: (node: number) => boolean) {
    const below = new Set([root]);
    for (const id of below) {
      if (isEnd(id)) continue;
      for (const input of nodes[id]?.inputs ?? []) {
        below.add(input);
        this.reads.set(input, (this.reads.get(input) ?? 0) + 1);
      }
    }
    // Inputs have smaller numbers than what reads them.
    for (const id of [...below].sort((a, b) => a - b)) {
      const inputs = isEnd(id) ? [] : (nodes[id]?.inputs ?? []);
      this.weights.set(id, isEnd(id) ? 1 : inputs.reduce((sum, input) => sum + this.weight(input), 0));
    }
  }

  weight(node: number): number {
    return this.weights.get(node) ?? 0;
  }

  readers(node: number): number {
    return this.reads.get(node) ?? 0;
  }
}
