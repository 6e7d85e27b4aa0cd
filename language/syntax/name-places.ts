/** Where a keyword may be a name: `cache backup { … }`, `requires cache, queue`. */

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

/** Keywords that go on with a statement and with no list: behind one of them the word before starts a statement. */
const ONLY_IN_STATEMENTS: ReadonlySet<string> = new Set([
  ...['any', 'to', 'from', 'by', 'with', 'after', 'at', 'on', 'every', 'letters', 'costs'],
  ...['sync', 'async', 'readiness', 'liveness', 'startup', 'automatic', 'manual', 'secret', 'config'],
]);

/** What a token before or after a keyword is, as far as names depend on it; a quantity is a number or a date. */
export type Neighbour = 'keyword' | 'sign' | 'name' | 'quantity' | 'text' | 'other';

/**
 * Whether a keyword may be a name where it stands. The rule looks one token back and one ahead, so that a part of a file reads as it
 * does within the whole.
 * @param word the keyword
 * @param startsLine whether it is the first token of its line
 * @param previous the text of the token before it, empty for terminals
 * @param previousIs what that token is: a keyword that was taken for a name is `other`
 * @param next the text of the token after it, empty for terminals and at the end
 * @param nextIs what that token is
 * @param nextOnLine whether that token stands on the line of the keyword
 * @param introducers the words and signs after which the grammar allows a name
 */
export function mayBeName(
  word: string,
  startsLine: boolean,
  previous: string,
  previousIs: Neighbour,
  next: string,
  nextIs: Neighbour,
  nextOnLine: boolean,
  introducers: ReadonlySet<string>,
): boolean {
  if (startsLine && (next === '{' || nextIs === 'quantity')) return false;
  if (word === 'any' && next === 'of') return false;
  if (GROUP_WORDS.has(previous) && previous !== 'building' && NEVER_AFTER_GROUP.has(word)) return false;
  if (previous === ',' && startsLine && nextOnLine && goesOn(next, nextIs)) return false;
  if (previous === ',' || previous === '.') return true;
  if (startsLine || previousIs === 'name') return false;
  return previousIs === 'keyword' || previousIs === 'sign' ? introducers.has(previous) : GROUP_WORDS.has(previous);
}

/** Whether a token goes on with a statement that the word before it starts, and cannot follow a name in a list. */
function goesOn(next: string, nextIs: Neighbour): boolean {
  return nextIs === 'name' || nextIs === 'text' || (nextIs === 'keyword' && ONLY_IN_STATEMENTS.has(next));
}
