import type { IToken, TokenType } from 'chevrotain';
import type { LangiumCoreServices, LexerResult, TokenizeOptions } from 'langium';
import { DefaultLexer } from 'langium';
import { NAME_TERMINAL, nameIntroducers } from './introducers.js';
import { delimiterErrors, mergeSeparatedNumbers } from './lexer-errors.js';
import { twinName } from './tokens.js';

/** The longest text that is parsed, in characters. Beyond it a list of names could take seconds. */
export const MAX_CHARACTERS = 4_000_000;

/** After these words a name of a group may stand, even if they are names themselves: `fails account backup`. */
const GROUP_WORDS: ReadonlySet<string> = new Set(['account', 'provider', 'building']);
/** What goes on after an `account` or `provider` that is a component's own name. */
const NEVER_AFTER_GROUP: ReadonlySet<string> = new Set([
  'for',
  'in',
  'expect',
  'fails',
  'corrupts',
  'deletes',
  'owner',
  'runbook',
  'accepts',
]);

/**
 * Reads the text and then turns a keyword into its twin (keyword and name at once) where a name may stand: on the same line after a
 * word that introduces a name, after a comma, after a dot. The rule looks one token back and one ahead, so that a part of a file
 * reads as it does within the whole.
 */
export class DrmlLexer extends DefaultLexer {
  private readonly introducers: ReadonlySet<string>;
  private readonly twins = new Map<TokenType, TokenType>();

  constructor(services: LangiumCoreServices) {
    super(services);
    this.introducers = nameIntroducers(services.Grammar);
    for (const type of Object.values(this.definition)) {
      const twin = this.definition[twinName(type.name)];
      if (twin) this.twins.set(type, twin);
    }
  }

  /** Lexes a text; a text over `MAX_CHARACTERS` gives one error and no tokens. */
  override tokenize(text: string, options?: TokenizeOptions): LexerResult {
    if (text.length > MAX_CHARACTERS) return tooLong(text);
    const result = super.tokenize(text, options);
    const merged = mergeSeparatedNumbers(result.tokens);
    this.nameKeywords(merged.tokens);
    const errors = [...result.errors, ...merged.errors, ...delimiterErrors(merged.tokens, result.hidden)];
    return { ...result, tokens: merged.tokens, errors: errors.sort((a, b) => a.offset - b.offset) };
  }

  private nameKeywords(tokens: readonly IToken[]): void {
    let previous: IToken | undefined;
    for (const [index, token] of tokens.entries()) {
      const twin = this.twins.get(token.tokenType);
      if (twin && previous && this.mayBeName(token, previous, tokens[index + 1])) {
        token.tokenType = twin;
        if (twin.tokenTypeIdx !== undefined) token.tokenTypeIdx = twin.tokenTypeIdx;
      }
      previous = token;
    }
  }

  private mayBeName(token: IToken, previous: IToken, next: IToken | undefined): boolean {
    const startsLine = token.startLine !== previous.endLine;
    if (startsLine && (next?.image === '{' || next?.tokenType.name === 'QUANTITY')) return false;
    if (token.image === 'any' && next?.image === 'of') return false;
    if (GROUP_WORDS.has(previous.image) && previous.image !== 'building' && NEVER_AFTER_GROUP.has(token.image)) return false;
    if (previous.image === ',' || previous.image === '.') return true;
    if (startsLine || previous.tokenType.name === NAME_TERMINAL) return false;
    return this.twins.has(previous.tokenType) || !WORD_START.test(previous.image)
      ? this.introducers.has(previous.image)
      : GROUP_WORDS.has(previous.image);
  }
}

const WORD_START = /^[A-Za-z]/;

function tooLong(text: string): LexerResult {
  const message = `The file has ${text.length} characters; at most ${MAX_CHARACTERS} are read. Split it and import the parts.`;
  return { tokens: [], hidden: [], errors: [{ offset: 0, line: 1, column: 1, length: 1, message }] };
}
