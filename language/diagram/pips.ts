/** Instances in the cells of their zones. */
import type { Pip, ZoneCell } from './diagram-graph.js';
import type { Ink, Paint } from './ink.js';
import { at, box, circle, escapeText, path, textLine } from './markup.js';
import { cellHeight, centredPip, firstPip, pipRun, smallSize } from './sizes.js';
import type { CellStanding } from './standing.js';
import { hatch, lostCross, stateColours } from './state-marks.js';
import { textWidth } from './text-width.js';

/** A cell with its zone's letter and its pips. Without an instance it is a dotted outline. */
export function zoneCell(
  ink: Ink,
  cell: ZoneCell,
  x: number,
  y: number,
  width: number,
  alone: boolean,
  standing: CellStanding,
): string {
  const used = cell.pips.length > 0;
  const emptied = used && standing.lost === cell.pips.length;
  const middle = y + cellHeight / 2;
  const label = alone || cell.spans ? '' : cell.label;
  // What is under the pointer is lit by its site, in every picture on the page.
  const site = ink.interactive ? ` data-site="${escapeText(cell.site)}"` : '';
  let drawn = box(ink, x, y, width, cellHeight, 3, outlineOf(used, emptied, standing), site);
  if (standing.siteLost) drawn += hatch(ink, x + 0.5, y + 0.5, width - 1, cellHeight - 1, 3);
  drawn += textLine(ink, x + 5, middle, label, { role: used ? 'fg' : 'mu', room: width - 8 });
  const run = pipRun(cell.pips);
  const start = x + (label === '' && !cell.spans ? centredPip(cell, width) : firstPip(label));
  const lettered = run.shown.some((pip) => pip.letter !== undefined);
  const cross = standing.cause === undefined ? 'fg' : stateColours[standing.cause];
  let raised = 0;
  run.shown.forEach((pip, index) => {
    const left = start + (lettered ? 3 : 0) + index * 11;
    // Where one pip stands for many, it is crossed out when none of them is left.
    const lost = run.more === '' ? index < standing.lost : emptied;
    const promoted = !lost && index - (run.more === '' ? standing.lost : 0) < standing.promoted;
    if (lost) drawn += lostCross(ink, left, middle, cross);
    else if (promoted) {
      raised += 1;
      drawn += pipMark(
        ink,
        pip.letter === undefined ? { role: 'active' } : { role: 'active', letter: standing.letter },
        left,
        middle,
      );
    } else drawn += pipMark(ink, pip, left, middle);
  });
  let end = start + (run.shown.length - 1) * 11 + (lettered ? 10 : 4);
  if (run.more !== '') {
    const left = cell.pips.length - standing.lost;
    const more = standing.lost === 0 || emptied || lettered ? run.more : String(left);
    drawn += textLine(ink, end + 2, middle, more, { room: x + width - end - 3 });
    end += 2 + textWidth(run.more, smallSize);
  }
  // One arrow for all that were promoted here, where it has room; the region's own arrow says it too.
  if (raised > 0 && end + 7 <= x + width) {
    drawn += promotedArrow(ink, end + 3.5, middle);
    end += 7;
  }
  if (cell.spans && cell.label !== '')
    drawn += textLine(ink, end + 6, middle, cell.label, { role: 'mu', room: x + width - end - 10 });
  return drawn;
}

function outlineOf(used: boolean, emptied: boolean, standing: CellStanding): Paint {
  if (!used) return { stroke: 'hair', width: 1, dash: '2 3' };
  if (standing.cause !== undefined) return { fill: 'bg', stroke: stateColours[standing.cause], width: 2 };
  return { fill: 'bg', stroke: emptied ? 'fg' : 'hair', width: emptied ? 1.2 : 1 };
}

/** The arrow beside what was promoted: 6 wide, its middle at `x`, `y`. */
export function promotedArrow(ink: Ink, x: number, y: number): string {
  return path(ink, `M${at(x)} ${at(y + 4.5)}V${at(y - 4)}M${at(x - 2.8)} ${at(y - 1.2)}L${at(x)} ${at(y - 4.3)}l2.8 3.1`, {
    stroke: 'ok',
    width: 1.5,
    round: true,
  });
}

/** One instance, its middle at `x`, `y`: active filled, standby a ring; what replicates has its letter. */
export function pipMark(ink: Ink, pip: Pip, x: number, y: number): string {
  if (pip.letter === undefined) {
    return pip.role === 'active'
      ? circle(ink, x, y, 4, { fill: 'fg' })
      : circle(ink, x, y, 3.5, { stroke: 'fg', width: 1.4, ...(pip.role === 'witness' ? { dash: '2 1.5' } : {}) });
  }
  const primary = pip.letter === 'P';
  const ring: Paint = primary
    ? { fill: 'fg', stroke: 'fg', width: 1.4 }
    : { fill: 'bg', stroke: 'fg', width: pip.letter === 'S' ? 2.2 : 1.4, ...(pip.letter === 'W' ? { dash: '2 1.5' } : {}) };
  const letter = textLine(ink, x, y, pip.letter, { weight: 'bold', role: primary ? 'bg' : 'fg', anchor: 'middle' });
  return circle(ink, x, y, primary ? 7 : 6.6, ring) + letter;
}
