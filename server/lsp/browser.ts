/** The language server as a worker of a browser: the same server, with the client's files in the place of a disk. */
import { BrowserMessageReader, BrowserMessageWriter, createConnection } from 'vscode-languageserver/browser';
import { ClientFiles } from './client-files.js';
import { localizing } from './localize.js';
import { startServer } from './server.js';

/** What a worker is to the server. The compiler knows this file's globals as those of a page, where a message needs a target. */
const worker = globalThis as unknown as ConstructorParameters<typeof BrowserMessageReader>[0];

const connection = createConnection(new BrowserMessageReader(worker), new BrowserMessageWriter(worker));
for (const method of ['log', 'info', 'debug', 'warn', 'error'] as const) {
  console[method] = (...parts: unknown[]) => connection.console.log(parts.map(printed).join(' '));
}
// Whatever goes wrong in the background must not cost the user the server: it is written to the log, and the server goes on.
globalThis.addEventListener('error', (event) => connection.console.error(`unexpected: ${printed(event.error)}`));
globalThis.addEventListener('unhandledrejection', (event) => connection.console.error(`unexpected: ${printed(event.reason)}`));

const files = new ClientFiles(connection);
startServer({
  connection: localizing(connection),
  fileSystemProvider: () => files,
  rulePages: undefined,
});

function printed(part: unknown): string {
  return part instanceof Error ? (part.stack ?? part.message) : String(part);
}
