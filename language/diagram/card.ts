/** The card of a component: its name, its regions with their zones, its chips. Origin at its upper left corner. */
import type { CardMeasure, DiagramNode, RegionRow } from './diagram-graph.js';
import { displayName } from './display-name.js';
import { icon } from './icons.js';
import type { Ink, Paint } from './ink.js';
import { at, box, chipRow, inset, journeyNumbers, path, textLine } from './markup.js';
import { promotedArrow, zoneCell } from './pips.js';
import type { Shape } from './shape.js';
import { cellGap, cellHeight, chipHeight, firstRow, nameSize, replicationHeight, rowHeight, smallSize } from './sizes.js';
import type { Standing } from './standing.js';
import { borderOf, hatch, lostCross, stateLine, stripe } from './state-marks.js';
import { textWidth } from './text-width.js';

/** The middle of the line with the name; the cells below it keep their distance. */
const nameMiddle = 16;

/** A service, store, queue, coordinator or job, and a gateway that runs in places: that one has cut corners. */
export function card(ink: Ink, node: DiagramNode, measure: CardMeasure, standing: Standing): Shape {
  const own = standing.node(node.id);
  const heavy = node.kind === 'database' || node.kind === 'cache' || node.kind === 'queue' || node.kind === 'coordinator';
  const border = borderOf(node, own, {
    fill: 'card',
    stroke: 'bd',
    width: heavy ? 1.6 : 1,
    ...(node.kind === 'external' ? { dash: '2 3' } : {}),
  });
  let frame = node.kind === 'gateway' ? chamfered(ink, node, border) : box(ink, 0, 0, node.width, node.height, 6, border);
  if (own !== undefined) {
    if (own.state === 'lost') frame += hatch(ink, 1, 1, node.width - 2, node.height - 2, 5);
    frame += stripe(ink, own.state, node.height);
  }
  const inside = (): string => {
    let drawn = icon(ink, node.kind, inset, nameMiddle - 8);
    const numbers = journeyNumbers(ink, node.width - inset, nameMiddle, node.journeys);
    drawn += numbers.drawn;
    drawn += textLine(ink, 33, nameMiddle, displayName(node), { size: nameSize, weight: 'bold', room: numbers.left - 33 - 3 });
    let y = firstRow;
    for (const row of node.rows) {
      if (row.arrives !== undefined) {
        drawn += arrival(ink, row.arrives, measure, y, node.width, standing.replication(node.id, row.arrives.into ?? row.region));
        y += replicationHeight;
      }
      drawn += regionLabel(ink, node.id, row, y + cellHeight / 2, measure, standing);
      const total = node.width - 2 * inset - (measure.regionLabelWidth === 0 ? 0 : measure.regionLabelWidth + 6);
      const [only] = row.cells;
      if (only?.spans) {
        drawn += zoneCell(
          ink,
          only,
          node.width - inset - total,
          y,
          total,
          true,
          standing.cell(node.id, only.site, only.pips.length),
        );
      } else {
        const left = node.width - inset - total;
        row.cells.forEach((cell, index) => {
          const x = left + index * (measure.cellWidth + cellGap);
          const here = standing.cell(node.id, cell.site, cell.pips.length);
          drawn += zoneCell(ink, cell, x, y, measure.cellWidth, row.cells.length === 1, here);
        });
      }
      y += rowHeight;
    }
    drawn +=
      own === undefined
        ? chipRow(ink, inset, node.height - chipHeight - 5, node.chips)
        : stateLine(ink, inset, node.height - chipHeight / 2 - 5, own, node.width - 2 * inset + 6);
    return drawn;
  };
  return { frame, inside };
}

/** The name of a region: crossed out where it is lost, in full colour with an arrow where this component took over there. */
function regionLabel(ink: Ink, id: string, row: RegionRow, y: number, measure: CardMeasure, standing: Standing): string {
  const promoted =
    standing.site(row.region)?.promoted === true &&
    row.cells.some((cell) => standing.cell(id, cell.site, cell.pips.length).promoted > 0);
  const label = textLine(ink, inset, y, row.label, {
    role: promoted ? 'fg' : 'mu',
    room: measure.regionLabelWidth,
    struck: standing.isLost(row.region),
  });
  if (!promoted || row.label === '') return label;
  const end = textWidth(row.label, smallSize) + 5;
  return label + promotedArrow(ink, inset + Math.min(measure.regionLabelWidth + 2, end), y);
}

function chamfered(ink: Ink, node: DiagramNode, border: Paint): string {
  const { width, height } = node;
  const cut = 11;
  const outline = `M${cut} 0H${at(width - cut)}L${at(width)} ${cut}V${at(height - cut)}L${at(width - cut)} ${at(height)}H${cut}L0 ${at(height - cut)}V${cut}Z`;
  return path(ink, outline, border);
}

/** The arrow of the replication that leads from the region above to the one below, or up from there. */
function arrival(
  ink: Ink,
  arrives: NonNullable<DiagramNode['rows'][number]['arrives']>,
  measure: CardMeasure,
  y: number,
  width: number,
  instead: string | undefined,
): string {
  const x = inset + measure.regionLabelWidth + 6 + 22;
  const top = y - 3;
  const bottom = y + replicationHeight - 3;
  const sync = arrives.mode === 'sync';
  const [tail, tip] = arrives.into === undefined ? [top, bottom] : [bottom, top];
  const down = arrives.into === undefined ? 1 : -1;
  const line = sync
    ? path(ink, `M${at(x)} ${tail}V${tip - 5 * down}`, { stroke: 'repl', width: 4 }) +
      path(ink, `M${at(x)} ${tail}V${tip - 5 * down}`, { stroke: 'card', width: 1.4 })
    : path(ink, `M${at(x)} ${tail}V${tip - 2 * down}`, { stroke: 'repl', width: 2, dash: '5 3' });
  const head = sync
    ? path(ink, `M${at(x - 4.5)} ${tip - 7 * down}h9l-4.5 ${7 * down}Z`, { fill: 'repl' })
    : path(ink, `M${at(x - 4)} ${tip - 5.5 * down}L${at(x)} ${tip - 0.5 * down}l4 ${-5 * down}`, {
        stroke: 'repl',
        width: 1.6,
        round: true,
      });
  const room = width - inset - x - 4;
  const texts =
    instead !== undefined
      ? [instead]
      : arrives.lag === undefined
        ? [arrives.mode]
        : [
            `${arrives.mode} · lag ≤ ${arrives.lag}`,
            `${arrives.mode} ≤ ${arrives.lag}`,
            `lag ≤ ${arrives.lag}`,
            `≤ ${arrives.lag}`,
          ];
  const fits = texts.find((text) => textWidth(text, smallSize) <= room) ?? instead ?? arrives.mode;
  const text = textLine(ink, x + 9, y + replicationHeight / 2 - 2, fits, { room });
  return line + (instead === undefined ? head : lostCross(ink, x, (top + bottom) / 2)) + text;
}
