/** Blocks on one line open to several, and the other way round. */
import { type AstNode, AstUtils } from 'langium';
import { findBlock } from '../edit/block.js';
import type { RefactorContext, Refactoring } from './refactoring.js';
import { lineBreakOf, lineEnd, lineStart } from './statement-text.js';

/** The longest line that a folded block may make. */
const longestLine = 110;

/**
 * `Open service to several lines` for the outermost block on one line around the caret, since a block on one line holds none with
 * lines of its own; else `Fold objective to one line` for the innermost.
 */
export function foldBlock({ document, selection, touched }: RefactorContext): readonly Refactoring[] {
  if (selection.start !== selection.end) return [];
  const text = document.textDocument.getText();
  const uri = document.uri.toString();
  const around = blocksAround(touched, selection.start, text);
  const change = (what: string, { start, end }: Owner, newText: string): readonly Refactoring[] => [
    { kind: 'rewrite', title: what, changes: [{ uri, start, end, text: newText }] },
  ];
  const flatOne = around.find((owner) => !owner.body.includes('\n'));
  if (flatOne !== undefined) {
    if (/\/\*/.test(outsideTexts(flatOne.body))) return [];
    const eol = lineBreakOf(text);
    const unit = flatOne.indent.includes('\t') ? '\t' : '  ';
    const lines = flatOne.statements.map((statement) => `${flatOne.indent}${unit}${statement.$cstNode?.text ?? ''}`);
    return change(`Open ${flatOne.name} to several lines`, flatOne, `{${eol}${lines.join(eol)}${eol}${flatOne.indent}}`);
  }
  const inner = around.at(-1);
  if (inner === undefined || /\/[/*]/.test(outsideTexts(inner.body))) return [];
  const folded = `{ ${inner.statements.map(flat).join('  ')} }`;
  const line = text.slice(lineStart(text, inner.start), inner.start) + folded + text.slice(inner.end, lineEnd(text, inner.end));
  return line.length > longestLine ? [] : change(`Fold ${inner.name} to one line`, inner, folded);
}

/** A block: offsets of its braces, what it holds, and the word and indentation of the line that opens it. */
interface Owner {
  readonly name: string;
  readonly indent: string;
  readonly start: number;
  readonly end: number;
  readonly body: string;
  readonly statements: readonly AstNode[];
}

/** The blocks that are not empty around an offset, or opened by the statement it stands in; the outermost first. */
function blocksAround(touched: readonly AstNode[], offset: number, text: string): readonly Owner[] {
  const found: Owner[] = [];
  for (let inside = touched; inside.length > 0; ) {
    const node = inside.find((child) => {
      const cst = child.$cstNode;
      return cst !== undefined && cst.offset <= offset && offset <= cst.end;
    });
    const cst = node?.$cstNode;
    if (node === undefined || cst === undefined) break;
    inside = AstUtils.streamContents(node).toArray();
    const statements = childrenOf(node);
    const block = statements.length === 0 ? undefined : findBlock(text, cst.offset, cst.end);
    if (block === undefined) continue;
    const indent = /^[ \t]*/.exec(text.slice(lineStart(text, cst.offset), block.open))?.[0] ?? '';
    const body = text.slice(block.open + 1, block.close);
    const name = /^[a-z-]+/.exec(cst.text)?.[0] ?? 'block';
    found.push({ name, indent, start: block.open, end: block.close + 1, body, statements });
  }
  return found;
}

/** The statements in the block of a node. */
function childrenOf(node: AstNode): readonly AstNode[] {
  return AstUtils.streamContents(node)
    .filter(({ $containerProperty }) => inBlock.has($containerProperty ?? ''))
    .toArray();
}

const inBlock: ReadonlySet<string> = new Set(['statements', 'details', 'options', 'promises']);

/** A statement on one line, with two blanks between what its block holds. */
function flat(node: AstNode): string {
  const cst = node.$cstNode;
  if (cst === undefined) return '';
  const children = childrenOf(node);
  const first = children[0]?.$cstNode;
  if (first === undefined) return oneLine(cst.text);
  const head = cst.text.slice(0, first.offset - cst.offset);
  return `${oneLine(head).trimEnd()} ${children.map(flat).join('  ')} }`;
}

function oneLine(text: string): string {
  return text.replace(/\s*[\r\n]+\s*/g, ' ');
}

/** The text without its strings, in which slashes are no comments. */
function outsideTexts(text: string): string {
  return text.replace(/"(?:\\.|[^"\\\n\r])*"/g, '""');
}
