import { afterAll, beforeAll, expect, test } from 'vitest';
import type { CodeLens, InlayHint } from 'vscode-languageserver-protocol';
import { shop } from '../shop.js';
import { LspClient } from './lsp-client.js';

let client: LspClient;
beforeAll(async () => {
  client = await LspClient.start();
  await client.open('shop.drml', shop);
});
afterAll(async () => {
  await client.stop();
});

/** The hints of lines, each as `the text before it‹hint›`. */
async function hints(path: string, first: number, last: number): Promise<readonly string[]> {
  const range = { start: { line: first, character: 0 }, end: { line: last, character: 0 } };
  const lines = client.textOf(path).split('\n');
  const answer = await client.request<InlayHint[]>('textDocument/inlayHint', path, { range });
  return answer.map(({ position, label }) => {
    const text = typeof label === 'string' ? label : label.map(({ value }) => value).join('');
    return `${lines[position.line]?.slice(0, position.character).trim()}\u2039${text}\u203a`;
  });
}

/** The lines of figures of a file, resolved as an editor does for those it shows. */
async function lensesOf(path: string): Promise<readonly CodeLens[]> {
  const lenses = await client.request<CodeLens[]>('textDocument/codeLens', path);
  return Promise.all(lenses.map((lens) => client.connection.sendRequest<CodeLens>('codeLens/resolve', lens)));
}

test('availability stands behind the header, estimates behind what is promised', async () => {
  expect(await hints('shop.drml', 5, 13)).toEqual([
    expect.stringMatching(/^service orders "Orders" tier 0 \{‹99\.\d+% \([\d.]+ (?:min|h)\/yr\)›$/),
    expect.stringMatching(/^availability 99\.95%‹≈ 99\.\d+% \([\d.]+ (?:min|h)\/yr\) met›$/),
    'region-loss { rto 15m‹≈ never missed›',
    'region-loss { rto 15m rpo 1m‹≈ 5 s met›',
  ]);
});

test('only the asked lines are answered', async () => {
  expect(await hints('shop.drml', 0, 3)).toEqual([]);
});

test('every component and journey has a line of figures that opens the picture', async () => {
  const lenses = await lensesOf('shop.drml');
  expect(lenses.map(({ command }) => command?.command)).toEqual(Array(5).fill('drml.openPreview'));
  expect(lenses[0]?.command?.title).toMatch(
    /^99\.\d+% \([\d.]+ (?:min|h)\/yr\) \u00b7 3 single points \u00b7 region-loss RTO never$/,
  );
});

test('a file of two models names the model on each line', async () => {
  await client.open('parts.drml', 'region r { zones a, b }\nservice part { runs 2 in r }\n');
  await client.open('one.drml', 'import "./parts.drml"\nmodel one { }\n');
  await client.open('two.drml', 'import "./parts.drml"\nmodel two { }\n');
  const lenses = await lensesOf('parts.drml');
  expect(lenses.map(({ command }) => command?.title.split(':')[0])).toEqual(['one', 'two']);
});

test('figures follow an edit at once', async () => {
  await client.open('edited.drml', 'region r { zones a, b }\nservice s { runs 1 in r }\n');
  const before = await hints('edited.drml', 0, 3);
  const at = client.textOf('edited.drml').indexOf('runs 1') + 5;
  await client.edit('edited.drml', at, at + 1, '2');
  const after = await hints('edited.drml', 0, 3);
  expect(before).toHaveLength(1);
  expect(after).toHaveLength(1);
  expect(after).not.toEqual(before);
});
