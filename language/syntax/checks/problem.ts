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

/**
 * How a fix takes a member of a list out: with one of the commas beside it, or the whole statement where it is the only member.
 * Undefined where the node is no member of a list and its statement says more than it.
 */
export function memberRemoval(member: AstNode, title: string): ProblemFix | undefined {
  const { $container: container, $containerProperty: property, $containerIndex: index } = member;
  if (container === undefined || property === undefined) return undefined;
  const list: unknown = Reflect.get(container, property);
  if (!Array.isArray(list) || index === undefined) return undefined;
  if (list.length < 2) return removal(container, title);
  const own = spanOfProperty(container, property, index);
  return index === 0
    ? { title, start: own.start, end: spanOfProperty(container, property, 1).start, text: '' }
    : { title, start: spanOfProperty(container, property, index - 1).end, end: own.end, text: '' };
}

/** How a fix takes a part of a statement out, with the blanks before it. */
export function partRemoval(node: AstNode, { start, end }: Span, title: string): ProblemFix {
  const text = textAround(node);
  let from = start;
  while (from > 0 && /\s/.test(text.charAt(from - 1))) from--;
  return { title, start: from, end, text: '' };
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
