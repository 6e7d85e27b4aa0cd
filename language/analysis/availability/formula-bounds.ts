/**
 * Bounds on a formula whose diagram would be too large. Inputs of a gate are associated: they rise and fall with the same independent
 * events. So what needs all of its inputs is down with at most 1 − Π(1 − uᵢ), what needs one of them with at least Π uᵢ (Esary and
 * Proschan 1963; Barlow and Proschan, Statistical Theory of Reliability, ch. 2). As many gates as fit into a diagram are exact.
 */
import { DecisionDiagrams, OverBudget } from './decision-diagram.js';
import type { Formula } from './formula.js';
import { ModuleEnds } from './formula-diagrams.js';
import { variableOrder } from './variable-order.js';

/** Unavailability by context, between two rows; equal rows where it is exact. */
export interface BoundedRow {
  readonly lower: Float64Array;
  readonly upper: Float64Array;
}

/** Nodes that the exact part of a module without a diagram may take. */
const exactBudget = 1 << 18;

/** Bounds on the top of a formula, from the rows of its atoms; `budget`: the nodes that one module may take for its exact part. */
export function boundsOf(
  formula: Formula,
  rowOf: (atom: number) => Float64Array,
  length: number,
  budget: number = exactBudget,
): BoundedRow {
  const { nodes, top } = formula;
  const rows = new Map<number, BoundedRow>();
  nodes.forEach((node, id) => {
    if (node.need !== 0) return;
    const row = rowOf(node.atom);
    rows.set(id, { lower: row, upper: row });
  });
  const ends = new ModuleEnds(formula);
  for (const module of ends.modules) {
    boundModule(formula, module, ends.of(module), rows, length, budget);
  }
  return rows.get(top) ?? unknown(length);
}

function boundModule(
  formula: Formula,
  module: number,
  isEnd: (id: number) => boolean,
  rows: Map<number, BoundedRow>,
  length: number,
  budget: number,
): void {
  const variables = variableOrder(formula.nodes, module, isEnd, 'lightest-first');
  const level = new Map(variables.map((variable, index) => [variable, index]));
  const inside = insideOf(formula, module, isEnd);
  const diagrams = new DecisionDiagrams(budget);
  const built = new Map<number, number>();
  for (const id of inside) {
    const { need, inputs } = formula.nodes[id] ?? { need: 0, inputs: [] };
    try {
      if (isEnd(id)) built.set(id, diagrams.variable(level.get(id) ?? 0));
      else if (inputs.every((input) => built.has(input)))
        built.set(
          id,
          diagrams.atLeast(
            need,
            inputs.map((input) => built.get(input) ?? 0),
          ),
        );
    } catch (error) {
      if (!(error instanceof OverBudget || error instanceof RangeError)) throw error;
      break;
    }
  }
  const exact = [...built.keys()].filter((id) => !isEnd(id));
  const exactRows = through(
    diagrams,
    exact.map((id) => built.get(id) ?? 0),
    variables,
    rows,
    length,
  );
  exact.forEach((id, index) => {
    rows.set(id, exactRows[index] ?? unknown(length));
  });
  for (const id of inside) {
    if (rows.has(id)) continue;
    const { need, inputs } = formula.nodes[id] ?? { need: 0, inputs: [] };
    rows.set(
      id,
      ofGate(
        need,
        inputs.map((input) => rows.get(input) ?? unknown(length)),
        length,
      ),
    );
  }
}

/** A gate that is up while `need` of its inputs are, from bounds on these. */
function ofGate(need: number, inputs: readonly BoundedRow[], length: number): BoundedRow {
  const lower = new Float64Array(length);
  const upper = new Float64Array(length);
  const failing = inputs.length - need + 1;
  for (let at = 0; at < length; at++) {
    const lows = inputs.map((input) => input.lower[at] ?? 0).sort((a, b) => b - a);
    const highs = inputs.map((input) => input.upper[at] ?? 1).sort((a, b) => b - a);
    if (failing === 1) {
      lower[at] = lows[0] ?? 0;
      upper[at] = highs.reduce((down, u) => down + (1 - down) * u, 0);
    } else {
      // The likeliest to fail fail together at least as often as if they were independent. Whenever enough fail, the last of so many
      // does, and the mean number of failures is at least so many times the chance of it.
      lower[at] = lows.slice(0, failing).reduce((product, u) => product * u, 1);
      const mean = highs.reduce((sum, u) => sum + u, 0) / failing;
      upper[at] = Math.min(1, mean, failing === inputs.length ? (highs.at(-1) ?? 1) : 1);
    }
  }
  return { lower, upper };
}

/** Rows of several roots of one set of diagrams: monotone, so that bounds go through as bounds. */
function through(
  diagrams: DecisionDiagrams,
  roots: readonly number[],
  variables: readonly number[],
  rows: ReadonlyMap<number, BoundedRow>,
  length: number,
): readonly BoundedRow[] {
  const side = (of: (row: BoundedRow) => Float64Array): readonly Float64Array[] => {
    const inputs = variables.map((variable) => rows.get(variable)).map((row) => (row === undefined ? undefined : of(row)));
    const values = new Float64Array(diagrams.size);
    const results = roots.map(() => new Float64Array(length));
    for (let at = 0; at < length; at++) {
      values[0] = 1;
      // A node is made after the two that it leads to.
      for (let node = 2; node < diagrams.size; node++) {
        const u = inputs[diagrams.level(node)]?.[at] ?? 0;
        values[node] = u * (values[diagrams.low(node)] ?? 0) + (1 - u) * (values[diagrams.high(node)] ?? 0);
      }
      roots.forEach((root, index) => {
        const result = results[index];
        if (result !== undefined) result[at] = values[root] ?? 0;
      });
    }
    return results;
  };
  const lowers = side((row) => row.lower);
  const exact = variables.every((variable) => rows.get(variable)?.lower === rows.get(variable)?.upper);
  const uppers = exact ? lowers : side((row) => row.upper);
  return roots.map((_, index) => ({
    lower: lowers[index] ?? new Float64Array(length),
    upper: uppers[index] ?? lowers[index] ?? new Float64Array(length),
  }));
}

function insideOf(formula: Formula, module: number, isEnd: (id: number) => boolean): readonly number[] {
  const seen = new Set([module]);
  for (const id of seen) if (!isEnd(id)) for (const input of formula.nodes[id]?.inputs ?? []) seen.add(input);
  return [...seen].sort((a, b) => a - b);
}

function unknown(length: number): BoundedRow {
  return { lower: new Float64Array(length), upper: new Float64Array(length).fill(1) };
}
