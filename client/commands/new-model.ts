import { commands, type Disposable, l10n, Uri, window } from 'vscode';
import { newModel } from '../new-model/wizard.js';

/** `drml.newModel`: asks what a system looks like and writes the first model of it. */
export function registerNewModel(): Disposable {
  return commands.registerCommand('drml.newModel', async (folder?: unknown) => {
    try {
      await newModel(folder instanceof Uri ? folder : undefined);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      await window.showErrorMessage(l10n.t('DRML: the model was not written: {0}', reason));
    }
  });
}
