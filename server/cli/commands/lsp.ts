/** `drml lsp --stdio`: the language server for any editor. It runs until the client ends it. */
export async function lsp(): Promise<never> {
  // Loaded here only: the other commands start faster without the protocol.
  const { startStdioServer } = await import('../../lsp/stdio.js');
  startStdioServer();
  return new Promise(() => undefined);
}
