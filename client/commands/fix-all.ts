import { commands, type Disposable } from 'vscode';

/** `drml.fixAll`: applies every fix of the active file that cannot change what the model means. */
export function registerFixAll(): Disposable {
  return commands.registerCommand('drml.fixAll', () => commands.executeCommand('editor.action.fixAll'));
}
