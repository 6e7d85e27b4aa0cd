import type { IToken } from 'chevrotain';
import { declarationHeads, startsLine } from './structure.js';

/** A `}` that ends a declaration although more of its statements follow. */
export interface SurplusBrace {
  /** The index of the `}` in the list of tokens. */
  readonly index: number;
  /** The declaration: `service orders`. */
  readonly head: string;
}

/**
 * The braces that close a declaration too early: where one has more `}` than `{`, the first one behind which a line starts with
 * anything but another `}`. Read without them, the declaration keeps all its statements.
 */
export function surplusBraces(tokens: readonly IToken[], declarationKeywords: ReadonlySet<string>): readonly SurplusBrace[] {
  const heads = declarationHeads(tokens, declarationKeywords);
  const found: SurplusBrace[] = [];
  let start = 0;
  while (start < tokens.length) {
    let end = start + 1;
    while (end < tokens.length && heads[end] !== true) end++;
    const head = tokens[start];
    if (heads[start] === true && head !== undefined) found.push(...surplusOf(tokens, start, end, head));
    start = end;
  }
  return found;
}

function surplusOf(tokens: readonly IToken[], start: number, end: number, head: IToken): readonly SurplusBrace[] {
  let surplus = 0;
  for (let index = start; index < end; index++) surplus += { '{': -1, '}': 1 }[tokens[index]?.image ?? ''] ?? 0;
  const found: SurplusBrace[] = [];
  let depth = 0;
  for (let index = start; index < end && surplus > 0; index++) {
    const image = tokens[index]?.image;
    if (image === '{') depth++;
    if (image !== '}') continue;
    const next = tokens[index + 1];
    const goesOn = index + 1 < end && next?.image !== '}' && next?.image !== '{' && startsLine(tokens, index + 1);
    // What stands as far left as the head is meant to be a declaration of its own.
    if (depth === 1 && goesOn && (next?.startColumn ?? 0) > (head.startColumn ?? 0)) {
      found.push({ index, head: `${head.image} ${tokens[start + 1]?.image ?? ''}` });
      surplus--;
    } else depth--;
  }
  return found;
}
