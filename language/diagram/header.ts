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
  const separator = ' · ';
  graph.summary.forEach((part, index) => {
    const text = index === 0 ? part.text : `${separator}${part.text}`;
    if (part.mark === undefined) {
      drawn += textLine(ink, x, 45, text, { size: summarySize, role: 'mu', room: width - left - x });
      x += textWidth(text, summarySize);
      return;
    }
    if (index > 0) {
      drawn += textLine(ink, x, 45, '·', { size: summarySize, role: 'mu', room: Math.max(0, width - left - x) });
      x += textWidth(separator, summarySize);
    }
    if (x + 16 + textWidth(part.text, summarySize, 'bold') > width - left) return;
    drawn += verdictGlyph(ink, part.mark, Math.round(x + 6), 45);
    drawn += textLine(ink, x + 16, 45, part.text, { size: summarySize, weight: 'bold', role: verdictColours[part.mark] });
    x += 16 + textWidth(part.text, summarySize, 'bold');
  });
  return drawn;
}
