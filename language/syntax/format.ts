import type { ParseResult } from 'langium';
import { type Range, touchedBy } from './format-range.js';
import { type LayoutElement, type LayoutToken, layoutElements } from './format-tokens.js';

/** A piece of the text, by offsets, and what to put in its place. */
export interface FormatEdit {
  readonly start: number;
  readonly end: number;
  readonly newText: string;
}

export interface FormatOptions {
  /** One level of indentation. */
  readonly indent?: string;
  /** How many columns a tab takes; only of note where the indentation is made of tabs. */
  readonly tabWidth?: number;
  /** The longest line, in columns: statements share no longer one, lists go on in the next, and blocks open. */
  readonly width?: number;
}

/** What stands between two tokens: a number of blanks, or a line break with blank lines before it and a level of indentation. */
type Gap = { readonly blanks: number } | { readonly newLines: 1 | 2; readonly level: number };

const ONE: Gap = { blanks: 1 };
const NOTHING: Gap = { blanks: 0 };
const BETWEEN_STATEMENTS: Gap = { blanks: 2 };
/** A statement that goes on in the next line is indented by this many levels more. */
const CONTINUATION = 2;

/** A statement that is too long may go on in the next line before these words, besides after a comma. */
const SOFT_BREAKS: ReadonlySet<string> = new Set(['because']);

/**
 * The changes that lay a text out: one level of indentation per block, two blanks between statements that share a line, one blank
 * line at most. Statements that the author put on one line stay there as far as they fit; a block on one line stays one if it fits.
 * What does not fit goes on in the next line after a comma, two levels in. Only white space changes, never the inside of texts and
 * comments. Declarations with syntax errors are left as they are.
 */
export function formatDocument(text: string, parsed: ParseResult, options: FormatOptions = {}): readonly FormatEdit[] {
  return formatElements(text, layoutElements(text, parsed), { start: 0, end: text.length }, options);
}

/** The changes of {@link formatDocument} that concern whole statements which the range touches; its ends are offsets. */
export function formatRange(text: string, parsed: ParseResult, range: Range, options: FormatOptions = {}): readonly FormatEdit[] {
  const elements = layoutElements(text, parsed);
  const touched = touchedBy(text, elements, range);
  const edits = formatElements(text, elements, touched, options);
  return edits.filter((edit) => edit.start >= touched.start && edit.end <= touched.end);
}

/** At least the changes that lie in a range. What the parser skipped, and what is next to it, stays as it is. */
function formatElements(
  text: string,
  elements: readonly LayoutElement[],
  range: Range,
  options: FormatOptions,
): readonly FormatEdit[] {
  const layout = new Layout(text, options.indent ?? '  ', options.tabWidth ?? 4, options.width ?? 110);
  const isBlank = (from: number, to: number): boolean => !/[^\s\uFEFF]/.test(text.slice(from, to));
  let previous: LayoutElement | undefined;
  let end = 0;
  for (const element of elements) {
    const start = element.tokens[0]?.start ?? end;
    if (previous?.sound !== false && element.sound && isBlank(end, start)) layout.between(previous, element);
    end = element.tokens.at(-1)?.end ?? end;
    const isTouched = end >= range.start && start <= range.end;
    if (isTouched && element.sound && element.kind === 'declaration') layout.inside(element.tokens);
    previous = element;
  }
  if (previous?.sound === true && isBlank(end, text.length)) layout.atEnd(previous);
  return layout.edits;
}

/** The text with changes made. */
export function applyEdits(text: string, edits: readonly FormatEdit[]): string {
  let result = '';
  let at = 0;
  for (const { start, end, newText } of edits) {
    result += text.slice(at, start) + newText;
    at = end;
  }
  return result + text.slice(at);
}

class Layout {
  readonly edits: FormatEdit[] = [];
  private readonly lineBreak: string;
  private readonly indentWidth: number;
  private column = 0;
  /** Whether the statement at hand goes on over several lines. */
  private wrapped = false;

  constructor(
    private readonly text: string,
    private readonly indent: string,
    tabWidth: number,
    private readonly width: number,
  ) {
    this.indentWidth = [...indent].reduce((sum, character) => sum + (character === '\t' ? tabWidth : 1), 0);
    this.lineBreak = text.includes('\r\n') ? '\r\n' : '\n';
  }

  /** Lays out what is between two elements, or before the first. */
  between(previous: LayoutElement | undefined, element: LayoutElement): void {
    const before = previous?.tokens.at(-1);
    const first = element.tokens[0];
    if (!first) return;
    if (!before) {
      const mark = this.text.startsWith('\uFEFF') ? 1 : 0;
      this.replace(mark, first.start, '');
      return;
    }
    if (first.comment && !this.hasBreak(before, first)) this.gap(before, first, trailing(this.slice(before, first)));
    else this.gap(before, first, { newLines: this.breaks(before, first), level: 0 });
  }

  /** One line break ends the text. */
  atEnd(last: LayoutElement | undefined): void {
    const end = last?.tokens.at(-1)?.end;
    if (end !== undefined) this.replace(end, this.text.length, this.lineBreak);
  }

  /** Lays out one declaration. */
  inside(tokens: readonly LayoutToken[]): void {
    const first = tokens[0];
    if (!first) return;
    this.column = first.text.length;
    /** For each open block whether it has lines of its own. */
    const blocks: boolean[] = [];
    let level = 0;
    for (let index = 1; index < tokens.length; index++) {
      const before = tokens[index - 1];
      const token = tokens[index];
      if (!before || !token) continue;
      const opened = before.comment === undefined && before.text === '{' && before.partner !== undefined;
      if (opened) {
        const hasLines = this.needsLines(tokens, index - 1, blocks.at(-1) === false);
        blocks.push(hasLines);
        if (hasLines) level++;
      }
      const inLines = blocks.at(-1) !== false;
      const closes = token.comment === undefined && token.text === '}' && token.partner !== undefined;
      if (closes && blocks.pop() === true) level--;
      this.gap(before, token, this.gapFor(tokens, index, { level, inLines, opened, closes }));
    }
  }

  private gapFor(
    tokens: readonly LayoutToken[],
    index: number,
    at: { readonly level: number; readonly inLines: boolean; readonly opened: boolean; readonly closes: boolean },
  ): Gap {
    const before = tokens[index - 1];
    const token = tokens[index];
    if (!before || !token) return ONE;
    const hasBreak = this.hasBreak(before, token);
    const isAfterWrapped = this.wrapped;
    if (token.startsStatement) this.wrapped = false;
    if (at.opened && at.closes) return ONE;
    if (token.comment && !hasBreak && before.comment !== 'line') {
      // A comment inside a statement is no column of its own.
      const isInside = token.comment === 'block' && !this.leadsStatement(tokens, index);
      return at.inLines && !isInside ? trailing(this.slice(before, token)) : ONE;
    }
    const continues = !token.startsStatement && !at.closes && !(token.comment && this.leadsStatement(tokens, index));
    if (before.comment === 'line') {
      const level = at.level + (continues ? CONTINUATION : 0);
      return { newLines: at.closes || continues ? 1 : this.breaks(before, token), level };
    }
    if (!at.inLines) return token.startsStatement && !at.opened ? BETWEEN_STATEMENTS : tight(before, token);
    if (at.opened || at.closes) return { newLines: 1, level: at.level };
    if (continues) {
      const keeps = hasBreak && (before.text === ',' || before.comment !== undefined || token.comment !== undefined);
      const wraps = keeps || this.mustWrap(tokens, index);
      this.wrapped ||= wraps;
      return wraps ? { newLines: 1, level: at.level + CONTINUATION } : tight(before, token);
    }
    if (hasBreak) return { newLines: this.breaks(before, token), level: at.level };
    if (before.comment === 'block') return ONE;
    // Behind a statement that goes on over several lines the next one would be overlooked.
    if (isAfterWrapped) return { newLines: 1, level: at.level };
    const fits = this.column + 2 + this.flatWidth(tokens, index, this.statementEnd(tokens, index)) <= this.width;
    return fits ? BETWEEN_STATEMENTS : { newLines: 1, level: at.level };
  }

  /** Whether the line would be too long with the next piece of a statement, where it may go on in the next line. */
  private mustWrap(tokens: readonly LayoutToken[], index: number): boolean {
    const before = tokens[index - 1];
    const token = tokens[index];
    if (!before || !token || token.comment || before.comment) return false;
    if (before.text !== ',' && !SOFT_BREAKS.has(token.text)) return false;
    return this.column + 1 + this.flatWidth(tokens, index, pieceEnd(tokens, index)) > this.width;
  }

  /** Whether a block has lines of its own: it had, or it would not fit; inside a block on one line never. */
  private needsLines(tokens: readonly LayoutToken[], open: number, insideOneLine: boolean): boolean {
    const start = tokens[open];
    const close = start?.partner;
    const end = close === undefined ? undefined : tokens[close];
    if (!start || !end || close === undefined || insideOneLine) return false;
    if (close === open + 1) return false;
    if (/[\r\n]/.test(this.text.slice(start.end, end.start))) return true;
    return this.column - 1 + this.flatWidth(tokens, open, close) > this.width;
  }

  /** Whether only comments stand between here and the next statement or the end of the block. */
  private leadsStatement(tokens: readonly LayoutToken[], index: number): boolean {
    const next = tokens.slice(index, index + 64).find((token) => token.comment === undefined);
    return next === undefined || next.startsStatement || next.text === '}';
  }

  /** The last token of a statement as far as it stands on one line. */
  private statementEnd(tokens: readonly LayoutToken[], start: number): number {
    for (let index = start + 1; index < tokens.length; index++) {
      const token = tokens[index];
      const before = tokens[index - 1];
      if (!token || !before || token.startsStatement || token.comment || token.text === '}') return index - 1;
      if (token.text === '{' && token.partner !== undefined) {
        const end = tokens[token.partner];
        return end && !/[\r\n]/.test(this.text.slice(token.end, end.start)) ? token.partner : index;
      }
    }
    return tokens.length - 1;
  }

  private flatWidth(tokens: readonly LayoutToken[], from: number, to: number): number {
    let width = tokens[from]?.text.length ?? 0;
    for (let index = from + 1; index <= to; index++) {
      const before = tokens[index - 1];
      const token = tokens[index];
      if (!before || !token) break;
      const gap = token.startsStatement && before.text !== '{' ? BETWEEN_STATEMENTS : tight(before, token);
      width += token.text.length + ('blanks' in gap ? gap.blanks : 0);
    }
    return width;
  }

  private slice(before: LayoutToken, token: LayoutToken): string {
    return this.text.slice(before.end, token.start);
  }

  private hasBreak(before: LayoutToken, token: LayoutToken): boolean {
    return /[\r\n]/.test(this.slice(before, token));
  }

  /** One line break, or two where the author left a blank line. */
  private breaks(before: LayoutToken, token: LayoutToken): 1 | 2 {
    return (this.slice(before, token).match(/\r\n|\r|\n/g)?.length ?? 0) > 1 ? 2 : 1;
  }

  private gap(before: LayoutToken, token: LayoutToken, gap: Gap): void {
    const blank = 'blanks' in gap ? ' '.repeat(gap.blanks) : this.lineBreak.repeat(gap.newLines) + this.indent.repeat(gap.level);
    this.column = 'blanks' in gap ? this.column + gap.blanks : this.indentWidth * gap.level;
    const lastLine = token.text.lastIndexOf('\n');
    this.column = lastLine < 0 ? this.column + token.text.length : token.text.length - lastLine - 1;
    this.replace(before.end, token.start, blank);
  }

  private replace(start: number, end: number, newText: string): void {
    if (this.text.slice(start, end) !== newText) this.edits.push({ start, end, newText });
  }
}

/** The last token of a piece of a statement that stays on one line: up to the next comma, or to where the statement or its head ends. */
function pieceEnd(tokens: readonly LayoutToken[], start: number): number {
  for (let index = start; index < tokens.length; index++) {
    const token = tokens[index];
    const next = tokens[index + 1];
    if (!token || !next || token.text === ',') return index;
    if (next.startsStatement || next.comment || next.text === '}' || SOFT_BREAKS.has(next.text)) return index;
    if (token.text === '{') return index;
  }
  return tokens.length - 1;
}

/** The blanks between two tokens of one statement. */
function tight(before: LayoutToken, token: LayoutToken): Gap {
  if (before.comment || token.comment) return ONE;
  return token.text === ',' || token.text === '.' || before.text === '.' ? NOTHING : ONE;
}

/** The blanks before a comment behind a statement: those of the author, who may have aligned it, two at least. */
function trailing(blank: string): Gap {
  return /^ {2,}$/.test(blank) ? { blanks: blank.length } : BETWEEN_STATEMENTS;
}
