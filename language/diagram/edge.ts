/** Lines: the stroke tells what the relation means, the end where it arrives. */
import { oncePer } from '../model/once-per.js';
import type { Relation } from './diagram-graph.js';
import type { ColourRole, Ink, Paint } from './ink.js';
import type { Point } from './layout.js';
import { at, circle, path } from './markup.js';
import { stateColours } from './state-marks.js';
import type { PartState } from './states.js';

const cornerRadius = 5;
const halo = 6;
const brokenBack = 20;
/** Not nearer than this, or the mark would lie on the arrow head. */
const leastBack = 14;
const markRadius = 5.5;
/** The mark and half a line beside it. */
const markRoom = 8;

/** How far before the border the stroke ends, so that it does not show through the mark at its end. */
const reach: { readonly [relation in Relation]: number } = {
  hard: 7,
  choice: 8.5,
  soft: 1,
  async: 7,
  route: 1,
  backup: 7,
  'sync-copy': 8,
  'async-copy': 1,
};

/** Lies under a line, wider and in the background's colour: where two cross, the lower one has a gap. */
export function edgeHalo(ink: Ink, points: readonly Point[]): string {
  return path(ink, edgePath(points), { stroke: 'bg', width: halo });
}

/** A line with its end. */
export function edgeLine(ink: Ink, relation: Relation, points: readonly Point[], state?: PartState, isQuiet = false): string {
  const stroke = roundedPath(shortened(points, reach[relation]));
  const broken = state === undefined ? undefined : brokenColour(state);
  const own = strokeOf(relation);
  const paint: Paint = isQuiet ? { ...own, stroke: 'bd', width: 1 } : own;
  const line = broken === undefined ? paint : { ...paint, stroke: broken, ...brokenStroke(relation, state) };
  const core = relation === 'sync-copy' ? path(ink, stroke, { stroke: 'bg', width: 1.4 }) : '';
  const end = edgeEnd(ink, relation, points, broken ?? (isQuiet ? 'bd' : undefined));
  return path(ink, stroke, line) + core + end;
}

/** The colour of a line that does not hold; undefined while it holds. */
function brokenColour(state: PartState): ColourRole | undefined {
  return state === 'ok' || state === 'at-risk' ? undefined : stateColours[state];
}

/** A hard line that breaks is heavy and solid; one that its caller can do without keeps its dashes. */
function brokenStroke(relation: Relation, state: PartState | undefined): Pick<Paint, 'width' | 'dash'> {
  if (state !== 'down') return { width: 2 };
  return relation === 'hard' || relation === 'choice' ? { width: 2.6 } : { width: 2.2 };
}

/**
 * A cross in a circle some way before the end, where the failure comes from; on a short piece in its middle, and away from
 * lines that cross it. Empty while the line holds. Drawn after all lines, so that none of them cuts it.
 */
export function brokenMark(ink: Ink, points: readonly Point[], state: PartState, crossed: readonly number[]): string {
  const role = brokenColour(state);
  if (role === undefined) return '';
  const [corner, end] = [points.at(-2), points.at(-1)];
  // A piece too short for mark and head has the mark round the corner.
  const isShort = corner !== undefined && end !== undefined && Math.hypot(end.x - corner.x, end.y - corner.y) < leastBack;
  const [before, tip] = isShort && points.length > 2 ? [points.at(-3), corner] : [corner, end];
  if (tip === undefined || before === undefined) return '';
  const length = Math.hypot(tip.x - before.x, tip.y - before.y) || 1;
  const usual = Math.min(brokenBack, Math.max(length / 2, leastBack));
  const places = [usual, leastBack, ...[1, 2, 3, 4, 5].map((count) => usual + count * markRoom)].filter(
    (back) => back === usual || back <= length - cornerRadius - markRadius,
  );
  const isFree = (back: number): boolean => crossed.every((at) => Math.abs(at - back) >= markRoom);
  const back = places.find(isFree) ?? usual;
  const x = tip.x + ((before.x - tip.x) * back) / length;
  const y = tip.y + ((before.y - tip.y) * back) / length;
  const arms = `M${at(x - 2.2)} ${at(y - 2.2)}l4.4 4.4M${at(x + 2.2)} ${at(y - 2.2)}l-4.4 4.4`;
  return (
    circle(ink, x, y, markRadius, { fill: 'bg', stroke: role, width: 1.4 }) +
    path(ink, arms, { stroke: role, width: 1.4, round: true })
  );
}

/** The invisible line that the pointer meets: wider than the visible one. */
export const edgePath = oncePer((points: readonly Point[]): string => roundedPath(points));

function strokeOf(relation: Relation): Paint {
  switch (relation) {
    case 'hard':
      return { stroke: 'edge', width: 1.5 };
    case 'choice':
      return { stroke: 'edge', width: 1.5 };
    case 'soft':
      return { stroke: 'edge', width: 1.3, dash: '6 4' };
    case 'async':
      return { stroke: 'edge', width: 2, dash: '1.5 4', round: true };
    case 'route':
      return { stroke: 'edge', width: 1.1 };
    case 'backup':
      return { stroke: 'bak', width: 1.6, dash: '9 3 2 3' };
    case 'sync-copy':
      return { stroke: 'repl', width: 4 };
    case 'async-copy':
      return { stroke: 'repl', width: 2, dash: '7 4' };
  }
}

function edgeEnd(ink: Ink, relation: Relation, points: readonly Point[], broken: ColourRole | undefined): string {
  const edge = broken ?? 'edge';
  const tip = points.at(-1);
  const before = points.at(-2);
  if (tip === undefined || before === undefined) return '';
  const length = Math.hypot(tip.x - before.x, tip.y - before.y) || 1;
  const along = { x: (tip.x - before.x) / length, y: (tip.y - before.y) / length };
  /** A point so far before the tip and so far to the side. */
  const from = (back: number, side: number): string =>
    `${at(tip.x - along.x * back - along.y * side)} ${at(tip.y - along.y * back + along.x * side)}`;
  switch (relation) {
    case 'hard':
      return path(ink, `M${from(0, 0)}L${from(8, 4)}L${from(8, -4)}Z`, { fill: edge });
    case 'choice':
      return path(ink, `M${from(0.8, 0)}L${from(8.5, 4)}L${from(8.5, -4)}Z`, { fill: 'bg', stroke: edge, width: 1.3 });
    case 'soft':
    case 'route':
      return path(ink, `M${from(7, 4)}L${from(0.5, 0)}L${from(7, -4)}`, { stroke: edge, width: 1.4, round: true });
    case 'async':
      return circle(ink, tip.x - along.x * 3.8, tip.y - along.y * 3.8, 3, { fill: 'bg', stroke: edge, width: 1.4 });
    case 'backup':
      return path(ink, `M${from(0, 3.5)}L${from(7, 3.5)}L${from(7, -3.5)}L${from(0, -3.5)}Z`, { fill: broken ?? 'bak' });
    case 'sync-copy':
      return path(ink, `M${from(0, 0)}L${from(9, 5)}L${from(9, -5)}Z`, { fill: broken ?? 'repl' });
    case 'async-copy':
      return path(ink, `M${from(7, 4)}L${from(0.5, 0)}L${from(7, -4)}`, { stroke: broken ?? 'repl', width: 1.6, round: true });
  }
}

function shortened(points: readonly Point[], by: number): readonly Point[] {
  const tip = points.at(-1);
  const before = points.at(-2);
  if (tip === undefined || before === undefined) return points;
  const length = Math.hypot(tip.x - before.x, tip.y - before.y);
  if (length <= by) return points;
  const share = by / length;
  return [...points.slice(0, -1), { x: tip.x + (before.x - tip.x) * share, y: tip.y + (before.y - tip.y) * share }];
}

/** A path through the points whose corners are rounded as far as their pieces allow. */
function roundedPath(points: readonly Point[]): string {
  const [first] = points;
  if (first === undefined) return '';
  let data = `M${at(first.x)} ${at(first.y)}`;
  for (let index = 1; index < points.length; index += 1) {
    const corner = points[index];
    const before = points[index - 1];
    const after = points[index + 1];
    if (corner === undefined || before === undefined) continue;
    if (after === undefined) {
      data += `L${at(corner.x)} ${at(corner.y)}`;
      continue;
    }
    const start = towards(corner, before);
    const end = towards(corner, after);
    data += `L${at(start.x)} ${at(start.y)}Q${at(corner.x)} ${at(corner.y)} ${at(end.x)} ${at(end.y)}`;
  }
  return data;
}

function towards(corner: Point, other: Point): Point {
  const length = Math.hypot(other.x - corner.x, other.y - corner.y);
  if (length === 0) return corner;
  const share = Math.min(cornerRadius, length / 2) / length;
  return { x: corner.x + (other.x - corner.x) * share, y: corner.y + (other.y - corner.y) * share };
}
