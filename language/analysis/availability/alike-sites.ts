/**
 * Which shared events a module reads alike: zones of one region that hold as many instances, equally reliable, count only by how many of
 * them are up. Two are alike where exchanging them, with what stands on them, leaves the module as it is; the exchange is constructed
 * and then checked gate by gate, so that whatever is called alike is.
 */
import type { Network } from '../structure/network.js';

/** The inside of a module: its gates, inputs before outputs, and how likely its leaves are down. */
export interface ModuleInside {
  readonly network: Pick<Network, 'gate'>;
  readonly postorder: readonly number[];
  readonly unavailability: (leaf: number) => number;
  /** The crews that a leaf waits for; leaves of different crews are not alike. */
  readonly crewOf: (leaf: number) => object | undefined;
}

/** For each of the shared leaves a label that those have in common which the module reads alike, among leaves of one group. */
export function alikeLabels(inside: ModuleInside, groups: readonly (readonly number[])[]): ReadonlyMap<number, number> {
  const readers = readersOf(inside);
  const labels = new Map<number, number>();
  for (const group of groups) {
    const kinds: number[] = [];
    for (const leaf of group) {
      const kind = kinds.find((other) => exchangeable(inside, readers, leaf, other));
      if (kind === undefined) kinds.push(leaf);
      labels.set(leaf, kind ?? leaf);
    }
  }
  return labels;
}

function readersOf({ network, postorder }: ModuleInside): ReadonlyMap<number, readonly number[]> {
  const readers = new Map<number, number[]>();
  for (const gate of postorder) {
    for (const input of network.gate(gate).inputs) {
      const list = readers.get(input);
      if (list === undefined) readers.set(input, [gate]);
      else list.push(gate);
    }
  }
  return readers;
}

/** Whether exchanging two leaves, everything that stands on them alone included, leaves the module as it is. */
function exchangeable(
  inside: ModuleInside,
  readers: ReadonlyMap<number, readonly number[]>,
  first: number,
  second: number,
): boolean {
  const { network } = inside;
  const partner = new Map<number, number>();
  const work: (readonly [number, number])[] = [[first, second]];
  // What one has and the other has not is exchanged as well, in order: what stands on a zone is written zone by zone.
  const pair = (some: readonly number[], others: readonly number[]): boolean => {
    const [left, right] = [some.filter((each) => !others.includes(each)), others.filter((each) => !some.includes(each))];
    left.forEach((each, index) => {
      const other = right[index];
      if (other !== undefined && !partner.has(each)) work.push([each, other]);
    });
    return left.length === right.length;
  };
  for (let next = work.pop(); next !== undefined; next = work.pop()) {
    const [a, b] = next;
    if (a === b || partner.get(a) === b) continue;
    if (partner.has(a) || partner.has(b)) return false;
    partner.set(a, b);
    partner.set(b, a);
    if (!pair(network.gate(a).inputs, network.gate(b).inputs) || !pair(readers.get(a) ?? [], readers.get(b) ?? [])) return false;
  }
  return keeps(inside, readers, partner);
}

/** Whether an exchange maps every gate onto one of the same kind, with the exchanged inputs. */
function keeps(
  { network, unavailability, crewOf }: ModuleInside,
  readers: ReadonlyMap<number, readonly number[]>,
  partner: ReadonlyMap<number, number>,
): boolean {
  const touched = new Set([...partner.keys()].flatMap((gate) => [gate, ...(readers.get(gate) ?? [])]));
  for (const gate of touched) {
    const image = partner.get(gate) ?? gate;
    const [own, other] = [network.gate(gate), network.gate(image)];
    if (own.need !== other.need || own.inputs.length !== other.inputs.length) return false;
    if (own.inputs.length === 0 && (unavailability(gate) !== unavailability(image) || crewOf(gate) !== crewOf(image)))
      return false;
    const wanted = own.inputs.map((input) => partner.get(input) ?? input).sort((a, b) => a - b);
    const found = [...other.inputs].sort((a, b) => a - b);
    if (wanted.some((input, index) => input !== found[index])) return false;
  }
  return true;
}
