import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { LspClient } from './lsp-client.js';
import { positionOf } from './places.js';

const document = readFileSync(fileURLToPath(new URL('../../../docs/editors.md', import.meta.url)), 'utf8');

/** Rows of the documented table: method and capability. */
const rows = [...document.matchAll(/^\| `((?:textDocument|workspace)\/[\w/]+)` \| (?:`([\w.]+)`)? ?\| \S.* \|$/gm)].map(
  ([, method = '', capability = '']) => ({ method, capability }),
);

const text = 'import "./b.drml"\nregion r { zones a, b }\nservice orders {\n  runs 2 in r\n  mtbf 30d\n  requires other\n}\n';
let client: LspClient;
beforeAll(async () => {
  client = await LspClient.start({
    files: { 'a.drml': text, 'b.drml': 'service other { }\n' },
    capabilities: {
      workspace: { workspaceFolders: true },
      textDocument: { rename: { prepareSupport: true }, documentSymbol: { hierarchicalDocumentSymbolSupport: true } },
    },
  });
  await client.open('a.drml', text);
});
afterAll(async () => {
  await client.stop();
});

/** What is offered, by the names that the document uses. */
function offered(): readonly string[] {
  const capabilities = client.initialized?.capabilities ?? {};
  const { workspace, ...rest } = capabilities;
  const operations = Object.keys(workspace?.fileOperations ?? {}).map((name) => `workspace.fileOperations.${name}`);
  return [
    ...Object.entries(rest)
      .filter(([name, value]) => name.endsWith('Provider') && value !== false && value !== undefined && value !== null)
      .map(([name]) => name),
    ...operations.filter((name) => !/did(Create|Delete)$/.test(name)),
    ...(workspace?.workspaceFolders?.supported === true ? ['workspace.workspaceFolders'] : []),
  ].sort();
}

test('the document names what the server offers, and nothing else', () => {
  const documented = rows.map(({ capability }) => capability).filter((name) => name !== '');
  expect([...documented].sort()).toEqual(offered());
  expect(client.initialized?.capabilities.workspace?.fileOperations).toMatchObject({
    didCreate: expect.anything(),
    didDelete: expect.anything(),
  });
});

const whole = { start: { line: 0, character: 0 }, end: { line: 7, character: 0 } };
const options = { tabSize: 2, insertSpaces: true };
/** What a request needs beside the document and a position. */
const parameters: Readonly<Record<string, object>> = {
  'textDocument/references': { context: { includeDeclaration: true } },
  'textDocument/rename': { newName: 'purchases' },
  'textDocument/codeAction': { range: whole, context: { diagnostics: [] } },
  'textDocument/inlayHint': { range: whole },
  'textDocument/formatting': { options },
  'textDocument/rangeFormatting': { range: whole, options },
  'textDocument/onTypeFormatting': { ch: '}', options },
  'workspace/symbol': { query: 'orders' },
};
/** Answers that are rightly empty for this file. */
const mayBeEmpty: ReadonlySet<string> = new Set([
  'textDocument/formatting',
  'textDocument/rangeFormatting',
  'textDocument/onTypeFormatting',
  'textDocument/codeAction',
  'textDocument/signatureHelp',
]);

describe('what is documented as a request is answered', () => {
  const requests = rows.map(({ method }) => method).filter((method) => !/\/(did|publish)/.test(method));

  test.each(requests)('%s', async (method) => {
    const position = positionOf(text, 'orders');
    if (method === 'workspace/willRenameFiles') {
      const files = [{ oldUri: client.uri('b.drml'), newUri: client.uri('c.drml') }];
      expect(await client.connection.sendRequest(method, { files })).toMatchObject({ changes: {} });
      return;
    }
    const more = parameters[method] ?? {};
    const answer: unknown =
      method === 'textDocument/selectionRange'
        ? await client.request(method, 'a.drml', { positions: [position] })
        : method === 'textDocument/linkedEditingRange'
          ? await client.request(method, 'a.drml', { position: positionOf(text, 'r {') })
          : await client.request(method, 'a.drml', { position, ...more });
    if (mayBeEmpty.has(method)) return;
    expect(answer).not.toBeNull();
    expect(answer).not.toEqual([]);
  });
});

test('the examples of configuration are what they are for', () => {
  const blocks = [...document.matchAll(/```json\n([\s\S]*?)```/g)].map(([, json = '']): unknown => JSON.parse(json));
  expect(blocks.length).toBeGreaterThanOrEqual(3);
  for (const command of document.matchAll(/drml["', ]+lsp["', ]+--stdio/g)) expect(command[0]).toContain('--stdio');
  expect([...document.matchAll(/drml["', ]+lsp["', ]+--stdio/g)].length).toBeGreaterThanOrEqual(7);
});
