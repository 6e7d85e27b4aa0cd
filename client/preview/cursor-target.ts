import { commands, type DocumentSymbol, type Position, type SymbolInformation, type Uri } from 'vscode';
import type { CursorMessage } from '../../media/preview/protocol.js';

/** The name of the innermost declaration around a place of a text that the picture could show: a component, a journey, a region or a zone. */
export async function cursorTarget(uri: Uri, position: Position): Promise<CursorMessage['at']> {
  const symbols = await commands.executeCommand<readonly (DocumentSymbol | SymbolInformation)[] | undefined>(
    'vscode.executeDocumentSymbolProvider',
    uri,
  );
  let level: readonly (DocumentSymbol | SymbolInformation)[] = symbols ?? [];
  let found: DocumentSymbol | undefined;
  // Only the first level and the zones of a region have shapes; what is deeper belongs to its declaration.
  for (let depth = 0; depth < 2; depth += 1) {
    const inside: DocumentSymbol | undefined = level.find(
      (symbol): symbol is DocumentSymbol => 'selectionRange' in symbol && symbol.range.contains(position),
    );
    if (inside === undefined) break;
    if (depth === 0 || inside.selectionRange.contains(position)) found = inside;
    level = inside.children;
  }
  if (found === undefined) return null;
  const { line, character } = found.selectionRange.start;
  return { uri: uri.toString(), start: { line, character } };
}
