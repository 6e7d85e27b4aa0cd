import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  createProtocolConnection,
  type Diagnostic,
  DidChangeTextDocumentNotification,
  DidOpenTextDocumentNotification,
  ErrorCodes,
  type InitializeResult,
  type MessageConnection,
  type Position,
  type ProtocolConnection,
  PublishDiagnosticsNotification,
  type PublishDiagnosticsParams,
  ResponseError,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver-protocol/node';
import { bundleOf } from '../bundle.js';

/** Marks the cursor in a text. */
const cursorMark = '<|>';

/** A text with at most one cursor mark. */
export interface MarkedText {
  readonly text: string;
  readonly position: Position;
}

/** Takes the mark out of a text and tells where it stood; the start of the text where there was none. */
export function marked(fixture: string): MarkedText {
  const at = Math.max(0, fixture.indexOf(cursorMark));
  const text = fixture.replace(cursorMark, '');
  const lines = text.slice(0, at).split('\n');
  return { text, position: { line: lines.length - 1, character: lines.at(-1)?.length ?? 0 } };
}

export interface StartOptions {
  /** Files of the workspace by relative path. */
  readonly files?: Readonly<Record<string, string | Uint8Array>>;
  readonly capabilities?: object;
  readonly initializationOptions?: object;
  /** Folders of the workspace by relative path; without them, the folder of the files. `root-uri`: as older clients say it. */
  readonly workspaceFolders?: readonly string[] | 'root-uri';
  /** The server's own program, or the command line's. */
  readonly program?: 'server' | 'drml';
  /** The process that the server is to watch: this one where nothing is said. */
  readonly processId?: number | null;
}

/** A real server over real stdio, and the client's side of the conversation. */
export class LspClient {
  readonly folder: string;
  readonly published: PublishDiagnosticsParams[] = [];
  readonly requestsFromServer: string[] = [];
  readonly registrations: unknown[] = [];
  initialized: InitializeResult | undefined;
  private readonly versions = new Map<string, number>();
  private readonly texts = new Map<string, string>();
  private readonly listeners = new Set<() => void>();

  private constructor(
    readonly process: ChildProcess,
    readonly connection: ProtocolConnection,
    folder: string,
  ) {
    this.folder = folder;
    connection.onNotification(PublishDiagnosticsNotification.type, (params) => {
      this.published.push(params);
      for (const listener of this.listeners) listener();
    });
    connection.onRequest('client/registerCapability', (params) => {
      this.registrations.push(params);
      return null;
    });
    // What the server asks and this client does not know is remembered and refused, as the protocol wants it.
    (connection as unknown as MessageConnection).onRequest((method) => {
      this.requestsFromServer.push(method);
      return new ResponseError(ErrorCodes.MethodNotFound, method);
    });
    for (const method of ['workspace/inlayHint/refresh', 'workspace/codeLens/refresh', 'workspace/semanticTokens/refresh']) {
      connection.onRequest(method, () => {
        this.requestsFromServer.push(method);
        return null;
      });
    }
  }

  static async start(options: StartOptions = {}): Promise<LspClient> {
    const folder = mkdtempSync(join(tmpdir(), 'drml-lsp-'));
    for (const [path, content] of Object.entries(options.files ?? {})) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), content);
    }
    return LspClient.startIn(folder, options);
  }

  /** Starts a server in a folder that is there already. */
  static async startIn(folder: string, options: StartOptions = {}): Promise<LspClient> {
    const program =
      options.program === 'drml' ? [await bundleOf('server/cli/main.ts'), 'lsp'] : [await bundleOf('server/lsp/main.ts')];
    const server = spawn(process.execPath, [...program, '--stdio'], { stdio: ['pipe', 'pipe', 'pipe'] });
    server.stderr.resume();
    const connection = createProtocolConnection(new StreamMessageReader(server.stdout), new StreamMessageWriter(server.stdin));
    const client = new LspClient(server, connection, folder);
    connection.listen();
    const rootUri = pathToFileURL(folder).href;
    const folders = options.workspaceFolders ?? ['.'];
    client.initialized = await connection.sendRequest<InitializeResult>('initialize', {
      processId: options.processId === undefined ? process.pid : options.processId,
      rootUri,
      ...(folders === 'root-uri'
        ? {}
        : { workspaceFolders: folders.map((path) => ({ uri: pathToFileURL(join(folder, path)).href, name: path })) }),
      capabilities: options.capabilities ?? {},
      ...(options.initializationOptions === undefined ? {} : { initializationOptions: options.initializationOptions }),
    });
    await connection.sendNotification('initialized', {});
    return client;
  }

  uri(path: string): string {
    return pathToFileURL(join(this.folder, path)).href;
  }

  async open(path: string, text: string): Promise<void> {
    this.versions.set(path, 1);
    this.texts.set(path, text);
    await this.connection.sendNotification(DidOpenTextDocumentNotification.type, {
      textDocument: { uri: this.uri(path), languageId: 'drml', version: 1, text },
    });
  }

  /** Replaces part of an open document, as typing does. */
  async edit(path: string, start: number, end: number, newText: string): Promise<void> {
    const text = this.texts.get(path) ?? '';
    const version = (this.versions.get(path) ?? 0) + 1;
    this.versions.set(path, version);
    this.texts.set(path, text.slice(0, start) + newText + text.slice(end));
    await this.connection.sendNotification(DidChangeTextDocumentNotification.type, {
      textDocument: { uri: this.uri(path), version },
      contentChanges: [{ range: { start: positionAt(text, start), end: positionAt(text, end) }, text: newText }],
    });
  }

  textOf(path: string): string {
    return this.texts.get(path) ?? '';
  }

  /** Opens a text with a cursor mark and sends a request for the place of the mark. */
  async ask<R>(method: string, path: string, fixture: string, more: object = {}): Promise<R> {
    const { text, position } = marked(fixture);
    await this.open(path, text);
    return this.request<R>(method, path, { position, ...more });
  }

  request<R>(method: string, path: string, more: object = {}): Promise<R> {
    return this.connection.sendRequest<R>(method, { textDocument: { uri: this.uri(path) }, ...more });
  }

  /** The problems of a file that is not open, or of the present version of an open one. */
  async diagnostics(path: string): Promise<readonly Diagnostic[]> {
    await this.publication(path);
    // Where an analysis takes a while, what the language says comes first: the answer to this comes after both.
    await this.connection.sendRequest('drml/health', {});
    return (await this.publication(path)).diagnostics;
  }

  publication(path: string, timeout = 20_000): Promise<PublishDiagnosticsParams> {
    const uri = this.uri(path);
    const version = this.versions.get(path);
    const latest = (): PublishDiagnosticsParams | undefined =>
      this.published.findLast((one) => one.uri === uri && (version === undefined || one.version === version));
    return new Promise((resolve, reject) => {
      const settle = (): void => {
        const found = latest();
        if (found === undefined) return;
        clearTimeout(timer);
        this.listeners.delete(settle);
        resolve(found);
      };
      const timer = setTimeout(() => {
        this.listeners.delete(settle);
        reject(new Error(`No problems of ${path}, version ${version}, were published within ${timeout} ms.`));
      }, timeout);
      this.listeners.add(settle);
      settle();
    });
  }

  /** Ends the server as an editor does, removes the folder, and gives the exit code. */
  async stop(): Promise<number | null> {
    const code = await this.end();
    rmSync(this.folder, { recursive: true, force: true });
    return code;
  }

  /** Ends the server as an editor does, and gives its exit code. */
  async end(): Promise<number | null> {
    const ended = new Promise<number | null>((resolve) => {
      if (this.process.exitCode !== null) resolve(this.process.exitCode);
      else this.process.once('exit', (code) => resolve(code));
    });
    if (this.process.exitCode === null) {
      await this.connection.sendRequest('shutdown');
      await this.connection.sendNotification('exit');
    }
    const code = await ended;
    this.connection.dispose();
    return code;
  }
}

function positionAt(text: string, offset: number): Position {
  const lines = text.slice(0, offset).split('\n');
  return { line: lines.length - 1, character: lines.at(-1)?.length ?? 0 };
}
