import { commands, type Disposable, type LogOutputChannel } from 'vscode';

/** `drml.showOutput`: opens the log of the extension and its server. */
export function registerShowOutput(log: LogOutputChannel): Disposable {
  return commands.registerCommand('drml.showOutput', () => log.show());
}
