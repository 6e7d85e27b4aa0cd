import type { IToken, TokenType, TokenTypeDictionary } from 'chevrotain';
import { Lexer as ChevrotainLexer } from 'chevrotain';
import type { LangiumCoreServices, Lexer, LexerResult } from 'langium';
import { NAME_TERMINAL, nameIntroducers } from './introducers.js';
import { delimiterErrors, mergeSeparatedNumbers } from './lexer-errors.js';
import { mayBeName, type Neighbour } from './name-places.js';
import { twinName } from './tokens.js';

/** The longest text that is parsed, in characters. Beyond it a list of names could take seconds. */
export const MAX_CHARACTERS = 4_000_000;

/** What the lexer is made of; built when the first text is read, because a server that only starts needs none of it. */
interface Machinery {
  readonly definition: TokenTypeDictionary;
  readonly types: readonly TokenType[];
  readonly introducers: ReadonlySet<string>;
  readonly twins: ReadonlyMap<TokenType, TokenType>;
}

/**
 * Reads the text and then turns a keyword into its twin (keyword and name at once) where a name may stand: on the same line after a
 * word that introduces a name, after a comma, after a dot. A keyword that starts a line after a comma and has on that line what only a
 * statement goes on with stays a keyword: the comma is one too many.
 */
export class DrmlLexer implements Lexer {
  private built: Machinery | undefined;
  private chevrotain: ChevrotainLexer | undefined;

  constructor(private readonly services: LangiumCoreServices) {}

  get definition(): TokenTypeDictionary {
    return this.machinery.definition;
  }

  /** Lexes a text; a text over `MAX_CHARACTERS` gives one error and no tokens. */
  tokenize(text: string): LexerResult {
    if (text.length > MAX_CHARACTERS) return tooLong(text);
    const result = this.scanner().tokenize(text);
    const hidden = result.groups.hidden ?? [];
    const merged = mergeSeparatedNumbers(result.tokens);
    this.nameKeywords(merged.tokens);
    const errors = [...result.errors, ...merged.errors, ...delimiterErrors(merged.tokens, hidden)];
    return { tokens: merged.tokens, hidden, errors: errors.sort((a, b) => a.offset - b.offset), report: { diagnostics: [] } };
  }

  private get machinery(): Machinery {
    this.built ??= build(this.services);
    return this.built;
  }

  private scanner(): ChevrotainLexer {
    this.chevrotain ??= new ChevrotainLexer([...this.machinery.types], {
      positionTracking: 'full',
      skipValidations: this.services.LanguageMetaData.mode === 'production',
      errorMessageProvider: this.services.parser.LexerErrorMessageProvider,
    });
    return this.chevrotain;
  }

  private nameKeywords(tokens: readonly IToken[]): void {
    const { twins, introducers } = this.machinery;
    let previous: IToken | undefined;
    for (const [index, token] of tokens.entries()) {
      const twin = twins.get(token.tokenType);
      if (twin && previous) {
        const next = tokens[index + 1];
        const startsLine = token.startLine !== previous.endLine;
        const [before, after] = [this.neighbour(previous), this.neighbour(next)];
        const nextOnLine = next?.startLine === token.endLine;
        if (mayBeName(token.image, startsLine, textOf(previous), before, textOf(next), after, nextOnLine, introducers)) {
          token.tokenType = twin;
          if (twin.tokenTypeIdx !== undefined) token.tokenTypeIdx = twin.tokenTypeIdx;
        }
      }
      previous = token;
    }
  }

  private neighbour(token: IToken | undefined): Neighbour {
    if (token === undefined) return 'other';
    if (this.machinery.twins.has(token.tokenType)) return 'keyword';
    const { name } = token.tokenType;
    if (name === NAME_TERMINAL) return 'name';
    if (name === 'QUANTITY' || name === 'DATE') return 'quantity';
    if (name === 'STRING') return 'text';
    return WORD_START.test(token.image) ? 'other' : 'sign';
  }
}

const WORD_START = /^[A-Za-z]/;

function textOf(token: IToken | undefined): string {
  return token?.image ?? '';
}

function build(services: LangiumCoreServices): Machinery {
  const vocabulary = services.parser.TokenBuilder.buildTokens(services.Grammar, {
    caseInsensitive: services.LanguageMetaData.caseInsensitive,
  });
  if (!Array.isArray(vocabulary)) throw new Error('The token builder gives a list of token types.');
  const types: readonly TokenType[] = vocabulary;
  const definition = Object.fromEntries(types.map((type) => [type.name, type]));
  const twins = new Map<TokenType, TokenType>();
  for (const type of types) {
    const twin = definition[twinName(type.name)];
    if (twin) twins.set(type, twin);
  }
  return { definition, types, introducers: nameIntroducers(services.Grammar), twins };
}

function tooLong(text: string): LexerResult {
  const message = `The file has ${text.length} characters; at most ${MAX_CHARACTERS} are read. Split it and import the parts.`;
  return { tokens: [], hidden: [], errors: [{ offset: 0, line: 1, column: 1, length: 1, message }] };
}
