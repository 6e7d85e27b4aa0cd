import { commands, type Disposable, l10n, ViewColumn, window, workspace } from 'vscode';
import type { ManifestTextParams } from '../../server/lsp/protocol.js';
import type { ManifestDocuments } from '../manifests/manifest-documents.js';
import { modelFile } from '../model-file.js';

/**
 * `drml.openManifests`: shows the manifests of a component beside the text, live: of the one it is given, else of the one at the cursor, at
 * the field that follows from the cursor's line.
 */
export function registerOpenManifests(documents: ManifestDocuments): Disposable {
  return commands.registerCommand('drml.openManifests', async (argument?: unknown, component?: unknown) => {
    const uri = modelFile(argument);
    if (uri === undefined) {
      await window.showInformationMessage(l10n.t('DRML: open a .drml file first; the manifests of a component are shown.'));
      return;
    }
    const line = window.activeTextEditor?.selection.active.line ?? 0;
    const of: ManifestTextParams['of'] = typeof component === 'string' ? { component } : { line };
    try {
      const { document, line: reveal } = await documents.documentFor(uri, of);
      const opened = await workspace.openTextDocument(document);
      const at = opened.lineAt(Math.min(reveal ?? 0, opened.lineCount - 1)).range;
      await window.showTextDocument(opened, {
        viewColumn: ViewColumn.Beside,
        preserveFocus: reveal === undefined,
        selection: reveal === undefined ? at.with({ end: at.start }) : at,
      });
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      await window.showErrorMessage(l10n.t('DRML: there are no manifests to show: {0}', reason));
    }
  });
}
