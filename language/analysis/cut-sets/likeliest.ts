/** The likeliest sets of nested families, best first: what is looked at is what is answered, not what there is. */
import { fold, type ModuleFamily } from './module-family.js';
import { none, unit } from './set-families.js';

/** Where a search stands: in a node, with what was chosen, and with what is still to be gone through of the modules around. */
interface Place {
  /** The most that a set from here can have: a product of unavailabilities. */
  readonly bound: number;
  readonly product: number;
  readonly module: number;
  readonly node: number;
  readonly chosen: Chosen | undefined;
  readonly around: Around | undefined;
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

/**
 * The `limit` sets of module `top` with the largest product, largest first. Sets whose product is 0 are left out. Inner modules have
 * to stand before the modules that read them in the order of `modules`.
 */
export function likeliest(
  top: number,
  limit: number,
  modules: ReadonlyMap<number, ModuleFamily>,
  unavailability: (leaf: number) => number,
): readonly (readonly number[])[] {
  const best = bestOf(modules, unavailability);
  const bestAt = (module: number, node: number): number => best.get(module)?.get(node) ?? 0;
  const places = new Heap();
  const found: number[][] = [];
  const enter = (place: Omit<Place, 'bound'>): void => {
    const bound = place.product * bestAt(place.module, place.node) * (place.around?.best ?? 1);
    if (bound > 0) places.push({ ...place, bound });
  };
  enter({ product: 1, module: top, node: modules.get(top)?.root ?? none, chosen: undefined, around: undefined });
  for (let place = places.pop(); place !== undefined && found.length < limit; place = places.pop()) {
    const { product, module, node, chosen, around } = place;
    if (node === unit) {
      if (around === undefined) found.push(leavesOf(chosen));
      else enter({ product, module: around.module, node: around.node, chosen, around: around.next });
      continue;
    }
    const family = modules.get(module);
    if (family === undefined) continue;
    const { families, variables } = family;
    enter({ product, module, node: families.without(node), chosen, around });
    const variable = variables[families.level(node)];
    const holding = families.with(node);
    if (variable?.kind === 'leaf') {
      const leaf = variable.id;
      enter({ product: product * unavailability(leaf), module, node: holding, chosen: { leaf, before: chosen }, around });
    } else if (variable !== undefined) {
      const after = { module, node: holding, best: bestAt(module, holding) * (around?.best ?? 1), next: around };
      enter({ product, module: variable.id, node: modules.get(variable.id)?.root ?? none, chosen, around: after });
    }
  }
  return found;
}

/** For each module and node, the largest product of its sets. */
function bestOf(
  modules: ReadonlyMap<number, ModuleFamily>,
  unavailability: (leaf: number) => number,
): ReadonlyMap<number, ReadonlyMap<number, number>> {
  const best = new Map<number, ReadonlyMap<number, number>>();
  for (const [id, module] of modules) {
    const values = new Map<number, number>();
    const combine = (level: number, lacking: number, holding: number): number => {
      const variable = module.variables[level];
      if (variable === undefined) return lacking;
      const own =
        variable.kind === 'leaf'
          ? unavailability(variable.id)
          : (best.get(variable.id)?.get(modules.get(variable.id)?.root ?? none) ?? 0);
      return Math.max(lacking, own * holding);
    };
    fold(module, 0, 1, combine, values);
    best.set(id, values);
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
  private readonly places: { readonly place: Place; readonly turn: number }[] = [];
  private turns = 0;

  push(place: Place): void {
    const { places } = this;
    let at = places.length;
    const entry = { place, turn: this.turns++ };
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
    if (places.length === 0) return first.place;
    let at = 0;
    for (;;) {
      const left = places[2 * at + 1];
      const right = places[2 * at + 2];
      const smaller = right !== undefined && left !== undefined && before(right, left) ? right : left;
      if (smaller === undefined || !before(smaller, last)) break;
      places[at] = smaller;
      at = smaller === left ? 2 * at + 1 : 2 * at + 2;
    }
    places[at] = last;
    return first.place;
  }
}

function before(
  a: { readonly place: Place; readonly turn: number },
  b: { readonly place: Place; readonly turn: number },
): boolean {
  return a.place.bound > b.place.bound || (a.place.bound === b.place.bound && a.turn > b.turn);
}
