/** Documents that could not be read, or not whole: what may stand in them all the same, so that nobody says it is nowhere. */
import type { Place } from './yaml-tree.js';

export interface UnreadDocument {
  /** Its first line. */
  readonly at: Place;
  readonly text: string;
  /** The kinds that its text names; undefined where it may be of any. */
  readonly kinds: ReadonlySet<string> | undefined;
}

/** What is known of a document by its letters alone. */
export function unreadDocument(text: string, at: Place): UnreadDocument {
  const kinds = new Set<string>();
  let named = 0;
  for (const [, kind] of text.matchAll(/(?:^|[\n\r{,])[ \t-]*["']?kind["']?[ \t]*:[ \t]*["']?([A-Za-z][A-Za-z0-9]*)?/g)) {
    named++;
    if (kind !== undefined) kinds.add(kind);
    else return { at, text, kinds: undefined };
  }
  // A template may bring a whole object; so may letters that are no text, such as those of UTF-16.
  const mayBeAny = (named === 0 && text.includes('{{')) || text.includes('\0');
  return { at, text, kinds: mayBeAny ? undefined : kinds };
}

/** Whether an object of a kind may stand in it whose text has all of the words: its name, the values of its labels. */
export function mayDefine({ text, kinds }: UnreadDocument, kind: string, words: readonly string[]): boolean {
  if (kinds === undefined) return true;
  // What a template fills in is not known, a name least of all.
  return kinds.has(kind) && (text.includes('{{') || words.every((word) => text.includes(word)));
}
