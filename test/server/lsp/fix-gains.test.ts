import { afterAll, beforeAll, expect, test } from 'vitest';
import { type CodeAction, CodeActionTriggerKind } from 'vscode-languageserver-protocol';
import table from '../../../l10n/messages.zh-cn.json' with { type: 'json' };
import { LspClient, marked } from './lsp-client.js';

let client: LspClient;
beforeAll(async () => {
  client = await LspClient.start();
});
afterAll(async () => {
  await client.stop();
});

let files = 0;

async function titlesAt(fixture: string, triggerKind: CodeActionTriggerKind, asked = client): Promise<readonly string[]> {
  files++;
  const path = `file-${files}.drml`;
  const { text, position } = marked(fixture);
  await asked.open(path, text);
  const diagnostics = (await asked.diagnostics(path)).filter(({ range }) => range.start.line === position.line);
  const actions = await asked.request<CodeAction[]>('textDocument/codeAction', path, {
    range: { start: position, end: position },
    context: { diagnostics, only: ['quickfix'], triggerKind },
  });
  return actions.map(({ title }) => title);
}

/** Down 1 h of 100 h; three such instances that fail apart from each other: one in a million. */
const orders = `region north { zones a, b, c }

service orders tier 1 {
  r<|>uns 1 in north.a
  mtbf 99h  mttr 1h
  common cause 0%
}

journey place-order tier 0 {
  requires orders
}
journey look-back tier 2 {
  requires orders
}
`;

test('whoever asks sees what a fix gains for the strictest journey, best first and accepted risks last', async () => {
  const titles = await titlesAt(orders, CodeActionTriggerKind.Invoked);
  const gains = titles.flatMap((title) => / 99% \u2192 ([\d.]+)%$/.exec(title)?.[1] ?? []).map(Number);
  expect(titles[0]).toMatch(/: place-order 99% \u2192 99\.9999%$/);
  expect(gains).toEqual([...gains].sort((a, b) => b - a));
  expect(titles.at(-1)).toMatch(/^Accept /);
});

test('the light bulb waits for no figures', async () => {
  const titles = await titlesAt(orders, CodeActionTriggerKind.Automatic);
  expect(titles.length).toBeGreaterThan(0);
  expect(titles.filter((title) => title.includes('\u2192'))).toEqual([]);
});

test('what gains nothing says nothing', async () => {
  const titles = await titlesAt(orders.replace('mtbf 99h  mttr 1h', 'unavailability 0'), CodeActionTriggerKind.Invoked);
  expect(titles.length).toBeGreaterThan(0);
  expect(titles.filter((title) => title.includes('\u2192'))).toEqual([]);
});

test('a model is tried out up to three hundred components', async () => {
  const more = (count: number): string => Array.from({ length: count }, (_, index) => `external e${index} { }\n`).join('');
  const says = async (count: number) =>
    (await titlesAt(orders + more(count), CodeActionTriggerKind.Invoked)).some((title) => title.includes('\u2192'));
  expect(await says(299)).toBe(true);
  expect(await says(300)).toBe(false);
});

test('what is gained stands behind a translated title', async () => {
  const chinese = await LspClient.start({ initializationOptions: { messages: table } });
  try {
    const [title] = await titlesAt(orders, CodeActionTriggerKind.Invoked, chinese);
    expect(title).toMatch(/^\p{Script=Han}.*: place-order 99% \u2192 99\.9999%$/u);
  } finally {
    await chinese.stop();
  }
});
