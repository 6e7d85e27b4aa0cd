/** The formatter over stdio: document, range, and while typing. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { FormattingOptions, Hover, Position, TextEdit } from 'vscode-languageserver-protocol';
import { LspClient, marked } from './lsp-client.js';

let client: LspClient;
beforeAll(async () => {
  client = await LspClient.start();
});
afterAll(async () => {
  await client.stop();
});

const spaces: FormattingOptions = { tabSize: 2, insertSpaces: true };
let files = 0;

async function edited(method: string, text: string, more: object, options = spaces): Promise<string> {
  files++;
  const path = `format-${files}.drml`;
  await client.open(path, text);
  const edits = await client.request<TextEdit[] | null>(`textDocument/${method}`, path, { options, ...more });
  const offset = ({ line, character }: Position): number =>
    text.split('\n', line).reduce((sum, one) => sum + one.length + 1, 0) + character;
  return [...(edits ?? [])]
    .sort((a, b) => offset(b.range.start) - offset(a.range.start))
    .reduce((all, { range, newText }) => all.slice(0, offset(range.start)) + newText + all.slice(offset(range.end)), text);
}

function typed(ch: string, fixture: string, options = spaces): Promise<string> {
  const { text, position } = marked(fixture);
  return edited('onTypeFormatting', text, { ch, position }, options);
}

test('the server says what it lays out', () => {
  expect(client.initialized?.capabilities).toMatchObject({
    documentFormattingProvider: true,
    documentRangeFormattingProvider: true,
    documentOnTypeFormattingProvider: { firstTriggerCharacter: '}', moreTriggerCharacter: ['\n'] },
  });
});

test('long lines are wrapped', async () => {
  const names = Array.from({ length: 10 }, (_, index) => `service-number-${index}`);
  const text = await edited('formatting', `journey buy { requires ${names.join(', ')} }\n`, {});
  expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(110);
  expect(text.split('\n').length).toBe(5);
});

test('the indentation of the client is used', async () => {
  const text = 'service s {\n  cpu 1\n  failover {\n    detect 3s\n  }\n}\n';
  expect(await edited('formatting', text, {}, { tabSize: 4, insertSpaces: false })).toBe(
    'service s {\n\tcpu 1\n\tfailover {\n\t\tdetect 3s\n\t}\n}\n',
  );
  expect(await edited('formatting', text, {}, { tabSize: 4, insertSpaces: true })).toBe(text.replaceAll('  ', '    '));
});

test('a range is its whole statements', async () => {
  const text = 'service s {\n     cpu   1\n     memory   1GiB\n     grace   3s\n}\n';
  const range = { start: { line: 2, character: 9 }, end: { line: 2, character: 10 } };
  expect(await edited('rangeFormatting', text, { range })).toBe(text.replace('     memory   1GiB', '  memory 1GiB'));
});

test('a typed brace indents the block it closes, and nothing else', async () => {
  expect(await typed('}', 'service a {\n      cpu   1\n}\nservice s {\ncpu   1\nfailover {\n detect 3s\n}\n   }<|>\n')).toBe(
    'service a {\n      cpu   1\n}\nservice s {\n  cpu   1\n  failover {\n    detect 3s\n  }\n}\n',
  );
});

test('a new line indents the one that was left, in a file with slips too', async () => {
  expect(await typed('\n', 'service {\nservice s {\ncpu 1\n<|>\n', { tabSize: 4, insertSpaces: false })).toBe(
    'service {\nservice s {\n\tcpu 1\n\n',
  );
});

test('what was typed just now is laid out too, with what stands behind it', async () => {
  const text = 'service a {\n  cpu 1\n}\nservice b { cpu   2 }\n';
  await client.open('typed.drml', text);
  await client.diagnostics('typed.drml');
  const at = text.indexOf('1') + 1;
  await client.edit('typed.drml', at, at, '\n     memory   1GiB // why');
  const edits = await client.request<TextEdit[]>('textDocument/formatting', 'typed.drml', { options: spaces });
  const lines = client.textOf('typed.drml').split('\n');
  const touched = edits.map(({ range }) => lines[range.end.line]?.trim());
  expect(touched).toContain('memory   1GiB // why');
  expect(touched).toContain('service b { cpu   2 }');
  const hover = await client.request<Hover | null>('textDocument/hover', 'typed.drml', { position: { line: 2, character: 6 } });
  expect(hover?.contents).toMatchObject({ value: expect.stringContaining('**memory**') });
});
