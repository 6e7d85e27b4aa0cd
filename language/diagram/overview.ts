/**
 * What a node shows from further away, in place of what is inside it: its name as large as it fits and how it stands; from very far
 * only a sign. The frame stays, and so does its place.
 */
import type { DiagramNode } from './diagram-graph.js';
import { displayName } from './display-name.js';
import { icon, verdictGlyph } from './icons.js';
import type { Ink } from './ink.js';
import { at, textLine } from './markup.js';
import { pipMark } from './pips.js';
import { nameSize, smallSize } from './sizes.js';
import type { Standing } from './standing.js';
import { lostCross, stateGlyph, stateLine, stateWords } from './state-marks.js';
import type { NodeState } from './states.js';
import { textWidth } from './text-width.js';

const inset = 14;
const largestName = 24;
/** The state under the name, so many times its usual size. */
const stateScale = 1.6;
const signScale = 3;
const pipPitch = 13;
const regionGap = 9;
/** Lower shapes have room for one line. */
const twoLines = 60;

/** What is seen from further away: one of the groups among which a style sheet chooses by the zoom. */
export function fromMiddle(ink: Ink, node: DiagramNode, standing: Standing): string {
  const own = standing.node(node.id);
  const { width, height } = node;
  const room = width - 2 * inset;
  const name = displayName(node);
  const fitting = (nameSize * room) / Math.max(1, textWidth(name, nameSize, 'bold'));
  const size = Math.floor(Math.max(nameSize, Math.min(largestName, fitting, height * 0.5)) * 10) / 10;
  const isTall = height >= twoLines;
  const pips = own === undefined && isTall ? pipLine(ink, node, standing, room) : '';
  const isTold = (own !== undefined && isTall) || pips !== '';
  const line = textLine(ink, width / 2, isTold ? height * 0.34 : height / 2, name, {
    size,
    weight: 'bold',
    anchor: 'middle',
    room,
  });
  const second = own !== undefined && isTall ? told(ink, own, width, height, room) : pips;
  return `<g class="middle">${line}${second}</g>`;
}

/** What is seen from very far, another of the groups: how it stands as a glyph in the middle; where nothing is told of it, what it is. */
export function fromFar(ink: Ink, node: DiagramNode, standing: Standing): string {
  const own = standing.node(node.id);
  const verdict = own === undefined ? node.verdict : undefined;
  const scale = Math.min(signScale, node.height / 18);
  const glyph =
    own !== undefined
      ? stateGlyph(ink, own.state, 0, 0)
      : verdict !== undefined
        ? verdictGlyph(ink, verdict, 0, 0)
        : icon(ink, node.kind, -8, -8);
  return `<g class="far" transform="translate(${at(node.width / 2)} ${at(node.height / 2)}) scale(${at(scale)})">${glyph}</g>`;
}

/** How it stands, in the middle; the reason is said whole or not at all. */
function told(ink: Ink, own: NodeState, width: number, height: number, room: number): string {
  const word = 16 + textWidth(stateWords[own.state], smallSize, 'bold');
  const reason = own.reason === undefined ? 0 : 5 + textWidth(own.reason, smallSize);
  const isWhole = (word + reason) * stateScale <= room;
  const taken = (word + (isWhole ? reason : 0)) * stateScale;
  const said: NodeState = isWhole ? own : { id: own.id, state: own.state };
  const left = (width - taken) / 2;
  return `<g transform="translate(${at(left)} ${at(height * 0.72)}) scale(${stateScale})">${stateLine(ink, 0, 0, said, room)}</g>`;
}

/** Its instances in one line, a gap between regions; empty where it has none, or more than fit. */
function pipLine(ink: Ink, node: DiagramNode, standing: Standing, room: number): string {
  const regions = node.rows
    .map((row) =>
      row.cells.flatMap((cell) => {
        const { lost } = standing.cell(node.id, cell.site, cell.pips.length);
        return cell.pips.map(({ role }, index) => ({ role, isLost: index < lost }));
      }),
    )
    .filter((pips) => pips.length > 0);
  const count = regions.reduce((sum, pips) => sum + pips.length, 0);
  const taken = count * pipPitch + (regions.length - 1) * regionGap;
  if (count === 0 || taken * stateScale > room) return '';
  let x = pipPitch / 2;
  let drawn = '';
  for (const pips of regions) {
    for (const { role, isLost } of pips) {
      drawn += isLost ? lostCross(ink, x, 0) : pipMark(ink, { role }, x, 0);
      x += pipPitch;
    }
    x += regionGap;
  }
  const left = node.width / 2 - (taken * stateScale) / 2;
  return `<g transform="translate(${at(left)} ${at(node.height * 0.72)}) scale(${stateScale})">${drawn}</g>`;
}
