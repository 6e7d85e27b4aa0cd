/**
 * Minimal cut sets of a gate: the smallest sets of events that take it down. They are counted and ranked in the diagrams of its modules
 * and never written out, since there may be billions.
 */
import { OverBudget } from '../availability/decision-diagram.js';
import { conjunctsOf, reduce } from '../availability/formula.js';
import type { Network } from '../structure/network.js';
import { FormulaFamilies } from './formula-families.js';
import { likeliest } from './likeliest.js';
import { fold, type ModuleFamily, type NodeValues } from './module-family.js';
import { none, SetFamilies, unit } from './set-families.js';

/** One set: the leaves that fail together, in order of their numbers, and the product of their unavailabilities. */
export interface LeafSet {
  readonly leaves: readonly number[];
  readonly probability: number;
}

const nodeBudget = 1 << 23;

/** So many sets of one size are compared to find the likeliest of them. */
const mostCompared = 20_000;

/** The number of the family around all: numbers of modules are those of formula nodes, which start at 0. */
const wholeId = -1;

/** Families that the cut sets of several gates share. */
export class KnownFamilies extends FormulaFamilies {
  constructor() {
    super(nodeBudget);
  }
}

/** The minimal cut sets of one gate. */
export class CutSets {
  private constructor(
    private readonly modules: ReadonlyMap<number, ModuleFamily>,
    private readonly top: number,
    private readonly unavailability: (leaf: number) => number,
  ) {}

  /**
   * The cut sets of a gate over the leaves for which `isEvent` answers true; all other leaves are up. Undefined where the diagrams would
   * need more than their budget of nodes. `known`: what was found for other gates of the same network.
   */
  static of(
    network: Pick<Network, 'gate'>,
    gate: number,
    isEvent: (leaf: number) => boolean,
    unavailability: (leaf: number) => number,
    known = new KnownFamilies(),
  ): CutSets | undefined {
    const reduced = reduce(network, conjunctsOf(network, gate, isEvent), isEvent);
    if (reduced.kind === 'unreduced') return undefined;
    try {
      if (reduced.kind === 'impossible') return new CutSets(new Map([[wholeId, impossible()]]), wholeId, unavailability);
      const { series, formula } = reduced;
      const modules = formula === undefined ? new Map<number, ModuleFamily>() : known.of(formula);
      if (modules === undefined) return undefined;
      modules.set(wholeId, inSeries(series, formula?.top));
      return new CutSets(modules, wholeId, unavailability);
    } catch (error) {
      if (error instanceof OverBudget || error instanceof RangeError) return undefined;
      throw error;
    }
  }

  /** How many there are. */
  count(): bigint {
    const counts = new Map<number, bigint>();
    const countOf = (id: number): bigint => {
      const known = counts.get(id);
      if (known !== undefined) return known;
      const module = this.module(id);
      const values = fold(module, 0n, 1n, (level, lacking, holding) => {
        const variable = module.variables[level];
        return lacking + (variable?.kind === 'module' ? countOf(variable.id) * holding : holding);
      });
      const result = values[module.root] ?? 0n;
      counts.set(id, result);
      return result;
    };
    return countOf(this.top);
  }

  /** The sets of at most `order` leaves, smallest first, of one size the likeliest first; `limit` of them at most. */
  upTo(order: number, limit: number): readonly LeafSet[] {
    const sizes = this.smallest();
    const found: LeafSet[] = [];
    for (let size = 1; size <= order && found.length < limit; size++) {
      const alike: LeafSet[] = [];
      for (const leaves of this.ofSize(this.top, size, sizes)) {
        alike.push(this.leafSet(leaves));
        if (alike.length >= mostCompared) break;
      }
      found.push(...alike.sort(byChance).slice(0, limit - found.length));
    }
    return found;
  }

  /**
   * The `limit` likeliest sets, likeliest first, and then those as likely as the last of them, `most` in all at most. Sets with a leaf that
   * never fails by chance are left out.
   */
  likeliest(limit: number, most = limit): readonly LeafSet[] {
    return likeliest(this.top, limit, this.modules, this.unavailability, most).map((leaves) => this.leafSet(leaves));
  }

  private leafSet(leaves: readonly number[]): LeafSet {
    const sorted = [...leaves].sort((a, b) => a - b);
    return { leaves: sorted, probability: sorted.reduce((product, leaf) => product * this.unavailability(leaf), 1) };
  }

  private module(id: number): ModuleFamily {
    return this.modules.get(id) ?? impossible();
  }

  /** For each module and node, the size of its smallest set. */
  private smallest(): ReadonlyMap<number, NodeValues<number>> {
    const sizes = new Map<number, NodeValues<number>>();
    for (const [id, module] of this.modules) {
      const of = fold(module, Number.POSITIVE_INFINITY, 0, (level, lacking, holding) => {
        const variable = module.variables[level];
        const inner = variable?.kind === 'module' ? sizes.get(variable.id)?.[this.module(variable.id).root] : 1;
        return Math.min(lacking, (inner ?? Number.POSITIVE_INFINITY) + holding);
      });
      sizes.set(id, of);
    }
    return sizes;
  }

  private *ofSize(id: number, size: number, sizes: ReadonlyMap<number, NodeValues<number>>): Generator<number[]> {
    const module = this.module(id);
    const own = sizes.get(id);
    const least = (node: number): number => own?.[node] ?? Number.POSITIVE_INFINITY;
    const cuts = this;
    function* below(from: number, left: number): Generator<number[]> {
      const { families } = module;
      // Along the sets that lack a variable it goes on without recursion: there are as many as the system has events.
      for (let node = from; least(node) <= left; node = families.without(node)) {
        if (node === unit) {
          if (left === 0) yield [];
          return;
        }
        const variable = module.variables[families.level(node)];
        if (variable === undefined) continue;
        const holding = families.with(node);
        const most = left - least(holding);
        for (let part = 1; part <= (variable.kind === 'leaf' ? Math.min(1, most) : most); part++) {
          const heads = variable.kind === 'leaf' ? [[variable.id]] : cuts.ofSize(variable.id, part, sizes);
          for (const head of heads) for (const rest of below(holding, left - part)) yield [...head, ...rest];
        }
      }
    }
    yield* below(module.root, size);
  }
}

function byChance(a: LeafSet, b: LeafSet): number {
  if (a.probability !== b.probability) return b.probability - a.probability;
  const differing = a.leaves.findIndex((leaf, index) => leaf !== b.leaves[index]);
  return (a.leaves[differing] ?? 0) - (b.leaves[differing] ?? 0);
}

/** Each leaf alone, and the sets of the rest. */
function inSeries(leaves: readonly number[], rest: number | undefined): ModuleFamily {
  const families = new SetFamilies(nodeBudget);
  const variables = [
    ...leaves.map((id) => ({ kind: 'leaf' as const, id })),
    ...(rest === undefined ? [] : [{ kind: 'module' as const, id: rest }]),
  ];
  let root = none;
  for (let level = variables.length - 1; level >= 0; level--) root = families.minimalUnion(families.single(level), root);
  return { families, root, variables };
}

/** What is down whatever happens needs no event: its only cut is the empty set. */
function impossible(): ModuleFamily {
  return { families: new SetFamilies(2), root: unit, variables: [] };
}
