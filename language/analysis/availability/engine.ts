/**
 * Exact probabilities of the gates of a network.
 *
 * The events that many components share (sites, failovers) are conditioned on; given them, every module is one independent event. What a
 * gate cannot do without is a product of modules; what it has a choice of goes through decision diagrams. Arithmetic runs on the
 * unavailability side throughout: all sums are of positive terms, so that nothing is lost between the nines. Circles are the
 * greatest fixed point.
 */
import type { Network } from '../structure/network.js';
import { unavailabilityUnder } from './compact-diagram.js';
import type { Contexts, SharedGroup } from './contexts.js';
import { OverBudget } from './decision-diagram.js';
import { conjunctsOf, type Formula, reduce } from './formula.js';
import { boundsOf } from './formula-bounds.js';
import { diagramsOf, type ModuleDiagram } from './formula-diagrams.js';
import { importancesOf, type SubjectParts } from './importance.js';
import { type ModuleTable, ModuleTables } from './module-table.js';
import { findModules } from './modules.js';
import { ReadContexts } from './read-contexts.js';
import type { CrewedUnits } from './repair-crews.js';
import { type SeriesSum, SeriesSums } from './series.js';

/** An exact unavailability, or an interval that is sure to hold it. */
export interface Interval {
  readonly lower: number;
  readonly upper: number;
}

/** Unavailabilities of the leaves, and which of them are shared. */
export interface Probabilities {
  unavailability(leaf: number): number;
  readonly groups: readonly SharedGroup[];
  /** The crews that a leaf waits for, where it does. All leaves of one crew have to be inside one module. */
  crewOf?(leaf: number): CrewedUnits | undefined;
}

/** A gate as it is computed, or why it is not. */
type Parts =
  | { readonly kind: 'parts'; readonly parts: SubjectParts }
  | { readonly kind: 'impossible' }
  | { readonly kind: 'unreduced'; readonly series: readonly number[] }
  | { readonly kind: 'too-large'; readonly series: readonly number[]; readonly formula: Formula };

/** Of so many gates the parts are kept: a subject has one for being up, and one for being up with all that it wants. */
const mostRecent = 2;

export class Engine {
  private readonly sharedGates: ReadonlySet<number>;
  private readonly modules: ReadonlySet<number>;
  private readonly roots: ReadonlySet<number>;
  /** The modules under their shared events; switching reads them too. */
  readonly tables: ModuleTables;
  /** States of the shared events that a figure reads; switching reads them too. */
  readonly contexts: ReadContexts;
  private readonly answers = new Map<number, Interval>();
  private readonly recent = new Map<number, Parts>();
  /** Of the gate asked for last: outages and contributions of a subject follow from the same. */
  private latest: { readonly gate: number; readonly importances: ReadonlyMap<number, number> | undefined } | undefined;
  private nodes = 0;
  private readonly series: SeriesSums;
  private readonly isAtom = (gate: number): boolean => this.standsForItself(gate);

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
      probabilities.groups.map((group) => group.children.map((child) => child.gate)),
      (gate) => probabilities.crewOf?.(gate),
    );
    this.contexts = new ReadContexts(probabilities.groups);
    this.roots = new Set(roots);
    this.modules = findModules(network, roots, readOnlyShared(network, this.sharedGates));
    this.series = new SeriesSums({
      network,
      tables: this.tables,
      isAtom: this.isAtom,
      isRoot: (gate) => this.roots.has(gate),
      contextsOf: (readings) => this.contexts.of(readings),
    });
  }

  /** Nodes of the decision diagrams so far: the measure of work that tests hold to be linear. */
  get diagramSize(): number {
    return this.nodes;
  }

  /** Unavailability of a gate; an interval of no width where it is exact. */
  unavailability(gate: number): Interval {
    let interval = this.answers.get(gate);
    if (interval === undefined) {
      interval = this.answer(gate);
      this.answers.set(gate, interval);
    }
    return interval;
  }

  private answer(gate: number): Interval {
    try {
      const { lower, upper } = this.compute(gate);
      // The chances of the contexts may sum to a little more than one.
      return { lower: Math.min(1, lower), upper: Math.min(1, upper) };
    } catch (error) {
      // One module alone is over its budget: then nothing is known but that it is a probability.
      if (error instanceof OverBudget || error instanceof RangeError) return { lower: 0, upper: 1 };
      throw error;
    }
  }

  private compute(gate: number): Interval {
    const series = this.series.of(gate);
    if (series !== undefined) return ofLosses(series);
    const parts = this.partsOf(gate);
    switch (parts.kind) {
      case 'impossible':
        return { lower: 1, upper: 1 };
      case 'unreduced':
        return this.bounds(gate, parts.series);
      case 'too-large':
        return this.boundsOfFormula(parts.series, parts.formula);
      case 'parts':
        return ofParts(parts.parts);
    }
  }

  /** Importance of every event for a gate; undefined where the gate has no exact figure. */
  importances(gate: number): ReadonlyMap<number, number> | undefined {
    const known = this.answers.get(gate);
    if (known !== undefined && known.lower < known.upper) return undefined;
    if (this.latest?.gate !== gate) this.latest = { gate, importances: this.weighed(gate) };
    return this.latest.importances;
  }

  private weighed(gate: number): ReadonlyMap<number, number> | undefined {
    try {
      const parts = this.partsOf(gate);
      // What is down whatever happens waits for no event.
      if (parts.kind === 'impossible') return new Map();
      return parts.kind === 'parts' && parts.parts.contexts.rest === 0 ? importancesOf(parts.parts) : undefined;
    } catch (error) {
      if (error instanceof OverBudget || error instanceof RangeError) return undefined;
      throw error;
    }
  }

  /** The parts of a gate. Those of the last gates asked for are kept: what is asked of a subject is mostly asked in a row. */
  private partsOf(gate: number): Parts {
    const kept = this.recent.get(gate);
    if (kept !== undefined) return kept;
    const parts = this.takenApart(gate);
    const [oldest] = this.recent.keys();
    if (oldest !== undefined && this.recent.size >= mostRecent) this.recent.delete(oldest);
    this.recent.set(gate, parts);
    return parts;
  }

  private takenApart(gate: number): Parts {
    // What a root stands for is its inside: only others see a root as one event.
    const reduced = reduce(this.network, conjunctsOf(this.network, gate, this.isAtom), this.isAtom);
    if (reduced.kind !== 'whole') return reduced;
    const { series, formula } = reduced;
    const diagrams = formula === undefined ? [] : diagramsOf(formula);
    if (diagrams === undefined && formula !== undefined) return { kind: 'too-large', series, formula };
    if (diagrams === undefined) return { kind: 'unreduced', series };
    const tables = series.map((atom) => this.tables.of(atom));
    const atoms = new Map<number, ModuleTable>();
    formula?.nodes.forEach((node, id) => {
      if (node.need === 0) atoms.set(id, this.tables.of(node.atom));
    });
    const contexts = this.contextsOfAtoms([
      ...series,
      ...(formula?.nodes ?? []).flatMap((node) => (node.need === 0 ? [node.atom] : [])),
    ]);
    const rows = new Map<number, Float64Array>();
    for (const [id, table] of atoms) rows.set(id, table.row(contexts));
    for (const diagram of diagrams) {
      this.nodes += diagram.made;
      rows.set(
        diagram.node,
        rowOf(
          diagram,
          diagram.variables.map((variable) => rows.get(variable)),
          contexts.contexts.length,
        ),
      );
    }
    return { kind: 'parts', parts: { contexts, series: tables, diagrams, atoms, rows } };
  }

  /** The series alone is a lower bound; everything in series, as if there were no choice, an upper one. */
  private bounds(gate: number, series: readonly number[]): Interval {
    const all = this.atomsBelow(gate);
    const contexts = this.contextsOfAtoms(all);
    return {
      lower: this.sumOfSeries(series, contexts),
      upper: Math.min(1, this.sumOfSeries(all, contexts) + contexts.rest),
    };
  }

  /** The series is exact, and the rest between bounds. */
  private boundsOfFormula(series: readonly number[], formula: Formula): Interval {
    const atoms = formula.nodes.flatMap((node) => (node.need === 0 ? [node.atom] : []));
    const contexts = this.contextsOfAtoms([...series, ...atoms]);
    const rest = boundsOf(formula, (atom) => this.tables.of(atom).row(contexts), contexts.contexts.length);
    const rows = series.map((atom) => this.tables.of(atom).row(contexts));
    return {
      lower: sumOf([...rows, rest.lower], contexts),
      upper: Math.min(1, sumOf([...rows, rest.upper], contexts) + contexts.rest),
    };
  }

  private sumOfSeries(atoms: readonly number[], contexts: Contexts): number {
    return sumOf(
      atoms.map((atom) => this.tables.of(atom).row(contexts)),
      contexts,
    );
  }

  /** An atom stands for its inside; a root is a module only of itself and is opened. */
  private standsForItself(gate: number): boolean {
    if (this.sharedGates.has(gate)) return true;
    const { inputs, need } = this.network.gate(gate);
    // A leaf that cannot fail is up, and no event.
    if (inputs.length === 0) return need === 0 && this.probabilities.unavailability(gate) > 0;
    return this.modules.has(gate) && !this.roots.has(gate);
  }

  private atomsBelow(gate: number): readonly number[] {
    const seen = new Set([gate]);
    for (const each of seen) if (!this.isAtom(each)) for (const input of this.network.gate(each).inputs) seen.add(input);
    return [...seen].filter(this.isAtom);
  }

  private contextsOfAtoms(atoms: readonly number[]): Contexts {
    return this.contexts.of(new Set(atoms.map((atom) => this.tables.of(atom).reading)));
  }
}

function ofParts({ contexts, series, diagrams, rows }: SubjectParts): Interval {
  const top = diagrams.at(-1);
  const choice = top === undefined ? undefined : rows.get(top.node);
  const required = series.map((table) => table.row(contexts));
  const exact = sumOf(choice === undefined ? required : [...required, choice], contexts);
  return { lower: exact, upper: Math.min(1, exact + contexts.rest) };
}

/** Σ over the contexts of 1 − e^−loss, without subtracting from one. */
function ofLosses({ contexts, losses }: SeriesSum): Interval {
  let exact = 0;
  contexts.contexts.forEach((context, at) => {
    exact -= context.probability * Math.expm1(-(losses[at] ?? 0));
  });
  return { lower: exact, upper: Math.min(1, exact + contexts.rest) };
}

/** Unavailability of a module in each context, from those of its variables. */
function rowOf({ diagram }: ModuleDiagram, variables: readonly (Float64Array | undefined)[], length: number): Float64Array {
  const values = new Float64Array(diagram.levels.length);
  const byLevel = new Float64Array(variables.length);
  const result = new Float64Array(length);
  for (let at = 0; at < length; at++) {
    variables.forEach((row, level) => {
      byLevel[level] = row?.[at] ?? 0;
    });
    result[at] = unavailabilityUnder(diagram, byLevel, values);
  }
  return result;
}

/** Σ over the contexts of the unavailability of a series: 1 − Π(1 − u), without subtracting from one. */
function sumOf(rows: readonly Float64Array[], contexts: Contexts): number {
  let sum = 0;
  contexts.contexts.forEach((context, at) => {
    let result = 0;
    for (const row of rows) result += (1 - result) * (row[at] ?? 0);
    sum += context.probability * result;
  });
  return sum;
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
