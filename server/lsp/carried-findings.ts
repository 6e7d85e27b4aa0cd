/**
 * Findings of the analysis before an edit, moved to where they stand after it. While the next analysis runs, an editor then shows
 * what the language says of the new text together with what the rules said of the old one.
 */
import type { TextDocument } from 'langium';
import type { Diagnostic } from 'vscode-languageserver';
import { changeBetween, lineBreaks, type TextChange } from '../../language/syntax/incremental/text-change.js';

/** Diagnostics of `before` as they stand in `after`: those above the changed lines stay, those below move, those inside go unless no line was added or removed. */
export function carried(diagnostics: readonly Diagnostic[], before: string, after: TextDocument): readonly Diagnostic[] {
  const change = diagnostics.length === 0 ? undefined : changeBetween(before, after.getText());
  if (change === undefined) return diagnostics;
  const { above, below, moved } = changedLines(before, after, change);
  // The list itself: most keystrokes add and remove no line, and what was worked out for the list then holds for them as well.
  if (moved === 0) return diagnostics;
  return diagnostics.flatMap((diagnostic) => {
    const { start, end } = diagnostic.range;
    if (end.line < above) return [diagnostic];
    if (start.line < below) return [];
    return [
      {
        ...diagnostic,
        range: { start: { ...start, line: start.line + moved }, end: { ...end, line: end.line + moved } },
      },
    ];
  });
}

interface ChangedLines {
  /** The first line that changed. */
  readonly above: number;
  /** The first line of before that stands below the change, and by how many lines it moves. */
  readonly below: number;
  readonly moved: number;
}

function changedLines(before: string, after: TextDocument, { start, oldEnd, newEnd }: TextChange): ChangedLines {
  // Up to the change both texts are the same, and the document knows its lines.
  const above = after.positionAt(start).line;
  const text = after.getText();
  const removed = lineBreaks(before.slice(start, oldEnd));
  const added = lineBreaks(text.slice(start, newEnd));
  const atLineStart = (whole: string, offset: number): boolean => offset === 0 || whole[offset - 1] === '\n';
  // A line is below the change only as a whole, in both texts.
  const wholeLines = atLineStart(before, oldEnd) && atLineStart(text, newEnd);
  return { above, below: above + removed + (wholeLines ? 0 : 1), moved: added - removed };
}
