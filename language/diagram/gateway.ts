/** A gateway or name service that runs in no place of the model: a flat hexagon. Origin at its upper left corner. */
import type { DiagramNode } from './diagram-graph.js';
import { displayName } from './display-name.js';
import { icon } from './icons.js';
import type { Ink } from './ink.js';
import { at, path, singlePointTab, textLine } from './markup.js';
import { nameSize } from './sizes.js';

const slope = 14;

/** The hexagon with one figure under the name. */
export function gatewayHexagon(ink: Ink, node: DiagramNode): string {
  const { width, height } = node;
  const outline = `M${slope} 0H${at(width - slope)}L${at(width)} ${at(height / 2)}L${at(width - slope)} ${at(height)}H${slope}L0 ${at(height / 2)}Z`;
  const missed = node.verdict === 'missed';
  let drawn = path(ink, outline, { fill: 'card', stroke: missed ? 'down' : 'bd', width: missed ? 2.4 : 1 });
  drawn += icon(ink, node.kind, 19, 10);
  drawn += textLine(ink, 40, 18, displayName(node), { size: nameSize, weight: 'bold', room: width - 40 - slope - 6 });
  drawn += textLine(ink, 22, 35, node.subtitle ?? '', { role: 'mu', room: width - 22 - slope - 6 });
  if (node.badge !== undefined) drawn += singlePointTab(ink, slope + 4, 0);
  return drawn;
}
