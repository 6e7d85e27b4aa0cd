/** What may be mended without asking: fixes of the language and of the rules that cannot change what the author meant. */
import type { TextChange } from '../edit/edit.js';
import type { ProblemFix } from '../syntax/checks/problem.js';
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

/** Whether the fix of a problem may be made without asking. */
export function isSafeFix(code: string): boolean {
  return safeCodes.has(code);
}

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

/** A fix of a check as a change of a file. */
export function changeOf(fix: ProblemFix, uri: string): TextChange {
  return { uri, start: fix.start, end: fix.end, text: fix.text };
}

/** The word that a message of the parser proposes for the one it marks; undefined where it proposes none, or more than a word. */
export function proposedWord(message: string, found: string): string | undefined {
  const word = /Did you mean `([^`\s]+)`\?/.exec(message)?.[1];
  return word !== undefined && /^[A-Za-z][\w-]*$/.test(found) && word !== found ? word : undefined;
}
