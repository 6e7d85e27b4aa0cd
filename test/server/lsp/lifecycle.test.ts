import { expect, test } from 'vitest';
import { LspClient } from './lsp-client.js';

test('the server starts, says what it can, and ends when told', async () => {
  const client = await LspClient.start();
  const capabilities = client.initialized?.capabilities;
  expect(client.initialized?.serverInfo?.name).toBe('DRML');
  expect(Object.keys(capabilities ?? {}).sort()).toMatchInlineSnapshot(`
    [
      "codeActionProvider",
      "codeLensProvider",
      "completionProvider",
      "declarationProvider",
      "definitionProvider",
      "documentFormattingProvider",
      "documentHighlightProvider",
      "documentRangeFormattingProvider",
      "documentSymbolProvider",
      "foldingRangeProvider",
      "hoverProvider",
      "implementationProvider",
      "inlayHintProvider",
      "referencesProvider",
      "renameProvider",
      "semanticTokensProvider",
      "textDocumentSync",
      "typeDefinitionProvider",
      "workspace",
      "workspaceSymbolProvider",
    ]
  `);
  expect(await client.stop()).toBe(0);
});

test('an open file gets problems with the version they belong to', async () => {
  const client = await LspClient.start();
  await client.open('a.drml', 'region r { zones a }\nservice s { runs 1 in q }\n');
  const first = await client.publication('a.drml');
  expect(first.version).toBe(1);
  expect(first.diagnostics.map(({ message }) => message).join('\n')).toContain('q');
  const at = client.textOf('a.drml').indexOf('in q') + 3;
  await client.edit('a.drml', at, at + 1, 'r');
  const second = await client.publication('a.drml');
  expect(second.version).toBe(2);
  expect(second.diagnostics.filter(({ code }) => code === undefined)).toEqual([]);
  await client.stop();
});
