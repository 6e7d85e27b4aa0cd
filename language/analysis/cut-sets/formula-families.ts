/** The cut sets of a formula, one family for each of its modules. */
import type { Formula } from '../availability/formula.js';
import { diagramOf, type ModuleDiagram, ModuleEnds, orderedDiagram } from '../availability/formula-diagrams.js';
import { variableOrder } from '../availability/variable-order.js';
import type { ModuleFamily } from './module-family.js';
import { none, SetFamilies } from './set-families.js';

/** Most nodes of the diagram of one choice among many. */
const choiceBudget = 1 << 17;

/** The family of a module whose variables are nodes of a formula, whatever stands in these. */
interface NodeFamily extends Omit<ModuleFamily, 'variables'> {
  readonly nodes: readonly number[];
}

/** Past so many formulas, or nodes of formulas, none of them is kept any longer. */
const mostKept = 256;
const mostNodesKept = 1 << 16;

/** Families of formulas: those that are built alike have the same ones, only other atoms stand in them. */
export class FormulaFamilies {
  private readonly known = new Map<string, ReadonlyMap<number, NodeFamily> | undefined>();
  private size = 0;

  /** `budget`: the most nodes of one family. */
  constructor(private readonly budget: number) {}

  /**
   * The families of a formula's modules, inner ones first; undefined where a diagram is over its budget. Throws OverBudget where a family
   * is over its own.
   */
  of(formula: Formula): Map<number, ModuleFamily> | undefined {
    const shape = formula.nodes.map(({ need, inputs }) => `${need}:${inputs.join(' ')}`).join('/');
    let found = this.known.get(shape);
    if (found === undefined && !this.known.has(shape)) {
      found = familiesOf(formula, this.budget);
      this.keep(shape, formula.nodes.length, found);
    }
    if (found === undefined) return undefined;
    return new Map(
      [...found].map(([id, { families, root, nodes }]) => [id, { families, root, variables: variablesOf(formula, nodes) }]),
    );
  }

  private keep(shape: string, nodes: number, found: ReadonlyMap<number, NodeFamily> | undefined): void {
    if (nodes > mostNodesKept) return;
    if (this.known.size >= mostKept || this.size + nodes > mostNodesKept) {
      this.known.clear();
      this.size = 0;
    }
    this.known.set(shape, found);
    this.size += nodes;
  }
}

function familiesOf(formula: Formula, budget: number): ReadonlyMap<number, NodeFamily> | undefined {
  const ends = new ModuleEnds(formula);
  const result = new Map<number, NodeFamily>();
  for (const node of ends.modules) {
    const family =
      choicesInSeries(formula, node, ends.of(node), budget) ?? ofDiagram(diagramOf(formula, node, ends.of(node)), budget);
    if (family === undefined) return undefined;
    result.set(node, family);
  }
  return result;
}

function ofDiagram(diagram: ModuleDiagram | undefined, budget: number): NodeFamily | undefined {
  if (diagram === undefined) return undefined;
  const families = new SetFamilies(budget);
  const root = families.minimalCuts(diagram.diagram);
  return { families, root, nodes: diagram.variables };
}

/**
 * Many choices in series, as the components of a system are that stand on the same sites: each has a small diagram. A cut set with a
 * variable that only one choice reads can hold no set of another choice but one of shared variables alone; so the sets of shared
 * variables are made minimal first, and all others are compared with these only. What is shared comes last in the order, so that the
 * whole is one chain of small pieces. Undefined where the node is no such series.
 */
function choicesInSeries(formula: Formula, node: number, isEnd: (id: number) => boolean, budget: number): NodeFamily | undefined {
  const { need = 0, inputs: choices = [] } = formula.nodes[node] ?? {};
  if (choices.length < 2 || need !== choices.length) return undefined;
  const reads = choices.map((choice) => variableOrder(formula.nodes, choice, isEnd, 'lightest-first'));
  const readers = new Map<number, number>();
  for (const variables of reads) for (const each of variables) readers.set(each, (readers.get(each) ?? 0) + 1);
  const shared = [...readers.keys()].filter((each) => (readers.get(each) ?? 0) > 1);
  shared.sort((a, b) => (readers.get(b) ?? 0) - (readers.get(a) ?? 0) || a - b);
  const order = [...reads.flatMap((variables) => variables.filter((each) => readers.get(each) === 1)), ...shared];
  const level = new Map(order.map((each, index) => [each, index]));
  const firstShared = order.length - shared.length;
  const families = new SetFamilies(budget);
  const cuts: number[] = [];
  for (const [index, choice] of choices.entries()) {
    const variables = [...(reads[index] ?? [])].sort((a, b) => (level.get(a) ?? 0) - (level.get(b) ?? 0));
    const diagram = orderedDiagram(formula, choice, isEnd, variables, choiceBudget);
    if (diagram === undefined) return undefined;
    const place = variables.map((each) => level.get(each) ?? 0);
    cuts.push(families.minimalCuts(diagram.diagram, (at) => place[at] ?? 0));
  }
  const ofShared = unionOfAll(
    families,
    cuts.map((each) => families.from(firstShared, each)),
  );
  let root = ofShared;
  for (const each of cuts.reverse()) root = families.union(families.notHolding(each, ofShared), root);
  return { families, root, nodes: order };
}

/** Pairs first, then pairs of pairs: a union costs as much as both of its parts, so that no part is gone through a thousand times. */
function unionOfAll(families: SetFamilies, parts: readonly number[]): number {
  let left = parts;
  while (left.length > 1) {
    const half: number[] = [];
    for (let at = 0; at < left.length; at += 2) half.push(families.minimalUnion(left[at] ?? none, left[at + 1] ?? none));
    left = half;
  }
  return left[0] ?? none;
}

function variablesOf(formula: Formula, nodes: readonly number[]): ModuleFamily['variables'] {
  return nodes.map((id) => {
    const { need, atom } = formula.nodes[id] ?? { need: 0, atom: -1 };
    return need === 0 ? { kind: 'leaf', id: atom } : { kind: 'module', id };
  });
}
