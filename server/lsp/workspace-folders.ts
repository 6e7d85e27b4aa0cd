import type { LangiumSharedServices } from 'langium/lsp';
import type { Connection } from 'vscode-languageserver';
import type { DebouncedDocumentUpdates } from './document-updates.js';

/** Follows the folders of the workspace, where the client can change them while it runs. */
export function addWorkspaceFolders(connection: Connection, shared: LangiumSharedServices): void {
  let changes = false;
  shared.lsp.LanguageServer.onInitialize(({ capabilities }) => {
    changes = capabilities.workspace?.workspaceFolders === true;
  });
  shared.lsp.LanguageServer.onInitialized(() => {
    if (!changes) return;
    const updates = shared.lsp.DocumentUpdateHandler as DebouncedDocumentUpdates;
    connection.workspace.onDidChangeWorkspaceFolders((event) => updates.didChangeWorkspaceFolders(event));
  });
}
