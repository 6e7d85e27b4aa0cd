/** What others run: a dotted outline without a fill. Origin at its upper left corner. */
import type { DiagramNode } from './diagram-graph.js';
import { displayName } from './display-name.js';
import { icon } from './icons.js';
import type { Ink } from './ink.js';
import { box, singlePointTab, textLine } from './markup.js';
import { nameSize } from './sizes.js';

/** A third party. */
export function thirdParty(ink: Ink, node: DiagramNode): string {
  const { width, height } = node;
  let drawn = box(ink, 0, 0, width, height, 12, { fill: 'bg', stroke: 'bd', width: 1.3, dash: '2 3' });
  drawn += icon(ink, node.kind, 10, 11);
  drawn += textLine(ink, 31, 13, displayName(node), { size: nameSize, weight: 'bold', room: width - 31 - 10 });
  drawn += textLine(ink, 31, 27, node.subtitle ?? '', { role: 'mu', room: width - 31 - 10 });
  if (node.badge !== undefined) drawn += singlePointTab(ink, 10, 0);
  return drawn;
}
