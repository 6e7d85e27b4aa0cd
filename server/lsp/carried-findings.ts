/**
 * Findings of the analysis before an edit, moved to where they stand after it. While the next analysis runs, an editor then shows
 * what the language says of the new text together with what the rules said of the old one.
 */
import type { Diagnostic } from 'vscode-languageserver';

/** Diagnostics of `before` as they stand in `after`: those above the changed lines stay, those below move, those inside go unless no line was added or removed. */
export function carried(diagnostics: readonly Diagnostic[], before: string, after: string): readonly Diagnostic[] {
  if (before === after || diagnostics.length === 0) return diagnostics;
  const [old, fresh] = [before.split('\n'), after.split('\n')];
  const shared = Math.min(old.length, fresh.length);
  let above = 0;
  while (above < shared && old[above] === fresh[above]) above++;
  let below = 0;
  while (below < shared - above && old[old.length - 1 - below] === fresh[fresh.length - 1 - below]) below++;
  const moved = fresh.length - old.length;
  return diagnostics.flatMap((diagnostic) => {
    const { start, end } = diagnostic.range;
    if (end.line < above) return [diagnostic];
    if (start.line >= old.length - below) {
      return [
        {
          ...diagnostic,
          range: { start: { ...start, line: start.line + moved }, end: { ...end, line: end.line + moved } },
        },
      ];
    }
    return moved === 0 ? [diagnostic] : [];
  });
}
