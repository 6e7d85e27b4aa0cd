/**
 * A monotone Boolean network of threshold gates, evaluated as its greatest fixed point.
 *
 * A gate is up while at least `need` of its inputs are; a leaf (no inputs, need 0) is up until it is switched off. Everything starts up
 * and falls are propagated along reverse edges, each edge at most once, so that cycles cost nothing and never hang. Falls are undone
 * after each question: asking costs what falls, not what there is.
 */

/** What fell when some leaves were switched off: each fallen gate with the input that took it below its threshold (-1: switched off itself). */
export type Fall = ReadonlyMap<number, number>;

export class Network {
  private readonly needs: number[] = [];
  private readonly inputs: (readonly number[])[] = [];
  private offsets = new Int32Array(0);
  private outputs = new Int32Array(0);
  private slack = new Int32Array(0);
  private down = new Uint8Array(0);
  private causes = new Int32Array(0);
  private work = new Int32Array(0);
  private count = 0;
  private initial: Fall = new Map();
  private stepCount = 0;

  /** Number of gates. */
  get size(): number {
    return this.needs.length;
  }

  /** Edges followed since the network was sealed: the measure of work that tests hold to be linear. */
  get steps(): number {
    return this.stepCount;
  }

  /** What is down with nothing switched off, because a threshold asks for more than there is. */
  get baseline(): Fall {
    return this.initial;
  }

  /** A new gate without inputs: a leaf until {@link define} says otherwise. */
  add(): number {
    this.needs.push(0);
    this.inputs.push([]);
    return this.needs.length - 1;
  }

  /** Makes `gate` up while at least `need` of `inputs` are up. The same input may count more than once. */
  define(gate: number, need: number, inputs: readonly number[]): void {
    this.needs[gate] = need;
    this.inputs[gate] = inputs;
  }

  /** A gate that is up while at least `need` of `inputs` are. */
  threshold(need: number, inputs: readonly number[]): number {
    const gate = this.add();
    this.define(gate, need, inputs);
    return gate;
  }

  /** The conjunction; a single input stands for itself. */
  all(inputs: readonly number[]): number {
    const only = inputs[0];
    return inputs.length === 1 && only !== undefined ? only : this.threshold(inputs.length, inputs);
  }

  /** Inputs of a gate, and how many of them it needs. */
  gate(id: number): { readonly need: number; readonly inputs: readonly number[] } {
    return { need: this.needs[id] ?? 0, inputs: this.inputs[id] ?? [] };
  }

  /** Ends construction: builds the reverse edges and lets fall what cannot stand. */
  seal(): void {
    const size = this.size;
    this.offsets = new Int32Array(size + 1);
    for (const list of this.inputs) for (const input of list) this.offsets[input + 1] = (this.offsets[input + 1] ?? 0) + 1;
    for (let index = 0; index < size; index++)
      this.offsets[index + 1] = (this.offsets[index + 1] ?? 0) + (this.offsets[index] ?? 0);
    const cursor = this.offsets.slice();
    this.outputs = new Int32Array(this.offsets[size] ?? 0);
    this.inputs.forEach((list, gate) => {
      for (const input of list) {
        const at = cursor[input] ?? 0;
        this.outputs[at] = gate;
        cursor[input] = at + 1;
      }
    });
    this.slack = Int32Array.from(this.needs, (need, gate) => (this.inputs[gate]?.length ?? 0) - need);
    this.down = new Uint8Array(size);
    this.causes = new Int32Array(size);
    this.work = new Int32Array(size);
    const impossible: number[] = [];
    for (let gate = 0; gate < size; gate++) if ((this.slack[gate] ?? 0) < 0) impossible.push(gate);
    this.initial = this.propagate(impossible, size);
  }

  /**
   * What falls, over the baseline, when `off` are switched off.
   * `limit`: gates with this number and above are left out; they must not feed gates below it.
   */
  fall(off: Iterable<number>, limit: number = this.size): Fall {
    const result = this.propagate(off, limit);
    this.undo(limit);
    return result;
  }

  /** The gates that fall, without their causes, as a list that the next question overwrites: for asking thousands of times. */
  fallen(off: Iterable<number>, limit: number = this.size): Int32Array {
    const count = this.spread(off, limit);
    this.undo(limit);
    return this.work.subarray(0, count);
  }

  private propagate(off: Iterable<number>, limit: number): Fall {
    const count = this.spread(off, limit);
    const result = new Map<number, number>();
    for (let at = 0; at < count; at++) {
      const gate = this.work[at] ?? 0;
      result.set(gate, this.causes[gate] ?? -1);
    }
    return result;
  }

  /** Lets everything fall that cannot stand, in `work`; returns how many did. */
  private spread(off: Iterable<number>, limit: number): number {
    const { work, causes, down, slack, offsets, outputs } = this;
    let count = 0;
    for (const gate of off) {
      if (down[gate] !== 0) continue;
      down[gate] = 1;
      causes[gate] = -1;
      work[count++] = gate;
    }
    for (let next = 0; next < count; next++) {
      const gate = work[next] ?? 0;
      const end = offsets[gate + 1] ?? 0;
      for (let at = offsets[gate] ?? 0; at < end; at++) {
        this.stepCount++;
        const output = outputs[at] ?? 0;
        if (output >= limit) continue;
        const left = (slack[output] ?? 0) - 1;
        slack[output] = left;
        if (left >= 0 || down[output] !== 0) continue;
        down[output] = 1;
        causes[output] = gate;
        work[count++] = output;
      }
    }
    this.count = count;
    return count;
  }

  private undo(limit: number): void {
    const { work, down, slack, offsets, outputs } = this;
    for (let next = 0; next < this.count; next++) {
      const gate = work[next] ?? 0;
      down[gate] = 0;
      const end = offsets[gate + 1] ?? 0;
      for (let at = offsets[gate] ?? 0; at < end; at++) {
        const output = outputs[at] ?? 0;
        if (output < limit) slack[output] = (slack[output] ?? 0) + 1;
      }
    }
  }
}
