/** What a refactoring is: a title, the changes of texts that carry it out, and what the editor may do next. */
import type { LangiumDocument, LangiumDocuments } from 'langium';
import type { TextChange } from '../edit/edit.js';
import type { DrmlFile, TopLevel } from '../generated/ast.js';
import type { Model } from '../model/model.js';

/** A range of a file's text, in offsets. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** What refactorings read: the file with its place in the workspace, what is selected, and what the file means. */
export interface RefactorContext {
  readonly documents: LangiumDocuments;
  readonly document: LangiumDocument;
  readonly file: DrmlFile;
  readonly selection: Span;
  /** The top-level elements that the selection touches. */
  readonly touched: readonly TopLevel[];
  /** Models that the file belongs to, in the order of their roots. */
  readonly models: readonly Model[];
  /** Lays out a text that stands for itself, such as a new declaration. */
  readonly format: (text: string) => string;
}

export interface Refactoring {
  readonly kind: 'extract' | 'inline' | 'move' | 'rewrite';
  readonly title: string;
  /** Changes that do not overlap, sorted by file and offset; of files that are known. */
  readonly changes: readonly TextChange[];
  /** Files that come into being, with their whole text. */
  readonly creates?: readonly { readonly uri: string; readonly text: string }[];
  /** Why it cannot be done here; there are no changes then. */
  readonly refused?: string;
  /** A name made up here that the author will want to choose: where it stands in the text after the change. */
  readonly rename?: { readonly uri: string; readonly offset: number };
}

/** Whether a selection touches a range; a caret at either end does. */
export function touches(selection: Span, range: Span): boolean {
  return selection.start <= range.end && selection.end >= range.start;
}

/** Changes in the order that the editor is told them: by file, then by offset. */
export function inOrder(changes: readonly TextChange[]): readonly TextChange[] {
  return [...changes].sort((a, b) => (a.uri < b.uri ? -1 : a.uri > b.uri ? 1 : a.start - b.start || a.end - b.end));
}

/** A name that is not taken: the wished one, else with the first number that makes it free. */
export function freeName(wished: string, taken: ReadonlySet<string>): string {
  if (!taken.has(wished)) return wished;
  let number = 2;
  while (taken.has(`${wished}-${number}`)) number += 1;
  return `${wished}-${number}`;
}
