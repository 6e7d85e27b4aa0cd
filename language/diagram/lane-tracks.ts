/** Tracks of the lines that leave a lane: corridors below the rows, gutters beside the lanes, channels above and below them. */
import type { DiagramEdge } from './diagram-graph.js';
import { portsOf } from './lane-ports.js';
import type { Point } from './layout.js';
import type { Rectangle } from './layout-places.js';
import type { Upright } from './layout-score.js';

const pitch = 9;
const corridorInset = 10;
const gutterInset = 14;
const smallestGutter = 22;

/** Where a line runs: a corridor below each row, a gutter left of each lane and right of the last, two channels. */
export type Way =
  | { readonly kind: 'corridor'; readonly at: number; readonly track: number }
  /** Lines that come from the left count their tracks from the right, so that those that enter above are not crossed. */
  | { readonly kind: 'gutter'; readonly at: number; readonly track: number; readonly isFromLeft: boolean };
export type Channel = { readonly kind: 'above' | 'below'; readonly track: number };

/** A line with its tracks. */
export interface TrackPlan {
  readonly edge: DiagramEdge;
  readonly from: 'below-card' | 'head';
  readonly to: 'below-card' | 'above-card' | 'head';
  readonly ways: readonly (Way | Channel)[];
  /** Whether its target lies to the right. */
  readonly isToRight: boolean;
}

interface Places {
  readonly lane: (id: string) => number | undefined;
  readonly row: (id: string) => number;
  /** The last row of a lane in which anything stands. */
  readonly lastRow: (lane: number) => number;
  readonly isAbove: (id: string) => boolean;
}

export interface Positions {
  readonly box: (id: string) => Rectangle;
  readonly frames: readonly Rectangle[];
  /** From where to where the names over the lanes reach. */
  readonly names: readonly { readonly from: number; readonly to: number }[];
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
  readonly #gutters: { fromLeft: number; fromRight: number }[];
  readonly #channels = { above: 0, below: 0 };
  readonly #lanes: number;

  constructor({ rows, lanes }: { readonly rows: readonly number[]; readonly lanes: number }) {
    this.#rows = rows;
    this.#lanes = lanes;
    this.#corridors = rows.map(() => 0);
    this.#gutters = Array.from({ length: lanes + 1 }, () => ({ fromLeft: 0, fromRight: 0 }));
  }

  /** The way of a line that crosses a border: below its row, along lanes, and into its target from where it comes. */
  plan(edge: DiagramEdge, { lane, row, lastRow, isAbove }: Places): TrackPlan {
    const [from, to] = [lane(edge.from), lane(edge.to)];
    if (from !== undefined && to !== undefined) {
      const [upper, lower] = [row(edge.from), row(edge.to)];
      const common = { edge, from: 'below-card' as const, isToRight: from < to };
      const first = this.#corridor(upper);
      if (upper === lower) return { ...common, to: 'below-card', ways: [first] };
      if (upper + 1 === lower) return { ...common, to: 'above-card', ways: [first] };
      const gutter = this.#gutter(from < to ? to : to + 1, from < to);
      if (upper > lower) return { ...common, to: 'below-card', ways: [first, gutter, this.#corridor(lower)] };
      return { ...common, to: 'above-card', ways: [first, gutter, this.#corridor(lower - 1)] };
    }
    if (from !== undefined) {
      const inner = this.#innerGutter(from);
      const isToRight = inner > from;
      if (isAbove(edge.to)) {
        const ways = [this.#corridor(row(edge.from)), this.#gutter(inner, isToRight), this.#channel('above')];
        return { edge, from: 'below-card', to: 'head', isToRight, ways };
      }
      const common = { edge, from: 'below-card' as const, to: 'above-card' as const, isToRight };
      // Nothing stands below the last row: straight down and out.
      if (row(edge.from) === lastRow(from)) return { ...common, ways: [this.#channel('below')] };
      return { ...common, ways: [this.#corridor(row(edge.from)), this.#gutter(inner, isToRight), this.#channel('below')] };
    }
    const start = this.#channel('above');
    const common = { edge, from: 'head' as const, to: 'above-card' as const };
    if (to === undefined) {
      const middle = Math.ceil(this.#lanes / 2);
      return { ...common, isToRight: true, ways: [start, this.#gutter(middle, true), this.#channel('below')] };
    }
    const isToRight = 2 * to + 1 > this.#lanes;
    if (row(edge.to) === 0) return { ...common, isToRight, ways: [start] };
    const gutter = this.#gutter(this.#innerGutter(to), isToRight);
    return { ...common, isToRight, ways: [start, gutter, this.#corridor(row(edge.to) - 1)] };
  }

  /** A height of the pattern with the corridors above it opened. */
  stretch(y: number): number {
    return this.#rows.reduce((sum, bottom, row) => (y > bottom + 0.5 ? sum + this.#corridorHeight(row) : sum), y);
  }

  gutterWidths(): readonly number[] {
    return this.#gutters.map(({ fromLeft, fromRight }, index) => {
      const count = fromLeft + fromRight;
      const isOuter = index === 0 || index === this.#gutters.length - 1;
      return count === 0 ? (isOuter ? 0 : smallestGutter) : 2 * gutterInset + (count - 1) * pitch;
    });
  }

  /** Where lines run beside the lanes. */
  gutterTracks(frames: readonly Rectangle[]): readonly number[] {
    return this.#gutters.flatMap(({ fromLeft, fromRight }, at) =>
      [
        ...range(fromLeft).map((track) => ({ track, isFromLeft: true })),
        ...range(fromRight).map((track) => ({ track, isFromLeft: false })),
      ].map((way) => this.#gutterX({ kind: 'gutter', at, ...way }, frames)),
    );
  }

  channelHeight(which: 'above' | 'below', least: number): number {
    return Math.max(least, 2 * gutterInset + (this.#channels[which] - 1) * pitch);
  }

  /** Adds the points of the planned lines; `routes` holds those that are known, with the first piece of lines from the head. */
  route(plans: readonly TrackPlan[], routes: Map<string, readonly Point[]>, positions: Positions): void {
    const level = (way: Way | Channel): number => this.#level(way, positions);
    const ports = portsOf(plans, routes, positions, { level, known: this.#known(plans, routes, positions) });
    for (const { edge, from, to, ways } of plans) {
      const head = routes.get(edge.id) ?? [];
      const { start, end } = ports(edge.id);
      const points = [...(from === 'head' || start === undefined ? head : [start])];
      const last = to === 'head' || end === undefined ? [...head].reverse() : [end];
      for (const way of ways) {
        const before = points.at(-1) ?? { x: 0, y: 0 };
        if (way.kind === 'gutter') points.push({ x: this.#gutterX(way, positions.frames), y: before.y });
        else points.push({ x: before.x, y: this.#level(way, positions) });
      }
      const before = points.at(-1) ?? { x: 0, y: 0 };
      const [first] = last;
      if (first !== undefined) points.push({ x: first.x, y: before.y });
      routes.set(edge.id, straight([...points, ...last]));
    }
  }

  /** The upright pieces that no end of a line changes: along the lanes, and from the head to its channel. */
  #known(plans: readonly TrackPlan[], routes: ReadonlyMap<string, readonly Point[]>, positions: Positions): readonly Upright[] {
    return plans.flatMap(({ edge, from, to, ways }) =>
      ways.flatMap((way, index): readonly Upright[] => {
        const here = way.kind === 'gutter' ? 0 : this.#level(way, positions);
        if (way.kind === 'gutter') {
          const [before, after] = [ways[index - 1], ways[index + 1]];
          if (before === undefined || after === undefined) return [];
          const ends = [this.#level(before, positions), this.#level(after, positions)];
          return [{ x: this.#gutterX(way, positions.frames), top: Math.min(...ends), bottom: Math.max(...ends) }];
        }
        const x = routes.get(edge.id)?.at(from === 'head' ? -1 : 0)?.x;
        if (way.kind !== 'above' || x === undefined || (from !== 'head' && to !== 'head')) return [];
        return [{ x, top: positions.above, bottom: here }];
      }),
    );
  }

  #corridor(row: number): Way {
    const track = this.#corridors[row] ?? 0;
    this.#corridors[row] = track + 1;
    return { kind: 'corridor', at: row, track };
  }

  #gutter(index: number, isFromLeft: boolean): Way {
    const count = this.#gutters[index] ?? { fromLeft: 0, fromRight: 0 };
    const track = isFromLeft ? count.fromLeft : count.fromRight;
    if (isFromLeft) count.fromLeft += 1;
    else count.fromRight += 1;
    return { kind: 'gutter', at: index, track, isFromLeft };
  }

  /** The gutter beside a lane that is nearer to the middle of the picture. */
  #innerGutter(lane: number): number {
    return 2 * lane + 1 < this.#lanes ? lane + 1 : lane;
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

  #gutterX(way: Way & { readonly kind: 'gutter' }, frames: readonly Rectangle[]): number {
    const right = frames[way.at]?.x;
    const width = this.gutterWidths()[way.at] ?? 0;
    const last = frames.at(-1);
    const left = right === undefined ? (last?.x ?? 0) + (last?.width ?? 0) : right - width;
    return way.isFromLeft ? left + width - gutterInset - way.track * pitch : left + gutterInset + way.track * pitch;
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

function range(count: number): readonly number[] {
  return Array.from({ length: count }, (_, index) => index);
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
