import type { ParseResult } from 'langium';
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
  /** The longest line that statements are put together on, in characters. */
  readonly width?: number;
}

/** What stands between two tokens: a number of blanks, or a line break with blank lines before it and a level of indentation. */
type Gap = { readonly blanks: number } | { readonly newLines: 1 | 2; readonly level: number };

const ONE: Gap = { blanks: 1 };
const NOTHING: Gap = { blanks: 0 };
const BETWEEN_STATEMENTS: Gap = { blanks: 2 };
/** A statement that goes on in the next line is indented by this many levels more. */
const CONTINUATION = 2;

/**
 * The changes that lay a text out: one level of indentation per block, two blanks between statements that share a line, one blank
 * line at most. Statements that the author put on one line stay there as far as they fit; a block on one line stays one if it fits.
 * Only white space changes, never the inside of texts and comments. Declarations with syntax errors are left as they are.
 */
export function formatDocument(text: string, parsed: ParseResult, options: FormatOptions = {}): readonly FormatEdit[] {
  const elements = layoutElements(text, parsed);
  const layout = new Layout(text, options.indent ?? '  ', options.width ?? 110);
  const hasErrors = parsed.lexerErrors.length > 0 || parsed.parserErrors.length > 0;
  let previous: LayoutElement | undefined;
  for (const element of elements) {
    if (!hasErrors) layout.between(previous, element);
    if (element.sound && element.kind === 'declaration') layout.inside(element.tokens);
    previous = element;
  }
  if (!hasErrors) layout.atEnd(previous);
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
  private column = 0;

  constructor(
    private readonly text: string,
    private readonly indent: string,
    private readonly width: number,
  ) {
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
    if (at.opened && at.closes) return ONE;
    if (token.comment && !hasBreak && before.comment !== 'line') {
      return at.inLines ? trailing(this.slice(before, token)) : ONE;
    }
    const continues = !token.startsStatement && !at.closes && !(token.comment && this.leadsStatement(tokens, index));
    if (before.comment === 'line') {
      const level = at.level + (continues ? CONTINUATION : 0);
      return { newLines: at.closes || continues ? 1 : this.breaks(before, token), level };
    }
    if (!at.inLines) return token.startsStatement && !at.opened ? BETWEEN_STATEMENTS : tight(before, token);
    if (at.opened || at.closes) return { newLines: 1, level: at.level };
    if (continues) {
      const wraps = hasBreak && (before.text === ',' || before.comment !== undefined || token.comment !== undefined);
      return wraps ? { newLines: 1, level: at.level + CONTINUATION } : tight(before, token);
    }
    if (hasBreak) return { newLines: this.breaks(before, token), level: at.level };
    if (before.comment === 'block') return ONE;
    const fits = this.column + 2 + this.flatWidth(tokens, index, this.statementEnd(tokens, index)) <= this.width;
    return fits ? BETWEEN_STATEMENTS : { newLines: 1, level: at.level };
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
    this.column = 'blanks' in gap ? this.column + gap.blanks : this.indent.length * gap.level;
    const lastLine = token.text.lastIndexOf('\n');
    this.column = lastLine < 0 ? this.column + token.text.length : token.text.length - lastLine - 1;
    this.replace(before.end, token.start, blank);
  }

  private replace(start: number, end: number, newText: string): void {
    if (this.text.slice(start, end) !== newText) this.edits.push({ start, end, newText });
  }
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
