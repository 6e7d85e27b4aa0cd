/**
 * Birnbaum importance of every event for one subject: how much likelier the subject is down with the event than without it,
 * B = P(down | event down) − P(down | event up). One backward pass through the modules gives all of them; criticality, risk reduction
 * and the frequency of outages follow from it (Birnbaum 1969; Rausand and Høyland, System Reliability Theory, ch. 5).
 */
import { unavailabilityUnder } from './compact-diagram.js';
import { type Contexts, sharedDifferences } from './contexts.js';
import type { ModuleDiagram } from './formula-diagrams.js';
import type { ModuleTable } from './module-table.js';

/** A subject in parts, as the engine computes it: a series of modules, and diagrams over modules for its choices. */
export interface SubjectParts {
  readonly contexts: Contexts;
  readonly series: readonly ModuleTable[];
  /** Diagrams, inner ones first, the top last; their variables are numbers of `atoms` and of diagrams. */
  readonly diagrams: readonly ModuleDiagram[];
  /** The modules that are variables of the diagrams, by number. */
  readonly atoms: ReadonlyMap<number, ModuleTable>;
  /** Unavailability of atoms and of diagrams by context. */
  readonly rows: ReadonlyMap<number, Float64Array>;
}

/** Leaf → Birnbaum importance, for the leaves that can fail. */
export function importancesOf(parts: SubjectParts): ReadonlyMap<number, number> {
  const { contexts, series, diagrams, atoms, rows } = parts;
  const result = new Map<number, number>();
  const add = (leaf: number, value: number): void => {
    result.set(leaf, (result.get(leaf) ?? 0) + value);
  };
  const length = contexts.contexts.length;
  const top = diagrams.at(-1);
  const factors = series.map((table) => table.row(contexts));
  const choice = top === undefined ? undefined : rows.get(top.node);
  const all = choice === undefined ? factors : [...factors, choice];
  const { others, down } = productsOfOthers(all, length);
  const states = contexts.contexts.map((context) => context.probability);

  series.forEach((table, index) => {
    for (const [leaf, value] of ofModule(table, contexts, states, others[index] ?? new Float64Array(length))) add(leaf, value);
  });
  if (top !== undefined && choice !== undefined) {
    const reach = new Map([[top.node, others[all.length - 1] ?? new Float64Array(length)]]);
    for (const diagram of [...diagrams].reverse()) {
      const own = reach.get(diagram.node);
      if (own === undefined) continue;
      for (const [variable, value] of backward(diagram, rows, own)) {
        const sum = reach.get(variable);
        reach.set(variable, sum === undefined ? value : sum.map((each, at) => each + (value[at] ?? 0)));
      }
    }
    for (const [number, table] of atoms) {
      const own = reach.get(number);
      if (own !== undefined) for (const [leaf, value] of ofModule(table, contexts, states, own)) add(leaf, value);
    }
  }
  for (const [leaf, value] of sharedDifferences(contexts, (at) => down[at] ?? 0)) add(leaf, value);
  return result;
}

/** For each factor the product of all the others' availabilities by context, and the unavailability of the whole. */
function productsOfOthers(
  rows: readonly Float64Array[],
  length: number,
): { readonly others: readonly Float64Array[]; readonly down: Float64Array } {
  // Products from both ends, so that a factor of zero is never divided by.
  const others = rows.map(() => new Float64Array(length).fill(1));
  const product = new Float64Array(length).fill(1);
  const down = new Float64Array(length);
  rows.forEach((row, index) => {
    for (let at = 0; at < length; at++) {
      const u = row[at] ?? 0;
      const other = others[index];
      if (other !== undefined) other[at] = product[at] ?? 1;
      down[at] = (down[at] ?? 0) + (product[at] ?? 1) * u;
      product[at] = (product[at] ?? 1) * (1 - u);
    }
  });
  product.fill(1);
  for (let index = rows.length - 1; index >= 0; index--) {
    for (let at = 0; at < length; at++) {
      const other = others[index];
      if (other !== undefined) other[at] = (other[at] ?? 1) * (product[at] ?? 1);
      product[at] = (product[at] ?? 1) * (1 - (rows[index]?.[at] ?? 0));
    }
  }
  return { others, down };
}

/** Importance of a module's own leaves, given that of the module in each context. */
function ofModule(
  table: ModuleTable,
  contexts: Contexts,
  states: readonly number[],
  own: Float64Array,
): readonly (readonly [number, number])[] {
  const weights = new Map<number, number>();
  table.masks(contexts).forEach((mask, at) => {
    weights.set(mask, (weights.get(mask) ?? 0) + (states[at] ?? 0) * (own[at] ?? 0));
  });
  return table.privateLeaves.map((leaf, index) => {
    let importance = 0;
    for (const [mask, weight] of weights) if (weight > 0) importance += weight * table.importance(index, mask);
    return [leaf, importance];
  });
}

/** Importance of the variables of a diagram by context, given that of its root. */
function backward(
  { diagram, variables }: ModuleDiagram,
  rows: ReadonlyMap<number, Float64Array>,
  own: Float64Array,
): ReadonlyMap<number, Float64Array> {
  const { root, levels, lows, highs } = diagram;
  const inputs = variables.map((variable) => rows.get(variable));
  const sums = variables.map(() => new Float64Array(own.length));
  const byLevel = new Float64Array(variables.length);
  const values = new Float64Array(levels.length);
  const reach = new Float64Array(levels.length);
  for (let at = 0; at < own.length; at++) {
    inputs.forEach((row, level) => {
      byLevel[level] = row?.[at] ?? 0;
    });
    unavailabilityUnder(diagram, byLevel, values);
    reach.fill(0);
    reach[root] = own[at] ?? 0;
    // The constants come first, and lead nowhere.
    for (let node = levels.length - 1; node > 1; node--) {
      const weight = reach[node] ?? 0;
      if (weight === 0) continue;
      const level = levels[node] ?? 0;
      const [low, high] = [lows[node] ?? 0, highs[node] ?? 0];
      const u = byLevel[level] ?? 0;
      const sum = sums[level];
      if (sum !== undefined) sum[at] = (sum[at] ?? 0) + weight * ((values[low] ?? 0) - (values[high] ?? 0));
      reach[low] = (reach[low] ?? 0) + weight * u;
      reach[high] = (reach[high] ?? 0) + weight * (1 - u);
    }
  }
  return new Map(variables.map((variable, level) => [variable, sums[level] ?? new Float64Array(own.length)]));
}
