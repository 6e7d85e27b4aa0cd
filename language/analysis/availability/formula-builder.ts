/** Builds the nodes of a formula: equal ones once, constants nowhere, every threshold in its smallest form. */

/** A node is up while at least `need` of its inputs are; an atom has none, and stands for a gate of the network. */
export interface FormulaNode {
  readonly need: number;
  readonly inputs: readonly number[];
  /** The gate an atom stands for; -1 for a threshold. */
  readonly atom: number;
}

/** A node by its number, or what it has turned into. */
export type Part = number | 'always' | 'never';

export class FormulaBuilder {
  readonly nodes: FormulaNode[] = [];
  private readonly known = new Map<string, number>();

  atom(gate: number): number {
    return this.add({ need: 0, inputs: [], atom: gate }, `atom ${gate}`);
  }

  /** At least `need` of the parts. */
  threshold(need: number, parts: readonly Part[]): Part {
    const open = parts.filter((part) => typeof part === 'number');
    const left = need - parts.filter((part) => part === 'always').length;
    if (left <= 0) return 'always';
    if (left > open.length) return 'never';
    // The same input twice is one for "all" and for "any"; elsewhere it counts twice.
    const distinct = left === open.length || left === 1 ? [...new Set(open)] : open;
    const [only] = distinct;
    if (distinct.length === 1 && only !== undefined) return only;
    const wanted = left === open.length ? distinct.length : left;
    const key = `${wanted} ${[...distinct].sort((a, b) => a - b).join(' ')}`;
    return this.add({ need: wanted, inputs: distinct, atom: -1 }, key);
  }

  /**
   * Takes nodes over, those on the `way` being up wherever they are an input; returns what became of the `required` choices
   * themselves. Both sets hold numbers of `nodes`.
   */
  under(nodes: readonly FormulaNode[], required: ReadonlySet<number>, way: ReadonlySet<number>): readonly Part[] {
    const became = new Map<number, Part>();
    const tops: Part[] = [];
    nodes.forEach((node, id) => {
      if (node.need === 0) {
        became.set(id, way.has(id) ? 'always' : this.atom(node.atom));
        return;
      }
      const made = this.threshold(
        node.need,
        node.inputs.map((input) => became.get(input) ?? 'always'),
      );
      if (required.has(id)) tops.push(made);
      became.set(id, way.has(id) ? 'always' : made);
    });
    return tops;
  }

  private add(node: FormulaNode, key: string): number {
    const known = this.known.get(key);
    if (known !== undefined) return known;
    this.known.set(key, this.nodes.length);
    this.nodes.push(node);
    return this.nodes.length - 1;
  }
}

/** What is below `top`, inputs before outputs, a conjunction in a conjunction and a choice of one in a choice of one merged where nobody else reads the inner one. */
export function flattened(
  nodes: readonly FormulaNode[],
  top: number,
): { readonly nodes: readonly FormulaNode[]; readonly top: number } {
  const readers = new Int32Array(nodes.length);
  const used = new Uint8Array(nodes.length);
  used[top] = 1;
  for (let id = top; id >= 0; id--) {
    if (used[id] === 0) continue;
    for (const input of nodes[id]?.inputs ?? []) {
      used[input] = 1;
      readers[input] = (readers[input] ?? 0) + 1;
    }
  }
  const builder = new FormulaBuilder();
  const became: Part[] = [];
  const merged: (readonly Part[])[] = [];
  for (let id = 0; id <= top; id++) {
    const node = nodes[id];
    if (node === undefined || used[id] === 0) {
      became.push('always');
      merged.push([]);
      continue;
    }
    if (node.need === 0) {
      became.push(builder.atom(node.atom));
      merged.push([]);
      continue;
    }
    const parts = node.inputs.flatMap((input): readonly Part[] => {
      const inner = nodes[input];
      const swallowed = inner !== undefined && readers[input] === 1 && kindOf(inner) === kindOf(node) && kindOf(node) !== 'some';
      return swallowed ? (merged[input] ?? []) : [became[input] ?? 'always'];
    });
    merged.push(parts);
    became.push(builder.threshold(kindOf(node) === 'all' ? parts.length : node.need, parts));
  }
  const result = became[top];
  return typeof result === 'number' ? prune(builder.nodes, result) : { nodes, top };
}

function kindOf({ need, inputs }: FormulaNode): 'atom' | 'all' | 'any' | 'some' {
  if (need === 0) return 'atom';
  if (need === inputs.length) return 'all';
  return need === 1 ? 'any' : 'some';
}

/** Leaves out what the top does not read: the nodes that were swallowed. */
function prune(nodes: readonly FormulaNode[], top: number): { readonly nodes: readonly FormulaNode[]; readonly top: number } {
  const used = new Uint8Array(top + 1);
  used[top] = 1;
  for (let id = top; id >= 0; id--) if (used[id] === 1) for (const input of nodes[id]?.inputs ?? []) used[input] = 1;
  const place = new Int32Array(top + 1);
  const kept: FormulaNode[] = [];
  for (let id = 0; id <= top; id++) {
    const node = nodes[id];
    if (node === undefined || used[id] === 0) continue;
    place[id] = kept.length;
    kept.push({ ...node, inputs: node.inputs.map((input) => place[input] ?? 0) });
  }
  return { nodes: kept, top: kept.length - 1 };
}
