import { URI } from 'langium';
import type { LangiumSharedServices } from 'langium/lsp';
import {
  CodeLensRefreshRequest,
  type Connection,
  InlayHintRefreshRequest,
  SemanticTokensRefreshRequest,
} from 'vscode-languageserver';
import type { LimitedDocuments } from './document-limits.js';
import type { AnalysisPass, Figures } from './figures.js';
import { type AnalysisChangedParams, analysisChangedNotification } from './protocol.js';

/**
 * Tells the client what to ask for again after an analysis. An editor asks by itself for the file that was typed in; files that were
 * changed through another one need the server's word, and only clients that understand it get it.
 */
export class Refresh {
  private hints = false;
  private lenses = false;
  private tokens = false;
  private readonly versions = new Map<string, number>();

  constructor(
    private readonly connection: Connection,
    private readonly shared: LangiumSharedServices,
    figures: Figures,
    private readonly documents: LimitedDocuments,
  ) {
    shared.lsp.LanguageServer.onInitialize(({ capabilities }) => {
      this.hints = capabilities.workspace?.inlayHint?.refreshSupport === true;
      this.lenses = capabilities.workspace?.codeLens?.refreshSupport === true;
      this.tokens = capabilities.workspace?.semanticTokens?.refreshSupport === true;
    });
    figures.onAnalysed((pass) => this.tell(pass));
  }

  private tell(pass: AnalysisPass): void {
    const changed: AnalysisChangedParams = { uris: [...pass.affected] };
    this.send(this.connection.sendNotification(analysisChangedNotification, changed));
    const built = new Set(pass.built.map((document) => document.uri.toString()));
    let figuresElsewhere = false;
    let namesElsewhere = false;
    for (const document of this.shared.workspace.TextDocuments.all()) {
      // The version that was read counts: the text may already be ahead of it, or nothing of it was read yet.
      const version = this.documents.parsedVersion(URI.parse(document.uri));
      if (version === undefined) continue;
      const edited = this.versions.get(document.uri) !== version;
      this.versions.set(document.uri, version);
      if (edited) continue;
      if (pass.affected.has(document.uri)) figuresElsewhere = true;
      // Built without having been edited: its names were looked up again.
      if (built.has(document.uri)) namesElsewhere = true;
    }
    if (figuresElsewhere && this.hints) this.send(this.connection.sendRequest(InlayHintRefreshRequest.type));
    if (figuresElsewhere && this.lenses) this.send(this.connection.sendRequest(CodeLensRefreshRequest.type));
    if (namesElsewhere && this.tokens) this.send(this.connection.sendRequest(SemanticTokensRefreshRequest.type));
  }

  /** A client that goes away while it is told something is no error. */
  private send(message: Promise<unknown>): void {
    message.catch(() => undefined);
  }
}
