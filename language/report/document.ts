/** A document as plain data: what a report says, without how it is written. The writers escape every text. */

/** How good something is. Every surface shows it by a word and a glyph, colour only comes on top. */
export type Tone = 'good' | 'bad' | 'open' | 'neutral';

/** A piece of text. */
export type Span =
  | string
  | { readonly kind: 'strong' | 'code'; readonly text: string }
  /** `✓ met` */
  | { readonly kind: 'status'; readonly tone: Tone; readonly word: string };

/** Pieces of text on one line. */
export type Text = Span | readonly Span[];

/** What stands in one cell of a table: one line, or several below each other. */
export type Cell = Text | { readonly lines: readonly Text[] };

/** A table. The first cell of a row is its head. */
export interface Table {
  readonly kind: 'table';
  /** What the table shows, read out before it. */
  readonly caption: string;
  readonly header: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
  /** All columns but the first are alike, and as wide as each other. */
  readonly matrix?: true;
}

export type Block =
  | Table
  | { readonly kind: 'paragraph'; readonly text: Text }
  /** A remark that stands apart: what the reader must know to read the rest. */
  | { readonly kind: 'note'; readonly text: Text }
  | { readonly kind: 'heading'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly Text[] }
  /** Pairs of a label and what it says. */
  | { readonly kind: 'facts'; readonly rows: readonly (readonly [label: string, text: Text])[] }
  /** Large numbers with what they count. */
  | { readonly kind: 'tally'; readonly items: readonly { readonly count: number; readonly tone: Tone; readonly label: string }[] }
  /** Lines to sign on. */
  | { readonly kind: 'signatures'; readonly roles: readonly { readonly role: string; readonly name: string }[] };

export interface Section {
  /** Unique in its document; letters and dashes. */
  readonly id: string;
  readonly title: string;
  readonly blocks: readonly Block[];
}

export interface Document {
  readonly title: string;
  /** One line below the title. */
  readonly subtitle: string;
  /** What stands on the first page. */
  readonly front: readonly Block[];
  readonly sections: readonly Section[];
  /** Stands below everything. */
  readonly footer: string;
}

/** A paragraph. */
export function paragraph(text: Text): Block {
  return { kind: 'paragraph', text };
}

/** A remark that stands apart. */
export function note(text: Text): Block {
  return { kind: 'note', text };
}

/** A text in the type of names and commands. */
export function code(text: string): Span {
  return { kind: 'code', text };
}

/** A text that stands out. */
export function strong(text: string): Span {
  return { kind: 'strong', text };
}

/** A word with its glyph. */
export function status(tone: Tone, word: string): Span {
  return { kind: 'status', tone, word };
}

/** Whether a promise is kept, where there is one. */
export function verdict(met: boolean | undefined): Span {
  if (met === undefined) return status('open', 'not known');
  return met ? status('good', 'met') : status('bad', 'missed');
}

const glyphs: Readonly<Record<Tone, string>> = { good: '✓', bad: '✗', open: '?', neutral: '–' };

/** The glyph that stands before the word of a status. */
export function glyphOf(tone: Tone): string {
  return glyphs[tone];
}

/** The pieces of a text, one or many. */
export function spansOf(text: Text): readonly Span[] {
  return typeof text === 'string' || 'kind' in text ? [text] : text;
}

/** The lines of a cell. */
export function linesOf(cell: Cell): readonly Text[] {
  return typeof cell === 'object' && 'lines' in cell ? cell.lines : [cell];
}
