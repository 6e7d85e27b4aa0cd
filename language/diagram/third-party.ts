/** What others run: a dotted outline without a fill. Origin at its upper left corner. */
import type { DiagramNode } from './diagram-graph.js';
import { displayName } from './display-name.js';
import { icon } from './icons.js';
import type { Ink } from './ink.js';
import { box, textLine } from './markup.js';
import type { Shape } from './shape.js';
import { nameSize } from './sizes.js';
import type { Standing } from './standing.js';
import { borderOf, stateLine } from './state-marks.js';

/** A third party. */
export function thirdParty(ink: Ink, node: DiagramNode, standing: Standing): Shape {
  const own = standing.node(node.id);
  const { width, height } = node;
  const frame = box(ink, 0, 0, width, height, 12, borderOf(node, own, { fill: 'bg', stroke: 'bd', width: 1.3, dash: '2 3' }));
  const inside = (): string => {
    let drawn = icon(ink, node.kind, 10, 13);
    drawn += textLine(ink, 31, 15, displayName(node), { size: nameSize, weight: 'bold', room: width - 31 - 10 });
    drawn +=
      own === undefined
        ? textLine(ink, 31, 30, node.subtitle ?? '', { role: 'mu', room: width - 31 - 10 })
        : stateLine(ink, 31, 30, own, width - 31 - 6);
    return drawn;
  };
  return { frame, inside };
}
