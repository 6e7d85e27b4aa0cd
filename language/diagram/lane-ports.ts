/** Where lines that cross a border leave their cards and arrive at them. */
import type { Channel, Positions, TrackPlan, Way } from './lane-tracks.js';
import type { Point } from './layout.js';
import type { Rectangle } from './layout-places.js';
import { type Upright, uprightsOf } from './layout-score.js';

/** Lines keep this distance from each other at a node, and from its corners. */
const portPitch = 10;
const portInset = 14;
const bentInset = 36;
/** An upright line keeps this distance from those beside it. */
const apart = 5;

interface Ends {
  readonly start?: Point;
  readonly end?: Point;
}

/**
 * The ends of planned lines, by the lines' identifiers. Each takes the place nearest to where it goes that is free of the lines in
 * `routes` and of those before it; lines of one side of a card change places so that they do not cross for it.
 */
export function portsOf(
  plans: readonly TrackPlan[],
  routes: ReadonlyMap<string, readonly Point[]>,
  positions: Positions,
  { level, known }: { readonly level: (way: Way | Channel) => number; readonly known: readonly Upright[] },
): (id: string) => Ends {
  const uprights: Upright[] = [...known, ...[...routes.values()].flatMap(uprightsOf)];
  /** How far an upright piece at a card may reach once lines have changed places: to the other side of its channel. */
  const furthest = (way: Way | Channel, { edge }: TrackPlan, side: 'start' | 'end'): number => {
    if (way.kind === 'corridor') return side === 'start' ? level(way) : Math.min(level(way), positions.corridor(way.at));
    if (way.kind === 'above') return positions.above;
    return side === 'start' ? positions.box(edge.to).y : positions.below;
  };
  const groups = new Map<
    string,
    { readonly points: Point[]; readonly users: { readonly id: string; readonly side: keyof Ends }[] }
  >();
  const take = (plan: TrackPlan, side: 'start' | 'end', towards: number): number => {
    const card = side === 'start' ? plan.edge.from : plan.edge.to;
    const isTop = side === 'end' && plan.to === 'above-card';
    const box = positions.box(card);
    const y = isTop ? box.y : box.y + box.height;
    const way = side === 'start' ? plan.ways[0] : plan.ways.at(-1);
    const far = way === undefined ? y : furthest(way, plan, side);
    const [top, bottom] = [Math.min(y, far), Math.max(y, far)];
    const near = uprights.filter(
      (one) => one.top <= bottom && one.bottom >= top && one.x > box.x - apart && one.x < box.x + box.width + apart,
    );
    // A line from above runs beside the name of the lane, not through it.
    const names = way?.kind === 'above' ? positions.names : [];
    const x = freePort(box, towards, near, y, names);
    uprights.push({ x, top, bottom });
    const key = JSON.stringify([card, isTop, plan.isToRight, side]);
    const group = groups.get(key) ?? { points: [], users: [] };
    groups.set(key, group);
    group.points.push({ x, y });
    group.users.push({ id: plan.edge.id, side });
    return x;
  };
  const directions = new Map(plans.map((plan) => [plan.edge.id, plan.isToRight]));
  for (const plan of plans) {
    const [source, target] = [positions.box(plan.edge.from), positions.box(plan.edge.to)];
    const head = routes.get(plan.edge.id)?.at(-1)?.x;
    const start = plan.from === 'head' ? (head ?? middle(source)) : take(plan, 'start', middle(target));
    if (plan.to !== 'head') take(plan, 'end', start);
  }
  const ends = new Map<string, { start?: Point; end?: Point }>();
  for (const { points, users } of groups.values()) {
    const isToRight = directions.get(users[0]?.id ?? '') === true;
    // Who comes first has the upper track, and so the place that is furthest on its way.
    points.sort((a, b) => (isToRight ? b.x - a.x : a.x - b.x));
    users.forEach(({ id, side }, index) => {
      const point = points[index];
      if (point !== undefined) ends.set(id, { ...ends.get(id), [side]: point });
    });
  }
  return (id) => ends.get(id) ?? {};
}

function middle(box: Rectangle): number {
  return box.x + box.width / 2;
}

/** The free place of a side that is nearest to where the line goes. */
function freePort(
  box: Rectangle,
  towards: number,
  near: readonly Upright[],
  y: number,
  names: readonly { readonly from: number; readonly to: number }[],
): number {
  const inset = Math.min(portInset, box.width / 3);
  const [left, right] = [box.x + inset, box.x + box.width - inset];
  // A line that bends anyway keeps away from the corner.
  const bent = Math.min(bentInset, box.width / 2);
  const wanted = Math.min(box.x + box.width - bent, Math.max(box.x + bent, towards));
  const isFree = (x: number, pitch: number, beside: typeof names): boolean =>
    x >= left &&
    x <= right &&
    beside.every(({ from, to }) => x < from || x > to) &&
    near.every((one) => {
      const endsHere = Math.abs(one.top - y) < 1 || Math.abs(one.bottom - y) < 1;
      return Math.abs(one.x - x) >= (endsHere ? pitch : apart);
    });
  // Where a side is full, lines stand closer.
  for (const [pitch, beside] of [
    [portPitch, names],
    [portPitch, []],
    [portPitch / 2, []],
    [2, []],
  ] as const) {
    for (let away = 0; away <= box.width; away += 2) {
      for (const x of [wanted + away, wanted - away]) if (isFree(x, pitch, beside)) return Math.round(x * 2) / 2;
    }
  }
  return wanted;
}
