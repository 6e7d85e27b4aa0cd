import type {
  ClientCapabilities,
  DocumentSymbol,
  Location,
  LocationLink,
  ServerCapabilities,
  SymbolInformation,
} from 'vscode-languageserver';

/** What of the protocol a client understands, where the server has to answer in one shape or another. */
export interface ClientShapes {
  readonly definitionLinks: boolean;
  readonly declarationLinks: boolean;
  readonly implementationLinks: boolean;
  readonly nestedSymbols: boolean;
  readonly prepareRename: boolean;
}

export function shapesOf({ textDocument }: ClientCapabilities): ClientShapes {
  return {
    definitionLinks: textDocument?.definition?.linkSupport === true,
    declarationLinks: textDocument?.declaration?.linkSupport === true,
    implementationLinks: textDocument?.implementation?.linkSupport === true,
    nestedSymbols: textDocument?.documentSymbol?.hierarchicalDocumentSymbolSupport === true,
    prepareRename: textDocument?.rename?.prepareSupport === true,
  };
}

/** Links as they are for clients that take them, plain places for the others. */
export function linksOrLocations(
  links: readonly LocationLink[] | undefined,
  takesLinks: boolean,
): LocationLink[] | Location[] | null {
  if (links === undefined) return null;
  if (takesLinks) return [...links];
  return links.map(({ targetUri, targetSelectionRange }) => ({ uri: targetUri, range: targetSelectionRange }));
}

/** The outline as it is for clients that take a tree, a list with the names of containers for the others. */
export function nestedOrFlat(
  uri: string,
  symbols: readonly DocumentSymbol[],
  takesTrees: boolean,
): DocumentSymbol[] | SymbolInformation[] {
  return takesTrees ? [...symbols] : flat(uri, symbols, undefined);
}

function flat(uri: string, symbols: readonly DocumentSymbol[], containerName: string | undefined): SymbolInformation[] {
  return symbols.flatMap(({ name, kind, range, children }) => [
    { name, kind, location: { uri, range }, ...(containerName === undefined ? {} : { containerName }) },
    ...flat(uri, children ?? [], name),
  ]);
}

/** The part of the server's capabilities that depends on the client, or that Langium does not know of. */
export function navigationCapabilities(capabilities: ServerCapabilities, shapes: ClientShapes): ServerCapabilities {
  return {
    ...capabilities,
    renameProvider: shapes.prepareRename ? { prepareProvider: true } : true,
    selectionRangeProvider: true,
    linkedEditingRangeProvider: true,
    workspace: { ...capabilities.workspace, workspaceFolders: { supported: true, changeNotifications: true } },
  };
}
