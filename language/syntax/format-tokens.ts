import { type AstNode, AstUtils, CstUtils, type ParseResult } from 'langium';

/** A token or comment of a text with what the layout must know of it. */
export interface LayoutToken {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly comment: 'line' | 'block' | undefined;
  /** A statement of a block starts here. */
  readonly startsStatement: boolean;
  /** The index of the matching brace among the tokens of the element; undefined for other tokens. */
  readonly partner: number | undefined;
}

/** A stretch of the text that is laid out as one: a top-level declaration, or the comments between two. */
export interface LayoutElement {
  readonly kind: 'declaration' | 'comment';
  readonly tokens: readonly LayoutToken[];
  /** Whether it may be changed: it has no syntax errors. */
  readonly sound: boolean;
}

const STATEMENT_LISTS: ReadonlySet<string> = new Set(['statements', 'details', 'options', 'promises', 'accepts']);
const NOT_BLANK = /\S/;

/** Takes a parsed text apart into its top-level declarations and the comments between them, in the order of the text. */
export function layoutElements(text: string, parsed: ParseResult): readonly LayoutElement[] {
  const root = parsed.value.$cstNode;
  if (!root) return [];
  const statementStarts = new Set<number>();
  for (const node of AstUtils.streamAllContents(parsed.value)) {
    if (node.$cstNode && STATEMENT_LISTS.has(node.$containerProperty ?? '')) statementStarts.add(node.$cstNode.offset);
  }
  const leaves = [...CstUtils.flattenCst(root)].sort((a, b) => a.offset - b.offset);
  const declarations = topLevelNodes(parsed.value).flatMap((node) => node.$cstNode ?? []);
  const errors = [
    ...parsed.lexerErrors.map((error) => error.offset),
    ...parsed.parserErrors.map((error) => error.token.startOffset),
  ];
  const elements: LayoutElement[] = [];
  let leaf = 0;
  const take = (until: number): RawToken[] => {
    const taken: RawToken[] = [];
    for (let node = leaves[leaf]; node && node.offset < until; node = leaves[++leaf]) {
      taken.push({ start: node.offset, end: node.end, text: node.text, isComment: node.hidden });
    }
    return taken;
  };
  for (const declaration of declarations) {
    pushComments(elements, take(declaration.offset), statementStarts);
    const tokens = connect(take(declaration.end), statementStarts);
    const next = leaves[leaf]?.offset ?? text.length;
    const isWhole = !errors.some((offset) => offset >= declaration.offset && offset < next) && !hasGap(text, tokens);
    elements.push({ kind: 'declaration', tokens, sound: isWhole && isBalanced(tokens) });
  }
  pushComments(elements, take(text.length + 1), statementStarts);
  return elements;
}

interface RawToken {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly isComment: boolean;
}

function topLevelNodes(root: AstNode): readonly AstNode[] {
  return AstUtils.streamContents(root).toArray();
}

function pushComments(elements: LayoutElement[], tokens: readonly RawToken[], starts: ReadonlySet<number>): void {
  for (const token of tokens) elements.push({ kind: 'comment', tokens: connect([token], starts), sound: isWholeComment(token) });
}

/** Whether a comment ends: one that is not closed takes the rest of the text with it. */
function isWholeComment({ isComment, text }: RawToken): boolean {
  return isComment && (!text.startsWith('/*') || (text.length >= 4 && text.endsWith('*/')));
}

function connect(tokens: readonly RawToken[], starts: ReadonlySet<number>): readonly LayoutToken[] {
  const partner = new Map<number, number>();
  const open: number[] = [];
  tokens.forEach(({ text, isComment }, index) => {
    if (isComment) return;
    if (text === '{') open.push(index);
    const other = text === '}' ? open.pop() : undefined;
    if (other === undefined) return;
    partner.set(other, index);
    partner.set(index, other);
  });
  return tokens.map(({ start, end, text, isComment }, index) => ({
    start,
    end,
    text,
    comment: isComment ? (text.startsWith('/*') ? 'block' : 'line') : undefined,
    startsStatement: !isComment && starts.has(start),
    partner: partner.get(index),
  }));
}

function isBalanced(tokens: readonly LayoutToken[]): boolean {
  return tokens.every(
    (token) => token.comment !== undefined || (token.text !== '{' && token.text !== '}') || token.partner !== undefined,
  );
}

/** Whether there is text between the tokens that the parser skipped. */
function hasGap(text: string, tokens: readonly LayoutToken[]): boolean {
  return tokens.some((token, index) => {
    const next = tokens[index + 1];
    return next !== undefined && NOT_BLANK.test(text.slice(token.end, next.start).replaceAll('\uFEFF', ''));
  });
}
