/** Instances in the cells of their zones. */
import type { Pip, ZoneCell } from './diagram-graph.js';
import type { Ink, Paint } from './ink.js';
import { box, circle, textLine } from './markup.js';
import { cellHeight, firstPip, pipRun, smallSize } from './sizes.js';
import { textWidth } from './text-width.js';

/** A cell with its zone's letter and its pips. Without an instance it is a dotted outline. */
export function zoneCell(ink: Ink, cell: ZoneCell, x: number, y: number, width: number, alone: boolean): string {
  const used = cell.pips.length > 0;
  const outline: Paint = used ? { fill: 'bg', stroke: 'hair', width: 1 } : { stroke: 'hair', width: 1, dash: '2 3' };
  const middle = y + cellHeight / 2;
  const label = alone || cell.spans ? '' : cell.label;
  let drawn = box(ink, x, y, width, cellHeight, 3, outline);
  drawn += textLine(ink, x + 5, middle, label, { role: used ? 'fg' : 'mu', room: width - 8 });
  const run = pipRun(cell.pips);
  const start = x + firstPip(label);
  const lettered = run.shown.some((pip) => pip.letter !== undefined);
  run.shown.forEach((pip, index) => {
    drawn += pipMark(ink, pip, start + (lettered ? 3 : 0) + index * 11, middle);
  });
  let end = start + (run.shown.length - 1) * 11 + (lettered ? 10 : 4);
  if (run.more !== '') {
    drawn += textLine(ink, end + 2, middle, run.more, { room: x + width - end - 3 });
    end += 2 + textWidth(run.more, smallSize);
  }
  if (cell.spans && cell.label !== '')
    drawn += textLine(ink, end + 6, middle, cell.label, { role: 'mu', room: x + width - end - 10 });
  return drawn;
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
