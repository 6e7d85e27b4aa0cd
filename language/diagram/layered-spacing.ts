/** Things in a row that keep their order and their distances: as near to where they want to be as that allows. */

export interface Spaced {
  readonly wanted: number;
  readonly weight: number;
  /** From this one to the next at least. */
  readonly distance: number;
}

/** The same things, asked again and again for other wishes: their weights, and how far each stands from the first at least. */
export interface SpacedRow {
  readonly weights: Float64Array;
  readonly offsets: Float64Array;
}

export function spacedRow(row: readonly Omit<Spaced, 'wanted'>[]): SpacedRow {
  const offsets = new Float64Array(row.length);
  for (let at = 1; at < row.length; at += 1) offsets[at] = (offsets[at - 1] ?? 0) + (row[at - 1]?.distance ?? 0);
  return { weights: Float64Array.from(row, ({ weight }) => weight), offsets };
}

/** The positions of a row of which each thing is asked once. */
export function spaced(row: readonly Spaced[], least: number, most: number): readonly number[] {
  const positions = Float64Array.from(row, ({ wanted }) => wanted);
  spaceOut(positions, spacedRow(row), least, most);
  return [...positions];
}

/**
 * Puts the positions with the least weighted sum of squared distances from what is wanted in its place, by pooling neighbours that violate
 * the order (the pool adjacent violators algorithm of isotonic regression), all of them between `least` and `most` where there is room.
 */
export function spaceOut(wanted: Float64Array, { weights, offsets }: SpacedRow, least: number, most: number): void {
  // Neighbours that would come too near to each other are a pool: its first one stands at its sum by its weight.
  const sums = new Float64Array(wanted.length);
  const shared = new Float64Array(wanted.length);
  const first = new Int32Array(wanted.length);
  let pools = 0;
  for (let at = 0; at < wanted.length; at += 1) {
    const weight = weights[at] ?? 1;
    sums[pools] = ((wanted[at] ?? 0) - (offsets[at] ?? 0)) * weight;
    shared[pools] = weight;
    first[pools] = at;
    pools += 1;
    while (pools > 1) {
      const [before, last] = [pools - 2, pools - 1];
      if ((sums[before] ?? 0) / (shared[before] ?? 1) <= (sums[last] ?? 0) / (shared[last] ?? 1)) break;
      sums[before] = (sums[before] ?? 0) + (sums[last] ?? 0);
      shared[before] = (shared[before] ?? 0) + (shared[last] ?? 0);
      pools -= 1;
    }
  }
  const span = offsets.at(-1) ?? 0;
  for (let pool = 0; pool < pools; pool += 1) {
    const left = Math.max(least, Math.min(most - span, (sums[pool] ?? 0) / (shared[pool] ?? 1)));
    const end = pool + 1 < pools ? (first[pool + 1] ?? 0) : wanted.length;
    for (let at = first[pool] ?? 0; at < end; at += 1) wanted[at] = left + (offsets[at] ?? 0);
  }
}
