/**
 * Subjects that are a plain series: up while every atom that conjunctions lead to is. In most systems nearly all are, and they overlap:
 * what a service cannot do without is mostly what its largest requirement cannot do without, and a little more. So the sums of the
 * logarithms are kept, Σ −ln(1 − u) for each context, and a subject adds its own few atoms to those of its largest requirement.
 * All terms are positive, so that nothing is lost between the nines.
 */
import type { Network } from '../structure/network.js';
import type { Contexts, SharedGroup } from './contexts.js';
import type { ModuleTables } from './module-table.js';

/** What a series is to the engine. */
export interface SeriesHost {
  readonly network: Network;
  readonly tables: ModuleTables;
  isAtom(gate: number): boolean;
  isRoot(gate: number): boolean;
  isShared(gate: number): boolean;
  /** The groups of shared events cut down to those in `used`. */
  groupsOf(used: ReadonlySet<number>): readonly SharedGroup[];
  contextsOf(groups: readonly SharedGroup[]): Contexts;
}

/** A subject that is a series: its loss Σ −ln(1 − u) in each context. */
export interface SeriesSum {
  readonly contexts: Contexts;
  readonly losses: Float64Array;
  /** Shared events that its atoms read. */
  readonly shared: ReadonlySet<number>;
  /** How many atoms it has. */
  readonly atoms: number;
}

/** After so many questions all requirements of a subject are summed before it: then all of them will be asked for. */
const fewQuestions = 8;

const noSeries = 'no series';

export class SeriesSums {
  private readonly known = new Map<number, SeriesSum | typeof noSeries>();
  private readonly losses = new WeakMap<Float64Array, Float64Array>();
  private readonly visited: Int32Array;
  private visit = 0;
  private questions = 0;

  constructor(private readonly host: SeriesHost) {
    this.visited = new Int32Array(host.network.size);
  }

  /** The sums of a gate; undefined where it has a choice. */
  of(gate: number): SeriesSum | undefined {
    if (++this.questions > fewQuestions) this.sumRequirements(gate);
    return this.sum(gate);
  }

  /** Sums what the gate requires, requirements of requirements first, without recursion. */
  private sumRequirements(gate: number): void {
    const stack = [{ gate, next: this.unknownRoots(gate), at: 0 }];
    const entered = new Set([gate]);
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      const required = top.next[top.at++];
      if (required === undefined) {
        stack.pop();
        this.sum(top.gate);
      } else if (!entered.has(required)) {
        // A circle comes back to what is entered; who is summed first there goes all the way.
        entered.add(required);
        stack.push({ gate: required, next: this.unknownRoots(required), at: 0 });
      }
    }
  }

  /** The roots that a gate leads to by conjunctions, through no other root, and that nothing is known of. */
  private unknownRoots(gate: number): readonly number[] {
    const visit = ++this.visit;
    const found: number[] = [];
    const work = [gate];
    for (let each = work.pop(); each !== undefined; each = work.pop()) {
      if (this.visited[each] === visit) continue;
      this.visited[each] = visit;
      if (each !== gate && this.host.isRoot(each)) {
        if (!this.known.has(each)) found.push(each);
        continue;
      }
      if (!this.host.isAtom(each)) work.push(...this.host.network.gate(each).inputs);
    }
    return found;
  }

  private sum(gate: number): SeriesSum | undefined {
    let known = this.known.get(gate);
    if (known === undefined) {
      known = this.compute(gate) ?? noSeries;
      this.known.set(gate, known);
    }
    return known === noSeries ? undefined : known;
  }

  private compute(gate: number): SeriesSum | undefined {
    // First to the nearest roots that are summed, to find the largest; what it covers is then left out.
    const roots: number[] = [];
    const near = this.atomsBelow([gate], ++this.visit, (root) => {
      roots.push(root);
      return root === gate;
    });
    if (near === undefined) return undefined;
    let base: SeriesSum | undefined;
    let baseGate = -1;
    for (const root of roots) {
      const known = this.known.get(root);
      if (known === noSeries) return undefined;
      if (known !== undefined && known.atoms > (base?.atoms ?? 0)) {
        base = known;
        baseGate = root;
      }
    }
    const visit = ++this.visit;
    if (base !== undefined) this.atomsBelow([baseGate], visit, () => true);
    const atoms = roots.length === 0 ? near : this.atomsBelow([gate], visit, () => true);
    if (atoms === undefined) return undefined;
    const shared = this.sharedOf(atoms, base?.shared);
    const contexts = shared === base?.shared ? base.contexts : this.host.contextsOf(this.host.groupsOf(shared));
    if (base === undefined || contexts === base.contexts) return this.added(base, atoms, shared, contexts);
    // Sums over other contexts cannot be taken over.
    return this.added(undefined, this.atomsBelow([gate], ++this.visit, () => true) ?? [], shared, contexts);
  }

  /**
   * The atoms below gates by conjunctions, each once for a `visit`; `enters` decides for each summed root whether to go on below it.
   * Undefined where there is a choice.
   */
  private atomsBelow(gates: readonly number[], visit: number, enters: (root: number) => boolean): readonly number[] | undefined {
    const { host, visited } = this;
    const atoms: number[] = [];
    const work = [...gates];
    for (let gate = work.pop(); gate !== undefined; gate = work.pop()) {
      if (visited[gate] === visit) continue;
      visited[gate] = visit;
      if (this.known.has(gate) && !enters(gate)) continue;
      if (host.isAtom(gate)) {
        atoms.push(gate);
        continue;
      }
      const { need, inputs } = host.network.gate(gate);
      if (need <= 0) continue;
      if (need !== inputs.length) return undefined;
      for (const input of inputs) if (visited[input] !== visit) work.push(input);
    }
    return atoms;
  }

  /** The shared events that atoms read, with those of before; the same set where there is no other. */
  private sharedOf(atoms: readonly number[], before: ReadonlySet<number> | undefined): ReadonlySet<number> {
    const { host } = this;
    const found = new Set<number>();
    for (const atom of atoms)
      for (const each of host.isShared(atom) ? [atom] : host.tables.of(atom).shared)
        if (before?.has(each) !== true) found.add(each);
    if (before === undefined) return found;
    return found.size === 0 ? before : new Set([...before, ...found]);
  }

  private added(
    base: SeriesSum | undefined,
    atoms: readonly number[],
    shared: ReadonlySet<number>,
    contexts: Contexts,
  ): SeriesSum {
    const losses = new Float64Array(contexts.contexts.length);
    if (base !== undefined) losses.set(base.losses);
    for (const atom of atoms) {
      const own = this.lossesOf(this.host.tables.of(atom).row(contexts));
      for (let at = 0; at < losses.length; at++) losses[at] = (losses[at] ?? 0) + (own[at] ?? 0);
    }
    return { contexts, losses, shared, atoms: (base?.atoms ?? 0) + atoms.length };
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
