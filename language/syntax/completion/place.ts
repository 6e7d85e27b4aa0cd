/** Where a cursor stands: in which block, in which statement, and what may come next. Needs no correct text. */
import type { IToken } from 'chevrotain';
import { GrammarAST, type LangiumCoreServices, type LangiumDocument, type Lexer } from 'langium';
import { placeOfType } from '../block-kinds.js';
import { countBefore } from '../elements-by-offset.js';
import { grammarFacts } from '../grammar-facts.js';
import { fileOf } from '../imports.js';
import { componentKindPlaces, type Place } from '../keys.js';
import { tokenStructure } from '../structure.js';
import { UNCLOSED_COMMENT, UNCLOSED_TEXT } from '../tokens.js';
import { type Continuation, type Expected, expectedAt, startOf } from './expectation.js';
import { type Matched, type OpenBlock, type Reading, Walk } from './walk.js';

/** The word, number or text that the cursor touches; empty where it touches none. Offsets of the document. */
export interface TouchedWord {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** It is the content of a text; its quotes stand outside. */
  readonly quoted: boolean;
}

export interface CursorPlace {
  /** The kind of the block; undefined for a block that belongs to nothing known. */
  readonly place: Place | undefined;
  readonly block: OpenBlock | undefined;
  /** What stands before the brace of the top-level declaration around the cursor; the declaration itself where the cursor is in its head. */
  readonly owner: readonly Matched[];
  /** The statement that has begun before the word at the cursor. */
  readonly statement: readonly Matched[];
  /** The other statements of the block, before and after the cursor. */
  readonly siblings: readonly (readonly Matched[])[];
  readonly expected: readonly Expected[];
  readonly word: TouchedWord;
  /** A statement may start here: it is the first thing on its line, or follows a brace. */
  readonly startsLine: boolean;
}

/** What of the language a place is found with. */
interface Reader {
  readonly lexer: Lexer;
  readonly declarations: ReadonlySet<string>;
  readonly top: Continuation;
}

/** Finds the place of a cursor from the text around it. The grammar is read when the first place is asked for, not when a server starts. */
export class CursorPlaces {
  private known: Reader | undefined;

  constructor(private readonly services: LangiumCoreServices) {}

  private get reader(): Reader {
    this.known ??= readerOf(this.services);
    return this.known;
  }

  /** The place of an offset; undefined inside a comment. Reads the declaration around the offset only. */
  at(document: LangiumDocument, offset: number): CursorPlace | undefined {
    const text = document.textDocument.getText();
    const { start, end } = declarationAround(document, offset, text.length);
    const { lexer, declarations, top } = this.reader;
    const { tokens, hidden } = lexer.tokenize(text.slice(start, end));
    const cursor = offset - start;
    if (hidden.some((token) => isInsideComment(token, cursor))) return undefined;
    const before = tokens.filter((token) => endOf(token) <= cursor && !touches(token, cursor));
    const touched = tokens.find((token) => touches(token, cursor));
    const structure = tokenStructure(tokens, declarations);
    const walk = new Walk(top, (index) => structure.startsDeclaration(index));
    let reading = walk.beginning;
    before.forEach((token, index) => {
      reading = walk.step(reading, token, index);
    });
    const rest = before.length + (touched === undefined ? 0 : 1);
    const last = before.at(-1);
    const gap = text.slice(start + (last === undefined ? 0 : endOf(last)), start + (touched?.startOffset ?? cursor));
    const startsLine = last === undefined || gap.includes('\n') || last.image === '{' || last.image === '}';
    return {
      place: placeOf(reading.block),
      block: reading.block,
      owner: outermostHead(reading),
      // Reading on, for what stands behind the cursor, goes on with the statement.
      statement: [...reading.statement],
      siblings: siblingsOf(walk, reading, tokens, rest),
      expected: expectedIn(reading, startsLine, top),
      word: touchedWord(text, start, touched, offset),
      startsLine,
    };
  }
}

function readerOf({ Grammar, parser }: LangiumCoreServices): Reader {
  const entry = Grammar.rules.find((rule) => GrammarAST.isParserRule(rule) && rule.entry);
  if (entry === undefined || !GrammarAST.isParserRule(entry)) throw new Error('The grammar has no entry rule.');
  return { lexer: parser.Lexer, declarations: grammarFacts(Grammar).declarations, top: startOf(entry) };
}

/** What goes on with the statement; on a new line, where people rarely go on, also what begins the next one. */
function expectedIn(reading: Reading, startsLine: boolean, top: Continuation): readonly Expected[] {
  const expected = expectedAt(reading.next);
  if (!startsLine || expected.some((each) => each.startsStatement)) return expected;
  const body = reading.block === undefined ? top : reading.block.body;
  return [...expected, ...expectedAt(body).filter((each) => each.startsStatement)];
}

/** The kind of an open block; the file where there is none. */
export function placeOf(block: OpenBlock | undefined): Place | undefined {
  if (block === undefined) return 'file';
  const first = block.head[0];
  if (first === undefined) return undefined;
  if (first.as.type === 'Component') return componentKindPlaces.find((kind) => kind === first.token.image);
  return placeOfType[first.as.type];
}

/** The stretch of the text that is read: from the last declaration that starts before the offset to the next one. */
function declarationAround(document: LangiumDocument, offset: number, length: number): { start: number; end: number } {
  const elements = fileOf(document)?.elements ?? [];
  const low = countBefore(elements, (element) => (element.$cstNode?.offset ?? 0) < offset);
  const start = Math.min(elements[low - 1]?.$cstNode?.offset ?? 0, length);
  const end = elements[low]?.$cstNode?.offset ?? length;
  return { start, end: Math.max(start, Math.min(end, length)) };
}

function endOf(token: IToken): number {
  return token.startOffset + token.image.length;
}

function isInsideComment(token: IToken, cursor: number): boolean {
  if (token.tokenType.name === 'WS' || token.startOffset >= cursor) return false;
  const closed = token.image.startsWith('/*') && token.tokenType.name !== UNCLOSED_COMMENT;
  return closed ? cursor < endOf(token) : cursor <= endOf(token);
}

/** Whether the cursor is in a token or right behind a word or number. */
function touches(token: IToken, cursor: number): boolean {
  const end = endOf(token);
  if (token.startOffset >= cursor || cursor > end) return false;
  if (token.image.startsWith('"')) return cursor < end || token.tokenType.name === UNCLOSED_TEXT;
  return cursor < end || /[\w%]$/.test(token.image);
}

function touchedWord(text: string, base: number, token: IToken | undefined, offset: number): TouchedWord {
  if (token === undefined) return { text: '', start: offset, end: offset, quoted: false };
  const start = base + token.startOffset;
  const end = base + endOf(token);
  if (!token.image.startsWith('"')) return { text: text.slice(start, offset), start, end, quoted: false };
  const close = token.tokenType.name === UNCLOSED_TEXT ? end : end - 1;
  return { text: text.slice(start + 1, offset), start: start + 1, end: Math.max(close, offset), quoted: true };
}

function outermostHead(reading: Reading): readonly Matched[] {
  let head: readonly Matched[] = reading.statement;
  for (let block = reading.block; block !== undefined; block = block.outer) head = block.head;
  return head;
}

/** The statements of the innermost block that are whole or begun elsewhere than at the cursor. */
function siblingsOf(walk: Walk, at: Reading, tokens: readonly IToken[], from: number): readonly (readonly Matched[])[] {
  if (at.block === undefined) return [];
  const depth = depthOf(at.block);
  // A statement that is whole stands beside what comes next, although it might go on.
  const isWhole = expectedAt(at.next).some(({ startsStatement }) => startsStatement);
  const own = isWhole ? undefined : at.statement[0]?.token.startOffset;
  const found = new Map<number, readonly Matched[]>();
  const note = (statement: readonly Matched[]): void => {
    const start = statement[0]?.token.startOffset;
    if (start !== undefined && start !== own) found.set(start, statement);
  };
  for (let list = at.block.statements; list !== undefined; list = list.before) note(list.last);
  note(at.statement);
  let reading = at;
  for (let index = from; index < tokens.length; index++) {
    const token = tokens[index];
    if (token === undefined) break;
    reading = walk.step(reading, token, index);
    const now = depthOf(reading.block);
    if (now < depth) break;
    if (now === depth) note(reading.statement);
  }
  return [...found.values()];
}

function depthOf(block: OpenBlock | undefined): number {
  let depth = 0;
  for (let each = block; each !== undefined; each = each.outer) depth++;
  return depth;
}
