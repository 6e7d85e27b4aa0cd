import { type LangiumDocument, type LangiumDocuments, URI } from 'langium';
import { type CodeAction, CodeActionKind, type CodeActionParams, type Diagnostic } from 'vscode-languageserver';
import { applyEdits } from '../../../language/edit/apply.js';
import type { TextChange } from '../../../language/edit/edit.js';
import type { Finding, Fix } from '../../../language/rules/rule.js';
import type { Figures } from '../figures.js';
import { rangeOf, touchesLines } from '../positions.js';
import { workspaceEdit } from './workspace-edits.js';

/** Fixes of the findings on the asked lines, of all models that the file belongs to; what several agree on comes once. */
export function ruleFixes(
  documents: LangiumDocuments,
  document: LangiumDocument,
  params: CodeActionParams,
  figures: Figures,
): readonly CodeAction[] {
  const uri = document.uri.toString();
  const { start, end } = params.range;
  const actions: CodeAction[] = [];
  for (const { model, findings } of figures.modelsOf(uri)) {
    for (const finding of findings) {
      if (finding.at.uri !== uri || finding.accepted !== undefined) continue;
      const range = rangeOf(model, finding.at);
      if (!touchesLines(range, start.line, end.line)) continue;
      const diagnostics = params.context.diagnostics.filter((one) => isAbout(one, finding, range.start.line));
      finding.fixes.forEach((fix, index) => {
        const edit = workspaceEdit(documents, changesOf(documents, fix));
        if (edit === undefined) return;
        actions.push({
          title: fix.title,
          kind: CodeActionKind.QuickFix,
          diagnostics,
          isPreferred: index === 0 && fix.safe,
          edit,
        });
      });
    }
  }
  return actions;
}

/** Changes of the safe fixes of all open findings in a file. */
export function safeRuleChanges(documents: LangiumDocuments, uri: string, figures: Figures): readonly TextChange[] {
  return figures
    .modelsOf(uri)
    .flatMap(({ findings }) => findings)
    .filter((finding) => finding.at.uri === uri && finding.accepted === undefined)
    .flatMap((finding) => finding.fixes.filter((fix) => fix.safe).slice(0, 1))
    .flatMap((fix) => changesOf(documents, fix));
}

function changesOf(documents: LangiumDocuments, fix: Fix): readonly TextChange[] {
  return applyEdits(fix.edits, (uri) => documents.getDocument(URI.parse(uri))?.textDocument.getText());
}

function isAbout(diagnostic: Diagnostic, finding: Finding, line: number): boolean {
  return diagnostic.code === finding.code && diagnostic.range.start.line === line;
}
