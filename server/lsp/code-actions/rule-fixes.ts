import { type LangiumDocument, type LangiumDocuments, URI } from 'langium';
import { type CodeAction, CodeActionKind, type CodeActionParams, type Diagnostic } from 'vscode-languageserver';
import { applyEdits } from '../../../language/edit/apply.js';
import type { TextChange } from '../../../language/edit/edit.js';
import type { FixGains } from '../../../language/fix-gain.js';
import type { Finding, Fix } from '../../../language/rules/rule.js';
import type { Figures } from '../figures.js';
import type { OwnManifests } from '../own-manifest-diagnostics.js';
import { rangeOf, touchesLines } from '../positions.js';
import { type EditedTexts, workspaceEdit } from './workspace-edits.js';

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
  const actions: CodeAction[] = [];
  for (const { model, analysis, findings } of figures.modelsOf(uri)) {
    const own = figures.ownManifestsOf(model);
    const texts = withManifests(documents, own);
    const textOf = (file: string): string | undefined => texts.getDocument(URI.parse(file))?.textDocument.getText();
    const asked = [...findings, ...(own?.findings ?? [])].filter(
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
        const edit = workspaceEdit(texts, changesOf(texts, fix));
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

/** The documents of the language, and beside them the manifests that a model names. */
function withManifests(documents: LangiumDocuments, own: OwnManifests | undefined): EditedTexts {
  if (own === undefined) return documents;
  return {
    getDocument: (uri) => {
      const manifest = own.documents.get(uri.toString());
      return manifest === undefined ? documents.getDocument(uri) : { textDocument: manifest };
    },
  };
}

function changesOf(texts: EditedTexts, fix: Fix): readonly TextChange[] {
  return applyEdits(fix.edits, (uri) => texts.getDocument(URI.parse(uri))?.textDocument.getText());
}

function isAbout(diagnostic: Diagnostic, finding: Finding, line: number): boolean {
  return diagnostic.code === finding.code && diagnostic.range.start.line === line;
}
