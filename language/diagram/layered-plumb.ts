/** Long lines run straight down as far as nothing stands in the way. A part of the quick layered drawing. */
import type { DiagramNode } from './diagram-graph.js';
import type { Item } from './layered-order.js';
import type { Way } from './layered-passages.js';
import { halfSide, type Ports } from './layered-ports.js';

const rounds = 3;

interface Range {
  readonly from: number;
  readonly to: number;
}

/**
 * Moves the passages of each line onto one another where their neighbours leave room, and under the nodes at its ends. Lines from
 * the right make room for those left of them, then the other way round. Nodes stay, and so does the order. With `ports` lines
 * follow where they really begin and end.
 */
export function plumb(
  middles: number[],
  rows: readonly (readonly number[])[],
  items: readonly Item[],
  ways: readonly Way[],
  nodes: readonly DiagramNode[],
  ports?: Ports,
): void {
  const left = new Int32Array(items.length).fill(-1);
  const right = new Int32Array(items.length).fill(-1);
  for (const row of rows) {
    row.forEach((item, at) => {
      left[item] = row[at - 1] ?? -1;
      right[item] = row[at + 1] ?? -1;
    });
  }
  const apart = (one: number, other: number): number =>
    (items[one]?.width ?? 0) / 2 + (items[one]?.gap ?? 0) + (items[other]?.width ?? 0) / 2;
  const free = (item: number): Range => {
    const [before = -1, after = -1] = [left[item], right[item]];
    return {
      from: before < 0 ? Number.NEGATIVE_INFINITY : (middles[before] ?? 0) + apart(before, item),
      to: after < 0 ? Number.POSITIVE_INFINITY : (middles[after] ?? 0) - apart(item, after),
    };
  };
  const side = (node: number): Range => {
    const half = halfSide(nodes[node]);
    return { from: (middles[node] ?? 0) - half, to: (middles[node] ?? 0) + half };
  };
  const long = ways.map((way, index) => ({ way, index })).filter(({ way }) => way.items.length > 2);
  const middle = ({ items: [first, ...more] }: Way): number => middles[more[0] ?? first ?? 0] ?? 0;
  for (let round = 0; round < (ports === undefined ? rounds : 1) * 2; round += 1) {
    const turn = round % 2 === 0 ? -1 : 1;
    const sequence = long
      .map((each) => ({ ...each, x: middle(each.way) }))
      .sort((a, b) => turn * (a.x - b.x) || a.index - b.index);
    for (const { way, index } of sequence) straightened(way.items, index);
  }

  /** The longest stretches of a line that can be straight become it, from above. */
  function straightened(way: readonly number[], index: number): void {
    let at = 0;
    while (at < way.length) {
      let range = reach(way[at] ?? 0, index, at === 0);
      let end = at + 1;
      for (; end < way.length; end += 1) {
        const narrower = common(range, reach(way[end] ?? 0, index, false));
        if (narrower === undefined) break;
        range = narrower;
      }
      const moved = way.slice(at, end).filter((item) => item >= nodes.length);
      if (moved.length > 0) {
        const x = within(range, median(moved.map((item) => middles[item] ?? 0)));
        for (const item of moved) middles[item] = x;
      }
      at = end;
    }
  }

  function reach(item: number, way: number, isFirst: boolean): Range {
    if (item >= nodes.length) return free(item);
    const port = (isFirst ? ports?.leaving : ports?.arriving)?.[way];
    return port === undefined ? side(item) : { from: port, to: port };
  }
}

function common(one: Range, other: Range): Range | undefined {
  const from = Math.max(one.from, other.from);
  const to = Math.min(one.to, other.to);
  return from > to ? undefined : { from, to };
}

function within({ from, to }: Range, x: number): number {
  return from > to ? x : Math.min(to, Math.max(from, x));
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0;
}
