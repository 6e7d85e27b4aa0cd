/**
 * Subjects that are a plain series: up while every atom that conjunctions lead to is. In most systems nearly all are, and they overlap:
 * what a service cannot do without is mostly what its largest requirement cannot do without, and a little more. So the sums of the
 * logarithms are kept, Σ −ln(1 − u) for each context, and a subject adds its own few atoms to those of its largest requirement.
 * All terms are positive, so that nothing is lost between the nines.
 */

import { BitSet } from '../structure/bit-set.js';
import type { Network } from '../structure/network.js';
import { strongComponents } from '../structure/strong-components.js';
import type { Contexts } from './contexts.js';
import type { ModuleTables, SharedReading } from './module-table.js';

/** What a series is to the engine. */
export interface SeriesHost {
  readonly network: Network;
  readonly tables: ModuleTables;
  isAtom(gate: number): boolean;
  isRoot(gate: number): boolean;
  contextsOf(readings: ReadonlySet<SharedReading>): Contexts;
}

/** A subject that is a series: its loss Σ −ln(1 − u) in each context. */
export interface SeriesSum {
  readonly contexts: Contexts;
  readonly losses: Float64Array;
  /** How its atoms read shared events. */
  readonly readings: ReadonlySet<SharedReading>;
  /** Its atoms, by their numbers here. */
  readonly atoms: BitSet;
  readonly size: number;
}

const noSeries = 'no series';

/** What a root leads to by conjunctions without passing another root. */
interface Near {
  readonly atoms: readonly number[];
  readonly roots: readonly number[];
  readonly choice: boolean;
}

export class SeriesSums {
  private readonly known = new Map<number, SeriesSum | typeof noSeries>();
  private readonly nears = new Map<number, Near>();
  private readonly losses = new WeakMap<Float64Array, Float64Array>();
  /** Atoms are numbered as they are met, so that sets of them are short. */
  private readonly numbers = new Map<number, number>();
  private readonly gates: number[] = [];

  constructor(private readonly host: SeriesHost) {}

  /** The sums of a gate; undefined where it has a choice. */
  of(gate: number): SeriesSum | undefined {
    const circles = strongComponents(
      [gate],
      (root) => this.near(root).roots,
      (root) => this.known.has(root),
    );
    // Requirements come before those who require them; the members of a circle have all the same atoms.
    for (const circle of circles) {
      const sum = this.sum(circle) ?? noSeries;
      for (const root of circle) this.known.set(root, sum);
    }
    const known = this.known.get(gate);
    return known === noSeries ? undefined : known;
  }

  private near(root: number): Near {
    let near = this.nears.get(root);
    if (near === undefined) {
      near = this.findNear(root);
      this.nears.set(root, near);
    }
    return near;
  }

  private findNear(root: number): Near {
    const { host } = this;
    const atoms: number[] = [];
    const roots: number[] = [];
    let choice = false;
    const seen = new Set([root]);
    for (const gate of seen) {
      if (gate !== root && host.isRoot(gate)) roots.push(gate);
      else if (host.isAtom(gate)) atoms.push(gate);
      else {
        const { need, inputs } = host.network.gate(gate);
        if (need > 0 && need !== inputs.length) choice = true;
        else if (need > 0) for (const input of inputs) seen.add(input);
      }
    }
    return { atoms, roots, choice };
  }

  /** The sum of the members of a circle, or of one root; undefined where one has a choice, or requires what has. */
  private sum(circle: readonly number[]): SeriesSum | undefined {
    const inside = new Set(circle);
    const required: SeriesSum[] = [];
    const own: number[] = [];
    for (const root of circle) {
      const { atoms, roots, choice } = this.near(root);
      if (choice) return undefined;
      own.push(...atoms);
      for (const each of roots) {
        if (inside.has(each)) continue;
        const known = this.known.get(each);
        if (known === undefined || known === noSeries) return undefined;
        required.push(known);
      }
    }
    let base: SeriesSum | undefined;
    for (const each of required) if (base === undefined || each.size > base.size) base = each;
    const all = BitSet.union([...required.map((each) => each.atoms), BitSet.of(own.map((atom) => this.numberOf(atom)))]);
    const added = all.without(base?.atoms).map((number) => this.gates[number] ?? 0);
    const readings = this.readingsOf(added, base?.readings);
    const contexts = readings === base?.readings ? base.contexts : this.host.contextsOf(readings);
    const size = (base?.size ?? 0) + added.length;
    if (base === undefined || contexts === base.contexts)
      return { contexts, losses: this.added(contexts, base?.losses, added), readings, atoms: all, size };
    // Sums over other contexts cannot be taken over.
    const every = all.without(undefined).map((number) => this.gates[number] ?? 0);
    return { contexts, losses: this.added(contexts, undefined, every), readings, atoms: all, size };
  }

  private numberOf(atom: number): number {
    let number = this.numbers.get(atom);
    if (number === undefined) {
      number = this.gates.length;
      this.numbers.set(atom, number);
      this.gates.push(atom);
    }
    return number;
  }

  /** How atoms read shared events, with those of before; the same set where there is no other way. */
  private readingsOf(atoms: readonly number[], before: ReadonlySet<SharedReading> | undefined): ReadonlySet<SharedReading> {
    const found = new Set<SharedReading>();
    for (const atom of atoms) {
      const { reading } = this.host.tables.of(atom);
      if (before?.has(reading) !== true) found.add(reading);
    }
    if (before === undefined) return found;
    return found.size === 0 ? before : new Set([...before, ...found]);
  }

  private added(contexts: Contexts, before: Float64Array | undefined, atoms: readonly number[]): Float64Array {
    const losses = before?.slice() ?? new Float64Array(contexts.contexts.length);
    for (const atom of atoms) {
      const own = this.lossesOf(this.host.tables.of(atom).row(contexts));
      for (let at = 0; at < losses.length; at++) losses[at] = (losses[at] ?? 0) + (own[at] ?? 0);
    }
    return losses;
  }

  private lossesOf(row: Float64Array): Float64Array {
    let losses = this.losses.get(row);
    if (losses === undefined) {
      losses = row.map((u) => -Math.log1p(-u));
      this.losses.set(row, losses);
    }
    return losses;
  }
}
