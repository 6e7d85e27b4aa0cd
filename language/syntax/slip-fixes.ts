/** One edit that mends a slip of the syntax, made from the tokens around it. */
import type { IToken } from 'chevrotain';
import type { ProblemFix } from './checks/problem.js';
import { withoutSeparators } from './lexer-errors.js';

const fixes = new WeakMap<object, ProblemFix>();

/** Keeps the fix of an error for whoever shows the error. */
export function rememberFix(error: object, fix: ProblemFix): void {
  fixes.set(error, fix);
}

/** The fix of an error, where one edit mends it. */
export function fixOf(error: object): ProblemFix | undefined {
  return fixes.get(error);
}

function endOf(token: IToken): number {
  return (token.endOffset ?? token.startOffset - 1) + 1;
}

/** Writes another word in place of a token. */
export function replaced(token: IToken, text: string): ProblemFix {
  return { title: `Change to \`${text}\``, start: token.startOffset, end: endOf(token), text };
}

/** Writes one text in place of two neighbouring tokens. */
export function joined(first: IToken, second: IToken, text: string): ProblemFix {
  return { title: `Change to \`${text}\``, start: first.startOffset, end: endOf(second), text };
}

/** Takes a token out, with the blanks before it where it stands on the line of the one before. */
export function dropped(previous: IToken | undefined, token: IToken): ProblemFix {
  const sameLine = previous !== undefined && previous.endLine === token.startLine;
  return {
    title: `Remove \`${token.image}\``,
    start: sameLine ? endOf(previous) : token.startOffset,
    end: endOf(token),
    text: '',
  };
}

/** Writes a word after a token. */
export function added(previous: IToken, word: string, glued = false): ProblemFix {
  const at = endOf(previous);
  return { title: `Add \`${word}\``, start: at, end: at, text: glued ? word : ` ${word}` };
}

/** Closes a block after its last token: on its line where the whole block stands on one, else below, as far in as its head. */
export function closed(head: IToken, brace: IToken, last: IToken): ProblemFix {
  const at = endOf(last);
  const oneLine = last !== brace && brace.startLine === last.endLine;
  const text = oneLine || last === brace ? ' }' : `\n${' '.repeat(Math.max(0, (head.startColumn ?? 1) - 1))}}`;
  return { title: 'Add the missing `}`', start: at, end: at, text };
}

/** Signs that other languages put between a word and its value, or around lists. */
const needless = /^(:=|[:=;[\]()])$/;

/** The fix of a place that the lexer could not read, from the text alone. */
export function lexingFix(text: string, offset: number, length: number): ProblemFix | undefined {
  const found = text.slice(offset, offset + length);
  const here = { start: offset, end: offset + length };
  if (needless.test(found)) {
    const before = text.charAt(offset - 1);
    const after = text.charAt(offset + length);
    // A blank stays where two words would grow together; one of two goes.
    const blank = /[ \t]/.test(before) && /[ \t]/.test(after) ? 1 : 0;
    const parts = /[\w"]/.test(before) && /[\w"]/.test(after);
    return { title: `Remove \`${found}\``, start: offset - blank, end: offset + length, text: parts ? ' ' : '' };
  }
  if (/^'[^'"\n]*'$/.test(found)) return { title: 'Use double quotes', ...here, text: `"${found.slice(1, -1)}"` };
  if (found === '“' || found === '”') return { title: 'Use plain double quotes', ...here, text: '"' };
  if (found === '#') return { title: 'Change to `//`', ...here, text: '//' };
  if (found === '/*') return { title: 'Close the comment', start: text.length, end: text.length, text: '\n*/' };
  if (/^[+-]?\d[\d,]*,\d/.test(found))
    return { title: `Change to \`${withoutSeparators(found)}\``, ...here, text: withoutSeparators(found) };
  if (/^"[^"\n]*$/.test(found)) {
    const end = offset + found.trimEnd().length;
    return { title: 'Close the text', start: end, end, text: '"' };
  }
  return undefined;
}
