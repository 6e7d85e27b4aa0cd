/** Which cell of a card lies at a point: the same numbers that the card is drawn to. */
import type { CardMeasure, DiagramNode, ZoneCell } from '../diagram-graph.js';
import { cardPadding, cellGap, cellHeight, firstRow, replicationHeight, rowHeight } from '../sizes.js';

/** The cell at a point of the card, counted from its upper left corner; undefined beside all cells. */
export function cellAt(node: DiagramNode, measure: CardMeasure, x: number, y: number): ZoneCell | undefined {
  if (node.shape !== 'card') return undefined;
  const right = node.width - cardPadding;
  const left = cardPadding + (measure.regionLabelWidth === 0 ? 0 : measure.regionLabelWidth + 6);
  if (x < left || x > right) return undefined;
  let top = firstRow;
  for (const row of node.rows) {
    if (row.arrives !== undefined) top += replicationHeight;
    if (y >= top && y <= top + cellHeight) {
      const [only] = row.cells;
      if (only?.spans) return only;
      const index = Math.floor((x - left) / (measure.cellWidth + cellGap));
      return x - left - index * (measure.cellWidth + cellGap) <= measure.cellWidth ? row.cells[index] : undefined;
    }
    top += rowHeight;
  }
  return undefined;
}

/** Cells of a card that hold instances, in the order of reading. */
export function usedCells(node: DiagramNode): readonly ZoneCell[] {
  return node.rows.flatMap(({ cells }) => cells.filter(({ pips }) => pips.length > 0));
}
