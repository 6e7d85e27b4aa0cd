/** Where copies lie: a trapezoid, narrower below. Origin at its upper left corner. */
import type { DiagramNode } from './diagram-graph.js';
import { displayName } from './display-name.js';
import { icon } from './icons.js';
import type { Ink } from './ink.js';
import { at, chipRow, journeyNumbers, path, textLine } from './markup.js';
import type { Shape } from './shape.js';
import { nameSize } from './sizes.js';
import type { Standing } from './standing.js';
import { borderOf, stateLine } from './state-marks.js';

const slope = 8;

/** A bucket with its place and interval in words: a drawing by dependency has no region to put it in. */
export function bucket(ink: Ink, node: DiagramNode, standing: Standing): Shape {
  const own = standing.node(node.id);
  const { width, height } = node;
  const outline = `M0 0H${at(width)}L${at(width - slope)} ${at(height)}H${slope}Z`;
  const frame = path(ink, outline, borderOf(node, own, { fill: 'card', stroke: 'bd', width: 1 }));
  const inside = (): string => {
    let drawn = icon(ink, node.kind, 14, 8);
    const numbers = journeyNumbers(ink, width - 14, 16.5, node.journeys);
    drawn += numbers.drawn;
    drawn += textLine(ink, 36, 16.5, displayName(node), { size: nameSize, weight: 'bold', room: numbers.left - 36 - 3 });
    drawn += textLine(ink, 16, 33, own?.subtitle ?? node.subtitle ?? '', { role: 'mu', room: width - 32 });
    drawn += own === undefined ? chipRow(ink, 16, 43, node.chips) : stateLine(ink, 16, 51, own, width - 32);
    return drawn;
  };
  return { frame, inside };
}
