/** Lines as chains of items, one in each row that they pass: what the order and the places of the quick layered drawing work on. */
import { gathered, type Item, inFormerOrder, ordered } from './layered-order.js';
import type { Link } from './layered-rows.js';

const lineGap = 11;

/** A line on its way down: the items it passes, from the upper node to the lower one. */
export interface Way {
  readonly edge: number;
  readonly turned: boolean;
  readonly items: readonly number[];
}

/** Items beside each other, from above; those below the number of nodes are the nodes. */
export interface Rows {
  readonly items: readonly Item[];
  readonly rows: readonly (readonly number[])[];
  readonly rowOf: readonly number[];
  readonly ways: readonly Way[];
}

type TurnedLink = Link & { readonly turned: boolean };

interface Room {
  /** Of the nodes, and what stays free beside each. */
  readonly widths: readonly number[];
  readonly gap: number;
  /** What the nodes of a row may take together. */
  readonly room: number;
}

/**
 * The nodes of each row in an order in which few lines cross, and the passages of lines between them. Rows that are too wide
 * are dealt to several: the order goes on through them, so that lines to the lower ones pass between the upper ones and cross
 * nothing for it. `stood`: where nodes stood before; they keep their order, and their rows where there is room.
 */
export function arranged(
  rows: readonly (readonly number[])[],
  links: readonly TurnedLink[],
  room: Room,
  stood?: readonly ({ readonly x: number; readonly y: number } | undefined)[],
): Rows {
  const whole = withPassages(rows, links, room);
  const x = stood?.some((place) => place !== undefined) === true ? stood.map((place) => place?.x) : undefined;
  const order =
    x === undefined ? ordered(gathered(whole.rows, whole.items), whole.items) : inFormerOrder(whole.rows, whole.items, x);
  const count = room.widths.length;
  const nodesOnly = order.map((row) => row.filter((item) => item < count));
  const dealt = nodesOnly.map((row) => dealtRow(row, room, stood));
  if (dealt.every((parts) => parts.length === 1)) return { ...whole, rows: order };
  const finer = withPassages(dealt.flat(), links, room);
  const first = inherited(finer, { ...whole, rows: order }, dealt, count);
  return { ...finer, rows: x === undefined ? ordered(first, finer.items) : first };
}

/** The rows with a passage wherever a line goes by. */
function withPassages(rows: readonly (readonly number[])[], links: readonly TurnedLink[], { widths, gap }: Room): Rows {
  const rowOf = new Array<number>(widths.length).fill(0);
  rows.forEach((row, index) => {
    for (const node of row) rowOf[node] = index;
  });
  const items: Item[] = widths.map((width) => ({ width, gap, above: [], below: [] }));
  const filled = rows.map((row) => [...row]);
  const ways = links.flatMap(({ from, to, turned }, edge): readonly Way[] => {
    if (from === to) return [];
    return [{ edge, turned, items: passages(from, to, rowOf, items, filled) }];
  });
  return { items, rows: filled, rowOf, ways };
}

/** The items that a line passes, with a new one in every row between its ends; joins them to their neighbours. */
function passages(from: number, to: number, rowOf: readonly number[], items: Item[], rows: number[][]): readonly number[] {
  const way = [from];
  for (let row = (rowOf[from] ?? 0) + 1; row < (rowOf[to] ?? 0); row += 1) {
    way.push(items.length);
    rows[row]?.push(items.length);
    items.push({ width: 2, gap: lineGap, above: [], below: [] });
  }
  way.push(to);
  for (let at = 1; at < way.length; at += 1) {
    const upper = way[at - 1] ?? 0;
    const lower = way[at] ?? 0;
    items[upper]?.below.push(lower);
    items[lower]?.above.push(upper);
  }
  return way;
}

/** The nodes of one row as rows that have room: every second to the second, or as they stood. */
function dealtRow(
  row: readonly number[],
  { widths, gap, room }: Room,
  stood: readonly ({ readonly x: number; readonly y: number } | undefined)[] = [],
): readonly (readonly number[])[] {
  const total = row.reduce((sum, node) => sum + (widths[node] ?? 0) + gap, 0);
  if (total <= room) return [row];
  const count = Math.ceil(total / room);
  const heights = [...new Set(row.flatMap((node) => stood[node]?.y ?? []))].sort((a, b) => a - b);
  const parts: number[][] = Array.from({ length: count }, () => []);
  row.forEach((node, at) => {
    const y = stood[node]?.y;
    const part = y === undefined || heights.length > count ? at % count : heights.indexOf(y);
    parts[part]?.push(node);
  });
  return parts.filter((part) => part.length > 0);
}

/** The order of the finer rows from that of the whole ones: who stood left of whom still does. */
function inherited(
  finer: Rows,
  whole: Rows,
  dealt: readonly (readonly (readonly number[])[])[],
  count: number,
): readonly (readonly number[])[] {
  const wholeRow = dealt.flatMap((parts, index) => parts.map(() => index));
  const place = new Array<number>(whole.items.length).fill(0);
  for (const row of whole.rows) for (const [at, item] of row.entries()) place[item] = at;
  const ways = new Map(whole.ways.map((way) => [way.edge, way]));
  /** Where an item stood, and for those of one node where their lines go on. */
  const keys: (readonly [number, number])[] = finer.items.map((_, item) => [place[item] ?? 0, 0]);
  for (const { edge, items } of finer.ways) {
    const old = ways.get(edge)?.items ?? [];
    const [from = 0, to = 0] = [items[0], items.at(-1)];
    const [fromRow, toRow] = [whole.rowOf[from] ?? 0, whole.rowOf[to] ?? 0];
    items.slice(1, -1).forEach((item, step) => {
      const row = wholeRow[(finer.rowOf[from] ?? 0) + step + 1] ?? 0;
      if (row === fromRow) keys[item] = [place[from] ?? 0, place[old[1] ?? to] ?? 0];
      else if (row === toRow) keys[item] = [place[to] ?? 0, place[old.at(-2) ?? from] ?? 0];
      else keys[item] = [place[old[row - fromRow] ?? 0] ?? 0, 0];
    });
  }
  return finer.rows.map((row) =>
    [...row].sort((a, b) => {
      const [one = [0, 0], other = [0, 0]] = [keys[a], keys[b]];
      return one[0] - other[0] || one[1] - other[1] || (a < count ? 0 : 1) - (b < count ? 0 : 1) || a - b;
    }),
  );
}
