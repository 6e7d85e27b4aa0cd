import { commands, type Disposable, l10n, window } from 'vscode';

/** `drml.showMenu`: what the item of the status bar offers. */
export function registerShowMenu(): Disposable {
  return commands.registerCommand('drml.showMenu', async () => {
    const entries = [
      { label: `$(open-preview) ${l10n.t('Open the picture')}`, command: 'drml.openPreview', given: [] },
      { label: `$(warning) ${l10n.t('Show the findings')}`, command: 'workbench.actions.view.problems', given: [] },
      { label: `$(output) ${l10n.t('Show the output')}`, command: 'drml.showOutput', given: [] },
      { label: `$(debug-restart) ${l10n.t('Restart the language server')}`, command: 'drml.restartServer', given: [] },
      { label: `$(gear) ${l10n.t('Settings')}`, command: 'workbench.action.openSettings', given: ['drml'] },
      { label: `$(book) ${l10n.t('First steps')}`, command: 'drml.openWalkthrough', given: [] },
    ];
    const chosen = await window.showQuickPick(entries, { title: 'DRML' });
    if (chosen !== undefined) await commands.executeCommand(chosen.command, ...chosen.given);
  });
}
