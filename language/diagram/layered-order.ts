/** Who stands beside whom, and where: the second step of the quick layered drawing. */

/** A node, or the place where a long line passes through a row. */
export interface Item {
  readonly width: number;
  /** Gap to the next one at least. */
  readonly gap: number;
  readonly above: number[];
  readonly below: number[];
}

const orderSweeps = 6;
const placeSweeps = 6;

/** Orders each row so that few lines cross: by the middle of the neighbours, down and up by turns; the best order is kept. */
export function ordered(rows: readonly (readonly number[])[], items: readonly Item[]): readonly (readonly number[])[] {
  let current = rows.map((row) => [...row]);
  let best = current.map((row) => [...row]);
  let fewest = crossingsOf(best, items);
  for (let sweep = 0; sweep < orderSweeps && fewest > 0; sweep += 1) {
    const down = sweep % 2 === 0;
    const position = positionsOf(current, items.length);
    const sequence = current.map((_, row) => (down ? row : current.length - 1 - row));
    for (const index of sequence) {
      const row = current[index] ?? [];
      const wanted = new Map(
        row.map((item) => {
          const neighbours = (down ? items[item]?.above : items[item]?.below) ?? [];
          return [item, neighbours.length === 0 ? (position[item] ?? 0) : mean(neighbours, position)] as const;
        }),
      );
      const sorted = [...row].sort(
        (a, b) => (wanted.get(a) ?? 0) - (wanted.get(b) ?? 0) || (position[a] ?? 0) - (position[b] ?? 0),
      );
      current[index] = sorted;
      // Positions are shares of the row, so that rows of different lengths compare.
      sorted.forEach((item, at) => {
        position[item] = (at + 0.5) / sorted.length;
      });
    }
    const crossings = crossingsOf(current, items);
    if (crossings < fewest) {
      fewest = crossings;
      best = current.map((row) => [...row]);
    }
    current = current.map((row) => [...row]);
  }
  return best;
}

/**
 * Each row in the order that its items had before (`stood`: where, undefined for what is new or a passage); what is new
 * stands where its neighbours draw it.
 */
export function inFormerOrder(
  rows: readonly (readonly number[])[],
  items: readonly Item[],
  stood: readonly (number | undefined)[],
): readonly (readonly number[])[] {
  const x = items.map((_, item) => stood[item]);
  for (const row of [...rows, ...[...rows].reverse()]) {
    for (const item of row) {
      if (x[item] !== undefined) continue;
      const { above = [], below = [] } = items[item] ?? {};
      const known = [...above, ...below].flatMap((other) => x[other] ?? []);
      if (known.length > 0) x[item] = known.reduce((sum, each) => sum + each, 0) / known.length;
    }
  }
  return rows.map((row) => [...row].sort((a, b) => (x[a] ?? 0) - (x[b] ?? 0) || a - b));
}

/**
 * The middles of all items: as near to their neighbours as the order and the gaps allow, in a drawing as wide as `room`
 * unless a row needs more. Nothing stands left of `margin`.
 */
export function placed(
  rows: readonly (readonly number[])[],
  items: readonly Item[],
  room: number,
  margin: number,
): readonly number[] {
  const x = new Array<number>(items.length).fill(0);
  for (const row of rows) {
    let left = 0;
    for (const item of row) {
      const { width = 0, gap = 0 } = items[item] ?? {};
      x[item] = left + width / 2;
      left += width + gap;
    }
    const shift = left / 2;
    for (const item of row) x[item] = (x[item] ?? 0) - shift;
  }
  for (let sweep = 0; sweep < placeSweeps; sweep += 1) {
    const down = sweep % 2 === 0;
    const sequence = down ? rows : [...rows].reverse();
    for (const row of sequence) {
      const wanted = row.map((item) => {
        const { above = [], below = [] } = items[item] ?? {};
        const near = sweep >= placeSweeps - 2 ? [...above, ...below] : down ? above : below;
        return near.length === 0 ? (x[item] ?? 0) : mean(near, x);
      });
      spread(row, wanted, items, room, x);
    }
  }
  // There can be more passages than a call can have arguments.
  let left = Number.POSITIVE_INFINITY;
  for (const row of rows) for (const item of row) left = Math.min(left, (x[item] ?? 0) - (items[item]?.width ?? 0) / 2);
  return x.map((middle) => Math.round((middle - left + margin) * 2) / 2);
}

/**
 * Moves the items of a row as near to what they want as their order and gaps allow: the least sum of squared distances,
 * by pooling neighbours that violate the order (the pool adjacent violators algorithm of isotonic regression).
 */
function spread(row: readonly number[], wanted: readonly number[], items: readonly Item[], room: number, x: number[]): void {
  const pools: { sum: number; weight: number; readonly from: number; to: number }[] = [];
  const offset: number[] = [];
  let run = 0;
  row.forEach((item, at) => {
    const { width = 0, gap = 0 } = items[item] ?? {};
    offset.push(run + width / 2);
    // Long lines pull more than nodes do: a straight line reads better than a node in the middle of its callees.
    const weight = width < 20 ? 4 : 1;
    pools.push({ sum: ((wanted[at] ?? 0) - run - width / 2) * weight, weight, from: at, to: at });
    run += width + gap;
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
  const half = Math.max(room, run) / 2;
  for (const { sum, weight, from, to } of pools) {
    const left = Math.max(-half, Math.min(half - run, sum / weight));
    for (let at = from; at <= to; at += 1) x[row[at] ?? 0] = left + (offset[at] ?? 0);
  }
}

function positionsOf(rows: readonly (readonly number[])[], count: number): number[] {
  const position = new Array<number>(count).fill(0);
  for (const row of rows) {
    row.forEach((item, at) => {
      position[item] = (at + 0.5) / row.length;
    });
  }
  return position;
}

function mean(of: readonly number[], position: readonly number[]): number {
  let sum = 0;
  for (const item of of) sum += position[item] ?? 0;
  return sum / of.length;
}

/** Crossings between neighbouring rows, counted with a tree of sums: about the number of lines times its logarithm. */
function crossingsOf(rows: readonly (readonly number[])[], items: readonly Item[]): number {
  let total = 0;
  for (let index = 1; index < rows.length; index += 1) {
    const upper = rows[index - 1] ?? [];
    const lower = rows[index] ?? [];
    const place = new Map(lower.map((item, at) => [item, at]));
    const sums = new Int32Array(lower.length + 1);
    let seen = 0;
    for (const item of upper) {
      const ends = (items[item]?.below ?? []).map((below) => place.get(below) ?? 0);
      for (const end of ends) {
        let upTo = 0;
        for (let at = end + 1; at > 0; at -= at & -at) upTo += sums[at] ?? 0;
        total += seen - upTo;
      }
      for (const end of ends) {
        for (let at = end + 1; at < sums.length; at += at & -at) sums[at] = (sums[at] ?? 0) + 1;
      }
      seen += ends.length;
    }
  }
  return total;
}
