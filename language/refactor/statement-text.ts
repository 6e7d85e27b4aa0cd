/** Statements and declarations as the author wrote them: with the comments that belong to them, taken out or put elsewhere. */
import type { AstNode } from 'langium';
import { findBlock } from '../edit/block.js';
import type { TextChange } from '../edit/edit.js';
import type { Span } from './refactoring.js';

/**
 * Where a statement or declaration stands together with its comments: those on lines of their own right above it, and the one
 * behind it on its last line.
 */
export function pieceOf(node: AstNode, text: string): Span {
  const cst = node.$cstNode;
  if (cst === undefined) return { start: 0, end: 0 };
  return { start: startWithComments(text, cst.offset), end: endWithComment(text, cst.end) };
}

/** The text of a piece with the indentation of its first line taken from all its lines. */
export function textOf({ start, end }: Span, text: string): string {
  const indent = /^[ \t]*/.exec(text.slice(lineStart(text, start), end))?.[0] ?? '';
  return text
    .slice(start, end)
    .split(/\r?\n/)
    .map((line) => (line.startsWith(indent) ? line.slice(indent.length) : line.trimStart()))
    .join('\n');
}

/** A statement with its comments, the one behind it put above it, so that other statements may follow on its last line. */
export function standaloneText(node: AstNode, text: string): string {
  const piece = pieceOf(node, text);
  const end = node.$cstNode?.end ?? piece.end;
  const behind = text.slice(end, piece.end).trim();
  const own = textOf({ start: piece.start, end }, text);
  return behind === '' ? own : `${behind}\n${own}`;
}

/**
 * Changes that take pieces out of a text. A line on which nothing else stands goes as a whole; of other lines the blanks before the
 * piece go with it. Blank lines that would meet become one.
 */
export function removals(uri: string, text: string, pieces: readonly Span[]): readonly TextChange[] {
  const sorted = [...pieces].sort((a, b) => a.start - b.start);
  const changes: { start: number; end: number }[] = [];
  for (let index = 0; index < sorted.length; ) {
    const first = sorted[index];
    if (first === undefined) break;
    let last = first;
    let next = index + 1;
    // Pieces with nothing but blanks between them go together.
    for (let after = sorted[next]; after !== undefined && isBlank(text.slice(last.end, after.start)); after = sorted[++next]) {
      last = after;
    }
    changes.push(widened(text, first.start, last.end));
    index = next;
  }
  return changes.map(({ start, end }) => ({ uri, start, end, text: '' }));
}

function widened(text: string, start: number, end: number): { start: number; end: number } {
  const from = lineStart(text, start);
  const to = lineEnd(text, end);
  const headless = isBlank(text.slice(from, start));
  const tailless = isBlank(text.slice(end, to));
  if (headless && tailless) {
    const after = afterBreak(text, to);
    // At the end of the file the blank lines before go with it.
    if (isBlank(text.slice(after))) {
      const rest = text.slice(0, from).trimEnd().length;
      return { start: rest === 0 ? 0 : afterBreak(text, lineEnd(text, rest)), end: text.length };
    }
    const blankBefore = from > 0 && isBlank(text.slice(lineStart(text, from - 1), from));
    const next = lineEnd(text, after);
    const blankAfter = after < text.length && isBlank(text.slice(after, next));
    return { start: from, end: (blankBefore || from === 0) && blankAfter ? afterBreak(text, next) : after };
  }
  // What comes first on its line or in its block leaves its place to what follows it.
  if (headless || text.slice(from, start).trimEnd().endsWith('{')) return { start, end: end + blanksAfter(text, end) };
  let before = start;
  while (before > from && isBlank(text.charAt(before - 1))) before -= 1;
  return { start: before, end };
}

/** Offset behind the head of a block's line, where a first statement goes: after the brace, or after the comment behind it. */
export function lineEnd(text: string, offset: number): number {
  const end = text.indexOf('\n', offset);
  if (end < 0) return text.length;
  return end > offset && text.charAt(end - 1) === '\r' ? end - 1 : end;
}

export function lineStart(text: string, offset: number): number {
  return offset === 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1;
}

/** The line break that a text uses. */
export function lineBreakOf(text: string): string {
  return text.includes('\r\n') ? '\r\n' : '\n';
}

export function isBlank(text: string): boolean {
  return !/\S/.test(text);
}

function startWithComments(text: string, offset: number): number {
  let start = offset;
  for (let line = lineStart(text, offset); line > 0 && isBlank(text.slice(line, start)); ) {
    const above = lineStart(text, line - 1);
    const content = text.slice(above, line).trim();
    if (content.startsWith('//')) {
      start = above + text.slice(above, line).indexOf('//');
    } else if (content.endsWith('*/')) {
      const open = text.lastIndexOf('/*', line);
      if (open < 0 || !isBlank(text.slice(lineStart(text, open), open))) break;
      start = open;
    } else break;
    line = lineStart(text, start);
  }
  return start;
}

function endWithComment(text: string, end: number): number {
  const rest = text.slice(end, lineEnd(text, end));
  const comment = /^[ \t]*(?:\/\/.*|\/\*(?:(?!\*\/).)*\*\/(?=[ \t]*$))/.exec(rest)?.[0];
  return comment === undefined ? end : end + comment.trimEnd().length;
}

function blanksAfter(text: string, offset: number): number {
  return /^[ \t]*/.exec(text.slice(offset, lineEnd(text, offset)))?.[0].length ?? 0;
}

function afterBreak(text: string, end: number): number {
  if (text.startsWith('\r\n', end)) return end + 2;
  return text.charAt(end) === '\n' ? end + 1 : end;
}

/** Whether the block whose inside begins at `at` has nothing on lines of its own. */
export function startsBlockOnOneLine(text: string, at: number, end: number): boolean {
  const block = findBlock(text, at - 1, end);
  return block !== undefined && !text.slice(block.open, block.close).includes('\n');
}
