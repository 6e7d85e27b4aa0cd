import { commands, type Disposable, Uri, window } from 'vscode';
import type { PreviewPanel } from '../preview/preview-panel.js';

/** `drml.openPreview`: shows the picture of the active .drml file beside it. */
export function registerOpenPreview(preview: PreviewPanel): Disposable {
  return commands.registerCommand('drml.openPreview', async (argument?: unknown) => {
    const document = window.activeTextEditor?.document;
    const uri = argument instanceof Uri ? argument : document?.languageId === 'drml' ? document.uri : undefined;
    if (uri === undefined) {
      await window.showInformationMessage('DRML: open a .drml file first; its picture is shown beside it.');
      return;
    }
    preview.open(uri);
  });
}
