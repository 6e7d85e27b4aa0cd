/** Several components folded into one: a card with more behind it. Origin at its upper left corner. */
import type { DiagramNode } from './diagram-graph.js';
import { icon } from './icons.js';
import type { Ink } from './ink.js';
import { box, chipRow, inset, journeyNumbers, textLine } from './markup.js';
import type { Shape } from './shape.js';
import { nameSize } from './sizes.js';
import type { Standing } from './standing.js';
import { borderOf, stateLine, stripe } from './state-marks.js';

/** A box with what it holds in words; how it stands, or what is worth worrying about. */
export function groupBox(ink: Ink, node: DiagramNode, standing: Standing): Shape {
  const own = standing.node(node.id);
  const { width } = node;
  // The sheets behind it stay inside the size that the layout knows.
  const height = node.height - 6;
  let frame = box(ink, 0, 0, width - 6, height, 6, borderOf(node, own, { fill: 'card', stroke: 'bd', width: 1.4 }));
  frame += `<path d="M${width - 6} 6h3v${height - 3}h-${width - 9}v-3M${width - 3} 9h3v${height - 3}h-${width - 9}v-3"${ink.paint({ stroke: 'bd', width: 1 })}/>`;
  if (own !== undefined) frame += stripe(ink, own.state, height);
  const inside = (): string => {
    let drawn = icon(ink, 'group', 12, 10);
    const numbers = journeyNumbers(ink, width - 6 - inset, 18, node.journeys);
    drawn += numbers.drawn;
    drawn += textLine(ink, 33, 18, node.name, { size: nameSize, weight: 'bold', room: numbers.left - 33 - 3 });
    drawn += textLine(ink, inset, 37, node.subtitle ?? '', { role: 'mu', room: width - 6 - 2 * inset });
    drawn += own === undefined ? chipRow(ink, inset, 47, node.chips) : stateLine(ink, inset, 55, own, width - 6 - 2 * inset);
    return drawn;
  };
  return { frame, inside };
}
