/** The few SVG elements that all shapes are made of. Every text of a model passes through here and is escaped. */
import type { Chip } from './diagram-graph.js';
import { octagonCross } from './icons.js';
import type { ColourRole, Ink, Paint } from './ink.js';
import { plainText } from './plain-text.js';
import { cardPadding, chipGap, chipHeight, chipMark, chipWidth, smallSize } from './sizes.js';
import { fitText, type TextWeight, textWidth } from './text-width.js';

/** Most texts: nothing in them means anything to XML. */
const harmless = /^[\w .,:;()/%≥≤·+–-]*$/;

/** A text that is safe between tags and in quotes: all that is left of it by {@link plainText} is something that XML can hold. */
export function escapeText(text: string): string {
  if (harmless.test(text)) return text;
  return plainText(text)
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;')
    .replace(/'/g, '&#39;');
}

/** What stands behind the whole number, by hundredths. */
const decimals: readonly string[] = Array.from({ length: 100 }, (_, hundredths) => String(hundredths / 100).slice(1));

/** A coordinate with at most two decimals. */
export function at(value: number): string {
  // A whole number is written much faster than one with a fraction, and a picture has some hundred thousand of them.
  const hundredths = Math.round(value * 100);
  const rest = hundredths % 100;
  if (rest === 0 || !Number.isSafeInteger(hundredths)) return String(hundredths / 100);
  const whole = (hundredths - rest) / 100;
  return hundredths < 0 ? `-${-whole}${decimals[-rest]}` : `${whole}${decimals[rest]}`;
}

/**
 * Pieces of a drawing as one text. What is put together with `+` stays a tree of small texts until somebody reads it: the trees of a large
 * picture fill the memory and are slow to read in the end, so each part is made one text as soon as it is whole.
 */
export function drawnTogether(pieces: readonly string[]): string {
  return pieces.join('');
}

export interface TextStyle {
  readonly size?: number;
  readonly weight?: TextWeight;
  readonly role?: ColourRole;
  readonly anchor?: 'start' | 'middle' | 'end';
  /** Cut with an ellipsis to this width. */
  readonly room?: number;
  /** Crossed out. */
  readonly struck?: boolean;
}

/** A line of text whose middle stands at `y`. Empty when there is nothing to say, or no room for it. */
export function textLine(ink: Ink, x: number, y: number, text: string, style: TextStyle = {}): string {
  const size = style.size ?? smallSize;
  const shown = style.room === undefined ? text : fitText(text, style.room, size, style.weight ?? 'regular');
  if (shown === '') return '';
  const anchor = style.anchor === undefined || style.anchor === 'start' ? '' : ` text-anchor="${style.anchor}"`;
  const struck = style.struck === true ? ' text-decoration="line-through"' : '';
  return `${textBegins(x, y, size)}${anchor}${struck}${pieceStyle(ink, style)}>${escapeText(shown)}</text>`;
}

/** One piece of a line that is set in more than one way. */
export interface TextPiece {
  readonly text: string;
  readonly weight?: TextWeight;
  readonly role?: ColourRole;
  /** How far it stands off the piece before it, besides a blank, in pixels. */
  readonly off?: number;
}

/**
 * A line of pieces with a blank between them. Only its beginning is placed: a viewer whose letters are narrower than those that the picture
 * was measured with leaves no gaps between the pieces.
 */
export function textPieces(ink: Ink, x: number, y: number, pieces: readonly TextPiece[], size: number = smallSize): string {
  const [first, ...rest] = pieces.filter(({ text }) => text !== '');
  if (first === undefined) return '';
  if (rest.length === 0) return textLine(ink, x, y, first.text, { ...first, size });
  const spans = [first, ...rest].map((piece, index) => {
    const blank = index === 0 ? '' : ' ';
    const off = index === 0 || piece.off === undefined ? '' : ` dx="${at(piece.off)}"`;
    return `<tspan${off}${pieceStyle(ink, piece)}>${blank}${escapeText(piece.text)}</tspan>`;
  });
  return `${textBegins(x, y, size)}>${spans.join('')}</text>`;
}

/** The beginning of a text. Numbers for the baseline: viewers disagree about dominant-baseline. */
function textBegins(x: number, y: number, size: number): string {
  return `<text x="${at(x)}" y="${at(y + size * 0.36)}" font-size="${size}"`;
}

function pieceStyle(ink: Ink, { weight, role }: Pick<TextPiece, 'weight' | 'role'>): string {
  return `${weight === 'bold' ? ' font-weight="600"' : ''}${ink.paint({ fill: role ?? 'fg' })}`;
}

/** A rectangle with rounded corners; `more` are attributes of its own, with a blank before the first. */
export function box(
  ink: Ink,
  x: number,
  y: number,
  width: number,
  height: number,
  radius: number,
  paint: Paint,
  more = '',
): string {
  return `<rect${more} x="${at(x)}" y="${at(y)}" width="${at(width)}" height="${at(height)}" rx="${at(radius)}"${ink.paint(paint)}/>`;
}

export function path(ink: Ink, data: string, paint: Paint): string {
  return `<path d="${data}"${ink.paint(paint)}/>`;
}

export function circle(ink: Ink, x: number, y: number, radius: number, paint: Paint): string {
  return `<circle cx="${at(x)}" cy="${at(y)}" r="${at(radius)}"${ink.paint(paint)}/>`;
}

/** Chips in a row from `x`, their upper side at `y`. */
export function chipRow(ink: Ink, x: number, y: number, chips: readonly Chip[]): string {
  let left = x;
  let drawn = '';
  for (const chip of chips) {
    const width = chipWidth(chip);
    const border: Paint =
      chip.tone === 'fact'
        ? { fill: 'bg', stroke: 'hair', width: 1 }
        : { fill: 'bg', stroke: chip.tone === 'missed' ? 'down' : 'deg', width: chip.tone === 'missed' ? 1.6 : 1.3 };
    drawn += box(ink, left, y, width, chipHeight, chipHeight / 2, border);
    const mark = chip.tone === 'missed' ? chipMark : 0;
    if (mark > 0) drawn += octagonCross(ink, left + 11, y + chipHeight / 2, 5);
    drawn += textLine(ink, left + (width + mark) / 2, y + chipHeight / 2, chip.text, { anchor: 'middle' });
    left += width + chipGap;
  }
  return drawn;
}

/** Journey numbers as circles that end at `right`; answers the drawing and where it begins. */
export function journeyNumbers(
  ink: Ink,
  right: number,
  y: number,
  numbers: readonly number[],
): { readonly drawn: string; readonly left: number } {
  const shown = numbers.length <= 3 ? numbers.map(String) : [...numbers.slice(0, 2).map(String), `+${numbers.length - 2}`];
  let left = right;
  let drawn = '';
  for (const text of [...shown].reverse()) {
    const width = Math.max(15, Math.ceil(textWidth(text, smallSize, 'bold')) + 6);
    left -= width;
    drawn += box(ink, left, y - 7.5, width, 15, 7.5, { fill: 'bg', stroke: 'bd', width: 1 });
    drawn += textLine(ink, left + width / 2, y, text, { weight: 'bold', anchor: 'middle' });
    left -= 3;
  }
  return { drawn, left };
}

/** The width of {@link singlePointTab}. */
export const singlePointWidth = Math.ceil(textWidth('SPOF', smallSize, 'bold')) + 12;

/** The tab on the upper border of what is a single point of failure. */
export function singlePointTab(ink: Ink, x: number, y: number): string {
  const tab = box(ink, x, y - 8, singlePointWidth, 16, 3, { fill: 'down', stroke: 'bg', width: 1 });
  return tab + textLine(ink, x + singlePointWidth / 2, y, 'SPOF', { weight: 'bold', role: 'bg', anchor: 'middle' });
}

/** The left inset of what stands in a card. */
export const inset = cardPadding;
