/**
 * A formula as decision diagrams, one for each of its modules: a module is one variable of the diagram around it, so that the size
 * of the whole is the sum of its parts and not their product.
 */
import { type CompactDiagram, compact } from './compact-diagram.js';
import { DecisionDiagrams, OverBudget } from './decision-diagram.js';
import type { Formula } from './formula.js';
import { findModules } from './modules.js';
import { variableOrder, visitRules } from './variable-order.js';

/** The diagram of one module. `variables[level]` is the node of the formula, an atom or an inner module, that stands at a level. */
export interface ModuleDiagram {
  readonly node: number;
  readonly diagram: CompactDiagram;
  /** Nodes that building it took. */
  readonly made: number;
  readonly variables: readonly number[];
}

/**
 * Node budgets, tried in turn, with how many orders: a good order mostly shows under a small budget, and trying all is dear under a large
 * one, where those that came farthest before are tried.
 */
const attempts: readonly { readonly budget: number; readonly orders: number }[] = [
  { budget: 1 << 14, orders: visitRules.length },
  { budget: 1 << 17, orders: visitRules.length },
  { budget: 1 << 20, orders: 2 },
  { budget: 5 << 20, orders: 1 },
];

/** From this budget on an order is judged by how far it came. */
const judged = 1 << 17;

/** The share of its gates that an order has to build under one budget for the next one to be tried. */
const hopeless = 1 / 4;

/** Diagrams of the modules of a formula, inner ones first, the formula's own last; undefined where one is over every budget. */
export function diagramsOf(formula: Formula): readonly ModuleDiagram[] | undefined {
  const ends = new ModuleEnds(formula);
  const result: ModuleDiagram[] = [];
  for (const node of ends.modules) {
    const diagram = diagramOf(formula, node, ends.of(node));
    if (diagram === undefined) return undefined;
    result.push(diagram);
  }
  return result;
}

/** Where the diagrams of a formula end: at atoms, and at modules. */
export class ModuleEnds {
  /** Modules that are no atoms, inner ones first, the top last. */
  readonly modules: readonly number[];
  private readonly known: ReadonlySet<number>;

  constructor(private readonly formula: Formula) {
    const { nodes, top } = formula;
    const gates = {
      size: nodes.length,
      gate: (id: number) => ({ need: nodes[id]?.need ?? 0, inputs: nodes[id]?.inputs ?? [] }),
    };
    this.known = new Set([...findModules(gates, [top], () => false), top]);
    this.modules = [...this.known].filter((node) => node === top || nodes[node]?.need !== 0).sort((a, b) => a - b);
  }

  /** Whether a node is a variable of the diagram of `node`. */
  of(node: number): (id: number) => boolean {
    return (id) => this.formula.nodes[id]?.need === 0 || (id !== node && this.known.has(id));
  }
}

/** The diagram of a node, tried with several orders; undefined where it is over every budget. */
export function diagramOf(formula: Formula, node: number, isEnd: (id: number) => boolean): ModuleDiagram | undefined {
  const orders = new Map<string, readonly number[]>();
  for (const rule of visitRules) {
    const variables = variableOrder(formula.nodes, node, isEnd, rule);
    orders.set(variables.join(' '), variables);
  }
  let candidates = [...orders.values()];
  for (const { budget, orders: most } of attempts) {
    const failed: { readonly variables: readonly number[]; readonly attempt: Failed }[] = [];
    for (const variables of candidates.slice(0, most)) {
      const attempt = attemptDiagram(formula, node, isEnd, variables, budget);
      if (attempt.kind === 'built') return attempt.diagram;
      failed.push({ variables, attempt });
    }
    // Gates are built in the same order every time: who has built more of them, or as many with fewer nodes, is likelier to end.
    failed.sort((a, b) => b.attempt.gates - a.attempt.gates || a.attempt.nodes - b.attempt.nodes);
    candidates = failed.map((each) => each.variables);
    // Whoever is not far on under this budget does not end under the next either, and bounds are had at once.
    const farthest = failed[0]?.attempt;
    if (budget >= judged && farthest !== undefined && farthest.gates < hopeless * farthest.of) return undefined;
  }
  return undefined;
}

/** The diagram of a node with its variables in the given order; undefined where it is over the budget of nodes. */
export function orderedDiagram(
  formula: Formula,
  node: number,
  isEnd: (id: number) => boolean,
  variables: readonly number[],
  budget: number,
): ModuleDiagram | undefined {
  const attempt = attemptDiagram(formula, node, isEnd, variables, budget);
  return attempt.kind === 'built' ? attempt.diagram : undefined;
}

/** How far an order came before it was over its budget: gates that were built, and the nodes that these took. */
interface Failed {
  readonly kind: 'over-budget';
  readonly gates: number;
  readonly nodes: number;
  /** How many gates there are. */
  readonly of: number;
}

function attemptDiagram(
  { nodes }: Formula,
  node: number,
  isEnd: (id: number) => boolean,
  variables: readonly number[],
  budget: number,
): Failed | { readonly kind: 'built'; readonly diagram: ModuleDiagram } {
  const diagrams = new DecisionDiagrams(budget);
  const level = new Map(variables.map((variable, index) => [variable, index]));
  const built = new Map<number, number>();
  let size = diagrams.size;
  const inside = below(nodes, node, isEnd);
  try {
    for (const id of inside) {
      const { need, inputs } = nodes[id] ?? { need: 0, inputs: [] };
      size = diagrams.size;
      built.set(
        id,
        isEnd(id)
          ? diagrams.variable(level.get(id) ?? 0)
          : diagrams.atLeast(
              need,
              inputs.map((input) => built.get(input) ?? 0),
            ),
      );
    }
  } catch (error) {
    // A diagram too deep for the stack is treated like one too large.
    if (error instanceof OverBudget || error instanceof RangeError)
      return { kind: 'over-budget', gates: built.size, nodes: size, of: inside.length };
    throw error;
  }
  const diagram = { node, diagram: compact(diagrams, built.get(node) ?? 0), made: diagrams.size, variables };
  return { kind: 'built', diagram };
}

/** What a module reads down to its ends, inputs before outputs. */
function below(nodes: Formula['nodes'], node: number, isEnd: (id: number) => boolean): readonly number[] {
  const seen = new Set([node]);
  for (const id of seen) if (!isEnd(id)) for (const input of nodes[id]?.inputs ?? []) seen.add(input);
  return [...seen].sort((a, b) => a - b);
}
