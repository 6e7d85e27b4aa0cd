/**
 * Widths of text without a document: one table for every host, so that all of them draw the same picture.
 * The table is of DejaVu Sans, the widest of the common fonts: what fits here is clipped nowhere.
 */

/** Advance widths in thousandths of an em, code points 32 to 126. */
const regular = [
  318, 401, 460, 838, 636, 950, 780, 275, 390, 390, 500, 838, 318, 361, 318, 337, 636, 636, 636, 636, 636, 636, 636, 636, 636,
  636, 337, 337, 838, 838, 838, 531, 1000, 684, 686, 698, 770, 632, 575, 775, 752, 295, 295, 656, 557, 863, 748, 787, 603, 787,
  695, 635, 611, 732, 684, 989, 685, 611, 685, 390, 337, 390, 838, 500, 500, 613, 635, 550, 635, 615, 352, 635, 634, 278, 278,
  579, 278, 974, 634, 612, 635, 635, 411, 521, 392, 634, 592, 818, 592, 592, 525, 636, 337, 636, 838,
];
const bold = [
  348, 456, 521, 838, 696, 1002, 872, 306, 457, 457, 523, 838, 380, 415, 380, 365, 696, 696, 696, 696, 696, 696, 696, 696, 696,
  696, 400, 400, 838, 838, 838, 580, 1000, 774, 762, 734, 830, 683, 683, 821, 837, 372, 372, 775, 637, 995, 837, 850, 733, 850,
  770, 720, 682, 812, 774, 1103, 771, 724, 725, 457, 365, 457, 838, 500, 500, 675, 716, 593, 716, 678, 435, 716, 712, 343, 343,
  665, 343, 1042, 712, 687, 716, 716, 493, 595, 478, 712, 652, 924, 645, 652, 582, 712, 365, 712, 838,
];

/** Ranges of code points that fill a square: Hangul, CJK, full-width forms, pictographs. */
const wide: readonly (readonly [number, number])[] = [
  [0x1100, 0x115f],
  [0x2e80, 0xa4cf],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xfe30, 0xfe6f],
  [0xff01, 0xff60],
  [0xffe0, 0xffe6],
  [0x1f300, 0x1faff],
  [0x20000, 0x3fffd],
];

/** Marks that stand on the letter before them, joiners and variation selectors. */
const zeroWidth: readonly (readonly [number, number])[] = [
  [0x0300, 0x036f],
  [0x200b, 0x200d],
  [0xfe00, 0xfe0f],
];

const ellipsis = '…';
const anyOther = 840;

export type TextWeight = 'regular' | 'bold';

/** The width of a text in the unit of `size`: an upper bound for the fonts that pictures are shown in. */
export function textWidth(text: string, size: number, weight: TextWeight = 'regular'): number {
  let thousandths = 0;
  for (const character of text) thousandths += advance(character.codePointAt(0) ?? 0, weight);
  return (thousandths * size) / 1000;
}

/** The text itself where it fits, else its longest beginning with an ellipsis that does; empty where not even that fits. */
export function fitText(text: string, width: number, size: number, weight: TextWeight = 'regular'): string {
  if (textWidth(text, size, weight) <= width) return text;
  let room = width - textWidth(ellipsis, size, weight);
  if (room < 0) return '';
  let kept = '';
  for (const character of text) {
    room -= (advance(character.codePointAt(0) ?? 0, weight) * size) / 1000;
    if (room < 0) break;
    kept += character;
  }
  return `${kept.trimEnd()}${ellipsis}`;
}

function advance(codePoint: number, weight: TextWeight): number {
  const known = (weight === 'bold' ? bold : regular)[codePoint - 32];
  if (known !== undefined) return known;
  if (within(wide, codePoint)) return 1020;
  return within(zeroWidth, codePoint) ? 0 : anyOther;
}

function within(ranges: readonly (readonly [number, number])[], codePoint: number): boolean {
  return ranges.some(([first, last]) => codePoint >= first && codePoint <= last);
}
