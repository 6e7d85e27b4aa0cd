import { startStdioServer } from '../../lsp/stdio.js';

/** `drml lsp --stdio`: the language server for any editor. It runs until the client ends it. */
export function lsp(): Promise<never> {
  startStdioServer();
  return new Promise(() => undefined);
}
