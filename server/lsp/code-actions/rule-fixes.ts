import { type LangiumDocument, type LangiumDocuments, URI } from 'langium';
import { type CodeAction, CodeActionKind, type CodeActionParams, type Diagnostic } from 'vscode-languageserver';
import { applyEdits } from '../../../language/edit/apply.js';
import type { TextChange } from '../../../language/edit/edit.js';
import type { FixGains } from '../../../language/fix-gain.js';
import type { Finding, Fix } from '../../../language/rules/rule.js';
import type { Figures } from '../figures.js';
import { rangeOf, touchesLines } from '../positions.js';
import { workspaceEdit } from './workspace-edits.js';

/**
 * Fixes of the findings on the asked lines, of all models that the file belongs to; what several agree on comes once. With `gains`,
 * those that make the system available for longer say so, and come first.
 */
export async function ruleFixes(
  documents: LangiumDocuments,
  document: LangiumDocument,
  params: CodeActionParams,
  figures: Figures,
  gains: FixGains | undefined,
): Promise<readonly CodeAction[]> {
  const uri = document.uri.toString();
  const { start, end } = params.range;
  const textOf = (file: string): string | undefined => documents.getDocument(URI.parse(file))?.textDocument.getText();
  const actions: CodeAction[] = [];
  for (const { model, analysis, findings } of figures.modelsOf(uri)) {
    const asked = findings.filter(
      (finding) =>
        finding.at.uri === uri &&
        finding.accepted === undefined &&
        touchesLines(rangeOf(model, finding.at), start.line, end.line),
    );
    const ranked = await gains?.ranked(asked, { model, analysis, textOf });
    for (const finding of asked) {
      const { line } = rangeOf(model, finding.at).start;
      const diagnostics = params.context.diagnostics.filter((one) => isAbout(one, finding, line));
      const fixes = ranked?.get(finding) ?? finding.fixes.map((fix) => ({ fix, gain: undefined }));
      for (const { fix, gain } of fixes) {
        const edit = workspaceEdit(documents, changesOf(documents, fix));
        if (edit === undefined) continue;
        actions.push({
          title: gain === undefined ? fix.title : `${fix.title}: ${gain.text}`,
          kind: CodeActionKind.QuickFix,
          diagnostics,
          isPreferred: fix === finding.fixes[0] && fix.safe,
          edit,
        });
      }
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
