/** The likeliest sets of nested families, best first: what is looked at is what is answered, not what there is. */
import { fold, type ModuleFamily, type NodeValues } from './module-family.js';
import { none, unit } from './set-families.js';

/** Where a search stands: in a node, with what was chosen, and with what is still to be gone through of the modules around. */
interface Place {
  /** The most that a set from here can have: a product of unavailabilities. */
  readonly bound: number;
  /** Its logarithm without the last digits: products of the same factors in another order are equal, and not one a little ahead. */
  readonly rank: number;
  readonly product: number;
  readonly module: number;
  readonly node: number;
  readonly chosen: Chosen | undefined;
  readonly around: Around | undefined;
  /** When it was come upon. */
  readonly turn: number;
}

interface Chosen {
  readonly leaf: number;
  readonly before: Chosen | undefined;
}

interface Around {
  readonly module: number;
  readonly node: number;
  /** The product of the best that this and all further modules can add. */
  readonly best: number;
  readonly next: Around | undefined;
}

/** How far two products may lie apart and still be called equal, relative to the larger. */
const tolerance = 1e-9;

/**
 * The `limit` sets of module `top` with the largest product, largest first, and then those that are as likely as the last of them, `most`
 * sets at most. Sets whose product is 0 are left out. Inner modules have to stand before the modules that read them in the order of
 * `modules`.
 */
export function likeliest(
  top: number,
  limit: number,
  modules: ReadonlyMap<number, ModuleFamily>,
  unavailability: (leaf: number) => number,
  most = limit,
): readonly (readonly number[])[] {
  const search = new Search(modules, unavailability);
  const places = new Heap();
  const found: number[][] = [];
  // What is no likelier than this need not be looked at.
  let least = 0;
  for (let place: Place | undefined = search.start(top); place !== undefined && place.bound > least && found.length < most; ) {
    if (place.node === unit && place.around === undefined) {
      found.push(leavesOf(place.chosen));
      if (found.length === limit) least = place.product * (1 - tolerance);
      place = places.pop();
      continue;
    }
    if (place.node === unit) {
      place = search.outward(place);
      continue;
    }
    const lacking = search.lacking(place);
    const holding = search.holding(place);
    // The better one is gone on with at once; of equal ones that which is nearer to its end.
    const [next, other]: readonly [Place, Place] = holding.rank >= lacking.rank ? [holding, lacking] : [lacking, holding];
    if (other.bound > least) places.push(other);
    place = places.exchanged(next);
  }
  return found;
}

/** The steps of a search. */
class Search {
  private readonly best: ReadonlyMap<number, NodeValues<number>>;
  private turns = 0;

  constructor(
    private readonly modules: ReadonlyMap<number, ModuleFamily>,
    private readonly unavailability: (leaf: number) => number,
  ) {
    this.best = bestOf(modules, unavailability);
  }

  start(module: number): Place {
    return this.place(1, module, this.rootOf(module), undefined, undefined);
  }

  /** From the end of a module on into what is around it. */
  outward({ product, chosen, around }: Place): Place {
    return around === undefined
      ? this.place(0, 0, none, chosen, undefined)
      : this.place(product, around.module, around.node, chosen, around.next);
  }

  /** On without the variable of the node. */
  lacking({ product, module, node, chosen, around }: Place): Place {
    const without = this.modules.get(module)?.families.without(node) ?? none;
    return this.place(product, module, without, chosen, around);
  }

  /** On with the variable of the node: a leaf, or whatever set of a module. */
  holding({ product, module, node, chosen, around }: Place): Place {
    const family = this.modules.get(module);
    const variable = family?.variables[family.families.level(node)];
    if (family === undefined || variable === undefined) return this.place(0, module, none, chosen, around);
    const inner = family.families.with(node);
    if (variable.kind === 'leaf') {
      const leaf = variable.id;
      return this.place(product * this.unavailability(leaf), module, inner, { leaf, before: chosen }, around);
    }
    const after = { module, node: inner, best: this.bestAt(module, inner) * (around?.best ?? 1), next: around };
    return this.place(product, variable.id, this.rootOf(variable.id), chosen, after);
  }

  private place(product: number, module: number, node: number, chosen: Chosen | undefined, around: Around | undefined): Place {
    const bound = product * this.bestAt(module, node) * (around?.best ?? 1);
    const rank = Math.round(Math.log(bound) * 1e10);
    return { bound, rank, product, module, node, chosen, around, turn: this.turns++ };
  }

  private bestAt(module: number, node: number): number {
    return this.best.get(module)?.[node] ?? 0;
  }

  private rootOf(module: number): number {
    return this.modules.get(module)?.root ?? none;
  }
}

/** For each module and node, the largest product of its sets. */
function bestOf(
  modules: ReadonlyMap<number, ModuleFamily>,
  unavailability: (leaf: number) => number,
): ReadonlyMap<number, NodeValues<number>> {
  const best = new Map<number, NodeValues<number>>();
  for (const [id, module] of modules) {
    const combine = (level: number, lacking: number, holding: number): number => {
      const variable = module.variables[level];
      if (variable === undefined) return lacking;
      const own =
        variable.kind === 'leaf'
          ? unavailability(variable.id)
          : (best.get(variable.id)?.[modules.get(variable.id)?.root ?? none] ?? 0);
      return Math.max(lacking, own * holding);
    };
    best.set(id, fold(module, 0, 1, combine));
  }
  return best;
}

function leavesOf(chosen: Chosen | undefined): number[] {
  const leaves: number[] = [];
  for (let each = chosen; each !== undefined; each = each.before) leaves.push(each.leaf);
  return leaves;
}

/** The place with the largest bound first; of equal ones the last to come: it is nearest to its end, and there may be millions. */
class Heap {
  private readonly places: Place[] = [];

  push(entry: Place): void {
    const { places } = this;
    let at = places.length;
    places.push(entry);
    while (at > 0) {
      const above = (at - 1) >> 1;
      const parent = places[above];
      if (parent === undefined || !before(entry, parent)) break;
      places[at] = parent;
      at = above;
    }
    places[at] = entry;
  }

  pop(): Place | undefined {
    const { places } = this;
    const first = places[0];
    const last = places.pop();
    if (first === undefined || last === undefined) return undefined;
    if (places.length > 0) this.sink(last);
    return first;
  }

  /** The first of the heap and the place; the other one stays. */
  exchanged(place: Place): Place {
    const first = this.places[0];
    if (first === undefined || before(place, first)) return place;
    this.sink(place);
    return first;
  }

  /** Puts a place where the first one was. */
  private sink(place: Place): void {
    const { places } = this;
    let at = 0;
    for (;;) {
      const left = places[2 * at + 1];
      const right = places[2 * at + 2];
      const smaller = right !== undefined && left !== undefined && before(right, left) ? right : left;
      if (smaller === undefined || !before(smaller, place)) break;
      places[at] = smaller;
      at = smaller === left ? 2 * at + 1 : 2 * at + 2;
    }
    places[at] = place;
  }
}

function before(a: Place, b: Place): boolean {
  return a.rank > b.rank || (a.rank === b.rank && a.turn > b.turn);
}
