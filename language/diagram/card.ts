/** The card of a component: its name, its regions with their zones, its chips. Origin at its upper left corner. */
import type { CardMeasure, DiagramNode } from './diagram-graph.js';
import { displayName } from './display-name.js';
import { icon } from './icons.js';
import type { Ink, Paint } from './ink.js';
import { at, box, chipRow, inset, journeyNumbers, path, singlePointTab, textLine } from './markup.js';
import { zoneCell } from './pips.js';
import { cellGap, cellHeight, chipHeight, firstRow, nameSize, replicationHeight, rowHeight, smallSize } from './sizes.js';
import { textWidth } from './text-width.js';

/** A service, store, queue, coordinator or job, and a gateway that runs in places: that one has cut corners. */
export function card(ink: Ink, node: DiagramNode, measure: CardMeasure): string {
  const heavy = node.kind === 'database' || node.kind === 'cache' || node.kind === 'queue' || node.kind === 'coordinator';
  const border: Paint =
    node.verdict === 'missed'
      ? { fill: 'card', stroke: 'down', width: 2.4 }
      : { fill: 'card', stroke: 'bd', width: heavy ? 1.6 : 1, ...(node.kind === 'external' ? { dash: '2 3' } : {}) };
  let drawn = node.kind === 'gateway' ? chamfered(ink, node, border) : box(ink, 0, 0, node.width, node.height, 6, border);
  drawn += icon(ink, node.kind, 12, 12);
  const numbers = journeyNumbers(ink, node.width - inset, 20.5, node.journeys);
  drawn += numbers.drawn;
  drawn += textLine(ink, 33, 20.5, displayName(node), { size: nameSize, weight: 'bold', room: numbers.left - 33 - 3 });
  let y = firstRow;
  for (const row of node.rows) {
    if (row.arrives !== undefined) {
      drawn += arrival(ink, row.arrives, measure, y, node.width);
      y += replicationHeight;
    }
    drawn += textLine(ink, inset, y + cellHeight / 2, row.label, { role: 'mu', room: measure.regionLabelWidth });
    const total = node.width - 2 * inset - (measure.regionLabelWidth === 0 ? 0 : measure.regionLabelWidth + 6);
    const [only] = row.cells;
    if (only?.spans) {
      drawn += zoneCell(ink, only, node.width - inset - total, y, total, true);
    } else {
      const left = node.width - inset - total;
      row.cells.forEach((cell, index) => {
        drawn += zoneCell(ink, cell, left + index * (measure.cellWidth + cellGap), y, measure.cellWidth, row.cells.length === 1);
      });
    }
    y += rowHeight;
  }
  drawn += chipRow(ink, inset, node.height - chipHeight - 5, node.chips);
  if (node.badge !== undefined) drawn += singlePointTab(ink, 8, 0);
  return drawn;
}

function chamfered(ink: Ink, node: DiagramNode, border: Paint): string {
  const { width, height } = node;
  const cut = 11;
  const outline = `M${cut} 0H${at(width - cut)}L${at(width)} ${cut}V${at(height - cut)}L${at(width - cut)} ${at(height)}H${cut}L0 ${at(height - cut)}V${cut}Z`;
  return path(ink, outline, border);
}

/** The arrow of the replication that leads from the region above to the one below. */
function arrival(
  ink: Ink,
  arrives: NonNullable<DiagramNode['rows'][number]['arrives']>,
  measure: CardMeasure,
  y: number,
  width: number,
): string {
  const x = inset + measure.regionLabelWidth + 6 + 22;
  const top = y - 3;
  const bottom = y + replicationHeight - 3;
  const sync = arrives.mode === 'sync';
  const line = sync
    ? path(ink, `M${at(x)} ${top}V${bottom - 5}`, { stroke: 'repl', width: 4 }) +
      path(ink, `M${at(x)} ${top}V${bottom - 5}`, { stroke: 'card', width: 1.4 })
    : path(ink, `M${at(x)} ${top}V${bottom - 2}`, { stroke: 'repl', width: 2, dash: '5 3' });
  const head = sync
    ? path(ink, `M${at(x - 4.5)} ${bottom - 7}h9l-4.5 7Z`, { fill: 'repl' })
    : path(ink, `M${at(x - 4)} ${bottom - 5.5}L${at(x)} ${bottom - 0.5}l4 -5`, { stroke: 'repl', width: 1.6, round: true });
  const room = width - inset - x - 4;
  const texts =
    arrives.lag === undefined
      ? [arrives.mode]
      : [
          `${arrives.mode} · lag ≤ ${arrives.lag}`,
          `${arrives.mode} ≤ ${arrives.lag}`,
          `lag ≤ ${arrives.lag}`,
          `≤ ${arrives.lag}`,
        ];
  const fits = texts.find((text) => textWidth(text, smallSize) <= room) ?? arrives.mode;
  const text = textLine(ink, x + 9, y + replicationHeight / 2 - 2, fits, { room });
  return line + head + text;
}
