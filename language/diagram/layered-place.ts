/** Where the items of rows stand: the third step of the quick layered drawing. */
import { type Item, mean } from './layered-order.js';
import { type SpacedRow, spacedRow, spaceOut } from './layered-spacing.js';

/** Sweeps to place them; of very many items fewer must do. */
const placeSweeps = 12;
const manyItems = 4_000;
const fewSweeps = 6;
const none: readonly number[] = [];

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
  const spread = rows.map((row) => spreading(row, items, room));
  const sweeps = items.length > manyItems ? fewSweeps : placeSweeps;
  for (let sweep = 0; sweep < sweeps; sweep += 1) {
    const down = sweep % 2 === 0;
    const isLast = sweep >= sweeps - 2;
    for (let step = 0; step < rows.length; step += 1) {
      const index = down ? step : rows.length - 1 - step;
      const row = rows[index] ?? [];
      const { wanted, spacing, least, most } = spread[index] ?? spreading(row, items, room);
      for (let at = 0; at < row.length; at += 1) {
        const item = row[at] ?? 0;
        const { above = [], below = [] } = items[item] ?? {};
        const near = isLast || down ? above : below;
        const others = isLast ? below : none;
        wanted[at] = near.length + others.length === 0 ? (x[item] ?? 0) : mean(near, x, others);
      }
      spaceOut(wanted, spacing, least, most);
      for (let at = 0; at < row.length; at += 1) x[row[at] ?? 0] = wanted[at] ?? 0;
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

/** What of a row stays the same from sweep to sweep, and room for what its items want. */
interface Spreading {
  readonly wanted: Float64Array;
  readonly spacing: SpacedRow;
  readonly least: number;
  readonly most: number;
}

function spreading(row: readonly number[], items: readonly Item[], room: number): Spreading {
  const width = (item: number | undefined): number => items[item ?? -1]?.width ?? 0;
  const spacing = spacedRow(
    row.map((item, at) => ({
      // Long lines pull more than nodes do: a straight line reads better than a node in the middle of its callees.
      weight: width(item) < 20 ? 4 : 1,
      distance: width(item) / 2 + (items[item]?.gap ?? 0) + width(row[at + 1]) / 2,
    })),
  );
  const run = row.reduce((sum, item) => sum + width(item) + (items[item]?.gap ?? 0), 0);
  const half = Math.max(room, run) / 2;
  return {
    wanted: new Float64Array(row.length),
    spacing,
    least: width(row[0]) / 2 - half,
    most: half - width(row.at(-1)) / 2,
  };
}
