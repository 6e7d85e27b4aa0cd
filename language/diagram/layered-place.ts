/** Where the items of rows stand: the third step of the quick layered drawing. */
import { type Item, mean } from './layered-order.js';
import { spaced } from './layered-spacing.js';

const placeSweeps = 12;

/**
 * The middles of all items: as near to their neighbours as the order and the gaps allow, in a drawing as wide as `room`
 * unless a row needs more. Around 0.
 */
export function placed(rows: readonly (readonly number[])[], items: readonly Item[], room: number): number[] {
  const x = new Float64Array(items.length);
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
  return [...x];
}

/** The middles in half pixels, moved so that the first item begins at `margin`. */
export function fromMargin(middles: readonly number[], items: readonly Item[], margin: number): number[] {
  let left = Number.POSITIVE_INFINITY;
  // There can be more passages than a call can have arguments.
  for (const [item, { width }] of items.entries()) left = Math.min(left, (middles[item] ?? 0) - width / 2);
  return middles.map((middle) => Math.round((middle - left + margin) * 2) / 2);
}

/** Moves the items of a row as near to what they want as their order and gaps allow. */
function spread(row: readonly number[], wanted: readonly number[], items: readonly Item[], room: number, x: Float64Array): void {
  const width = (item: number | undefined): number => items[item ?? -1]?.width ?? 0;
  const list = row.map((item, at) => ({
    wanted: wanted[at] ?? 0,
    // Long lines pull more than nodes do: a straight line reads better than a node in the middle of its callees.
    weight: width(item) < 20 ? 4 : 1,
    distance: width(item) / 2 + (items[item]?.gap ?? 0) + width(row[at + 1]) / 2,
  }));
  const run = row.reduce((sum, item) => sum + width(item) + (items[item]?.gap ?? 0), 0);
  const half = Math.max(room, run) / 2;
  spaced(list, width(row[0]) / 2 - half, half - width(row.at(-1)) / 2).forEach((middle, at) => {
    x[row[at] ?? 0] = middle;
  });
}
