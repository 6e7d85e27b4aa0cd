import type { LayoutElement, LayoutToken } from './format-tokens.js';

/** Offsets, half open. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/**
 * The stretch of the text to lay out for a range: the lines of the range, widened to whole statements, with the blank before the first
 * of them and without the blank behind the last.
 */
export function touchedBy(text: string, elements: readonly LayoutElement[], range: Range): Range {
  const tokens = elements.flatMap((element) => element.tokens.map((token, index) => ({ token, isHead: isHead(token, index) })));
  const first = lineStart(text, range.start);
  // A range that ends before the first character of a line does not touch that line.
  const endsBefore = range.end > range.start && lineStart(text, range.end) === range.end;
  const last = lineEnd(text, endsBefore ? range.end - 1 : range.end);
  let from = tokens.findIndex(({ token }) => token.end > first);
  if (from < 0) from = tokens.length;
  const endOf = (index: number): number => tokens[index]?.token.end ?? 0;
  // Only white space is touched: the gap it lies in.
  if ((tokens[from]?.token.start ?? text.length) >= last)
    return { start: endOf(from - 1), end: tokens[from]?.token.start ?? text.length };
  while (from > 0 && tokens[from]?.isHead === false) from--;
  let to = from;
  while ((tokens[to + 1]?.token.start ?? text.length) < last || tokens[to + 1]?.isHead === false) to++;
  return { start: endOf(from - 1), end: to + 1 >= tokens.length ? text.length : endOf(to) };
}

/** Whether a statement starts here, or what stands for itself: a declaration, a comment, the end of a block. */
function isHead(token: LayoutToken, index: number): boolean {
  return index === 0 || token.startsStatement || token.comment !== undefined || token.text === '}';
}

function lineStart(text: string, offset: number): number {
  let at = Math.min(offset, text.length);
  while (at > 0 && !isBreak(text, at - 1)) at--;
  return at;
}

function lineEnd(text: string, offset: number): number {
  let at = Math.min(offset, text.length);
  while (at < text.length && !isBreak(text, at)) at++;
  return at;
}

function isBreak(text: string, at: number): boolean {
  return text[at] === '\n' || text[at] === '\r';
}
