/**
 * Layout while somebody types: the indentation of a block that was just closed, or of the line that was just left. It reads the text
 * alone, from the declaration around the place on, so that it answers at once in a file of any size and with any slip in it.
 */
import type { FormatEdit, FormatOptions } from './format.js';

/** A line that starts a declaration; statements never start with these words. */
const DECLARATION =
  /^(?:import|model|region|link|service|gateway|database|cache|queue|bucket|external|coordinator|job|journey|policy|defaults|scenario|drill)\b/;
/** What holds braces without meaning them, braces, and commas. */
const PIECE = /"(?:\\.|[^"\\\n\r])*"?|\/\/[^\n\r]*|\/\*[\s\S]*?(?:\*\/|$)|[{}]|[^\s{}"/]+|\//g;
/** A statement that goes on in the next line is indented by this many levels more. */
const CONTINUATION = 2;

/** One line as the layout sees it. */
interface Line {
  readonly start: number;
  /** Blocks that are open where the line starts, counted from the declaration. */
  readonly depth: number;
  /** The depth at the line in which the block around it was opened; undefined outside of blocks. */
  readonly opener: number | undefined;
  readonly startsWithClose: boolean;
  readonly isBlank: boolean;
  /** It starts inside a comment, which is never changed. */
  readonly isInComment: boolean;
  /** The statement of the lines before goes on: after a comma, or with its reason. */
  readonly continues: boolean;
}

/** The indentation of the block that a `}` before `offset` closes, its head included; nothing where that closes none. */
export function formatClosedBlock(text: string, offset: number, options: FormatOptions = {}): readonly FormatEdit[] {
  if (text[offset - 1] !== '}') return [];
  const lines = linesUntil(text, offset);
  const last = lines.at(-1);
  if (last?.opener === undefined || !last.startsWithClose) return [];
  return lines.slice(last.opener).flatMap((line) => indentation(text, line, options));
}

/** The indentation of the line that ends before `offset`, and of the one that starts there where it has one. */
export function formatLeftLine(text: string, offset: number, options: FormatOptions = {}): readonly FormatEdit[] {
  const lines = linesUntil(text, offset);
  return lines.slice(-2).flatMap((line) => indentation(text, line, options));
}

function indentation(text: string, line: Line, options: FormatOptions): readonly FormatEdit[] {
  if (line.isBlank || line.isInComment) return [];
  const level = line.depth - (line.startsWithClose ? 1 : 0) + (line.continues && !line.startsWithClose ? CONTINUATION : 0);
  if (level < 0) return [];
  let end = line.start;
  while (text[end] === ' ' || text[end] === '\t') end++;
  const newText = (options.indent ?? '  ').repeat(level);
  return text.slice(line.start, end) === newText ? [] : [{ start: line.start, end, newText }];
}

/** The lines from the declaration around an offset to the line of the offset, which is read whole. */
function linesUntil(text: string, offset: number): readonly Line[] {
  const from = declarationStart(text, offset);
  const until = endOfLine(text, offset);
  const lines: Line[] = [];
  /** For each open block the line it was opened in. */
  const open: number[] = [];
  let lineStart = from;
  let isInComment = false;
  let continues = false;
  let lastPiece = '';
  const finish = (end: number, first: string | undefined, depth: number, opener: number | undefined): void => {
    lines.push({
      start: lineStart,
      depth,
      opener,
      startsWithClose: first === '}',
      isBlank: first === undefined,
      isInComment,
      continues: continues || first === 'because',
    });
    lineStart = end;
  };
  let first: string | undefined;
  let depth = 0;
  let opener: number | undefined;
  const next = (at: number, inComment: boolean): void => {
    finish(at, first, depth, opener);
    continues = lastPiece.endsWith(',');
    first = undefined;
    depth = open.length;
    opener = open.at(-1);
    isInComment = inComment;
  };
  PIECE.lastIndex = from;
  let done = from;
  for (let match = PIECE.exec(text); match !== null && match.index < until; match = PIECE.exec(text)) {
    const piece = match[0];
    for (const at of breaksIn(text, done, match.index)) next(at, false);
    first ??= piece;
    for (const at of breaksIn(text, match.index, Math.min(until, match.index + piece.length))) next(at, true);
    done = match.index + piece.length;
    if (piece === '{') open.push(lines.length);
    else if (piece === '}') open.pop();
    if (!piece.startsWith('//') && !piece.startsWith('/*')) lastPiece = piece;
  }
  for (const at of breaksIn(text, done, until)) next(at, false);
  finish(until, first, depth, opener);
  return lines;
}

/** Where the lines begin that a stretch of the text has beginnings of. */
function breaksIn(text: string, from: number, to: number): readonly number[] {
  const starts: number[] = [];
  for (let at = text.indexOf('\n', from); at >= 0 && at < to; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

/** The start of the nearest line before an offset that starts a declaration; the start of the text where there is none. */
function declarationStart(text: string, offset: number): number {
  for (let end = offset; end > 0; ) {
    const start = text.lastIndexOf('\n', end - 1) + 1;
    if (DECLARATION.test(text.slice(start, start + 16))) return start;
    end = start - 1;
  }
  return 0;
}

function endOfLine(text: string, offset: number): number {
  const at = text.indexOf('\n', offset);
  return at < 0 ? text.length : at;
}
