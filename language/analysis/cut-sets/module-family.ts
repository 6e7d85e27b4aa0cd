/** The cut sets of one module of a formula. */
import { none, type SetFamilies, unit } from './set-families.js';

/** At each level stands a leaf, or the module with that number. */
export interface ModuleFamily {
  readonly families: SetFamilies;
  readonly root: number;
  readonly variables: readonly { readonly kind: 'leaf' | 'module'; readonly id: number }[];
}

/** Values of the nodes of a family, by their numbers; undefined for those that its root does not lead to. */
export type NodeValues<V> = readonly (V | undefined)[];

/**
 * Values of all nodes that the root leads to, from those of the constants, inner ones first. `combine` gets the level of a node and the
 * values of the sets without and with its variable.
 */
export function fold<V>(
  { families, root }: Pick<ModuleFamily, 'families' | 'root'>,
  ofNone: V,
  ofUnit: V,
  combine: (level: number, lacking: V, holding: V) => V,
): NodeValues<V> {
  const values = new Array<V | undefined>(Math.max(root, unit) + 1);
  values[none] = ofNone;
  values[unit] = ofUnit;
  // A node was made after what it leads to.
  const reached = new Uint8Array(root + 1);
  reached[root] = 1;
  for (let node = root; node > unit; node--) {
    if (reached[node] === 0) continue;
    reached[families.without(node)] = 1;
    reached[families.with(node)] = 1;
  }
  for (let node = unit + 1; node <= root; node++) {
    if (reached[node] === 0) continue;
    const lacking = values[families.without(node)] ?? ofNone;
    const holding = values[families.with(node)] ?? ofNone;
    values[node] = combine(families.level(node), lacking, holding);
  }
  return values;
}
