import type { IToken } from 'chevrotain';
import { NAME_TERMINAL } from './introducers.js';
import { isTwin } from './tokens.js';

const NONE = -1;

/** Which braces belong together and where declarations start, for a text that need not be correct. */
export interface TokenStructure {
  /** The index of the brace that closes or opens the one at an index; -1 if it has none or is no brace. */
  partner(index: number): number;
  /** The index of the `{` of the innermost block around a token; for a `}` the block that it closes; -1 at the top. */
  enclosing(index: number): number;
  /** How many blocks there are around a token; a `}` stands inside the block that it closes. */
  depth(index: number): number;
  /** Whether a top-level declaration starts at this token. */
  startsDeclaration(index: number): boolean;
  /** The index of the token at which skipping goes on after this one: a closed block is one step, a word that only looks like a declaration none. */
  next(index: number): number;
  /** Whether a parser may go on at this token: not at a word that only looks like a declaration. */
  mayResume(index: number): boolean;
}

/** Whether a token is the first one on its line. */
export function startsLine(tokens: readonly IToken[], index: number): boolean {
  const token = tokens[index];
  const previous = tokens[index - 1];
  return token !== undefined && (previous === undefined || previous.endLine !== token.startLine);
}

/** Whether a token can be read as a name. */
export function isNameToken(token: IToken | undefined): boolean {
  return token !== undefined && (token.tokenType.name === NAME_TERMINAL || isTwin(token.tokenType));
}

/**
 * Pairs the braces of a token list in one pass. A declaration at the start of a line ends all blocks before it, so that one missing
 * brace spoils one declaration only. Where a declaration has too few closing braces, the indentation tells which block is open.
 */
export function tokenStructure(tokens: readonly IToken[], declarationKeywords: ReadonlySet<string>): TokenStructure {
  const count = tokens.length;
  const partner = new Int32Array(count).fill(NONE);
  const enclosing = new Int32Array(count).fill(NONE);
  const depth = new Int32Array(count);
  const isKeyword = (index: number): boolean => {
    const token = tokens[index];
    return token !== undefined && declarationKeywords.has(token.image) && token.tokenType.name === token.image;
  };
  const heads = declarationHeads(tokens, declarationKeywords);
  let start = 0;
  while (start < count) {
    let end = start + 1;
    while (end < count && !heads[end]) end++;
    const found = { partner, enclosing, depth };
    if (!pair(tokens, start, end, false, found)) {
      partner.fill(NONE, start, end);
      pair(tokens, start, end, true, found);
    }
    start = end;
  }
  const startsDeclaration = (index: number): boolean =>
    heads[index] === true ||
    (isKeyword(index) && enclosing[index] === NONE && (startsLine(tokens, index) || tokens[index - 1]?.image === '}'));
  const mayResume = (index: number): boolean => !isKeyword(index) || startsDeclaration(index);
  return {
    partner: (index) => partner[index] ?? NONE,
    enclosing: (index) => enclosing[index] ?? NONE,
    depth: (index) => depth[index] ?? 0,
    startsDeclaration,
    mayResume,
    next: (index) => {
      const other = partner[index] ?? NONE;
      let next = other > index ? other + 1 : index + 1;
      while (next < count && !mayResume(next)) next++;
      return next;
    },
  };
}

/** Which tokens certainly start a declaration, whatever braces are open before them. */
export function declarationHeads(tokens: readonly IToken[], declarationKeywords: ReadonlySet<string>): readonly boolean[] {
  return tokens.map(
    (token, index) =>
      declarationKeywords.has(token.image) && token.tokenType.name === token.image && looksLikeHead(tokens, index),
  );
}

/** A keyword at the start of a line followed by a name on the same line; `in same` and `defaults` may be followed by such words too. */
function looksLikeHead(tokens: readonly IToken[], index: number): boolean {
  const before = tokens[index - 1]?.image;
  if (!startsLine(tokens, index) || before === 'same' || before === 'defaults') return false;
  const token = tokens[index];
  const next = tokens[index + 1];
  if (!token || !next || next.startLine !== token.startLine) return false;
  if (token.image === 'import') return next.image.startsWith('"');
  if (token.image === 'defaults') return next.image !== ',' && next.image !== '}';
  return isNameToken(next) || next.image.startsWith('"');
}

/** Pairs the braces of one declaration; tells whether all opened ones were closed. */
function pair(
  tokens: readonly IToken[],
  start: number,
  end: number,
  byIndentation: boolean,
  found: { readonly partner: Int32Array; readonly enclosing: Int32Array; readonly depth: Int32Array },
): boolean {
  const { partner, enclosing, depth } = found;
  const open: number[] = [];
  let complete = true;
  let indentation = 1;
  const indentations: number[] = [];
  for (let index = start; index < end; index++) {
    const token = tokens[index];
    if (!token) break;
    const first = index === start || startsLine(tokens, index);
    if (first) indentation = token.startColumn ?? 1;
    if (byIndentation && first && token.image === '}') {
      while (open.length > 1 && (indentations[open.length - 1] ?? 0) > indentation) {
        open.pop();
        indentations.length = open.length;
        complete = false;
      }
    }
    const top = open.at(-1) ?? NONE;
    enclosing[index] = top;
    depth[index] = open.length;
    if (token.image === '{') {
      indentations[open.length] = indentation;
      open.push(index);
    } else if (token.image === '}' && top !== NONE) {
      open.pop();
      partner[top] = index;
      partner[index] = top;
    }
  }
  return complete && open.length === 0;
}
