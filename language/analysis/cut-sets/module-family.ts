/** The cut sets of one module of a formula. */
import { none, type SetFamilies, unit } from './set-families.js';

/** At each level stands a leaf, or the module with that number. */
export interface ModuleFamily {
  readonly families: SetFamilies;
  readonly root: number;
  readonly variables: readonly { readonly kind: 'leaf' | 'module'; readonly id: number }[];
}

/**
 * A value of the root from those of the constants, each node once, inner ones first; `values` keeps those of all nodes for who wants
 * them. `combine` gets the level of a node and the values of the sets without and with its variable.
 */
export function fold<V>(
  { families, root }: ModuleFamily,
  ofNone: V,
  ofUnit: V,
  combine: (level: number, lacking: V, holding: V) => V,
  values = new Map<number, V>(),
): V {
  values.set(none, ofNone);
  values.set(unit, ofUnit);
  const nodes: number[] = [];
  const seen = new Set([none, unit]);
  const work = [root];
  for (let node = work.pop(); node !== undefined; node = work.pop()) {
    if (seen.has(node)) continue;
    seen.add(node);
    nodes.push(node);
    work.push(families.without(node), families.with(node));
  }
  // A node was made after what it leads to.
  for (const node of nodes.sort((a, b) => a - b)) {
    const lacking = values.get(families.without(node)) ?? ofNone;
    const holding = values.get(families.with(node)) ?? ofNone;
    values.set(node, combine(families.level(node), lacking, holding));
  }
  return values.get(root) ?? ofNone;
}
