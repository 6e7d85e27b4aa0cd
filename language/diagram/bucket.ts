/** Where copies lie: a trapezoid, narrower below. Origin at its upper left corner. */
import type { DiagramNode } from './diagram-graph.js';
import { displayName } from './display-name.js';
import { icon } from './icons.js';
import type { Ink } from './ink.js';
import { at, chipRow, journeyNumbers, path, singlePointTab, textLine } from './markup.js';
import { nameSize } from './sizes.js';

const slope = 8;

/** A bucket with its place and interval in words: a drawing by dependency has no region to put it in. */
export function bucket(ink: Ink, node: DiagramNode): string {
  const { width, height } = node;
  const outline = `M0 0H${at(width)}L${at(width - slope)} ${at(height)}H${slope}Z`;
  const missed = node.verdict === 'missed';
  let drawn = path(ink, outline, { fill: 'card', stroke: missed ? 'down' : 'bd', width: missed ? 2.4 : 1 });
  drawn += icon(ink, node.kind, 14, 8);
  const numbers = journeyNumbers(ink, width - 14, 16.5, node.journeys);
  drawn += numbers.drawn;
  drawn += textLine(ink, 36, 16.5, displayName(node), { size: nameSize, weight: 'bold', room: numbers.left - 36 - 3 });
  drawn += textLine(ink, 16, 33, node.subtitle ?? '', { role: 'mu', room: width - 32 });
  drawn += chipRow(ink, 16, 43, node.chips);
  if (node.badge !== undefined) drawn += singlePointTab(ink, 8, 0);
  return drawn;
}
