/** Where other lines cross the last piece of a line: the mark of a broken line keeps away from there. */
import type { Point } from './layout.js';
import { segments } from './layout-score.js';

/** Lines lie in bands of this height, so that only near ones are compared. */
const band = 64;

interface Level {
  readonly line: number;
  readonly y: number;
  readonly left: number;
  readonly right: number;
}

/** Answers, for a line, how far before its tip other lines cross its last piece. Only upright last pieces are crossed. */
export function crossingsBeforeTips(routes: readonly (readonly Point[])[]): (line: number) => readonly number[] {
  const bands = new Map<number, Level[]>();
  routes.forEach((points, line) => {
    for (const [from, to] of segments(points)) {
      if (Math.abs(from.y - to.y) > 0.01) continue;
      const level: Level = { line, y: from.y, left: Math.min(from.x, to.x), right: Math.max(from.x, to.x) };
      const list = bands.get(Math.floor(from.y / band));
      if (list === undefined) bands.set(Math.floor(from.y / band), [level]);
      else list.push(level);
    }
  });
  return (line) => {
    const tip = routes[line]?.at(-1);
    const before = routes[line]?.at(-2);
    if (tip === undefined || before === undefined || Math.abs(tip.x - before.x) > 0.01) return [];
    // A mark never stands further back than two bands.
    const nearest = Math.floor(tip.y / band);
    const towards = Math.sign(before.y - tip.y);
    return [0, 1, 2].flatMap((step) =>
      (bands.get(nearest + towards * step) ?? []).flatMap((level) =>
        level.line !== line && level.left < tip.x && level.right > tip.x ? [Math.abs(level.y - tip.y)] : [],
      ),
    );
  };
}
