import { commands, type Disposable, l10n, ViewColumn, window } from 'vscode';
import { modelFile } from '../model-file.js';
import type { PreviewPanel } from '../preview/preview-panel.js';

/** `drml.openPreview`: shows the picture of the active .drml file beside it. */
export function registerOpenPreview(preview: PreviewPanel): Disposable {
  return commands.registerCommand('drml.openPreview', (argument?: unknown) => openPicture(preview, argument, ViewColumn.Beside));
}

/** Shows the picture of a file, or says what is missing. */
export async function openPicture(preview: PreviewPanel, argument: unknown, column: ViewColumn): Promise<void> {
  const uri = modelFile(argument);
  if (uri === undefined) {
    await window.showInformationMessage(l10n.t('DRML: open a .drml file first; its picture is shown.'));
    return;
  }
  preview.open(uri, column);
}
