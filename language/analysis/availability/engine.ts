/**
 * Exact probabilities of the gates of a network.
 *
 * The events that many components share (sites, failovers) are conditioned on; given them, every module is one independent event, and a
 * decision diagram over the modules gives the probability of any gate. Arithmetic runs on the unavailability side throughout: all
 * sums are of positive terms, so that nothing is lost between the nines. Cycles are the greatest fixed point.
 */
import type { Network } from '../structure/network.js';
import { strongComponents } from '../structure/strong-components.js';
import { type Contexts, enumerateContexts, groupsRead, type SharedGroup } from './contexts.js';
import { DecisionDiagrams, down, OverBudget, up } from './decision-diagram.js';
import { ModuleTables, reachable } from './module-table.js';
import { findModules } from './modules.js';

/** An exact unavailability, or an interval that is sure to hold it. */
export interface Interval {
  readonly lower: number;
  readonly upper: number;
}

/** Unavailabilities of the leaves, and which of them are shared. */
export interface Probabilities {
  unavailability(leaf: number): number;
  readonly groups: readonly SharedGroup[];
}

const nodeBudget = 1 << 19;

export class Engine {
  private readonly diagrams = new DecisionDiagrams(nodeBudget);
  private readonly sharedGates: ReadonlySet<number>;
  private readonly modules: ReadonlySet<number>;
  private readonly roots: ReadonlySet<number>;
  private readonly levels = new Map<number, number>();
  private readonly atoms: number[] = [];
  /** The modules under their shared events; switching reads them too. */
  readonly tables: ModuleTables;
  private readonly contexts = new Map<string, Contexts>();
  private readonly built = new Map<number, number>();

  /** `roots`: the gates that will be asked for. Others may be asked for too, if they are no inside of a module. */
  constructor(
    private readonly network: Network,
    roots: readonly number[],
    private readonly probabilities: Probabilities,
  ) {
    this.sharedGates = new Set(
      probabilities.groups.flatMap((group) => [
        ...(group.parent === undefined ? [] : [group.parent.gate]),
        ...group.children.map((child) => child.gate),
      ]),
    );
    this.tables = new ModuleTables(
      network,
      (gate) => this.sharedGates.has(gate),
      (gate) => probabilities.unavailability(gate),
    );
    this.roots = new Set(roots);
    this.modules = findModules(network, roots, readOnlyShared(network, this.sharedGates));
    this.assignLevels(roots);
  }

  /** Nodes of the decision diagram so far: the measure of work that tests hold to be linear. */
  get diagramSize(): number {
    return this.diagrams.size;
  }

  /** Unavailability of a gate; an interval of no width where it is exact. */
  unavailability(gate: number): Interval {
    try {
      return this.compute(gate);
    } catch (error) {
      // One module alone is over its budget: then nothing is known but that it is a probability.
      if (error instanceof OverBudget || error instanceof RangeError) return { lower: 0, upper: 1 };
      throw error;
    }
  }

  private compute(gate: number): Interval {
    const root = this.diagramWithinBudget(gate);
    if (root === undefined) {
      const cone = this.atomsBelow(gate);
      const contexts = this.contextsOf(this.groupsOf(cone.all));
      return {
        lower: this.sumOfSeries(cone.certain, contexts),
        upper: Math.min(1, this.sumOfSeries(cone.all, contexts) + contexts.rest),
      };
    }
    const nodes = reachable(this.diagrams, root);
    const levels = new Set(nodes.map((node) => this.diagrams.level(node)));
    const contexts = this.contextsOf(this.groupsOf([...levels].flatMap((level) => this.atoms[level] ?? [])));
    const exact = this.sumOfDiagram(root, nodes, contexts);
    return { lower: exact, upper: Math.min(1, exact + contexts.rest) };
  }

  /** A diagram too deep for the stack is treated like one too large: both mean that the exact answer costs too much. */
  private diagramWithinBudget(gate: number): number | undefined {
    try {
      return this.diagramOf(gate);
    } catch (error) {
      if (error instanceof OverBudget || error instanceof RangeError) return undefined;
      throw error;
    }
  }

  /** Σ over the contexts of the diagram's unavailability there. */
  private sumOfDiagram(root: number, nodes: readonly number[], contexts: Contexts): number {
    const { diagrams } = this;
    if (root === down) return 1;
    // Compact numbers for the nodes of this diagram: the constants first, then children before parents.
    const place = new Map<number, number>([
      [down, 0],
      [up, 1],
    ]);
    for (const node of nodes) place.set(node, place.size);
    const lows = Int32Array.from(nodes, (node) => place.get(diagrams.low(node)) ?? 0);
    const highs = Int32Array.from(nodes, (node) => place.get(diagrams.high(node)) ?? 0);
    const rows = nodes.map((node) => this.tables.of(this.atoms[diagrams.level(node)] ?? 0).row(contexts));
    const values = new Float64Array(nodes.length + 2);
    values[0] = 1;
    let sum = 0;
    contexts.contexts.forEach((context, at) => {
      for (let index = 0; index < rows.length; index++) {
        const u = rows[index]?.[at] ?? 0;
        values[index + 2] = u * (values[lows[index] ?? 0] ?? 0) + (1 - u) * (values[highs[index] ?? 0] ?? 0);
      }
      sum += context.probability * (values[place.get(root) ?? 0] ?? 0);
    });
    return sum;
  }

  /** Σ over the contexts of the unavailability of a series: 1 − Π(1 − u), without subtracting from one. */
  private sumOfSeries(atoms: readonly number[], contexts: Contexts): number {
    const rows = atoms.map((atom) => this.tables.of(atom).row(contexts));
    let sum = 0;
    contexts.contexts.forEach((context, at) => {
      let result = 0;
      for (const row of rows) result += (1 - result) * (row[at] ?? 0);
      sum += context.probability * result;
    });
    return sum;
  }

  private diagramOf(gate: number): number {
    const known = this.built.get(gate);
    if (known !== undefined) return known;
    const components = strongComponents(
      [gate],
      (each) => this.opened(each),
      (each) => this.built.has(each),
    );
    for (const component of components) {
      const [only] = component;
      if (component.length === 1 && only !== undefined && !this.opened(only).includes(only)) {
        this.built.set(only, this.combine(only));
        continue;
      }
      // The greatest fixed point: everything in the cycle stands until its own inputs take it down.
      for (const member of component) this.built.set(member, up);
      for (let changed = true; changed; ) {
        changed = false;
        for (const member of component) {
          const next = this.combine(member);
          if (next !== this.built.get(member)) {
            this.built.set(member, next);
            changed = true;
          }
        }
      }
    }
    return this.built.get(gate) ?? down;
  }

  private combine(gate: number): number {
    if (this.isAtom(gate)) return this.diagrams.variable(this.levels.get(gate) ?? 0);
    const { need, inputs } = this.network.gate(gate);
    return this.diagrams.atLeast(
      need,
      inputs.map((input) => this.built.get(input) ?? up),
    );
  }

  /** An atom stands for its inside; a root is a module only of itself and is opened. */
  private isAtom(gate: number): boolean {
    if (this.sharedGates.has(gate)) return true;
    const { inputs, need } = this.network.gate(gate);
    if (inputs.length === 0) return need === 0;
    return this.modules.has(gate) && !this.roots.has(gate);
  }

  private opened(gate: number): readonly number[] {
    return this.isAtom(gate) ? [] : this.network.gate(gate).inputs;
  }

  private assignLevels(roots: readonly number[]): void {
    const components = strongComponents(
      roots,
      (gate) => this.opened(gate),
      () => false,
    );
    // Callers first: a consumer's own events stand above those of what it depends on.
    for (let index = components.length - 1; index >= 0; index--) {
      for (const gate of components[index] ?? []) {
        for (const each of this.isAtom(gate) ? [gate] : this.opened(gate)) {
          if (!this.isAtom(each) || this.levels.has(each)) continue;
          this.levels.set(each, this.atoms.length);
          this.atoms.push(each);
        }
      }
    }
  }

  /** All atoms below a gate, and those without which it is down for sure because only conjunctions lead to them. */
  private atomsBelow(gate: number): { readonly all: readonly number[]; readonly certain: readonly number[] } {
    const collect = (onlyConjunctions: boolean): readonly number[] => {
      const seen = new Set<number>([gate]);
      for (const each of seen) {
        const { need, inputs } = this.network.gate(each);
        if (this.isAtom(each) || (onlyConjunctions && need < inputs.length)) continue;
        for (const input of inputs) seen.add(input);
      }
      return [...seen].filter((each) => this.isAtom(each));
    };
    return { all: collect(false), certain: collect(true) };
  }

  private groupsOf(atoms: readonly number[]): readonly SharedGroup[] {
    const used = new Set<number>();
    for (const atom of atoms) {
      if (this.sharedGates.has(atom)) used.add(atom);
      else for (const gate of this.tables.of(atom).shared) used.add(gate);
    }
    return groupsRead(this.probabilities.groups, used);
  }

  /** Many figures depend on the same sites: their contexts are enumerated once. */
  contextsOf(groups: readonly SharedGroup[]): Contexts {
    const key = groups.map((group) => [group.parent?.gate, ...group.children.map((child) => child.gate)].join(' ')).join(';');
    let contexts = this.contexts.get(key);
    if (contexts === undefined) {
      contexts = enumerateContexts(groups);
      this.contexts.set(key, contexts);
    }
    return contexts;
  }
}

/** Whether a gate follows from shared events alone, like a zone that needs its region: it belongs to the context, not to a module. */
function readOnlyShared(network: Network, shared: ReadonlySet<number>): (gate: number) => boolean {
  const known = new Set(shared);
  for (let gate = 0; gate < network.size; gate++) {
    const { inputs } = network.gate(gate);
    if (inputs.length > 0 && inputs.every((input) => known.has(input))) known.add(gate);
  }
  return (gate) => known.has(gate);
}
