import { commands, type Disposable } from 'vscode';

/** `drml.showDependencies`: who requires what stands at the cursor, and what it requires. */
export function registerShowDependencies(): Disposable {
  return commands.registerCommand('drml.showDependencies', () => commands.executeCommand('references-view.showCallHierarchy'));
}
