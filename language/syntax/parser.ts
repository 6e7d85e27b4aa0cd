import type { AstNode, LangiumCoreServices, LangiumParser, ParseResult, ParserOptions } from 'langium';
import { createLangiumParser } from 'langium';
import { grammarFacts } from './grammar-facts.js';
import { buildPlacedTrees, PlacedNodes } from './incremental/placed-cst.js';
import { MAX_CHARACTERS } from './lexer.js';
import { DrmlSyntaxMessages } from './messages.js';
import type { ParserInternals } from './parser-internals.js';
import { installRecovery, type RecoveryLanguage } from './recovery.js';
import { StraightParser } from './straight/straight-parser.js';

/** The Chevrotain parser inside one of Langium's, which keeps it protected. */
export function parserInternals(parser: LangiumParser): ParserInternals {
  return (parser as unknown as { readonly wrapper: ParserInternals }).wrapper;
}

function recoveryLanguage(services: LangiumCoreServices): RecoveryLanguage {
  const facts = grammarFacts(services.Grammar);
  const closing = services.parser.Lexer.definition['}'];
  if (!closing) throw new Error('The grammar has no token `}`.');
  // Langium ends the names of its rules with a zero-width space.
  const blockRules = new Set([...facts.blocks.keys()].map((name) => `${name}\u200B`));
  return { declarationKeywords: facts.declarations, statementKeywords: facts.statements, blockRules, closing };
}

/**
 * The parser of the language. A text without slips is read straight through; any other by Langium's parser, which recovers and
 * explains, and which is built when the first slip is met.
 */
export function createDrmlParser(services: LangiumCoreServices): LangiumParser {
  const nodes = new PlacedNodes();
  const straight = new StraightParser(services, nodes);
  let recovering: LangiumParser | undefined;
  const parse = <T extends AstNode>(input: string, options?: ParserOptions): ParseResult<T> => {
    nodes.begin();
    // Too long a text is refused by the lexer.
    const tree = input.length > MAX_CHARACTERS ? undefined : straight.parse(input, options?.rule);
    if (tree !== undefined) return { value: tree as T, lexerErrors: [], parserErrors: [], lexerReport: { diagnostics: [] } };
    recovering ??= createRecoveringParser(services);
    return recovering.parse<T>(input, options);
  };
  // Langium asks a parser for nothing but `parse` once it is built; its type has private parts that no other class can have.
  return { parse } as unknown as LangiumParser;
}

/** Langium's parser with DRML's recovery and messages. It reads every text, and slowly. */
export function createRecoveringParser(services: LangiumCoreServices): LangiumParser {
  const parser = createLangiumParser(services);
  buildPlacedTrees(parser);
  const messages = services.parser.ParserErrorMessageProvider;
  const listener = messages instanceof DrmlSyntaxMessages ? messages : undefined;
  installRecovery(parserInternals(parser), recoveryLanguage(services), listener);
  const parse = parser.parse.bind(parser);
  parser.parse = (input, options) => withoutEchoes(parse(input, options));
  return parser;
}

/** Leaves out what the parser says of a place that the lexer has already explained: one slip, one message. */
function withoutEchoes<T extends ParseResult>(result: T): T {
  if (result.lexerErrors.length === 0 || result.parserErrors.length === 0) return result;
  const explained = new Set<number>();
  for (const { offset, length } of result.lexerErrors) {
    for (const place of [offset, offset + length, offset + length + 1]) explained.add(place);
  }
  const parserErrors = result.parserErrors.filter((error) => !explained.has(error.token.startOffset));
  return { ...result, parserErrors };
}
