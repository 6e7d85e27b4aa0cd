import { Disposable, EventEmitter, type ExtensionContext, type LogOutputChannel, Uri, window } from 'vscode';
import { LanguageClient, State, TransportKind } from 'vscode-languageclient/node';
import {
  type AnalysisChangedParams,
  analysisChangedNotification,
  type DiagramResult,
  type DocumentParams,
  diagramRequest,
  type HealthResult,
  healthRequest,
  type ManifestsResult,
  manifestsRequest,
} from '../server/lsp/protocol.js';

/** How the server's process stands. */
export type ServerState = 'starting' | 'running' | 'stopped';

/** The language server as the rest of the client sees it: its life, its news and the requests that are DRML's own. */
export class LanguageServer {
  readonly #client: LanguageClient;
  readonly #log: LogOutputChannel;
  readonly #stateChanged = new EventEmitter<ServerState>();
  readonly #analysisChanged = new EventEmitter<readonly string[]>();
  #state: ServerState = 'stopped';

  /** Fires when the server starts, runs or stops. */
  readonly onDidChangeState = this.#stateChanged.event;
  /** Fires after each analysis with the URIs of the files it concerns. */
  readonly onDidChangeAnalysis = this.#analysisChanged.event;

  constructor(context: ExtensionContext, log: LogOutputChannel) {
    this.#log = log;
    const module = Uri.joinPath(context.extensionUri, 'dist', 'server.cjs').fsPath;
    this.#client = new LanguageClient(
      'drml',
      'DRML',
      { module, transport: TransportKind.ipc },
      {
        documentSelector: [
          { language: 'drml', scheme: 'file' },
          { language: 'drml', scheme: 'untitled' },
        ],
        outputChannel: log,
        synchronize: { configurationSection: 'drml' },
        initializationFailedHandler: (error) => this.#initializationFailed(error),
      },
    );
    this.#client.onDidChangeState(({ newState }) => this.#moveTo(newState));
    this.#client.onNotification(analysisChangedNotification, ({ uris }: AnalysisChangedParams) =>
      this.#analysisChanged.fire(uris),
    );
    context.subscriptions.push(this.#stateChanged, this.#analysisChanged);
  }

  get state(): ServerState {
    return this.#state;
  }

  /** Starts the server; a failure is shown to the user and never thrown, since the rest of the editor works without it. */
  async start(): Promise<void> {
    try {
      await this.#client.start();
    } catch (error) {
      this.#log.error(`The language server did not start: ${String(error)}`);
      const restart = 'Restart';
      const answer = await window.showErrorMessage(
        'DRML: the language server did not start. The output "DRML" says why.',
        restart,
      );
      if (answer === restart) await this.restart();
    }
  }

  async stop(): Promise<void> {
    if (this.#client.needsStop()) await this.#client.stop();
  }

  /** Ends the server's process and starts a new one; open files are sent again. */
  async restart(): Promise<void> {
    try {
      await this.stop();
    } catch (error) {
      // A server that no longer answers is replaced all the same.
      this.#log.warn(`The language server did not stop in time: ${String(error)}`);
    }
    await this.start();
  }

  /** Asks for the picture of the model that a file belongs to. Rejects when the server does not run. */
  diagram(uri: Uri): Promise<DiagramResult> {
    return this.#client.sendRequest<DiagramResult>(diagramRequest, documentParams(uri));
  }

  /** Asks for the manifests of the model that a file belongs to; writes nothing. Rejects when the server does not run. */
  manifests(uri: Uri): Promise<ManifestsResult> {
    return this.#client.sendRequest<ManifestsResult>(manifestsRequest, documentParams(uri));
  }

  /** Asks how the workspace stands; null when the server could not say. Rejects when the server does not run. */
  health(): Promise<HealthResult | null> {
    return this.#client.sendRequest<HealthResult | null>(healthRequest);
  }

  #moveTo(state: State): void {
    this.#state = state === State.Running ? 'running' : state === State.Starting ? 'starting' : 'stopped';
    this.#stateChanged.fire(this.#state);
  }

  #initializationFailed(error: unknown): boolean {
    this.#log.error(`The language server refused the connection: ${String(error)}`);
    return false;
  }
}

function documentParams(uri: Uri): DocumentParams {
  return { uri: uri.toString() };
}

/** Listens to several events as one. */
export function whenAny(listener: () => void, ...events: readonly ((listener: () => void) => Disposable)[]): Disposable {
  return Disposable.from(...events.map((event) => event(listener)));
}
