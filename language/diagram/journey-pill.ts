/** What users do: number, name, verdict, the figure in full, the objectives. Origin at its upper left corner. */
import type { DiagramNode } from './diagram-graph.js';
import { displayName } from './display-name.js';
import { verdictColours, verdictGlyph, verdictWords } from './icons.js';
import type { Ink } from './ink.js';
import { box, chipRow, journeyNumbers, textLine } from './markup.js';
import { nameSize, smallSize } from './sizes.js';
import { textWidth } from './text-width.js';

const left = 16;

/** A journey. The figure is never cut: the pill is as wide as it needs. */
export function journeyPill(ink: Ink, node: DiagramNode): string {
  const missed = node.verdict === 'missed';
  let drawn = box(ink, 0, 0, node.width, node.height, 20, {
    fill: 'card',
    stroke: missed ? 'down' : 'bd',
    width: missed ? 2.4 : 1,
  });
  drawn += journeyNumbers(ink, left + 18, 20, node.journeys.slice(0, 1)).drawn;
  let right = node.width - left;
  if (node.verdict !== undefined) {
    const word = verdictWords[node.verdict];
    drawn += textLine(ink, right, 20, word, { weight: 'bold', role: verdictColours[node.verdict], anchor: 'end' });
    right -= textWidth(word, smallSize, 'bold') + 10;
    drawn += verdictGlyph(ink, node.verdict, Math.round(right), 20);
    right -= 12;
  }
  drawn += textLine(ink, left + 24, 20, displayName(node), { size: nameSize, weight: 'bold', room: right - left - 24 });
  drawn += textLine(ink, left + 1, 42, node.subtitle ?? '');
  drawn += chipRow(ink, left, 54, node.chips);
  return drawn;
}
