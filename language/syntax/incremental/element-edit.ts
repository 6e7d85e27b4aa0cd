/**
 * Decides whether an edit stays inside one top-level element, so that the element can be read by itself. It can where nothing outside
 * could be read differently: the head is untouched, all braces of the element have their partners, it begins and ends its lines, and
 * nothing but blanks and comments stands between it and its neighbours. In all other cases the whole file is read.
 */
import type { AstNode, LangiumCoreServices, LangiumDocument, ParseResult, RootCstNode } from 'langium';
import type { DrmlFile, TopLevel } from '../../generated/ast.js';
import { countBefore } from '../elements-by-offset.js';
import { type GrammarFacts, grammarFacts } from '../grammar-facts.js';
import { fileOf } from '../imports.js';
import { MAX_CHARACTERS } from '../lexer.js';
import { tokenStructure } from '../structure.js';
import { lineBreaks, type TextChange } from './text-change.js';

/** An element that was read anew, and where it stands in the text before and after. */
export interface ElementEdit {
  readonly file: DrmlFile;
  readonly root: RootCstNode;
  /** The index of the element in the file. */
  readonly index: number;
  /** The index of the element's node among the children of the concrete root. */
  readonly child: number;
  readonly former: TopLevel;
  readonly fresh: TopLevel;
  readonly parsed: ParseResult<DrmlFile>;
  readonly start: number;
  readonly oldEnd: number;
  /** Lines above the element, and columns before it on its first line. */
  readonly line: number;
  readonly column: number;
  /** By how much everything after the change moves. */
  readonly characters: number;
  readonly lines: number;
}

/** A word that starts a declaration and what it declares, on one line. */
const head = /^(?:defaults[ \t]+(?:[a-z]+[ \t]*)?\{|[a-z]+[ \t]+["A-Za-z_])/;
/** Blanks and comments. A comment ends at its first end, whatever comes after it. */
const blanks = /^(?:[\s\uFEFF]|\/\/[^\n\r]*(?![^\n\r])|\/\*(?:[^*]|\*(?!\/))*\*\/)*$/;
/** What may follow an element on its last line. A quote in a comment could close a text that the element left open. */
const restOfLine = /^[ \t]*(?:\/\/[^\n\r"']*)?$/;
/** A longer gap between elements is not looked through. */
const longestGap = 5000;

/** Reads edited elements of one language. */
export class ElementReader {
  private known: GrammarFacts | undefined;

  constructor(private readonly services: LangiumCoreServices) {}

  /** The edited element, read anew; undefined where the file has to be read as a whole. Nothing is changed by asking. */
  read(document: LangiumDocument, before: string, after: string, change: TextChange): ElementEdit | undefined {
    const file = fileOf(document);
    const root = file?.$cstNode?.root;
    if (file === undefined || root === undefined || after.length > MAX_CHARACTERS) return undefined;
    const index = elementAt(file.elements, change.start);
    const former = file.elements[index];
    const node = former?.$cstNode;
    if (former === undefined || node === undefined || !mayStandAlone(former) || node.container !== root) return undefined;
    const { offset: start, end: oldEnd } = node;
    if (change.start <= start || change.oldEnd >= oldEnd) return undefined;
    const characters = change.newEnd - change.oldEnd;
    if (!hasClearEdges(file.elements, index, before, start, oldEnd)) return undefined;
    const slice = after.slice(start, oldEnd + characters);
    const { body: oldBody } = this.shape(before.slice(start, oldEnd));
    const { body } = this.shape(slice);
    // The first brace ends the head, the last one the element; both stay.
    if (body < 0 || body !== oldBody || change.start <= start + body || change.oldEnd > oldEnd - 1) return undefined;
    const tail = after.slice(change.newEnd, oldEnd + characters);
    if (!/[\n\r]/.test(tail) && !/^[ \t]*$/.test(lineAfter(before, oldEnd))) return undefined;
    const parsed = this.services.parser.LangiumParser.parse<DrmlFile>(slice);
    const [fresh] = parsed.value.elements;
    const [child] = parsed.value.$cstNode?.root.content ?? [];
    if (fresh === undefined || parsed.value.elements.length !== 1 || fresh.$cstNode !== child) return undefined;
    if (parsed.value.$cstNode?.root.content.length !== 1 || child?.offset !== 0 || child.end !== slice.length) return undefined;
    if (fresh.$type !== former.$type || !errorsStayInside(parsed, body, slice.length)) return undefined;
    const lineStart = startOfLine(before, start);
    return {
      file,
      root,
      index,
      child: root.content.indexOf(node),
      former,
      fresh,
      parsed,
      start,
      oldEnd,
      line: document.textDocument.positionAt(start).line,
      column: start - lineStart,
      characters,
      // One character more on each side, since the change may part a `\r\n` or join one.
      lines:
        lineBreaks(after.slice(change.start - 1, change.newEnd + 1)) -
        lineBreaks(before.slice(change.start - 1, change.oldEnd + 1)),
    };
  }

  /** Where the body begins: the first brace of a text that is one whole element; -1 where it is not. */
  private shape(slice: string): { readonly body: number } {
    this.known ??= grammarFacts(this.services.Grammar);
    const { tokens } = this.services.parser.Lexer.tokenize(slice);
    const last = tokens.length - 1;
    const structure = tokenStructure(tokens, this.known.declarations);
    const open = tokens.findIndex((token) => token.image === '{');
    const no = { body: -1 };
    if (open < 0 || tokens[last]?.image !== '}' || structure.partner(open) !== last || !structure.startsDeclaration(0)) return no;
    for (let at = 1; at <= last; at++) {
      const { image = '' } = tokens[at] ?? {};
      if (structure.startsDeclaration(at) || ((image === '{' || image === '}') && structure.partner(at) < 0)) return no;
    }
    return { body: tokens[open]?.startOffset ?? -1 };
  }
}

/** What other files check of `defaults` is their text, and a drill or an import is all head. */
function mayStandAlone(element: TopLevel): boolean {
  return element.$type !== 'Import' && element.$type !== 'Defaults' && element.$type !== 'Drill';
}

/** The index of the last element that starts before an offset; -1 for none. */
function elementAt(elements: readonly AstNode[], offset: number): number {
  return countBefore(elements, (element) => (element.$cstNode?.offset ?? 0) < offset) - 1;
}

function hasClearEdges(elements: readonly TopLevel[], index: number, text: string, start: number, end: number): boolean {
  const from = index === 0 ? 0 : (elements[index - 1]?.$cstNode?.end ?? -1);
  const to = index === elements.length - 1 ? text.length : (elements[index + 1]?.$cstNode?.offset ?? -1);
  if (from < 0 || to < 0 || start - from > longestGap || to - end > longestGap) return false;
  const before = text.slice(from, start);
  const after = text.slice(end, to);
  if (!blanks.test(before) || !blanks.test(after) || !restOfLine.test(lineAfter(text, end))) return false;
  if (index > 0 && !/["}]/.test(text.charAt(from - 1))) return false;
  if (!/^[ \t]*$/.test(text.slice(startOfLine(text, start), start))) return false;
  if (!head.test(text.slice(start, start + 80))) return false;
  if (to === text.length) return true;
  return /^[ \t]*$/.test(text.slice(startOfLine(text, to), to)) && head.test(text.slice(to, to + 80));
}

function startOfLine(text: string, offset: number): number {
  let start = offset;
  while (start > 0 && text[start - 1] !== '\n' && text[start - 1] !== '\r') start--;
  return start;
}

function lineAfter(text: string, offset: number): string {
  let end = offset;
  while (end < text.length && text[end] !== '\n' && text[end] !== '\r') end++;
  return text.slice(offset, end);
}

function errorsStayInside({ parserErrors }: ParseResult, body: number, end: number): boolean {
  return parserErrors.every(({ token }) => token.startOffset > body && token.startOffset < end);
}
