import { commands, type Disposable, type LogOutputChannel, ProgressLocation, window } from 'vscode';
import type { LanguageServer } from '../language-server.js';

/** `drml.restartServer`: replaces the server's process, for when it does not answer any more. */
export function registerRestartServer(server: LanguageServer, log: LogOutputChannel): Disposable {
  return commands.registerCommand('drml.restartServer', async () => {
    log.info('Restarting the language server on request.');
    await window.withProgress({ location: ProgressLocation.Window, title: 'DRML: restarting' }, () => server.restart());
  });
}
