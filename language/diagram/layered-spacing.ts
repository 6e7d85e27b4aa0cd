/** Things in a row that keep their order and their distances: as near to where they want to be as that allows. */

export interface Spaced {
  readonly wanted: number;
  readonly weight: number;
  /** From this one to the next at least. */
  readonly distance: number;
}

/** Neighbours that would come too near to each other, and what they share: their first one stands at `sum / weight`. */
interface Pool {
  sum: number;
  weight: number;
  readonly from: number;
  to: number;
}

/**
 * The positions with the least weighted sum of squared distances from what is wanted, by pooling neighbours that violate the order
 * (the pool adjacent violators algorithm of isotonic regression), all of them between `least` and `most` where there is room.
 */
export function spaced(row: readonly Spaced[], least: number, most: number): readonly number[] {
  const pools: Pool[] = [];
  const offsets: number[] = [];
  let run = 0;
  row.forEach(({ wanted, weight, distance }, at) => {
    offsets.push(run);
    pools.push({ sum: (wanted - run) * weight, weight, from: at, to: at });
    run += distance;
    for (let last = pools.at(-1), before = pools.at(-2); last !== undefined && before !== undefined; ) {
      if (before.sum / before.weight <= last.sum / last.weight) break;
      before.sum += last.sum;
      before.weight += last.weight;
      before.to = last.to;
      pools.pop();
      last = pools.at(-1);
      before = pools.at(-2);
    }
  });
  const span = offsets.at(-1) ?? 0;
  const positions = new Array<number>(row.length);
  for (const { sum, weight, from, to } of pools) {
    const left = Math.max(least, Math.min(most - span, sum / weight));
    for (let at = from; at <= to; at += 1) positions[at] = left + (offsets[at] ?? 0);
  }
  return positions;
}
