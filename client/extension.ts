import { type ExtensionContext, window } from 'vscode';
import { registerGenerateManifests } from './commands/generate-manifests.js';
import { registerOpenPreview } from './commands/open-preview.js';
import { registerRestartServer } from './commands/restart-server.js';
import { registerShowOutput } from './commands/show-output.js';
import { LanguageServer } from './language-server.js';
import { PreviewPanel } from './preview/preview-panel.js';
import { createStatusBar } from './status-bar.js';

let server: LanguageServer | undefined;

/** Called by VS Code when the first .drml file is seen; starts the language server and everything that asks it. */
export async function activate(context: ExtensionContext): Promise<void> {
  const log = window.createOutputChannel('DRML', { log: true });
  server = new LanguageServer(context, log);
  const preview = new PreviewPanel(context, server, log);
  context.subscriptions.push(
    log,
    preview,
    createStatusBar(server),
    registerOpenPreview(preview),
    registerGenerateManifests(server),
    registerRestartServer(server, log),
    registerShowOutput(log),
  );
  await server.start();
}

/** Called by VS Code before it ends or disables the extension. */
export async function deactivate(): Promise<void> {
  await server?.stop();
}
