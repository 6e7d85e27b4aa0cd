import type { LangiumCompletionParser, LangiumCoreServices, LangiumParser } from 'langium';
import { createCompletionParser, createLangiumParser } from 'langium';
import { firstKeywords } from './introducers.js';
import { installRecovery, type ParserInternals } from './recovery.js';

/** The Chevrotain parser inside one of Langium's, which keeps it protected. */
export function parserInternals(parser: LangiumParser | LangiumCompletionParser): ParserInternals {
  return (parser as unknown as { readonly wrapper: ParserInternals }).wrapper;
}

/** Langium's parser with DRML's recovery. */
export function createDrmlParser(services: LangiumCoreServices): LangiumParser {
  const parser = createLangiumParser(services);
  installRecovery(parserInternals(parser), firstKeywords(services.Grammar, 'TopLevel'), undefined);
  return parser;
}

/** Langium's completion parser with the same recovery, so that an error above does not change what is proposed below. */
export function createDrmlCompletionParser(services: LangiumCoreServices): LangiumCompletionParser {
  const parser = createCompletionParser(services);
  installRecovery(parserInternals(parser), firstKeywords(services.Grammar, 'TopLevel'), undefined);
  return parser;
}
