import { type ExtensionContext, Uri } from 'vscode';
import { LanguageClient, TransportKind } from 'vscode-languageclient/node';
import { activateWith } from './activation.js';
import type { LanguageServer } from './language-server.js';
import { frugalProcess } from './server-process.js';

let server: LanguageServer | undefined;

/** Called by VS Code when the first .drml file is seen; the server is a process of its own. */
export async function activate(context: ExtensionContext): Promise<void> {
  const module = Uri.joinPath(context.extensionUri, 'dist', 'server.cjs').fsPath;
  server = await activateWith(context, async (options) => {
    const { env, execArgv } = frugalProcess;
    // Over stdio the server sends findings that did not change as the bytes it has kept (server/lsp/message-bytes.ts); node's own channel would
    // make them anew with every keystroke.
    const started = { module, transport: TransportKind.stdio, options: { env, execArgv: [...execArgv] } };
    return new LanguageClient('drml', 'DRML', started, options);
  });
}

/** Called by VS Code before it ends or disables the extension. */
export async function deactivate(): Promise<void> {
  await server?.stop();
}
