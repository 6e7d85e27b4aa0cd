/** Offsets of the braces of a block. */
export interface Block {
  readonly open: number;
  readonly close: number;
}

/**
 * The block of the declaration that begins at `start` and ends at `end`: its first opening brace and the brace that closes it,
 * strings and comments apart. Undefined where the declaration has no block, or one that is not closed.
 */
export function findBlock(text: string, start: number, end: number): Block | undefined {
  let open: number | undefined;
  let depth = 0;
  for (let at = start; at < end; ) {
    const next = skipped(text, at);
    if (next > at) {
      at = next;
      continue;
    }
    const character = text.charAt(at);
    if (character === '{') {
      open ??= at;
      depth += 1;
    } else if (character === '}') {
      depth -= 1;
      if (depth === 0 && open !== undefined) return { open, close: at };
    }
    at += 1;
  }
  return undefined;
}

/**
 * The range of the quantity that follows a word inside a range of text, strings and comments apart; undefined where the word or a
 * quantity behind it is missing.
 */
export function findValue(
  text: string,
  start: number,
  end: number,
  word: string,
): { readonly start: number; readonly end: number } | undefined {
  const quantity = /[+-]?\d[^\s{},"]*(?: (?:ms|min|[smhdwy])(?![A-Za-z0-9_-]))?/y;
  let seen = false;
  for (let at = start; at < end; ) {
    const next = skipped(text, at);
    if (next > at) {
      at = next;
      continue;
    }
    if (seen) {
      quantity.lastIndex = at;
      const found = quantity.exec(text);
      if (found !== null) return { start: at, end: at + found[0].length };
      if (!/\s/.test(text.charAt(at))) seen = false;
    }
    const length = wordLength(text, at);
    seen ||= text.slice(at, at + length) === word;
    at += Math.max(1, length);
  }
  return undefined;
}

/** Length of the word that begins at an offset, 0 where none does. */
function wordLength(text: string, at: number): number {
  const word = /[A-Za-z_0-9-]+/y;
  word.lastIndex = at;
  return word.exec(text)?.[0].length ?? 0;
}

/** End of the string or comment that begins at an offset; the offset itself where none begins. */
function skipped(text: string, at: number): number {
  if (text.startsWith('//', at)) return orEnd(text, text.indexOf('\n', at), 0);
  if (text.startsWith('/*', at)) return orEnd(text, text.indexOf('*/', at + 2), 2);
  if (text.charAt(at) !== '"') return at;
  for (let end = at + 1; end < text.length; end += 1) {
    const character = text.charAt(end);
    if (character === '\\') end += 1;
    else if (character === '"') return end + 1;
    else if (character === '\n') return end;
  }
  return text.length;
}

function orEnd(text: string, found: number, length: number): number {
  return found < 0 ? text.length : found + length;
}
