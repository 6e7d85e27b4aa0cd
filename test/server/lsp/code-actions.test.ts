import { afterAll, beforeAll, expect, test } from 'vitest';
import type { CodeAction, Diagnostic, TextEdit } from 'vscode-languageserver-protocol';
import { shop } from '../shop.js';
import { LspClient, marked } from './lsp-client.js';

let client: LspClient;
beforeAll(async () => {
  client = await LspClient.start();
});
afterAll(async () => {
  await client.stop();
});

let files = 0;

/** Quick fixes at the cursor of a text, and the file they are for. */
async function actionsAt(fixture: string): Promise<{ readonly path: string; readonly actions: readonly CodeAction[] }> {
  files++;
  const path = `file-${files}.drml`;
  const { text, position } = marked(fixture);
  await client.open(path, text);
  const diagnostics = (await client.diagnostics(path)).filter(({ range }) => range.start.line === position.line);
  const actions = await client.request<CodeAction[]>('textDocument/codeAction', path, {
    range: { start: position, end: position },
    context: { diagnostics, only: ['quickfix'] },
  });
  return { path, actions };
}

/** Applies an action and gives the problems of the file afterwards. */
async function problemsAfter(path: string, action: CodeAction): Promise<readonly Diagnostic[]> {
  const edits = action.edit?.changes?.[client.uri(path)] ?? [];
  const offset = (at: TextEdit['range']['start']): number =>
    client
      .textOf(path)
      .split('\n')
      .slice(0, at.line)
      .reduce((sum, line) => sum + line.length + 1, at.character);
  const inOrder = edits
    .map(({ range, newText }) => ({ start: offset(range.start), end: offset(range.end), newText }))
    .sort((a, b) => b.start - a.start);
  for (const { start, end, newText } of inOrder) await client.edit(path, start, end, newText);
  return client.diagnostics(path);
}

test('the fix of a finding clears it', async () => {
  const { path, actions } = await actionsAt(shop.replace('runs 1 in cn-north', 'r<|>uns 1 in cn-north'));
  const before = await client.diagnostics(path);
  const about = (one: Diagnostic): boolean => one.code === 'DR001' && String(one.message).startsWith('orders ');
  expect(before.filter(about)).toHaveLength(1);
  const fix = actions.find(
    ({ diagnostics, title }) => diagnostics?.some(({ code }) => code === 'DR001') === true && !/accept/i.test(title),
  );
  expect(fix?.kind).toBe('quickfix');
  if (fix === undefined) return;
  expect((await problemsAfter(path, fix)).filter(about)).toEqual([]);
});

test('a name that was mistyped is corrected', async () => {
  const { path, actions } = await actionsAt('region r { }\nservice orders { runs 2 in r }\njourney j { requires o<|>rdres }\n');
  const fix = actions.find(({ title }) => title === 'Change to "orders"');
  expect(fix?.isPreferred).toBe(true);
  if (fix === undefined) return;
  await problemsAfter(path, fix);
  expect(client.textOf(path)).toContain('requires orders }');
});

test.each([
  ['a service', 'journey j { requires pay<|>ments }\n', 'Create service "payments"'],
  ['a region', 'service s { runs 2 in eu-<|>west }\n', 'Create region "eu-west"'],
  ['a bucket', 'database d { backup b { full every 1d  copies to va<|>ult } }\n', 'Create bucket "vault"'],
  ['a queue', 'service s { publishes to even<|>ts }\n', 'Create queue "events"'],
  ['a policy', 'service s { follows go<|>ld }\n', 'Create policy "gold"'],
])('%s that is missing can be created, and the name then resolves', async (_what, fixture, title) => {
  const { path, actions } = await actionsAt(fixture);
  const fix = actions.find((action) => action.title === title);
  expect(actions.map((action) => action.title)).toContain(title);
  if (fix === undefined) return;
  const name = /"(.*)"/.exec(title)?.[1] ?? '';
  const after = await problemsAfter(path, fix);
  expect(after.filter(({ code, message }) => code === undefined && String(message).includes(name))).toEqual([]);
});

test('where nothing is wrong nothing is offered', async () => {
  expect((await actionsAt('region r { zones <|>a, b }\n')).actions).toEqual([]);
});
