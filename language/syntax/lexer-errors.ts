import type { ILexingError, IToken } from 'chevrotain';
import { DefaultLexerErrorMessageProvider } from 'langium';
import { HASH_COMMENT, SINGLE_QUOTED, UNCLOSED_COMMENT, UNCLOSED_TEXT } from './tokens.js';

const GROUP = /^\d{3}(?!\d)/;
const PLAIN_NUMBER = /^[+-]?\d+(,\d{3})*$/;
const QUANTITY = 'QUANTITY';

/** What to write instead of a character that DRML does not know. */
const MENDING: Readonly<Record<string, string>> = {
  ':': 'DRML puts nothing between a word and its value: leave the `:` out.',
  '=': 'DRML puts nothing between a word and its value: leave the `=` out.',
  ':=': 'DRML puts nothing between a word and its value: leave the `:=` out.',
  ';': 'Statements need no `;`: leave it out.',
  "'": 'Texts stand in double quotes: write `"…"`.',
  '-': 'A name has `-` only between its parts; the sites of a link are joined by `<->`.',
  '`': 'Texts stand in double quotes: write `"…"`.',
  '[': 'A list is written without brackets: `a, b`.',
  ']': 'A list is written without brackets: `a, b`.',
  '(': 'DRML has no parentheses: leave the `(` out.',
  ')': 'DRML has no parentheses: leave the `)` out.',
  '%': 'A percentage is written without a blank: `99.9%`.',
  $: 'A currency follows the amount: `5000 USD/h`.',
  '€': 'A currency follows the amount: `5000 EUR/h`.',
  '/': 'A rate is written without blanks: `5000 USD/h`; a comment starts with `//`.',
  '*': 'DRML does not calculate: write the result.',
  '@': 'A name is made of letters, digits and `-`; other text stands in double quotes.',
  '“': 'Use the plain double quote `"`.',
  '”': 'Use the plain double quote `"`.',
};

/** Says what an unknown character is and how to mend the line. */
export class DrmlLexerMessages extends DefaultLexerErrorMessageProvider {
  override buildUnexpectedCharactersMessage(fullText: string, startOffset: number, length: number): string {
    if (fullText.startsWith('->', startOffset)) return 'A link is written `link a <-> b { … }`, a dependency `requires NAME`.';
    const found = fullText.slice(startOffset, startOffset + length);
    const visible = found.trim();
    const mending = MENDING[visible] ?? MENDING[visible.slice(0, 1)];
    return mending ?? `\`${visible}\` means nothing here: leave it out, or put text in double quotes.`;
  }
}

/**
 * Joins numbers that were written with thousands separators or a decimal comma (`1,000`, `0,5`) into one quantity each, with an error
 * that says what to write. No list of DRML holds numbers, so a comma between two digits is never anything else.
 */
export function mergeSeparatedNumbers(tokens: readonly IToken[]): { tokens: IToken[]; errors: ILexingError[] } {
  const merged: IToken[] = [];
  const errors: ILexingError[] = [];
  for (let index = 0; index < tokens.length; index++) {
    const token = tokens[index];
    if (!token) break;
    let whole = token;
    let comma = tokens[index + 1];
    let part = tokens[index + 2];
    while (comma && part && isSeparated(whole, comma, part)) {
      whole = { ...part, image: `${whole.image},${part.image}`, startOffset: whole.startOffset };
      if (token.startLine !== undefined) whole.startLine = token.startLine;
      if (token.startColumn !== undefined) whole.startColumn = token.startColumn;
      index += 2;
      comma = tokens[index + 1];
      part = tokens[index + 2];
    }
    if (whole !== token) errors.push(errorAt(whole, separatedMessage(whole.image)));
    merged.push(whole);
  }
  return { tokens: merged, errors };
}

function isSeparated(before: IToken, comma: IToken, after: IToken): boolean {
  return (
    comma.image === ',' &&
    before.tokenType.name === QUANTITY &&
    after.tokenType.name === QUANTITY &&
    PLAIN_NUMBER.test(before.image) &&
    comma.startOffset === (before.endOffset ?? -1) + 1 &&
    after.startOffset === comma.startOffset + 1 &&
    /^\d/.test(after.image)
  );
}

/** The quantity that was meant by one with commas in it: `1,000rps` is `1000rps`, `0,5` is `0.5`. */
export function withoutSeparators(image: string): string {
  const parts = image.split(',');
  const thousands = parts.slice(1).every((part) => GROUP.test(part)) && !/^[+-]?0$/.test(parts[0] ?? '');
  return parts.join(thousands ? '' : '.');
}

function separatedMessage(image: string): string {
  const meant = withoutSeparators(image);
  return meant.includes('.') && !image.includes('.')
    ? `The decimal sign is a point: write \`${meant}\`.`
    : `Numbers take no thousands separators: write \`${meant}\`.`;
}

/** The errors of texts and comments that were left open or have another language's signs. */
export function delimiterErrors(tokens: readonly IToken[], hidden: readonly IToken[]): ILexingError[] {
  const texts = tokens
    .filter((token) => token.tokenType.name === UNCLOSED_TEXT)
    .map((token) => errorAt(token, 'The text is not closed: put a `"` at its end.'));
  const quoted = tokens
    .filter((token) => token.tokenType.name === SINGLE_QUOTED)
    .map((token) => errorAt(token, `Texts stand in double quotes: write \`"${token.image.slice(1, -1)}"\`.`));
  const hashes = hidden
    .filter((token) => token.tokenType.name === HASH_COMMENT)
    .map((token) => ({ ...errorAt(token, 'Comments start with `//`.'), length: 1 }));
  const comments = hidden
    .filter((token) => token.tokenType.name === UNCLOSED_COMMENT)
    .map((token) => ({ ...errorAt(token, 'The comment is not closed: put `*/` at its end.'), length: 2 }));
  return [...texts, ...quoted, ...hashes, ...comments];
}

function errorAt(token: IToken, message: string): ILexingError {
  const { startOffset, startLine, startColumn, image } = token;
  return { offset: startOffset, line: startLine ?? 1, column: startColumn ?? 1, length: image.length, message };
}
