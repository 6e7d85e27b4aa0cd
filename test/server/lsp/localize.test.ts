/** The server in Chinese: the table that the client brings turns what people read, and nothing that machines compare. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CodeAction, type CodeLens, type Hover, type InlayHint, MarkupContent } from 'vscode-languageserver-protocol';
import table from '../../../l10n/messages.zh-cn.json' with { type: 'json' };
import { Translation } from '../../../language/translation/translation.js';
import { project } from '../../architecture/imports.js';
import { pipeline } from '../../golden/pipeline.js';
import { LspClient } from './lsp-client.js';

const translation = new Translation(table);
const places = (text: string): readonly string[] => [...new Set(text.match(/\{[kv]?\d+\}/g) ?? [])].sort();

describe('the table', () => {
  it.each(Object.entries(table))('%j has its places', (english, chinese) => {
    expect(places(chinese)).toEqual(places(english));
  });

  /** The messages of all fixtures: at least this share of them has every sentence in Chinese. */
  const share = 0.97;

  it(`knows ${share * 100} % of the messages of the fixtures`, async () => {
    const folders = ['test/language/rules/fixtures', 'test/language/syntax/checks/fixtures', 'test/golden/models'];
    const messages = new Set<string>();
    for (const folder of folders) {
      for (const entry of readdirSync(join(project, folder), { recursive: true, withFileTypes: true })) {
        if (!entry.isFile() || !entry.name.endsWith('.drml')) continue;
        const text = readFileSync(join(entry.parentPath, entry.name), 'utf8');
        const { diagnostics } = await pipeline({ 'model.drml': text });
        for (const { message } of diagnostics) messages.add(message);
      }
    }
    expect(messages.size).toBeGreaterThan(300);
    const unknown = [...messages].filter((message) => !translation.knows(message));
    expect(unknown.length / messages.size, unknown.join('\n')).toBeLessThan(1 - share);
  });
});

describe('a translation', () => {
  it.each([
    [
      'cache runs 1 instance: each crash, drain and release of it is an outage. Run 3.',
      'cache 只运行 1 个实例：它的每次崩溃、驱逐和发布都会造成中断。请运行 3 个。',
    ],
    ['No queue named `queue` is visible here. Did you mean `queues`?', '此处没有名为 `queue` 的队列。是否想写 `queues`？'],
    ['Something that nobody has translated. Run 3.', 'Something that nobody has translated. 请运行 3 个。'],
    ['2 errors, 1 warning', '2 个错误，1 个警告'],
    ['99.95% (4.38 h/yr)', '99.95% (4.38 h/yr)'],
    ['', ''],
  ])('of %j', (english, chinese) => expect(translation.of(english)).toBe(chinese));

  it('is taken back', () => {
    const english = 'Remove it.';
    expect(translation.english(translation.of(english))).toBe(english);
    expect(translation.english('无人写过')).toBeUndefined();
  });

  // A search that tries again for each way to read what it has read would never end.
  it.each(['a, ', '`', '. A', ' and x'])('of %j without end comes to one', (part) => {
    const text = part.repeat(20_000);
    expect(translation.of(text)).toBe(text);
  });
});

describe('the server', () => {
  const text = `model shop { }
region north { zones a, b, c }
service orders tier 0 {
  runs 1 in north
  requires payments
}
journey buy tier 0 { requires orders }
`;
  let client: LspClient;
  beforeAll(async () => {
    client = await LspClient.start({ files: { 'shop.drml': text }, initializationOptions: { messages: table } });
    await client.open('shop.drml', text);
  });
  afterAll(() => client.stop());

  it('says findings in Chinese, with the codes as they are', async () => {
    const found = await client.diagnostics('shop.drml');
    const messageOf = (code: string) => found.find((one) => one.code === code)?.message;
    expect(messageOf('DR001')).toContain('只运行 1 个实例');
    expect(found.map(({ message }) => String(message)).join('\n')).toContain('此处没有名为 `payments` 的组件');
  });

  it('says lines, hints and titles of actions in Chinese, and still finds the fix of a finding', async () => {
    const lenses = await client.request<CodeLens[]>('textDocument/codeLens', 'shop.drml');
    const resolved = await Promise.all(lenses.map((lens) => client.connection.sendRequest<CodeLens>('codeLens/resolve', lens)));
    expect(resolved.map(({ command }) => command?.title).join('\n')).toMatch(/单点故障/);
    const whole = { start: { line: 0, character: 0 }, end: { line: 7, character: 0 } };
    const hints = await client.request<InlayHint[]>('textDocument/inlayHint', 'shop.drml', { range: whole });
    expect(hints.map(({ label }) => label).join('\n')).toMatch(/分布于/);
    const hover = await client.request<Hover>('textDocument/hover', 'shop.drml', { position: { line: 6, character: 9 } });
    const shown = MarkupContent.is(hover.contents) ? hover.contents.value : '';
    expect(shown).toMatch(/^可用性 \*\*/m);
    expect(shown).toMatch(/^\| 故障 \| 保持可用 \| RTO \| RPO \|$/m);
    const diagnostics = (await client.diagnostics('shop.drml')).filter(({ message }) => String(message).includes('payments'));
    const [first] = diagnostics;
    if (first === undefined) throw new Error('the unknown name has no finding');
    const actions = await client.request<CodeAction[]>('textDocument/codeAction', 'shop.drml', {
      range: first.range,
      context: { diagnostics },
    });
    const create = actions.find(({ title }) => title === '创建服务“payments”');
    expect(create?.diagnostics?.[0]?.message).toBe(first.message);
  });
});
