import { readFileSync } from 'node:fs';
import { EmptyFileSystem, type ParseResult } from 'langium';
import type { DrmlFile } from '../../../language/generated/ast.js';
import { createDrmlCoreServices } from '../../../language/syntax/drml-module.js';

/** The services of the language, without files. */
export const { drml } = createDrmlCoreServices(EmptyFileSystem);

/** A model that uses the whole vocabulary. */
export const sample = readFileSync(new URL('./sample.drml', import.meta.url), 'utf8');

/** Reads a text. */
export function read(text: string): ParseResult<DrmlFile> {
  return drml.parser.LangiumParser.parse<DrmlFile>(text);
}

/** The tokens of a text, as they are written. */
export function images(text: string): readonly string[] {
  return drml.parser.Lexer.tokenize(text).tokens.map((token) => token.image);
}

/** What is said of the slips in a text, in the order of the text, each with the stretch that is marked. */
export function slips(text: string): readonly { readonly start: number; readonly end: number; readonly message: string }[] {
  const { lexerErrors, parserErrors } = read(text);
  return [
    ...lexerErrors.map(({ offset, length, message }) => ({ start: offset, end: offset + length, message })),
    ...parserErrors.map(({ token, message }) => ({ start: token.startOffset, end: (token.endOffset ?? -1) + 1, message })),
  ].sort((a, b) => a.start - b.start);
}
