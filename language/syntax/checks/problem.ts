/** What a check finds: where, how bad, in which words, and how to mend it where that is obvious. */
import { type AstNode, AstUtils, GrammarUtils } from 'langium';

/** A range of a file's text, in offsets. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** One edit that mends the problem. The offsets are of the file that the problem stands in. */
export interface ProblemFix extends Span {
  readonly title: string;
  readonly text: string;
}

export interface Problem {
  readonly severity: 'error' | 'warning';
  /** Stable, `syntax/…` in kebab-case: what a client may rely on. */
  readonly code: `syntax/${string}`;
  readonly message: string;
  readonly at: Span;
  readonly fix?: ProblemFix;
  /** Nothing would be missing without it; editors show such text faded. */
  readonly unnecessary?: boolean;
  /** The other place that the problem is about, with a few words on it; it may stand in another file. */
  readonly related?: { readonly node: AstNode; readonly at: Span; readonly message: string };
}

/** Takes a problem. */
export type Report = (problem: Problem) => void;

/** Where a node stands in its file. */
export function spanOf(node: AstNode): Span {
  return { start: node.$cstNode?.offset ?? 0, end: node.$cstNode?.end ?? 0 };
}

/** Where the first word of a statement stands. */
export function spanOfKey(node: AstNode, key: string): Span {
  const { start, end } = spanOf(node);
  return { start, end: Math.min(end, start + key.length) };
}

/** Where a property stands; the whole node where it cannot be found. For lists, `index` says which element. */
export function spanOfProperty(node: AstNode, property: string, index?: number): Span {
  const found = GrammarUtils.findNodeForProperty(node.$cstNode, property, index);
  return found === undefined ? spanOf(node) : { start: found.offset, end: found.end };
}

/** The text of the file that a node stands in. */
export function textAround(node: AstNode): string {
  return AstUtils.getDocument(node).textDocument.getText();
}

/** How a fix takes a statement out: with its line where nothing else stands on it, else with the blanks before it. */
export function removal(node: AstNode, title: string): ProblemFix {
  const text = textAround(node);
  let { start, end } = spanOf(node);
  while (start > 0 && (text[start - 1] === ' ' || text[start - 1] === '\t')) start--;
  const alone = start === 0 || text[start - 1] === '\n';
  const rest = /^[ \t]*(\r?\n|$)/.exec(text.slice(end, end + 200));
  if (alone && rest !== null) end += rest[0].length;
  return { title, start, end, text: '' };
}
