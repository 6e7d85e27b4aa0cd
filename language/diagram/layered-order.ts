/** Who stands beside whom, and where: the second step of the quick layered drawing. */

/** A node, or the place where a long line passes through a row. */
export interface Item {
  readonly width: number;
  /** Gap to the next one at least. */
  readonly gap: number;
  readonly above: number[];
  readonly below: number[];
}

/** Sweeps at most, and how many without any gain are the end. */
const orderSweeps = 24;
const patience = 5;
/** So many neighbours are compared at most when items beside each other are exchanged. */
const mostCompared = 2_000_000;
const exchangeRounds = 8;

/**
 * Orders each row so that few lines cross: by the middle of the neighbours, down and up by turns, from the best order that is
 * known; then items beside each other change places where that helps. `rows` come in the order to begin with.
 */
export function ordered(rows: readonly (readonly number[])[], items: readonly Item[]): readonly (readonly number[])[] {
  let current = rows.map((row) => [...row]);
  let best = current.map((row) => [...row]);
  const place = new Int32Array(items.length);
  let fewest = crossingsOf(best, items, place);
  const sweeps = items.length > manyItems ? 8 : orderSweeps;
  for (let sweep = 0, idle = 0; sweep < sweeps && idle < patience && fewest > 0; sweep += 1) {
    swept(current, items, sweep % 2 === 0, sweep % 4 > 1);
    const crossings = crossingsOf(current, items, place);
    idle += 1;
    if (crossings >= fewest) continue;
    fewest = crossings;
    best = current.map((row) => [...row]);
    idle = 0;
  }
  current = best;
  if (fewest > 0) exchanged(current, items);
  return current;
}

/** Above this many items a sweep costs so much that fewer of them must do. */
const manyItems = 20_000;

/** One sweep over all rows. `isEager`: what has equal neighbours changes its order, so that another one is tried as well. */
function swept(rows: number[][], items: readonly Item[], down: boolean, isEager: boolean): void {
  const position = positionsOf(rows, items.length);
  const wanted = new Float64Array(items.length);
  const turn = isEager ? -1 : 1;
  const sequence = rows.map((_, row) => (down ? row : rows.length - 1 - row));
  for (const index of sequence) {
    const row = rows[index] ?? [];
    for (const item of row) {
      const neighbours = (down ? items[item]?.above : items[item]?.below) ?? [];
      wanted[item] = neighbours.length === 0 ? (position[item] ?? 0) : mean(neighbours, position);
    }
    row.sort((a, b) => (wanted[a] ?? 0) - (wanted[b] ?? 0) || turn * ((position[a] ?? 0) - (position[b] ?? 0)));
    // Positions are shares of the row, so that rows of different lengths compare.
    for (let at = 0; at < row.length; at += 1) position[row[at] ?? 0] = (at + 0.5) / row.length;
  }
}

/** Exchanges items beside each other as long as lines cross less for it. */
function exchanged(rows: number[][], items: readonly Item[]): void {
  const place = new Int32Array(items.length);
  for (const row of rows) for (const [at, item] of row.entries()) place[item] = at;
  const sortedEnds = (item: number, side: 'above' | 'below'): readonly number[] =>
    (items[item]?.[side] ?? []).map((other) => place[other] ?? 0).sort((a, b) => a - b);
  const endsOf = (item: number) => ({ above: sortedEnds(item, 'above'), below: sortedEnds(item, 'below') });
  let compared = 0;
  for (let round = 0; round < exchangeRounds; round += 1) {
    let gained = 0;
    for (const row of rows) {
      let leftEnds = row.length > 1 ? endsOf(row[0] ?? 0) : undefined;
      for (let at = 1; at < row.length && leftEnds !== undefined && compared < mostCompared; at += 1) {
        const [left = 0, right = 0] = [row[at - 1], row[at]];
        const rightEnds = endsOf(right);
        let gain = 0;
        for (const side of ['above', 'below'] as const) {
          const [ends, others] = [leftEnds[side], rightEnds[side]];
          compared += ends.length + others.length + 1;
          gain += inversions(ends, others) - inversions(others, ends);
        }
        if (gain <= 0) {
          leftEnds = rightEnds;
          continue;
        }
        gained += gain;
        row[at - 1] = right;
        row[at] = left;
        place[right] = at - 1;
        place[left] = at;
      }
    }
    if (gained === 0 || compared >= mostCompared) return;
  }
}

/** How many pairs cross when the owner of `left` stands left of the owner of `right`. Both are sorted. */
function inversions(left: readonly number[], right: readonly number[]): number {
  let count = 0;
  let before = 0;
  for (const end of left) {
    while (before < right.length && (right[before] ?? 0) < end) before += 1;
    count += before;
  }
  return count;
}

/**
 * An order to begin with: what hangs together stands together. From each item without a place, what it leads to and what
 * leads to it come next, as far as they go.
 */
export function gathered(rows: readonly (readonly number[])[], items: readonly Item[]): readonly (readonly number[])[] {
  const rank = new Int32Array(items.length).fill(-1);
  let next = 0;
  for (const root of rows.flat()) {
    const stack = [root];
    for (let item = stack.pop(); item !== undefined; item = stack.pop()) {
      if (rank[item] !== -1) continue;
      rank[item] = next;
      next += 1;
      const { above = [], below = [] } = items[item] ?? {};
      // The last that is laid down comes first: below before above, the first of each before the others.
      for (const other of [...below, ...above].reverse()) if (rank[other] === -1) stack.push(other);
    }
  }
  return rows.map((row) => [...row].sort((a, b) => (rank[a] ?? 0) - (rank[b] ?? 0)));
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
      let sum = 0;
      let known = 0;
      for (const neighbours of [above, below]) {
        for (const other of neighbours) {
          const at = x[other];
          if (at === undefined) continue;
          sum += at;
          known += 1;
        }
      }
      if (known > 0) x[item] = sum / known;
    }
  }
  return rows.map((row) => [...row].sort((a, b) => (x[a] ?? 0) - (x[b] ?? 0) || a - b));
}

function positionsOf(rows: readonly (readonly number[])[], count: number): Float64Array {
  const position = new Float64Array(count);
  for (const row of rows) {
    for (let at = 0; at < row.length; at += 1) position[row[at] ?? 0] = (at + 0.5) / row.length;
  }
  return position;
}

/** The mean position of some items, and of some more. */
export function mean(of: readonly number[], position: ArrayLike<number>, more: readonly number[] = []): number {
  let sum = 0;
  for (const item of of) sum += position[item] ?? 0;
  for (const item of more) sum += position[item] ?? 0;
  return sum / (of.length + more.length);
}

/**
 * Crossings between neighbouring rows, counted with a tree of sums: about the number of lines times its logarithm. `place` has room for
 * one number of each item.
 */
function crossingsOf(rows: readonly (readonly number[])[], items: readonly Item[], place: Int32Array): number {
  let total = 0;
  for (let index = 1; index < rows.length; index += 1) {
    const upper = rows[index - 1] ?? [];
    const lower = rows[index] ?? [];
    for (let at = 0; at < lower.length; at += 1) place[lower[at] ?? 0] = at;
    const sums = new Int32Array(lower.length + 1);
    let seen = 0;
    for (const item of upper) {
      const ends = items[item]?.below ?? [];
      for (const end of ends) {
        let upTo = 0;
        for (let at = (place[end] ?? 0) + 1; at > 0; at -= at & -at) upTo += sums[at] ?? 0;
        total += seen - upTo;
      }
      for (const end of ends) {
        for (let at = (place[end] ?? 0) + 1; at < sums.length; at += at & -at) sums[at] = (sums[at] ?? 0) + 1;
      }
      seen += ends.length;
    }
  }
  return total;
}
