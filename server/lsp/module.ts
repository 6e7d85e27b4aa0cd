import { createDefaultCoreModule, type DeepPartial, type FileSystemProvider, inject, type Module } from 'langium';
import { createDefaultSharedModule, type LangiumServices, type LangiumSharedServices } from 'langium/lsp';
import type { Connection } from 'vscode-languageserver';
import { DrmlGeneratedSharedModule, DrmlGrammarGeneratedModule } from '../../language/generated/module.js';
import { DrmlModule } from '../../language/syntax/drml-module.js';
import { LiveReferences } from '../../language/syntax/incremental/live-references.js';
import { ConfigFiles } from '../files/config-files.js';
import { ClientAbilities } from './client-abilities.js';
import { Diagnostics, type RulePage } from './diagnostics.js';
import { ImportingDocumentBuilder } from './document-builder.js';
import { LimitedDocuments } from './document-limits.js';
import { DebouncedDocumentUpdates } from './document-updates.js';
import { Figures } from './figures.js';
import { FileOperations } from './file-operations.js';
import { Formatting } from './formatting.js';
import { guarded, type Log } from './guarded.js';
import { LateCodeActions, LateCompletion, LateSignatureHints } from './late-features.js';
import { LateCodeLenses, LateHovers, LateInlayHints } from './late-figures.js';
import { navigationModule } from './navigation-module.js';
import { NodeKinds } from './node-kinds.js';
import { Refresh } from './refresh.js';
import { SemanticTokens } from './semantic-tokens.js';
import { Settings } from './settings.js';
import { WorkspaceFiles } from './workspace-files.js';
import { WorkspaceSymbols } from './workspace-symbols.js';

/** What the server is made of: Langium's services with DRML's in their places, and what runs beside them. */
export interface DrmlServer {
  readonly shared: LangiumSharedServices;
  readonly drml: LangiumServices;
  readonly figures: Figures;
  readonly lenses: LateCodeLenses;
  readonly hints: LateInlayHints;
  readonly completion: LateCompletion;
}

export interface ServerHost {
  readonly connection: Connection;
  readonly fileSystemProvider: () => FileSystemProvider;
  /** Where the pages of the rules are; asked when a finding is published, since the client may say so late. */
  readonly rulePage: () => RulePage;
  /** The address of the language reference; undefined where the client has none. */
  readonly referencePage?: () => string | undefined;
}

/** Puts the services together. Nothing is read and nothing runs before the client initializes. */
export function createDrmlServer(host: ServerHost): DrmlServer {
  const { connection } = host;
  const log: Log = (message) => connection.console.error(message);
  const figures = (): Figures => server.figures;

  const configs = new ConfigFiles(host.fileSystemProvider());

  const sharedModule: Module<LangiumSharedServices, DeepPartial<LangiumSharedServices>> = {
    lsp: {
      DocumentUpdateHandler: (services) =>
        new DebouncedDocumentUpdates(services, services.workspace.WorkspaceManager as WorkspaceFiles),
      FileOperationHandler: (services) => new FileOperations(services, log),
      NodeKindProvider: () => new NodeKinds(),
      WorkspaceSymbolProvider: (services) => guarded('workspace symbols', new WorkspaceSymbols(services), log),
    },
    workspace: {
      DocumentBuilder: (services) =>
        new ImportingDocumentBuilder(services, () => services.lsp.DocumentUpdateHandler as DebouncedDocumentUpdates),
      IndexManager: (services) => new LiveReferences(services),
      LangiumDocumentFactory: (services) => new LimitedDocuments(services),
      WorkspaceManager: (services) => new WorkspaceFiles(services, configs, () => settings.excluded()),
    },
  };
  const shared = inject(createDefaultSharedModule(host), DrmlGeneratedSharedModule, sharedModule);
  const settings = new Settings(shared);
  const client = new ClientAbilities(shared);
  const completion = (services: LangiumServices): LateCompletion =>
    guarded('completion', new LateCompletion(services, figures, client), log);
  const hints = guarded('inlay hints', new LateInlayHints(figures, settings, client), log);
  const lenses = guarded('code lenses', new LateCodeLenses(figures, settings, client), log);

  const languageModule: Module<LangiumServices, DeepPartial<LangiumServices>> = {
    lsp: {
      CodeActionProvider: (services) => guarded('code actions', new LateCodeActions(services, figures, client), log),
      CodeLensProvider: () => lenses,
      CompletionProvider: completion,
      Formatter: () => guarded('formatting', new Formatting(), log),
      HoverProvider: (services) => guarded('hover', new LateHovers(services, figures, host.referencePage), log),
      InlayHintProvider: () => hints,
      SignatureHelp: (services) => guarded('signature help', new LateSignatureHints(services, client), log),
      SemanticTokenProvider: (services) => guarded('semantic tokens', new SemanticTokens(services), log),
    },
  };
  const drml = inject(
    // Every feature of an editor is DRML's own: Langium's are neither used nor shipped.
    createDefaultCoreModule({ shared }),
    DrmlGrammarGeneratedModule,
    DrmlModule,
    navigationModule(host.rulePage, log),
    languageModule,
  );
  shared.ServiceRegistry.register(drml);

  const server: DrmlServer = {
    shared,
    drml,
    figures: new Figures(shared, drml, configs),
    lenses,
    hints,
    completion: drml.lsp.CompletionProvider as LateCompletion,
  };
  const documents = shared.workspace.LangiumDocumentFactory as LimitedDocuments;
  new Diagnostics(connection, shared, server.figures, documents, host.rulePage);
  new Refresh(connection, shared, server.figures, documents);
  shared.lsp.LanguageServer.onInitialized(() => {
    settings.maximumFileBytes().then(
      (bytes) => documents.limitTo(bytes),
      () => undefined,
    );
  });
  return server;
}
