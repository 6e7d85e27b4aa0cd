/** The frames of the lanes, with the names of their regions: solid where it serves, dashed where it stands by. */
import type { DiagramGraph, Place } from './diagram-graph.js';
import type { Ink } from './ink.js';
import { laneCaption } from './lane-layout.js';
import type { Layout } from './layout.js';
import { box, escapeText, textLine } from './markup.js';
import { nameSize } from './sizes.js';
import type { Standing } from './standing.js';
import { hatch, lostCross } from './state-marks.js';
import { textWidth } from './text-width.js';

const inset = 14;
const middle = 16;

/** All lanes; nothing where the picture has none. */
export function laneFrames(ink: Ink, graph: DiagramGraph, layout: Layout, standing: Standing): string {
  return (graph.lanes ?? [])
    .map((place, index) => {
      const frame = layout.lanes?.[index];
      if (frame === undefined) return '';
      const drawn = frameOf(ink, place, frame.width, frame.height, standing);
      return `<g transform="translate(${frame.x} ${frame.y})" data-lane="${escapeText(place.site)}">${drawn}</g>`;
    })
    .join('');
}

function frameOf(ink: Ink, place: Place, width: number, height: number, standing: Standing): string {
  const lost = standing.isLost(place.site);
  const planned = place.role === 'unused' ? 'not used' : place.role;
  const role = lost ? 'LOST' : standing.site(place.site)?.promoted === true ? 'promoted' : planned;
  const dash = place.role === 'active' ? {} : { dash: place.role === 'standby' ? '8 4' : '2 3' };
  const outline = lost ? { stroke: 'fg' as const, width: 2.4 } : { stroke: 'bd' as const, width: 1.4, ...dash };
  const name = textWidth(place.label, nameSize, 'bold');
  let drawn = box(ink, 0, 0, width, height, 10, outline);
  if (lost) drawn += hatch(ink, 1, 1, width - 2, laneCaption - 2, 9);
  drawn += textLine(ink, inset, middle, place.label, { size: nameSize, weight: 'bold', room: width - 2 * inset });
  const left = inset + name + 8;
  if (lost) drawn += lostCross(ink, left + 4, middle);
  const style = lost ? { weight: 'bold' as const } : { role: 'mu' as const };
  return drawn + textLine(ink, left + (lost ? 14 : 0), middle, role, { ...style, room: Math.max(0, width - left - inset) });
}
