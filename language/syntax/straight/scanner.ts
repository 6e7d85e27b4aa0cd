/** Text → flat arrays of tokens, for texts without slips. */
import { mayBeName } from '../name-places.js';
import type { TokenKind, TokenKinds } from './token-kinds.js';

/** A comment and the token it stands before. Lines and columns count from 0; the end is exclusive. */
export interface Comment {
  readonly before: number;
  readonly kind: TokenKind;
  readonly start: number;
  readonly end: number;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** The tokens of a text, one array for each of their properties. No token spans lines. */
export interface ScannedText {
  readonly count: number;
  readonly kinds: Int16Array;
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  readonly lines: Int32Array;
  readonly columns: Int32Array;
  readonly comments: readonly Comment[];
}

const TAB = 9;
const LINE_FEED = 10;
const RETURN = 13;
const BLANK = 32;
const QUOTE = 34;
const STAR = 42;
const PLUS = 43;
const COMMA = 44;
const MINUS = 45;
const SLASH = 47;
const BACKSLASH = 92;
/** Letters beyond it are left to the lexer that explains what is wrong with them. */
const LAST_ASCII = 127;

const letter = new Uint8Array(128);
const digit = new Uint8Array(128);
for (let code = 48; code < 58; code++) digit[code] = 1;
for (let code = 65; code < 91; code++) letter[code] = letter[code + 32] = 1;
letter[95] = 1;

/**
 * Reads a text as the lexer would, or gives up: at the first character, text or comment that needs an explanation the result is
 * undefined, and the lexer has to read it.
 */
export function scan(text: string, table: TokenKinds): ScannedText | undefined {
  return new Scanner(text, table).scan();
}

class Scanner {
  private count = 0;
  private room: number;
  private kinds: Int16Array;
  private starts: Int32Array;
  private ends: Int32Array;
  private lines: Int32Array;
  private columns: Int32Array;
  private readonly comments: Comment[] = [];
  private line = 0;
  private lineStart = 0;

  constructor(
    private readonly text: string,
    private readonly table: TokenKinds,
  ) {
    // Tokens are about five characters long, blanks included.
    this.room = (text.length >> 2) + 16;
    this.kinds = new Int16Array(this.room);
    this.starts = new Int32Array(this.room);
    this.ends = new Int32Array(this.room);
    this.lines = new Int32Array(this.room);
    this.columns = new Int32Array(this.room);
  }

  scan(): ScannedText | undefined {
    const { text } = this;
    const { length } = text;
    let at = 0;
    while (at < length) {
      const code = text.charCodeAt(at);
      if (code === BLANK || code === TAB) at++;
      else if (code === LINE_FEED) this.lineEnds(++at);
      else if (code === RETURN) {
        at += text.charCodeAt(at + 1) === LINE_FEED ? 2 : 1;
        this.lineEnds(at);
      } else if (code > LAST_ASCII) return undefined;
      else {
        if (letter[code] === 1) at = this.word(at);
        else if (code === QUOTE) at = this.quoted(at);
        else if (code === SLASH) at = this.comment(at);
        else if (digit[code] === 1 || code === PLUS || code === MINUS) at = this.number(at);
        else at = this.sign(at, code);
        if (at < 0) return undefined;
      }
    }
    this.nameKeywords();
    const { count, kinds, starts, ends, lines, columns, comments } = this;
    return { count, kinds, starts, ends, lines, columns, comments };
  }

  private lineEnds(next: number): void {
    this.line++;
    this.lineStart = next;
  }

  /** Letters, digits and inner hyphens; a keyword where the whole word is one. */
  private word(start: number): number {
    const { text } = this;
    let end = start + 1;
    for (;;) {
      const code = text.charCodeAt(end);
      if (code > LAST_ASCII) return -1;
      if (letter[code] === 1 || digit[code] === 1) end++;
      else if (code === MINUS) {
        let after = end + 1;
        while (text.charCodeAt(after) === MINUS) after++;
        const next = text.charCodeAt(after);
        if (next > LAST_ASCII) return -1;
        if (letter[next] !== 1 && digit[next] !== 1) break;
        end = after + 1;
      } else break;
    }
    return this.push(this.table.words.get(text.slice(start, end)) ?? this.table.name, start, end);
  }

  private quoted(start: number): number {
    const { text } = this;
    for (let end = start + 1; ; end++) {
      const code = text.charCodeAt(end);
      if (code === QUOTE) return this.push(this.table.text, start, end + 1);
      if (code === BACKSLASH) end++;
      // Past the end of the text the code is not a number.
      const read = text.charCodeAt(end);
      if (read === LINE_FEED || read === RETURN || Number.isNaN(read)) return -1;
    }
  }

  private comment(start: number): number {
    const { text, line, lineStart } = this;
    const next = text.charCodeAt(start + 1);
    const column = start - lineStart;
    const before = this.count;
    if (next === SLASH) {
      let end = start + 2;
      while (end < text.length && text.charCodeAt(end) !== LINE_FEED && text.charCodeAt(end) !== RETURN) end++;
      const kind = this.table.lineComment;
      this.comments.push({ before, kind, start, end, line, column, endLine: line, endColumn: end - lineStart });
      return end;
    }
    if (next !== STAR) return -1;
    const close = text.indexOf('*/', start + 2);
    if (close < 0) return -1;
    const end = close + 2;
    for (let at = start; at < close; at++) {
      const code = text.charCodeAt(at);
      if (code === LINE_FEED) this.lineEnds(at + 1);
      else if (code === RETURN && text.charCodeAt(at + 1) !== LINE_FEED) this.lineEnds(at + 1);
    }
    const kind = this.table.blockComment;
    this.comments.push({ before, kind, start, end, line, column, endLine: this.line, endColumn: end - this.lineStart });
    return end;
  }

  private number(start: number): number {
    const { text } = this;
    for (const { kind, pattern } of this.table.numbers) {
      pattern.lastIndex = start;
      if (!pattern.test(text)) continue;
      const end = pattern.lastIndex;
      // A separator of thousands or decimals needs an explanation.
      if (text.charCodeAt(end) === COMMA && digit[text.charCodeAt(end + 1)] === 1) return -1;
      return this.push(kind, start, end);
    }
    return -1;
  }

  private sign(start: number, code: number): number {
    const { words, longestSigns } = this.table;
    for (let length = longestSigns[code] ?? 0; length > 0; length--) {
      const kind = words.get(this.text.slice(start, start + length));
      if (kind !== undefined) return this.push(kind, start, start + length);
    }
    return -1;
  }

  private push(kind: TokenKind, start: number, end: number): number {
    if (this.count === this.room) this.grow();
    const at = this.count++;
    this.kinds[at] = kind;
    this.starts[at] = start;
    this.ends[at] = end;
    this.lines[at] = this.line;
    this.columns[at] = start - this.lineStart;
    return end;
  }

  private grow(): void {
    this.room *= 2;
    const longer = <T extends Int16Array | Int32Array>(former: T, fresh: T): T => {
      fresh.set(former);
      return fresh;
    };
    this.kinds = longer(this.kinds, new Int16Array(this.room));
    this.starts = longer(this.starts, new Int32Array(this.room));
    this.ends = longer(this.ends, new Int32Array(this.room));
    this.lines = longer(this.lines, new Int32Array(this.room));
    this.columns = longer(this.columns, new Int32Array(this.room));
  }

  /** Turns keywords into their twins, as the lexer does. */
  private nameKeywords(): void {
    const { kinds, lines, count } = this;
    const { twins, texts, neighbours, introducers } = this.table;
    for (let index = 1; index < count; index++) {
      const kind = kinds[index] ?? 0;
      const twin = twins[kind] ?? -1;
      if (twin < 0) continue;
      const previous = kinds[index - 1] ?? 0;
      const next = index + 1 < count ? (kinds[index + 1] ?? 0) : -1;
      const startsLine = lines[index] !== lines[index - 1];
      const is = mayBeName(
        texts[kind] ?? '',
        startsLine,
        texts[previous] ?? '',
        neighbours[previous] ?? 'other',
        texts[next] ?? '',
        neighbours[next] ?? 'other',
        lines[index + 1] === lines[index] && next >= 0,
        introducers,
      );
      if (is) kinds[index] = twin;
    }
  }
}
