import { commands, type Disposable, l10n, ProgressLocation, type Uri, ViewColumn, window, workspace } from 'vscode';
import { modelFile } from '../model-file.js';
import type { ReportDocuments } from '../report/report-documents.js';

/** `drml.openReport`: shows the disaster recovery report of the active file's model beside it, as a document that can be saved. */
export function registerOpenReport(reports: ReportDocuments): Disposable {
  return commands.registerCommand('drml.openReport', async (argument?: unknown) => {
    const uri = modelFile(argument);
    if (uri === undefined) {
      await window.showInformationMessage(l10n.t('DRML: open a .drml file first; the report of its model is shown.'));
      return;
    }
    try {
      const report = await window.withProgress(
        { location: ProgressLocation.Window, title: l10n.t('DRML: making the report') },
        () => reports.documentFor(uri),
      );
      await show(report);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      await window.showErrorMessage(l10n.t('DRML: there is no report: {0}', reason));
    }
  });
}

/** As a page, or as text where the editor has no Markdown preview. */
async function show(report: Uri): Promise<void> {
  const document = await workspace.openTextDocument(report);
  try {
    await commands.executeCommand('markdown.showPreviewToSide', report);
  } catch {
    await window.showTextDocument(document, ViewColumn.Beside);
  }
}
