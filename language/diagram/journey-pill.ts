/** What users do: number, name, verdict, the figure in full, the objectives. Origin at its upper left corner. */
import type { DiagramNode } from './diagram-graph.js';
import { displayName } from './display-name.js';
import { verdictColours, verdictGlyph, verdictWords } from './icons.js';
import type { Ink } from './ink.js';
import { box, chipRow, journeyNumbers, textLine } from './markup.js';
import type { Shape } from './shape.js';
import { fittingChips, nameSize, smallSize } from './sizes.js';
import type { Standing } from './standing.js';
import { borderOf, stateLine } from './state-marks.js';
import { textWidth } from './text-width.js';

const left = 16;

/** A journey. The figure is never cut: the pill is as wide as it needs. */
export function journeyPill(ink: Ink, node: DiagramNode, standing: Standing): Shape {
  const own = standing.node(node.id);
  const verdict = own === undefined ? node.verdict : own.verdict;
  const frame = box(ink, 0, 0, node.width, node.height, 20, borderOf(node, own, { fill: 'card', stroke: 'bd', width: 1 }));
  const inside = (): string => {
    let drawn = journeyNumbers(ink, left + 18, 20, node.journeys.slice(0, 1)).drawn;
    let right = node.width - left;
    if (verdict !== undefined) {
      const word = verdictWords[verdict];
      right -= textWidth(word, smallSize, 'bold');
      drawn += textLine(ink, right, 20, word, { weight: 'bold', role: verdictColours[verdict] });
      right -= 10;
      drawn += verdictGlyph(ink, verdict, Math.round(right), 20);
      right -= 12;
    }
    drawn += textLine(ink, left + 24, 20, displayName(node), { size: nameSize, weight: 'bold', room: right - left - 24 });
    drawn +=
      own === undefined ? textLine(ink, left + 1, 42, node.subtitle ?? '') : stateLine(ink, left, 42, own, node.width - 2 * left);
    drawn += chipRow(ink, left, 54, own?.chips === undefined ? node.chips : fittingChips(own.chips, 3, node.width - 2 * left));
    return drawn;
  };
  return { frame, inside };
}
