import type { TokenType, TokenVocabulary } from 'chevrotain';
import { Lexer } from 'chevrotain';
import type { Grammar, GrammarAST, TokenBuilderOptions } from 'langium';
import { DefaultTokenBuilder, GrammarUtils } from 'langium';
import { NAME_TERMINAL } from './introducers.js';

const TWIN_SUFFIX = ' (as a name)';
const WORD = /^[a-z]/;

/** A text that is not closed on its line. It counts as a text for the parser, so that one slip gives one message. */
export const UNCLOSED_TEXT = 'UNCLOSED_TEXT';
/** A comment that is not closed before the end of the file. */
export const UNCLOSED_COMMENT = 'UNCLOSED_COMMENT';

/** A text in single quotes, which counts as a text with an error. */
export const SINGLE_QUOTED = 'SINGLE_QUOTED';
/** A comment after `#`, which counts as a comment with an error. */
export const HASH_COMMENT = 'HASH_COMMENT';

/** The name of the token type that a keyword has where it may be a name. */
export function twinName(keyword: string): string {
  return keyword + TWIN_SUFFIX;
}

/** Whether a token type is the twin of a keyword, which is a keyword and a name at once. */
export function isTwin(type: TokenType): boolean {
  return type.name.endsWith(TWIN_SUFFIX);
}

/**
 * Adds to every keyword a twin that is both the keyword and a name. Twins are never matched by a pattern: the lexer puts them in
 * where a name may stand. `any` is a name only, because `any of` is the only place of the keyword.
 */
export class DrmlTokenBuilder extends DefaultTokenBuilder {
  override buildTokens(grammar: Grammar, options?: TokenBuilderOptions): TokenVocabulary {
    const tokens = super.buildTokens(grammar, options);
    if (!Array.isArray(tokens)) throw new Error('The default token builder gives a list of token types.');
    const types: TokenType[] = [...tokens];
    const names = types.find((type) => type.name === NAME_TERMINAL);
    const texts = types.find((type) => type.name === 'STRING');
    if (!names || !texts) throw new Error('The grammar has the terminals ID and STRING.');
    const terminals = new Set([...GrammarUtils.getAllReachableRules(grammar, false)].map((rule) => rule.name));
    const twins = types
      .filter((type) => WORD.test(type.name) && !terminals.has(type.name))
      .map(
        (keyword): TokenType => ({
          name: twinName(keyword.name),
          PATTERN: Lexer.NA,
          LABEL: keyword.name,
          CATEGORIES: keyword.name === 'any' ? [names] : [keyword, names],
        }),
      );
    // The closed forms stand first, so these match only what was left open. Closing braces at the end of the line stay outside.
    const unclosedText: TokenType = {
      name: UNCLOSED_TEXT,
      PATTERN: /"(?:\\[^\n\r]|(?![ \t]*\}[ \t}]*(?:\/\/[^\n\r]*)?(?:[\n\r]|(?![\s\S])))[^"\\\n\r])*/,
      LABEL: 'text',
      CATEGORIES: [texts],
      LINE_BREAKS: false,
    };
    const singleQuoted: TokenType = { name: SINGLE_QUOTED, PATTERN: /'[^'\n\r]*'/, LABEL: 'text', CATEGORIES: [texts] };
    const hashComment: TokenType = { name: HASH_COMMENT, PATTERN: /#[^\n\r]*/, GROUP: 'hidden' };
    const unclosedComment: TokenType = { name: UNCLOSED_COMMENT, PATTERN: /\/\*[\s\S]*/, GROUP: 'hidden', LINE_BREAKS: true };
    return [...types, unclosedText, singleQuoted, hashComment, unclosedComment, ...twins];
  }

  /**
   * What a keyword may be the beginning of: a word that of a longer name, a sign of nothing. To try the patterns of all terminals on
   * all keywords, as the default does, takes longer than all else about the tokens.
   */
  protected override findLongerAlt(keyword: GrammarAST.Keyword, terminals: TokenType[]): TokenType[] {
    return WORD.test(keyword.value) ? terminals.filter((terminal) => terminal.name === NAME_TERMINAL) : [];
  }
}
