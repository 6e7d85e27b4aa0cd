import { commands, type Disposable, type ExtensionContext } from 'vscode';

/** `drml.openWalkthrough`: opens the first steps on the Welcome page. */
export function registerOpenWalkthrough(context: ExtensionContext): Disposable {
  return commands.registerCommand('drml.openWalkthrough', () =>
    commands.executeCommand('workbench.action.openWalkthrough', `${context.extension.id}#drml.start`, false),
  );
}
