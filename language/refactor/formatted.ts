/** Lays out texts that a refactoring has put together, with the formatter of the language. */
import type { LangiumCoreServices } from 'langium';
import { applyEdits, formatDocument } from '../syntax/format.js';

/** A function that formats a text of whole declarations; a text that cannot be read stays as it is. No line break ends it. */
export function formatterOf(services: LangiumCoreServices): (text: string) => string {
  return (text) => applyEdits(text, formatDocument(text, services.parser.LangiumParser.parse(text))).trimEnd();
}
