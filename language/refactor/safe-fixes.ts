/** What may be mended without asking: fixes of the language and of the rules that cannot change what the author meant. */
import type { TextChange } from '../edit/edit.js';
import type { ProblemData } from '../syntax/checks/document-validator.js';
import { inOrder } from './refactoring.js';

/** Codes of problems whose fix leaves the meaning as it is, or gives the only meaning there can be. */
const safeCodes: ReadonlySet<string> = new Set([
  'syntax/duplicate-import',
  'syntax/import-self',
  'syntax/duplicate-member',
  'syntax/duplicate-word',
  'syntax/not-imported',
  'syntax/path',
  'syntax/unused-import',
]);

/** The changes of several fixes as far as they do not get in each other's way; equal ones once. */
export function joined(changes: readonly TextChange[]): readonly TextChange[] {
  const result: TextChange[] = [];
  const seen = new Set<string>();
  for (const change of inOrder(changes)) {
    const key = JSON.stringify([change.uri, change.start, change.end, change.text]);
    if (seen.has(key)) continue;
    seen.add(key);
    const last = result.at(-1);
    if (last !== undefined && last.uri === change.uri && change.start < last.end) continue;
    result.push(change);
  }
  return result;
}

/** What a check proposes to mend what it found. */
export interface LanguageFix {
  readonly title: string;
  /** May be made without asking. */
  readonly safe: boolean;
  readonly change: TextChange;
}

/** The fix that stands in the data of a diagnostic of the language about a file; undefined where it has none. */
export function languageFix(data: unknown, uri: string): LanguageFix | undefined {
  if (!isProblemData(data) || data.fix === undefined) return undefined;
  const { title, start, end, text } = data.fix;
  return { title, safe: safeCodes.has(data.code), change: { uri, start, end, text } };
}

function isProblemData(data: unknown): data is ProblemData {
  return typeof data === 'object' && data !== null && 'code' in data && typeof data.code === 'string';
}

/** The word that a message of the parser proposes for the one it marks; undefined where it proposes none, or more than a word. */
export function proposedWord(message: string, found: string): string | undefined {
  const word = /Did you mean `([^`\s]+)`\?/.exec(message)?.[1];
  return word !== undefined && /^[A-Za-z][\w-]*$/.test(found) && word !== found ? word : undefined;
}
