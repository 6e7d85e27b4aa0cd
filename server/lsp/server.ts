import { DocumentState, type FileSystemProvider } from 'langium';
import {
  addCodeActionHandler,
  addCodeLensHandler,
  addCompletionHandler,
  addDocumentUpdateHandler,
  addFormattingHandler,
  addHoverHandler,
  addInlayHintHandler,
  addSemanticTokenHandler,
  addSignatureHelpHandler,
  WorkspaceState,
} from 'langium/lsp';
import type { Connection } from 'vscode-languageserver';
import { navigationCapabilities, shapesOf } from './client-shapes.js';
import { codeActionKinds } from './code-actions/kinds.js';
import { addConfigurationChanges } from './configuration-changes.js';
import type { RulePage } from './diagnostics.js';
import type { Log } from './guarded.js';
import { createDrmlServer, type DrmlServer } from './module.js';
import { addNavigation } from './navigation.js';
import { addRequests } from './requests.js';
import { addWorkspaceFolders } from './workspace-folders.js';

export interface StartOptions {
  readonly connection: Connection;
  readonly fileSystemProvider: () => FileSystemProvider;
  /** Folder of the rules' pages as a URI, used unless the client names one (`initializationOptions.rulePages`). */
  readonly rulePages: string | undefined;
}

/** Connects the server to a client and starts to listen. The same in every host: Node here, a browser worker elsewhere. */
export function startServer(options: StartOptions): DrmlServer {
  const { connection, fileSystemProvider } = options;
  let rulePages = options.rulePages;
  const rulePage: RulePage = (code) => (rulePages === undefined ? undefined : `${rulePages.replace(/\/$/, '')}/${code}.md`);
  // The reference lies beside the folder of the rules.
  const referencePage = (): string | undefined =>
    rulePages === undefined ? undefined : `${rulePages.replace(/\/[^/]*\/?$/, '')}/language.md`;
  const server = createDrmlServer({ connection, fileSystemProvider, rulePage: () => rulePage, referencePage });
  const { shared } = server;
  const log: Log = (message) => connection.console.error(message);
  let shapes = shapesOf({});

  // What shows figures waits for the analysis, which runs when the whole workspace is checked; what is about syntax waits for the tree.
  const analysed = WorkspaceState.Validated;
  addDocumentUpdateHandler(connection, shared);
  addCompletionHandler(connection, shared, DocumentState.Linked);
  connection.onCompletionResolve(async (item) => (await server.completion.resolve(item)) ?? item);
  addSignatureHelpHandler(connection, shared, DocumentState.Parsed);
  addFormattingHandler(connection, shared, DocumentState.Parsed);
  addCodeActionHandler(connection, shared, analysed);
  addHoverHandler(connection, shared, analysed);
  addInlayHintHandler(connection, shared, analysed);
  addCodeLensHandler(connection, shared, analysed);
  connection.onCodeLensResolve(async (lens) => (await server.lenses.resolve(lens)) ?? lens);
  connection.languages.inlayHint.resolve(async (hint) => (await server.hints.resolve(hint)) ?? hint);
  addSemanticTokenHandler(connection, shared, DocumentState.Linked);
  addConfigurationChanges(connection, shared);
  addWorkspaceFolders(connection, shared);
  addNavigation(connection, shared, server.drml, () => shapes, log);
  addRequests(connection, shared, () => server.figures, log);

  connection.onInitialize(async (params) => {
    const given: unknown = params.initializationOptions;
    if (typeof given === 'object' && given !== null && 'rulePages' in given && typeof given.rulePages === 'string') {
      rulePages = given.rulePages;
    }
    shapes = shapesOf(params.capabilities);
    const initialized = await shared.lsp.LanguageServer.initialize(params);
    const capabilities = navigationCapabilities(initialized.capabilities, shapes);
    const resolved = {
      codeActionProvider: { codeActionKinds: [...codeActionKinds] },
      codeLensProvider: { resolveProvider: true },
      inlayHintProvider: { resolveProvider: true },
      completionProvider: { ...capabilities.completionProvider, resolveProvider: true },
    };
    return { capabilities: { ...capabilities, ...resolved }, serverInfo: { name: 'DRML' } };
  });
  connection.onInitialized((params) => shared.lsp.LanguageServer.initialized(params));
  shared.workspace.TextDocuments.listen(connection);
  connection.listen();
  return server;
}
