/** A wanted change of a model's text, said without syntax. `applyEdits` turns it into text edits that keep comments and format. */
import type { Source } from '../model/fact.js';

export type Edit =
  /** Replace a range of text, for example a statement that takes another's place. */
  | { readonly kind: 'replace'; readonly at: Source; readonly text: string }
  /** Replace a range by a text as it stands, for what has a layout of its own: YAML. */
  | { readonly kind: 'exact'; readonly at: Source; readonly text: string }
  /** Set the quantity that follows a word of a statement, for example the count after `runs`; the whole range where the word is not in it. */
  | { readonly kind: 'set-value'; readonly at: Source; readonly after: string; readonly text: string }
  /** Add one statement (it may have several lines) at the end of the block of the declaration that `block` spans. */
  | { readonly kind: 'add-statement'; readonly block: Source; readonly text: string }
  /** Add a top-level declaration after the one that `after` spans. */
  | { readonly kind: 'add-declaration'; readonly after: Source; readonly text: string };

/** A change of one file's text: offsets of the text before any of them is applied. */
export interface TextChange {
  readonly uri: string;
  readonly start: number;
  readonly end: number;
  readonly text: string;
}
