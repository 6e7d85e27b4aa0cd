import { DocumentState } from 'langium';
import {
  addCallHierarchyHandler,
  addDocumentHighlightHandler,
  addDocumentLinkHandler,
  addFileOperationHandler,
  addFindReferencesHandler,
  addFoldingRangeHandler,
  addRenameHandler,
  addWorkspaceSymbolHandler,
  createServerRequestHandler,
  type LangiumServices,
  type LangiumSharedServices,
  WorkspaceState,
} from 'langium/lsp';
import type { Connection } from 'vscode-languageserver';
import { type ClientShapes, linksOrLocations, nestedOrFlat } from './client-shapes.js';
import { answerOrNothing, type Log } from './guarded.js';
import { linkedEditing } from './linked-editing.js';
import { Names } from './name-at.js';
import { Rename } from './rename.js';
import { selectionRanges } from './selection-ranges.js';

/** Everything that leads from one place of the text to others. What needs the uses of a name waits until all files are linked. */
export function addNavigation(
  connection: Connection,
  shared: LangiumSharedServices,
  drml: LangiumServices,
  shapes: () => ClientShapes,
  log: Log,
): void {
  const names = new Names(drml);
  const renaming = new Rename(drml, names);
  const linked = WorkspaceState.IndexedReferences;
  connection.onDefinition(
    createServerRequestHandler(
      async ({ lsp }, document, params) =>
        linksOrLocations(await lsp?.DefinitionProvider?.getDefinition(document, params), shapes().definitionLinks),
      shared,
      DocumentState.Linked,
    ),
  );
  connection.onDeclaration(
    createServerRequestHandler(
      async ({ lsp }, document, params) =>
        linksOrLocations(await lsp?.DeclarationProvider?.getDeclaration(document, params), shapes().declarationLinks),
      shared,
      DocumentState.Linked,
    ),
  );
  connection.onImplementation(
    createServerRequestHandler(
      async ({ lsp }, document, params) =>
        linksOrLocations(await lsp?.ImplementationProvider?.getImplementation(document, params), shapes().implementationLinks),
      shared,
      linked,
    ),
  );
  connection.onDocumentSymbol(
    createServerRequestHandler(
      async ({ lsp }, document, params) => {
        const symbols = (await lsp?.DocumentSymbolProvider?.getSymbols(document, params)) ?? [];
        return nestedOrFlat(document.uri.toString(), symbols, shapes().nestedSymbols);
      },
      shared,
      DocumentState.Parsed,
    ),
  );
  connection.onSelectionRanges(
    createServerRequestHandler(
      (_language, document, { positions }) =>
        answerOrNothing('selection ranges', () => selectionRanges(document, positions), log) ?? null,
      shared,
      DocumentState.Parsed,
    ),
  );
  connection.languages.onLinkedEditingRange(
    createServerRequestHandler(
      (_language, document, { position }) =>
        answerOrNothing('linked editing', () => linkedEditing(names, document, position), log) ?? null,
      shared,
      linked,
    ),
  );
  addRenameHandler(connection, shared, linked);
  // Registered after Langium's own, in its place: the name goes along with its range.
  connection.onPrepareRename(
    createServerRequestHandler(
      (_language, document, params) =>
        answerOrNothing('rename', () => renaming.nameToReplace(document, params.position), log) ?? null,
      shared,
      linked,
    ),
  );
  addFindReferencesHandler(connection, shared, linked);
  addDocumentHighlightHandler(connection, shared, linked);
  addCallHierarchyHandler(connection, shared, linked);
  addDocumentLinkHandler(connection, shared, DocumentState.Linked);
  addFoldingRangeHandler(connection, shared, DocumentState.Parsed);
  addWorkspaceSymbolHandler(connection, shared, WorkspaceState.IndexedContent);
  addFileOperationHandler(connection, shared);
}
