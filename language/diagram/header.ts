/** Two lines over the drawing: what it shows, and how it stands. Both are always reserved, so that nothing jumps. */
import type { DiagramGraph } from './diagram-graph.js';
import { verdictColours, verdictGlyph } from './icons.js';
import type { Ink } from './ink.js';
import { textLine } from './markup.js';
import { textWidth } from './text-width.js';

const left = 16;
const summarySize = 11.5;

/** Title and summary, cut at the width of the picture. */
export function header(ink: Ink, graph: DiagramGraph, width: number): string {
  let drawn = textLine(ink, left, 22, graph.title, { size: 16, weight: 'bold', room: width - 2 * left });
  let x = left;
  graph.summary.forEach((part, index) => {
    const mark = part.mark === undefined ? 0 : 16;
    const weight = part.mark === undefined ? 'regular' : 'bold';
    const needed = mark + textWidth(part.text, summarySize, weight);
    if (x + needed > width - left) return;
    if (index > 0) drawn += textLine(ink, x - 7, 45, '·', { size: summarySize, role: 'mu', anchor: 'middle' });
    if (part.mark !== undefined) drawn += verdictGlyph(ink, part.mark, Math.round(x + 6), 45);
    const role = part.mark === undefined ? 'mu' : verdictColours[part.mark];
    drawn += textLine(ink, x + mark, 45, part.text, { size: summarySize, weight, role });
    x += needed + 12;
  });
  return drawn;
}
