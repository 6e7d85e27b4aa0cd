/** Random networks of thresholds, cycles among them, and the definition of what falls in them: what tests by brute force share. */
import fc from 'fast-check';
import { Network } from '../../../language/analysis/structure/network.js';

export interface Shape {
  readonly leaves: readonly number[];
  /** Leaves before this one are shared events; the first of them takes the others down. */
  readonly shared: number;
  readonly gates: readonly { readonly inputs: readonly number[]; readonly need: number }[];
}

export const shapes: fc.Arbitrary<Shape> = fc
  .record({
    leaves: fc.array(fc.double({ min: 0, max: 0.6, noNaN: true }), { minLength: 2, maxLength: 7 }),
    shared: fc.integer({ min: 0, max: 3 }),
    gates: fc.array(
      fc.record({ inputs: fc.array(fc.nat(30), { minLength: 1, maxLength: 4 }), need: fc.integer({ min: 1, max: 4 }) }),
      { minLength: 1, maxLength: 7 },
    ),
  })
  .map((raw) => ({ ...raw, shared: Math.min(raw.shared, raw.leaves.length) }));

/** Gates may read any gate, later ones too: cycles are part of the language. */
export function networkOf(shape: Shape): {
  readonly network: Network;
  readonly leaves: readonly number[];
  readonly gates: readonly number[];
} {
  const network = new Network();
  const leaves = shape.leaves.map(() => network.add());
  const gates = shape.gates.map(() => network.add());
  const all = [...leaves, ...gates];
  shape.gates.forEach((gate, index) => {
    const inputs = [...new Set(gate.inputs.map((input) => all[input % all.length] ?? 0))];
    network.define(gates[index] ?? 0, Math.min(gate.need, inputs.length), inputs);
  });
  network.seal();
  return { network, leaves, gates };
}

/** The definition itself: start with everything up and sweep until nothing changes. */
export function fallsBySweeping(network: Network, off: readonly number[]): ReadonlySet<number> {
  const down = new Set(off);
  for (let changed = true; changed; ) {
    changed = false;
    for (let gate = 0; gate < network.size; gate++) {
      const { need, inputs } = network.gate(gate);
      if (!down.has(gate) && inputs.filter((input) => !down.has(input)).length < need) {
        down.add(gate);
        changed = true;
      }
    }
  }
  return down;
}
