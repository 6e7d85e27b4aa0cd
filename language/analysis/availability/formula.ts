/**
 * The structure function of a gate in two parts: a series of atoms that it cannot do without, and a formula for the rest.
 *
 * In most systems the series is nearly everything, and a product needs no diagram. What remains has a choice in it (`any of`,
 * quorums over shared parts); local rules make it small before a decision diagram is built of it.
 */
import type { Network } from '../structure/network.js';
import { strongComponents } from '../structure/strong-components.js';
import { FormulaBuilder, type FormulaNode, flattened, type Part } from './formula-builder.js';

/** Thresholds over atoms, inputs before outputs, without circles. */
export interface Formula {
  readonly nodes: readonly FormulaNode[];
  readonly top: number;
}

/**
 * - `whole`: the subject is up while all of the series and the formula are. No atom of the series is in the formula.
 * - `impossible`: the subject is down whatever its atoms do.
 * - `unreduced`: a circle of choices is too large to unroll; the series is needed all the same.
 */
export type Reduced =
  | { readonly kind: 'whole'; readonly series: readonly number[]; readonly formula: Formula | undefined }
  | { readonly kind: 'impossible' }
  | { readonly kind: 'unreduced'; readonly series: readonly number[] };

type Gates = Pick<Network, 'gate'>;
type IsAtom = (gate: number) => boolean;

/** What a gate cannot do without: everything that conjunctions lead to. A circle of conjunctions is up while all that leads in is. */
export interface Conjuncts {
  readonly atoms: readonly number[];
  /** Gates with a choice among their inputs. */
  readonly choices: readonly number[];
  /** All gates on the way: while the subject is up, so are they. */
  readonly certain: ReadonlySet<number>;
}

export function conjunctsOf(network: Gates, gate: number, isAtom: IsAtom): Conjuncts {
  const certain = new Set([gate]);
  const atoms: number[] = [];
  const choices: number[] = [];
  for (const each of certain) {
    if (isAtom(each)) {
      atoms.push(each);
      continue;
    }
    const { need, inputs } = network.gate(each);
    if (need <= 0) continue;
    if (need !== inputs.length) choices.push(each);
    else for (const input of inputs) certain.add(input);
  }
  return { atoms, choices, certain };
}

/** Reduces what conjunctions lead to, with the choices among it. */
export function reduce(network: Gates, conjuncts: Conjuncts, isAtom: IsAtom): Reduced {
  const series = new Set(conjuncts.atoms);
  if (conjuncts.choices.length === 0) return { kind: 'whole', series: conjuncts.atoms, formula: undefined };
  const builder = new FormulaBuilder();
  const choices = new ChoiceCompiler(network, isAtom, conjuncts.certain, builder).compile(conjuncts.choices);
  if (choices === undefined) return { kind: 'unreduced', series: conjuncts.atoms };
  let nodes: readonly FormulaNode[] = builder.nodes;
  let top = builder.threshold(choices.length, choices);
  // What is certain settles choices, and of a choice with one way left that way is certain.
  for (let freed = 1; freed > 0 && typeof top === 'number'; ) {
    const { required, way } = requiredBy(nodes, top);
    const atoms = required.filter((id) => nodes[id]?.need === 0);
    for (const id of atoms) series.add(nodes[id]?.atom ?? -1);
    freed = atoms.length;
    const next = new FormulaBuilder();
    const left = next.under(nodes.slice(0, top + 1), new Set(required), way);
    nodes = next.nodes;
    top = next.threshold(left.length, left);
  }
  if (top === 'never') return { kind: 'impossible' };
  return { kind: 'whole', series: [...series], formula: top === 'always' ? undefined : flattened(nodes, top) };
}

/** The atoms and choices without which `top` is down, and the conjunctions on the way to them. */
function requiredBy(
  nodes: readonly FormulaNode[],
  top: number,
): { readonly required: readonly number[]; readonly way: ReadonlySet<number> } {
  const way = new Set([top]);
  const required: number[] = [];
  for (const id of way) {
    const node = nodes[id];
    if (node === undefined) continue;
    if (node.need > 0 && node.need === node.inputs.length) for (const input of node.inputs) way.add(input);
    else required.push(id);
  }
  return { required, way };
}

/** Circles with a choice in them are unrolled as often as they have members; past this many members the formula would be too large. */
const mostInCircle = 100;

/** Compiles choices, everything certain being up. */
class ChoiceCompiler {
  private readonly built = new Map<number, Part>();

  constructor(
    private readonly network: Gates,
    private readonly isAtom: IsAtom,
    private readonly certain: ReadonlySet<number>,
    private readonly builder: FormulaBuilder,
  ) {}

  /** The parts of the choices; undefined where a circle is too large. */
  compile(choices: readonly number[]): readonly Part[] | undefined {
    // A choice is certain for everybody else, and is what it is for the top: its inputs are entered, itself is not.
    const parts: Part[] = [];
    for (const choice of choices) {
      const { need, inputs } = this.network.gate(choice);
      for (const members of strongComponents(
        inputs,
        (gate) => this.below(gate),
        (gate) => this.built.has(gate),
      )) {
        const [only] = members;
        if (members.length === 1 && only !== undefined && !this.below(only).includes(only))
          this.built.set(only, this.combine(only));
        else if (!this.closeCircle(members)) return undefined;
      }
      parts.push(this.builder.threshold(need, this.partsOf(inputs)));
    }
    return parts;
  }

  private below(gate: number): readonly number[] {
    return this.certain.has(gate) || this.isAtom(gate) ? [] : this.network.gate(gate).inputs;
  }

  /**
   * The greatest fixed point of a circle. One of conjunctions alone is the conjunction of all that leads into it. Any other is
   * unrolled from "all up": each round can only take members down, so that as many rounds as members are enough.
   */
  private closeCircle(members: readonly number[]): boolean {
    const inside = new Set(members);
    if (members.every((member) => this.isConjunction(member))) {
      const inputs = members.flatMap((member) => this.network.gate(member).inputs.filter((input) => !inside.has(input)));
      const part = this.builder.threshold(inputs.length, this.partsOf(inputs));
      for (const member of members) this.built.set(member, part);
      return true;
    }
    if (members.length > mostInCircle) return false;
    for (const member of members) this.built.set(member, 'always');
    for (let round = 0; round < members.length; round++) {
      const next = members.map((member) => this.combine(member));
      const same = members.every((member, index) => this.built.get(member) === next[index]);
      members.forEach((member, index) => {
        this.built.set(member, next[index] ?? 'always');
      });
      if (same) break;
    }
    return true;
  }

  private isConjunction(gate: number): boolean {
    const { need, inputs } = this.network.gate(gate);
    return need === inputs.length;
  }

  private combine(gate: number): Part {
    if (this.certain.has(gate)) return 'always';
    if (this.isAtom(gate)) return this.builder.atom(gate);
    const { need, inputs } = this.network.gate(gate);
    return this.builder.threshold(need, this.partsOf(inputs));
  }

  private partsOf(inputs: readonly number[]): readonly Part[] {
    return inputs.map((input) => this.built.get(input) ?? 'always');
  }
}
