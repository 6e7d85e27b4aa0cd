import { commands, type Disposable, type LogOutputChannel, l10n, ProgressLocation, window } from 'vscode';
import type { LanguageServer } from '../language-server.js';

/** `drml.restartServer`: replaces the server, for when it does not answer any more. */
export function registerRestartServer(server: LanguageServer, log: LogOutputChannel): Disposable {
  return commands.registerCommand('drml.restartServer', async () => {
    log.info(l10n.t('Restarting the language server on request.'));
    await window.withProgress({ location: ProgressLocation.Window, title: l10n.t('DRML: restarting') }, () => server.restart());
  });
}
