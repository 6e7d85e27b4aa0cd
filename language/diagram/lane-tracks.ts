/** Tracks of the lines that leave a lane: corridors below the rows, gutters beside the lanes, channels above and below them. */
import type { DiagramEdge } from './diagram-graph.js';
import type { Point } from './layout.js';
import type { Rectangle } from './layout-places.js';

const pitch = 9;
const corridorInset = 10;
const gutterInset = 14;
const smallestGutter = 22;
/** Lines keep this distance from each other at a node, and from its corners. */
const portPitch = 8;
const portInset = 14;

/** Where a line runs: a corridor for each row, a gutter left of each lane and right of the last, two channels. */
type Way = { readonly kind: 'corridor' | 'gutter'; readonly at: number; readonly track: number };
type Channel = { readonly kind: 'above' | 'below'; readonly track: number };

export interface TrackPlan {
  readonly edge: DiagramEdge;
  readonly from: 'below-card' | 'head';
  readonly to: 'below-card' | 'above-card' | 'head';
  readonly ways: readonly (Way | Channel)[];
}

interface Places {
  readonly lane: (id: string) => number | undefined;
  readonly row: (id: string) => number;
  readonly isAbove: (id: string) => boolean;
}

interface Positions {
  readonly box: (id: string) => Rectangle;
  readonly frames: readonly Rectangle[];
  /** Where the head ends, and the lanes. */
  readonly above: number;
  readonly below: number;
  /** Where a row of cards ends. */
  readonly corridor: (row: number) => number;
}

/** Gives each line its tracks, and then its points. */
export class LaneTracks {
  readonly #rows: readonly number[];
  readonly #corridors: number[];
  readonly #gutters: number[];
  readonly #channels = { above: 0, below: 0 };

  constructor({ rows, lanes }: { readonly rows: readonly number[]; readonly lanes: number }) {
    this.#rows = rows;
    this.#corridors = rows.map(() => 0);
    this.#gutters = Array.from({ length: lanes + 1 }, () => 0);
  }

  plan(edge: DiagramEdge, { lane, row, isAbove }: Places): TrackPlan {
    const [from, to] = [lane(edge.from), lane(edge.to)];
    if (from !== undefined && to !== undefined) {
      const [upper, lower] = [row(edge.from), row(edge.to)];
      if (upper === lower) return { edge, from: 'below-card', to: 'below-card', ways: [this.#corridor(upper)] };
      const gutter = from < to ? to : to + 1;
      return {
        edge,
        from: 'below-card',
        to: 'below-card',
        ways: [this.#corridor(upper), this.#gutter(gutter), this.#corridor(lower)],
      };
    }
    if (from !== undefined) {
      const leave = this.#corridor(row(edge.from));
      if (isAbove(edge.to))
        return { edge, from: 'below-card', to: 'head', ways: [leave, this.#gutter(from), this.#channel('above')] };
      return { edge, from: 'below-card', to: 'above-card', ways: [leave, this.#gutter(from + 1), this.#channel('below')] };
    }
    const start = this.#channel('above');
    if (to === undefined) return { edge, from: 'head', to: 'above-card', ways: [start, this.#gutter(0), this.#channel('below')] };
    if (row(edge.to) === 0) return { edge, from: 'head', to: 'above-card', ways: [start] };
    return { edge, from: 'head', to: 'below-card', ways: [start, this.#gutter(to), this.#corridor(row(edge.to))] };
  }

  /** A height of the pattern with the corridors above it opened. */
  stretch(y: number): number {
    return this.#rows.reduce((sum, bottom, row) => (y > bottom + 0.5 ? sum + this.#corridorHeight(row) : sum), y);
  }

  gutterWidths(): readonly number[] {
    return this.#gutters.map((count, index) => {
      const isOuter = index === 0 || index === this.#gutters.length - 1;
      return count === 0 ? (isOuter ? 0 : smallestGutter) : 2 * gutterInset + (count - 1) * pitch;
    });
  }

  channelHeight(which: 'above' | 'below', least: number): number {
    return Math.max(least, 2 * gutterInset + (this.#channels[which] - 1) * pitch);
  }

  /** Adds the points of the planned lines; `routes` holds those that are known, with the first piece of lines from the head. */
  route(plans: readonly TrackPlan[], routes: Map<string, readonly Point[]>, positions: Positions): void {
    const taken = takenPorts(routes, positions);
    const port = (id: string, side: 'top' | 'bottom', towards: number): Point => {
      const box = positions.box(id);
      const y = side === 'top' ? box.y : box.y + box.height;
      const x = freePort(box, towards, taken(y));
      taken(y).push(x);
      return { x, y };
    };
    for (const { edge, from, to, ways } of plans) {
      const [source, target] = [positions.box(edge.from), positions.box(edge.to)];
      const head = routes.get(edge.id) ?? [];
      const start = from === 'head' ? head : [port(edge.from, 'bottom', middle(target))];
      const end =
        to === 'head'
          ? [...head].reverse()
          : [port(edge.to, to === 'above-card' ? 'top' : 'bottom', start.at(-1)?.x ?? middle(source))];
      const points = [...start];
      for (const way of ways) {
        const last = points.at(-1) ?? { x: 0, y: 0 };
        if (way.kind === 'gutter') points.push({ x: this.#gutterX(way, positions), y: last.y });
        else points.push({ x: last.x, y: this.#level(way, positions) });
      }
      const last = points.at(-1) ?? { x: 0, y: 0 };
      const [first] = end;
      if (first !== undefined) points.push({ x: first.x, y: last.y });
      routes.set(edge.id, straight([...points, ...end]));
    }
  }

  #corridor(row: number): Way {
    const track = this.#corridors[row] ?? 0;
    this.#corridors[row] = track + 1;
    return { kind: 'corridor', at: row, track };
  }

  #gutter(index: number): Way {
    const track = this.#gutters[index] ?? 0;
    this.#gutters[index] = track + 1;
    return { kind: 'gutter', at: index, track };
  }

  #channel(kind: 'above' | 'below'): Channel {
    const track = this.#channels[kind];
    this.#channels[kind] += 1;
    return { kind, track };
  }

  #corridorHeight(row: number): number {
    const count = this.#corridors[row] ?? 0;
    return count === 0 ? 0 : corridorInset + count * pitch;
  }

  #gutterX(way: Way, { frames }: Positions): number {
    const right = frames[way.at]?.x;
    const width = this.gutterWidths()[way.at] ?? 0;
    const last = frames.at(-1);
    const left = right === undefined ? (last?.x ?? 0) + (last?.width ?? 0) : right - width;
    return left + gutterInset + way.track * pitch;
  }

  #level(way: Way | Channel, positions: Positions): number {
    switch (way.kind) {
      case 'above':
        return positions.above + gutterInset + way.track * pitch;
      case 'below':
        return positions.below + gutterInset + way.track * pitch;
      case 'corridor':
      case 'gutter':
        return positions.corridor(way.kind === 'corridor' ? way.at : 0) + corridorInset + way.track * pitch;
    }
  }
}

function middle(box: Rectangle): number {
  return box.x + box.width / 2;
}

/** Where lines already begin or end at a height. */
function takenPorts(routes: ReadonlyMap<string, readonly Point[]>, _: Positions): (y: number) => number[] {
  const taken = new Map<number, number[]>();
  const at = (y: number): number[] => {
    const key = Math.round(y);
    const list = taken.get(key) ?? [];
    taken.set(key, list);
    return list;
  };
  for (const route of routes.values()) for (const end of [route[0], route.at(-1)]) if (end !== undefined) at(end.y).push(end.x);
  return at;
}

/** The free place of a side that is nearest to where the line goes. */
function freePort(box: Rectangle, towards: number, taken: readonly number[]): number {
  const [left, right] = [box.x + Math.min(portInset, box.width / 3), box.x + box.width - Math.min(portInset, box.width / 3)];
  const wanted = Math.min(right, Math.max(left, towards));
  for (let away = 0; away <= box.width; away += 2) {
    for (const x of [wanted + away, wanted - away]) {
      if (x >= left && x <= right && taken.every((other) => Math.abs(other - x) >= portPitch)) return Math.round(x * 2) / 2;
    }
  }
  return wanted;
}

/** Without points that lie on each other or between two others of one line. */
function straight(points: readonly Point[]): readonly Point[] {
  const kept: Point[] = [];
  for (const point of points) {
    const [before, last] = [kept.at(-2), kept.at(-1)];
    if (last !== undefined && Math.abs(last.x - point.x) < 0.01 && Math.abs(last.y - point.y) < 0.01) continue;
    const between =
      before !== undefined &&
      last !== undefined &&
      ((Math.abs(before.x - last.x) < 0.01 && Math.abs(last.x - point.x) < 0.01) ||
        (Math.abs(before.y - last.y) < 0.01 && Math.abs(last.y - point.y) < 0.01));
    if (between) kept.pop();
    kept.push(point);
  }
  return kept;
}
