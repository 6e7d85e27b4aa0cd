/** A gateway or name service that runs in no place of the model: a flat hexagon. Origin at its upper left corner. */
import type { DiagramNode } from './diagram-graph.js';
import { displayName } from './display-name.js';
import { icon } from './icons.js';
import type { Ink } from './ink.js';
import { at, path, textLine } from './markup.js';
import type { Shape } from './shape.js';
import { nameSize } from './sizes.js';
import type { Standing } from './standing.js';
import { borderOf, stateLine } from './state-marks.js';

const slope = 14;

/** The hexagon with one figure under the name. */
export function gatewayHexagon(ink: Ink, node: DiagramNode, standing: Standing): Shape {
  const own = standing.node(node.id);
  const { width, height } = node;
  const outline = `M${slope} 0H${at(width - slope)}L${at(width)} ${at(height / 2)}L${at(width - slope)} ${at(height)}H${slope}L0 ${at(height / 2)}Z`;
  const frame = path(ink, outline, borderOf(node, own, { fill: 'card', stroke: 'bd', width: 1 }));
  const inside = (): string => {
    let drawn = icon(ink, node.kind, 19, 10);
    drawn += textLine(ink, 40, 18, displayName(node), { size: nameSize, weight: 'bold', room: width - 40 - slope - 6 });
    const room = width - 22 - slope - 6;
    drawn +=
      own === undefined || own.subtitle !== undefined
        ? textLine(ink, 22, 35, own?.subtitle ?? node.subtitle ?? '', { role: 'mu', room })
        : stateLine(ink, 20, 35, own, room);
    return drawn;
  };
  return { frame, inside };
}
