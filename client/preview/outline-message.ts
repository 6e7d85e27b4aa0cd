import { commands, type DocumentSymbol, type SymbolInformation, type Uri } from 'vscode';
import type { OutlineMessage } from '../../media/preview/protocol.js';

/** What a file declares, as the view lists it until there is a picture. Only the syntax is asked, so that it is there before any figure. */
export async function outlineMessage(uri: Uri): Promise<OutlineMessage> {
  const symbols = await commands.executeCommand<readonly (DocumentSymbol | SymbolInformation)[] | undefined>(
    'vscode.executeDocumentSymbolProvider',
    uri,
  );
  const parts = (symbols ?? []).flatMap((symbol) => {
    if (!('selectionRange' in symbol)) return [];
    const { start, end } = symbol.selectionRange;
    const place = (at: typeof start) => ({ line: at.line, character: at.character });
    return [{ name: symbol.name, detail: symbol.detail, start: place(start), end: place(end) }];
  });
  return { kind: 'outline', uri: uri.toString(), parts };
}
