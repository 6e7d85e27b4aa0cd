import type { LangiumDocument, LangiumDocuments } from 'langium';
import { type CodeAction, CodeActionKind, type CodeActionParams, type Diagnostic } from 'vscode-languageserver';
import type { TextChange } from '../../../language/edit/edit.js';
import { languageFix, proposedWord } from '../../../language/refactor/safe-fixes.js';
import { touchesLines } from '../positions.js';
import { workspaceEdit } from './workspace-edits.js';

/** What the language's own diagnostics say of how to mend them. The only way out of a problem is the preferred one. */
export function languageFixes(
  documents: LangiumDocuments,
  document: LangiumDocument,
  params: CodeActionParams,
): readonly CodeAction[] {
  const { start, end } = params.range;
  return (document.diagnostics ?? []).flatMap((diagnostic): readonly CodeAction[] => {
    if (!touchesLines(diagnostic.range, start.line, end.line)) return [];
    const fix = fixOf(document, diagnostic);
    const edit = fix === undefined ? undefined : workspaceEdit(documents, [fix.change]);
    if (fix === undefined || edit === undefined) return [];
    const diagnostics = params.context.diagnostics.filter((one) => isSame(one, diagnostic));
    return [{ title: fix.title, kind: CodeActionKind.QuickFix, diagnostics, isPreferred: true, edit }];
  });
}

/** Changes of all safe fixes of a file's own diagnostics. */
export function safeLanguageChanges(document: LangiumDocument): readonly TextChange[] {
  const uri = document.uri.toString();
  return (document.diagnostics ?? []).flatMap(({ data }) => {
    const fix = languageFix(data, uri);
    return fix?.safe === true ? [fix.change] : [];
  });
}

function fixOf(document: LangiumDocument, diagnostic: Diagnostic): { title: string; change: TextChange } | undefined {
  const { data, range, message } = diagnostic;
  const uri = document.uri.toString();
  const fix = languageFix(data, uri);
  if (fix !== undefined) return fix;
  const word = proposedWord(String(message), document.textDocument.getText(range));
  if (word === undefined) return undefined;
  const text = document.textDocument;
  return {
    title: `Change to \`${word}\``,
    change: { uri, start: text.offsetAt(range.start), end: text.offsetAt(range.end), text: word },
  };
}

function isSame(a: Diagnostic, b: Diagnostic): boolean {
  return (
    a.range.start.line === b.range.start.line &&
    a.range.start.character === b.range.start.character &&
    String(a.message) === String(b.message)
  );
}
