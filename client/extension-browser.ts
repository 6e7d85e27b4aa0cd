import { type ExtensionContext, Uri, workspace } from 'vscode';
import {
  BrowserMessageReader,
  BrowserMessageWriter,
  LanguageClient,
  type MessageTransports,
} from 'vscode-languageclient/browser';
import { activateWith } from './activation.js';
import type { LanguageServer } from './language-server.js';

let server: LanguageServer | undefined;

/** Called by VS Code in a browser; the server is a worker there. */
export async function activate(context: ExtensionContext): Promise<void> {
  const script = Uri.joinPath(context.extensionUri, 'dist', 'server-browser.js');
  server = await activateWith(context, async (options) => new LanguageClient('drml', 'DRML', () => startWorker(script), options));
}

/** Called by VS Code before it ends or disables the extension. */
export async function deactivate(): Promise<void> {
  await server?.stop();
}

/** A worker may be started only from the page's own origin, and an extension lies elsewhere: its script is read and started from a Blob. */
async function startWorker(script: Uri): Promise<MessageTransports> {
  const source = await workspace.fs.readFile(script);
  const address = URL.createObjectURL(new Blob([new Uint8Array(source)], { type: 'text/javascript' }));
  try {
    const worker = new Worker(address, { name: 'DRML' });
    // The channels and not the worker: VS Code puts a class of its own in the place of `Worker`, which the library would not know.
    return { reader: new BrowserMessageReader(worker), writer: new BrowserMessageWriter(worker) };
  } finally {
    // The worker has its script by the time that its first message is answered; the address is needed only until it has started.
    setTimeout(() => URL.revokeObjectURL(address), 60_000);
  }
}
