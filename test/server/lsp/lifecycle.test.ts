import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { shop } from '../shop.js';
import { LspClient } from './lsp-client.js';

test('the server starts, says what it can, and ends when told', async () => {
  const client = await LspClient.start();
  const capabilities = client.initialized?.capabilities ?? {};
  expect(client.initialized?.serverInfo?.name).toBe('DRML');
  expect(capabilities.textDocumentSync).toMatchObject({ change: 2, openClose: true });
  expect(await client.stop()).toBe(0);
});

test('the server ends when its client is gone without a word', async () => {
  const client = await LspClient.start();
  const ended = new Promise((resolve) => client.process.once('exit', resolve));
  client.process.stdin?.end();
  await ended;
  expect(client.process.exitCode).not.toBeNull();
  await client.stop();
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

const methods = [
  'textDocument/completion',
  'textDocument/hover',
  'textDocument/definition',
  'textDocument/references',
  'textDocument/documentHighlight',
  'textDocument/documentSymbol',
  'textDocument/foldingRange',
  'textDocument/codeLens',
  'textDocument/inlayHint',
  'textDocument/codeAction',
  'textDocument/semanticTokens/full',
  'textDocument/semanticTokens/range',
  'textDocument/formatting',
  'textDocument/prepareRename',
];

const strange: readonly (readonly [what: string, text: string])[] = [
  ['empty', ''],
  ['only a byte order mark', '\uFEFF'],
  ['CRLF, tabs and a byte order mark', `\uFEFF${shop.replaceAll('\n', '\r\n').replaceAll('  ', '\t')}`],
  ['not ASCII', 'service b\u00fccher "\u672c\u5c4b \ud83d\ude00" { owner "\u00e9quipe" }\n'],
  ['unbalanced', 'service s { { { requires } } } } region'],
  ['an unclosed text', 'service s { image "abc\nmtbf 3d }\n'],
  ['half of a declaration', 'journey'],
  ['full of markup', 'service y "<script>alert(1)</script>" { owner "]]>" runbook "javascript:alert(1)" }\nservice on { }\n'],
  ['a cycle of requirements', 'service a { requires b }\nservice b { requires a }\n'],
  ['an import of itself', 'import "./strange.drml"\nservice s { }\n'],
];

test.each(strange)('every request is answered for a file that is %s', async (_what, text) => {
  const client = await LspClient.start();
  await client.open('strange.drml', text);
  const lines = text.split(/\r\n|\n/);
  const end = { line: lines.length - 1, character: lines.at(-1)?.length ?? 0 };
  const positions = [{ line: 0, character: 0 }, { line: 0, character: Math.min(3, lines[0]?.length ?? 0) }, end];
  for (const position of positions) {
    for (const method of methods) {
      await client.request(method, 'strange.drml', {
        position,
        range: { start: { line: 0, character: 0 }, end },
        options: { tabSize: 2, insertSpaces: true },
        context: { diagnostics: [], includeDeclaration: true },
      });
    }
  }
  expect((await client.publication('strange.drml')).version).toBe(1);
  expect(await client.stop()).toBe(0);
});

test('a file that becomes unreadable does not end the server', async () => {
  const client = await LspClient.start({ files: { 'a.drml': 'service s { }\n' } });
  await client.connection.sendNotification('workspace/didChangeWatchedFiles', {
    changes: [
      { uri: client.uri('gone.drml'), type: 2 },
      { uri: 'untitled:Untitled-1', type: 2 },
    ],
  });
  writeFileSync(join(client.folder, 'b.drml'), Buffer.from([0xff, 0xfe, 0, 0]));
  await client.connection.sendNotification('workspace/didChangeWatchedFiles', {
    changes: [{ uri: client.uri('b.drml'), type: 1 }],
  });
  await client.open('a.drml', shop);
  expect((await client.diagnostics('a.drml')).length).toBeGreaterThan(0);
  expect(await client.stop()).toBe(0);
});

test('a document that was never saved is judged and shows figures', async () => {
  const client = await LspClient.start();
  const uri = 'untitled:Untitled-1';
  await client.connection.sendNotification('textDocument/didOpen', {
    textDocument: { uri, languageId: 'drml', version: 1, text: shop },
  });
  const lenses = await client.connection.sendRequest<unknown[]>('textDocument/codeLens', { textDocument: { uri } });
  expect(lenses.length).toBeGreaterThan(4);
  expect(client.published.find((one) => one.uri === uri)?.diagnostics.length).toBeGreaterThan(0);
  await client.stop();
});
