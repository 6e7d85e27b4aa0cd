import { type CstNode, GrammarUtils, isCompositeCstNode, isLeafCstNode, type LangiumDocument } from 'langium';
import type { Position, SelectionRange } from 'vscode-languageserver';
import { leafAt } from './name-at.js';

interface Span {
  readonly start: number;
  readonly end: number;
}

/**
 * What "expand selection" selects, step by step: the word or the text between quotes, the value, the list it stands in, the statement,
 * what is between the braces, the braces, the declaration with its comment, the file.
 */
export function selectionRanges(document: LangiumDocument, positions: readonly Position[]): SelectionRange[] {
  return positions.map((position) => {
    const text = document.textDocument;
    const offset = text.offsetAt(position);
    let result: SelectionRange | undefined;
    for (const { start, end } of spansAround(document, position, offset).reverse()) {
      const range = { start: text.positionAt(start), end: text.positionAt(end) };
      result = result === undefined ? { range } : { range, parent: result };
    }
    return result ?? { range: { start: position, end: position } };
  });
}

/** Spans that hold an offset, each inside the next; the last one is the whole file. */
function spansAround(document: LangiumDocument, position: Position, offset: number): Span[] {
  const whole: Span = { start: 0, end: document.textDocument.getText().length };
  const spans: Span[] = [];
  const add = (span: Span): void => {
    const inner = spans.at(-1);
    if (span.start > offset || span.end < offset || span.end - span.start === 0) return;
    if (inner !== undefined && (span.start > inner.start || span.end < inner.end)) return;
    if (inner === undefined || span.start < inner.start || span.end > inner.end) spans.push(span);
  };
  const leaf = leafAt(document, position);
  if (leaf !== undefined) {
    if (isQuoted(leaf)) add({ start: leaf.offset + 1, end: leaf.end - 1 });
    let child: CstNode = leaf;
    add(spanOf(leaf));
    for (let parent = leaf.container; parent !== undefined; parent = parent.container) {
      const list = listAround(child, parent.content);
      if (list !== undefined) add(list);
      for (const block of blockAround(parent.content, offset, document.textDocument.getText())) add(block);
      // A root spans the file; between it and a declaration stands the declaration with what is said about it.
      if (parent.container === undefined) add(withComment(child, parent.content));
      else add(spanOf(parent));
      child = parent;
    }
  }
  add(whole);
  return spans.length === 0 ? [whole] : spans;
}

function spanOf(node: CstNode): Span {
  return { start: node.offset, end: node.end };
}

function isQuoted(leaf: CstNode): boolean {
  return leaf.text.length > 2 && leaf.text.startsWith('"') && leaf.text.endsWith('"');
}

/** From the first to the last element of the list that `child` belongs to: `a, b` in `requires a, b { … }`. */
function listAround(child: CstNode, siblings: readonly CstNode[]): Span | undefined {
  const property = propertyOf(child);
  if (property === undefined || property === 'statements' || property === 'details' || property === 'elements') return undefined;
  const elements = siblings.filter((each) => !each.hidden && propertyOf(each) === property);
  const [first, last] = [elements[0], elements.at(-1)];
  return first === undefined || last === undefined || first === last ? undefined : { start: first.offset, end: last.end };
}

/** The property of the node around that a piece of text is the value of, or one value of. */
function propertyOf(child: CstNode): string | undefined {
  if (child.container === undefined) return undefined;
  return child.astNode === child.container.astNode
    ? GrammarUtils.findAssignment(child)?.feature
    : child.astNode.$containerProperty;
}

/** What is between the braces, and the braces themselves, where they are around an offset. */
function blockAround(content: readonly CstNode[], offset: number, text: string): readonly Span[] {
  const open = content.find((node) => isLeafCstNode(node) && !node.hidden && node.text === '{');
  const close = content.findLast((node) => isLeafCstNode(node) && !node.hidden && node.text === '}');
  if (open === undefined || close === undefined || offset < open.end || offset > close.offset) return [];
  const inside = text.slice(open.end, close.offset);
  const start = open.end + (inside.length - inside.trimStart().length);
  return [
    { start, end: start + inside.trim().length },
    { start: open.offset, end: close.end },
  ];
}

/** A declaration together with the comment that stands right before it. */
function withComment(declaration: CstNode, siblings: readonly CstNode[]): Span {
  const before = siblings[siblings.indexOf(declaration) - 1];
  const comment = before?.hidden === true && !isCompositeCstNode(before) && before.text.startsWith('/*') ? before : undefined;
  return { start: comment?.offset ?? declaration.offset, end: declaration.end };
}
