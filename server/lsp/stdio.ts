import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { NodeFileSystem } from 'langium/node';
import {
  type Connection,
  createConnection,
  type DataCallback,
  type Disposable,
  ProposedFeatures,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';
import { ClientFiles } from './client-files.js';
import { FilesByScheme } from './files-by-scheme.js';
import { giveBackMemoryAtRest, growHeapSlowly } from './frugal-memory.js';
import { localizing } from './localize.js';
import { messageEncoder } from './message-bytes.js';
import { startServer } from './server.js';

/** Runs the server on the standard input and output, whatever the program's own arguments are. */
export function startStdioServer(): void {
  const reader = new EndingReader(process.stdin);
  const writer = new StreamMessageWriter(process.stdout, { contentTypeEncoder: messageEncoder });
  run(createConnection(ProposedFeatures.all, reader, writer));
}

/** Ends the process when the client closes the channel; as a failure if it did not say before that it would. */
class EndingReader extends StreamMessageReader {
  private exitCode = 1;

  constructor(stream: NodeJS.ReadStream) {
    super(stream);
    stream.on('end', () => process.exit(this.exitCode));
    stream.on('close', () => process.exit(this.exitCode));
  }

  override listen(callback: DataCallback): Disposable {
    return super.listen((message) => {
      if ('method' in message && message.method === 'shutdown') this.exitCode = 0;
      callback(message);
    });
  }
}

/** Runs the server on the channel that the arguments of the program name: `--stdio`, `--node-ipc`, `--socket=PORT`. */
export function startServerByArguments(): void {
  if (process.argv.includes('--stdio')) startStdioServer();
  else run(createConnection(ProposedFeatures.all));
}

function run(connection: Connection): void {
  // The standard output may be the channel to the client: what libraries print goes to the log instead.
  for (const method of ['log', 'info', 'debug', 'warn', 'error'] as const) {
    console[method] = (...parts: unknown[]) => connection.console.log(parts.map(printed).join(' '));
  }
  const files = new ClientFiles(connection);
  const server = startServer({
    connection: localizing(connection),
    fileSystemProvider: () => new FilesByScheme(NodeFileSystem.fileSystemProvider(), files),
    rulePages: rulePages(),
  });
  // What goes wrong in the background must not cost the user the server: it is written to the log, and the server goes on. A server that
  // cannot start has ended by now, and its client knows.
  process.on('uncaughtException', (error) => connection.console.error(`unexpected: ${printed(error)}`));
  process.on('unhandledRejection', (reason) => connection.console.error(`unexpected: ${printed(reason)}`));
  growHeapSlowly();
  giveBackMemoryAtRest(server);
}

function printed(part: unknown): string {
  return part instanceof Error ? (part.stack ?? part.message) : String(part);
}

/** The pages of the rules lie beside the bundle, in the extension and in the npm package alike. */
function rulePages(): string | undefined {
  const script = process.argv[1];
  if (script === undefined) return undefined;
  const folder = join(dirname(dirname(script)), 'docs', 'rules');
  return existsSync(folder) ? pathToFileURL(folder).href : undefined;
}
