/** Sizes of cards and pills, from what they hold. All in pixels at 1:1; the shapes draw to the same numbers. */
import type { CardMeasure, Chip, NodeShape, Pip, RegionRow, ZoneCell } from './diagram-graph.js';
import { textWidth } from './text-width.js';

export const smallSize = 10.5;
export const nameSize = 13;
export const cardPadding = 12;
export const cellGap = 3;
export const cellHeight = 18;
export const rowHeight = 22;
export const firstRow = 30;
export const replicationHeight = 20;
export const chipHeight = 16;
export const chipGap = 4;
export const chipMark = 13;
export const journeyWidth = 252;
export const journeyHeight = 78;

const smallestCard = 196;
/** Cards grow with the longest name, but not so far that a row of them fits no screen. */
const largestForNames = 244;
const nameLeft = 33;
const numberPitch = 18;
const smallestCell = 38;
const largestCell = 64;
/** Cells get no wider than this just because there is room. */
const widestCell = 56;
const largestRegionLabel = 96;
const pipPitch = 11;
/** Sizes that follow a text grow in steps, so that most edits of a text move nothing. */
const step = 24;

/** The number of zone cells that a row shows at most; the last one stands for the rest. */
export const maximumCells = 6;

/** Where the first pip of a cell stands, from the cell's left side. */
export function firstPip(label: string): number {
  return label === '' ? 10 : Math.max(19, 5 + textWidth(label, smallSize) + 7);
}

/** The pips drawn one by one, and the text that stands for the others: `12`, `+2`; empty when all are drawn. */
export function pipRun(pips: readonly Pip[]): { readonly shown: readonly Pip[]; readonly more: string } {
  const lettered = pips.some((pip) => pip.letter !== undefined);
  if (pips.length <= (lettered ? 1 : 2)) return { shown: pips, more: '' };
  return { shown: pips.slice(0, 1), more: lettered ? `+${pips.length - 1}` : String(pips.length) };
}

/** From the cell's left side to the right end of its pips. */
export function pipRunEnd(cell: ZoneCell): number {
  const start = firstPip(cell.spans ? '' : cell.label);
  const { shown, more } = pipRun(cell.pips);
  if (shown.length === 0) return start + 4;
  const letterRoom = shown.some((pip) => pip.letter !== undefined) ? 10 : 4;
  const last = start + (shown.length - 1) * pipPitch + letterRoom;
  return more === '' ? last : last + 2 + textWidth(more, smallSize);
}

/** Where the first pip of a cell without a letter stands, so that the pips lie in its middle. */
export function centredPip(cell: ZoneCell, width: number): number {
  const alone = { ...cell, label: '' };
  const taken = pipRunEnd(alone) - firstPip('') + 4;
  return Math.max(6, Math.round((width - taken) / 2) + 4);
}

/** The width of a card that shows this name and so many journey numbers beside it in full. */
export function widthForName(name: string, numbers: number): number {
  return nameLeft + textWidth(name, nameSize, 'bold') + 6 + Math.min(3, numbers) * numberPitch + cardPadding;
}

/** The measures that all cards of a picture share. `widest` is the largest {@link widthForName}. */
export function measureCards(rows: readonly RegionRow[], widest: number): CardMeasure {
  let regionLabelWidth = 0;
  let cellWidth = smallestCell;
  let cells = 1;
  for (const row of rows) {
    regionLabelWidth = Math.max(regionLabelWidth, Math.min(largestRegionLabel, Math.ceil(textWidth(row.label, smallSize))));
    cells = Math.max(cells, row.cells.length);
    for (const cell of row.cells) {
      if (!cell.spans) cellWidth = Math.max(cellWidth, Math.min(largestCell, Math.ceil(pipRunEnd(cell)) + 4));
    }
  }
  const content = (regionLabelWidth === 0 ? 0 : regionLabelWidth + 6) + cells * cellWidth + (cells - 1) * cellGap;
  const width = Math.max(grown(widest, smallestCard, largestForNames), content + 2 * cardPadding);
  // On a card that a long name made wide, the cells take the room that is left.
  const spare = Math.floor((width - 2 * cardPadding - content) / cells);
  return { width, regionLabelWidth, cellWidth: Math.max(cellWidth, Math.min(widestCell, cellWidth + spare)) };
}

/** The height of a card: its name, its rows, the line of chips. The line stays where there is no chip: it also tells a state. */
export function cardHeight(rows: readonly RegionRow[]): number {
  const arrows = rows.filter((row) => row.arrives !== undefined).length;
  return firstRow + rows.length * rowHeight + arrows * replicationHeight + 24;
}

/** The size of a node that is no card. */
export function fixedSize(
  shape: Exclude<NodeShape, 'card'>,
  texts: { readonly name: string; readonly subtitle: string; readonly chips: readonly Chip[] },
): { readonly width: number; readonly height: number } {
  const name = textWidth(texts.name, nameSize, 'bold');
  const subtitle = textWidth(texts.subtitle, smallSize);
  switch (shape) {
    case 'journey':
      // Room for every mark, so that a promise that breaks moves nothing.
      return {
        width: grown(
          Math.max(subtitle + 56, chipsWidth(texts.chips.map((chip) => ({ ...chip, tone: 'missed' }))) + 36),
          journeyWidth,
          400,
        ),
        height: journeyHeight,
      };
    case 'hexagon':
      return { width: grown(Math.max(name, subtitle) + 66, smallestCard, 256), height: 50 };
    case 'bucket':
      return { width: grown(Math.max(subtitle, chipsWidth(texts.chips)) + 40, smallestCard, 300), height: 66 };
    case 'group':
      return { width: grown(Math.max(name + 90, subtitle + 36), 220, 364), height: 72 };
    case 'third-party':
      return { width: grown(Math.max(name, subtitle) + 44, 132, 240), height: 44 };
  }
}

/** The width of chips in a row. */
export function chipsWidth(chips: readonly Chip[]): number {
  return chips.reduce((sum, chip) => sum + chipWidth(chip) + chipGap, -chipGap);
}

/** The first chips, `most` of them at most, that fit into the width. One that is too wide makes place for the next. */
export function fittingChips(chips: readonly Chip[], most: number, width: number): readonly Chip[] {
  const kept: Chip[] = [];
  for (const chip of chips) {
    if (kept.length < most && chipsWidth([...kept, chip]) <= width) kept.push(chip);
  }
  return kept;
}

/** The width of one chip; a missed one has a mark before its text. */
export function chipWidth(chip: Chip): number {
  return textWidth(chip.text, smallSize) + 12 + (chip.tone === 'missed' ? chipMark : 0);
}

function grown(needed: number, smallest: number, largest: number): number {
  if (needed <= smallest) return smallest;
  return Math.min(largest, smallest + Math.ceil((needed - smallest) / step) * step);
}
