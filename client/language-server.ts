import { Disposable, EventEmitter, type ExtensionContext, type LogOutputChannel, l10n, Uri, window } from 'vscode';
import { type BaseLanguageClient, type LanguageClientOptions, State } from 'vscode-languageclient';
import {
  type AnalysisChangedParams,
  analysisChangedNotification,
  clientCommands,
  type DiagramResult,
  type DocumentParams,
  diagramRequest,
  type HealthResult,
  healthRequest,
  type ImportParams,
  type ImportResult,
  importRequest,
  type KeepScenarioResult,
  keepScenarioRequest,
  type ManifestCheckParams,
  type ManifestCheckResult,
  type ManifestPlanParams,
  type ManifestPlanResult,
  type ManifestsResult,
  type ManifestTextParams,
  type ManifestTextResult,
  type MatrixParams,
  type MatrixResult,
  manifestCheckRequest,
  manifestPlanRequest,
  manifestsRequest,
  manifestTextRequest,
  matrixRequest,
  type OwnManifestsParams,
  ownManifestsNotification,
  type PageResult,
  type PartChangesParams,
  type PartChangesResult,
  pageRequest,
  partChangesRequest,
  type ReportResult,
  reportRequest,
  type WhatIfParams,
  type WhatIfResult,
  type WorstLossesResult,
  whatIfRequest,
  worstLossesRequest,
} from '../server/lsp/protocol.js';
import { messageTable } from './message-table.js';
import { RestartPolicy } from './restart-policy.js';
import { serveFiles } from './served-files.js';

/** How the server stands. */
export type ServerState = 'starting' | 'running' | 'stopped';

/** Makes the client of a server that this host can run: a process, or a worker. */
export type CreateClient = (options: LanguageClientOptions) => Promise<BaseLanguageClient>;

/** `CloseAction` of the client library, which has it as an enumeration of numbers. */
const afterClose = { stop: 1, restart: 2 } as const;
/** `ErrorAction.Continue` of the client library. */
const goOn = 1;

/** The language server as the rest of the client sees it: its life, its news and the requests that are DRML's own. */
export class LanguageServer {
  readonly #extension: Uri;
  readonly #log: LogOutputChannel;
  readonly #createClient: CreateClient;
  readonly #stateChanged = new EventEmitter<ServerState>();
  readonly #analysisChanged = new EventEmitter<readonly string[]>();
  readonly #ownManifests = new EventEmitter<OwnManifestsParams>();
  #restarts = new RestartPolicy();
  #client: BaseLanguageClient | undefined;
  /** Ends when the server has started, or has failed to. */
  #starting: Promise<void> = Promise.resolve();
  #state: ServerState = 'stopped';

  /** Fires when the server starts, runs or stops. */
  readonly onDidChangeState = this.#stateChanged.event;
  /** Fires after each analysis with the URIs of the files it concerns. */
  readonly onDidChangeAnalysis = this.#analysisChanged.event;
  /** Fires when a model names other manifests than before, or one of them has changed on the disk. */
  readonly onDidChangeOwnManifests = this.#ownManifests.event;

  constructor(context: ExtensionContext, log: LogOutputChannel, createClient: CreateClient) {
    this.#extension = context.extensionUri;
    this.#log = log;
    this.#createClient = createClient;
    context.subscriptions.push(this.#stateChanged, this.#analysisChanged, this.#ownManifests);
  }

  get state(): ServerState {
    return this.#state;
  }

  /** Starts the server; a failure is shown to the user and never thrown, since the rest of the editor works without it. */
  async start(): Promise<void> {
    try {
      const started = this.#connected().then((client) => client.start());
      // Who waits for the start asks the client afterwards, which says what has failed.
      this.#starting = started.catch(() => undefined);
      await started;
    } catch (error) {
      this.#log.error(l10n.t('The language server did not start: {0}', String(error)));
      await this.#offerRestart(l10n.t('DRML: the language server did not start. The output "DRML" says why.'));
    }
  }

  async stop(): Promise<void> {
    if (this.#client?.needsStop() === true) await this.#client.stop();
  }

  /** Ends the server and starts a new one; open files are sent again. */
  async restart(): Promise<void> {
    try {
      await this.stop();
    } catch (error) {
      // A server that no longer answers is replaced all the same.
      this.#log.warn(l10n.t('The language server did not stop in time: {0}', String(error)));
    }
    this.#restarts = new RestartPolicy();
    await this.start();
  }

  /** Asks for the picture of the model that a file belongs to. Rejects when the server does not run. */
  diagram(uri: Uri): Promise<DiagramResult> {
    return this.#running().sendRequest<DiagramResult>(diagramRequest, documentParams(uri));
  }

  /** Asks what becomes of the model when something is switched off. Rejects when the server does not run. */
  whatIf(params: WhatIfParams): Promise<WhatIfResult> {
    return this.#running().sendRequest<WhatIfResult>(whatIfRequest, params);
  }

  /** Asks which losses hurt most. Rejects when the server does not run. */
  worstLosses(uri: Uri): Promise<WorstLossesResult> {
    return this.#running().sendRequest<WorstLossesResult>(worstLossesRequest, documentParams(uri));
  }

  /** Asks for what an interactive page holds of the model that a file belongs to. Rejects when the server does not run. */
  page(uri: Uri): Promise<PageResult> {
    return this.#running().sendRequest<PageResult>(pageRequest, documentParams(uri));
  }

  /** Asks for the edit that keeps a what-if as a scenario; changes nothing. Rejects when the server does not run. */
  keepScenario(params: WhatIfParams): Promise<KeepScenarioResult> {
    return this.#running().sendRequest<KeepScenarioResult>(keepScenarioRequest, params);
  }

  /** Asks what can be changed of a part of the picture, and for the edits of one change; changes nothing. Rejects when the server does not run. */
  partChanges(params: PartChangesParams): Promise<PartChangesResult> {
    return this.#running().sendRequest<PartChangesResult>(partChangesRequest, params);
  }

  /** Asks for the disaster recovery matrix, as data or as text. Rejects when the server does not run. */
  matrix(params: MatrixParams): Promise<MatrixResult> {
    return this.#running().sendRequest<MatrixResult>(matrixRequest, params);
  }

  /** Asks for the manifests of the model that a file belongs to; writes nothing. Rejects when the server does not run. */
  manifests(uri: Uri): Promise<ManifestsResult> {
    return this.#running().sendRequest<ManifestsResult>(manifestsRequest, documentParams(uri));
  }

  /** Asks how a folder comes to hold the manifests of a model; writes nothing. Rejects when the server does not run. */
  planManifests(params: ManifestPlanParams): Promise<ManifestPlanResult> {
    return this.#running().sendRequest<ManifestPlanResult>(manifestPlanRequest, params);
  }

  /** Asks for generated files as text to read, with the places they follow from. Rejects when the server does not run. */
  manifestText(params: ManifestTextParams): Promise<ManifestTextResult> {
    return this.#running().sendRequest<ManifestTextResult>(manifestTextRequest, params);
  }

  /** Asks for the disaster recovery report of the model that a file belongs to. Rejects when the server does not run. */
  report(uri: Uri): Promise<ReportResult> {
    return this.#running().sendRequest<ReportResult>(reportRequest, documentParams(uri));
  }

  /** Asks for a model of manifests, once the server has started; writes nothing. Rejects when it did not start. */
  async importManifests(params: ImportParams): Promise<ImportResult> {
    await this.#starting;
    return this.#running().sendRequest<ImportResult>(importRequest, params);
  }

  /** Asks what is wrong with manifests, once the server has started; writes nothing. Rejects when it did not start. */
  async checkManifests(params: ManifestCheckParams): Promise<ManifestCheckResult> {
    await this.#starting;
    return this.#running().sendRequest<ManifestCheckResult>(manifestCheckRequest, params);
  }

  /** Asks how the workspace stands; null when the server could not say. Rejects when the server does not run. */
  health(): Promise<HealthResult | null> {
    return this.#running().sendRequest<HealthResult | null>(healthRequest);
  }

  #running(): BaseLanguageClient {
    if (this.#client === undefined) throw new Error(l10n.t('the language server does not run'));
    return this.#client;
  }

  async #connected(): Promise<BaseLanguageClient> {
    this.#client ??= await this.#connect(await messageTable(this.#extension));
    return this.#client;
  }

  async #connect(messages: object | undefined): Promise<BaseLanguageClient> {
    const client = await this.#createClient({
      // Any scheme: what is on no disk is read through this client.
      documentSelector: [{ language: 'drml' }],
      outputChannel: this.#log,
      synchronize: { configurationSection: 'drml' },
      initializationOptions: {
        commands: [...clientCommands],
        rulePages: Uri.joinPath(this.#extension, 'docs', 'rules').toString(),
        ...(messages === undefined ? {} : { messages }),
      },
      initializationFailedHandler: (error) => this.#initializationFailed(error),
      errorHandler: { error: () => ({ action: goOn }), closed: () => this.#closed() },
    });
    client.onDidChangeState(({ newState }) => this.#moveTo(newState));
    client.onNotification(analysisChangedNotification, ({ uris }: AnalysisChangedParams) => this.#analysisChanged.fire(uris));
    client.onNotification(ownManifestsNotification, (named: OwnManifestsParams) => this.#ownManifests.fire(named));
    serveFiles(client);
    return client;
  }

  #moveTo(state: State): void {
    this.#state = state === State.Running ? 'running' : state === State.Starting ? 'starting' : 'stopped';
    this.#stateChanged.fire(this.#state);
  }

  #initializationFailed(error: unknown): boolean {
    this.#log.error(l10n.t('The language server refused the connection: {0}', String(error)));
    return false;
  }

  /** The server ended by itself: it is started again after a pause that grows, until it has ended too often. */
  async #closed(): Promise<{ readonly action: 1 | 2; readonly handled: true }> {
    const pause = this.#restarts.pauseAfterEnd(Date.now());
    if (pause === undefined) {
      this.#log.error(l10n.t('The language server ended again and again, and is not started any more.'));
      void this.#offerRestart(
        l10n.t('DRML: the language server ended several times within minutes and was stopped. Your files are not affected.'),
      );
      return { action: afterClose.stop, handled: true };
    }
    this.#log.warn(l10n.t('The language server ended unexpectedly; it is started again in {0} s.', pause / 1000));
    await new Promise((resolve) => setTimeout(resolve, pause));
    return { action: afterClose.restart, handled: true };
  }

  async #offerRestart(message: string): Promise<void> {
    const restart = l10n.t('Restart');
    const output = l10n.t('Show Output');
    const answer = await window.showErrorMessage(message, restart, output);
    if (answer === output) this.#log.show();
    if (answer === restart) await this.restart();
  }
}

function documentParams(uri: Uri): DocumentParams {
  return { uri: uri.toString() };
}

/** Listens to several events as one. */
export function whenAny(listener: () => void, ...events: readonly ((listener: () => void) => Disposable)[]): Disposable {
  return Disposable.from(...events.map((event) => event(listener)));
}
