import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CompletionItem, CompletionList, TextEdit } from 'vscode-languageserver-protocol';
import { LspClient, marked } from './lsp-client.js';

const files = {
  'sites.drml': 'region north { zones a, b }\n',
  'shared/platform.drml':
    '/** Books payments. */\nservice payments "Payments" tier 0 { }\ndatabase ledger { }\nqueue audits { }\n',
  'team/stock.drml': 'service stock { }\n',
  'other-model.drml': 'model other { }\nservice foreign { }\n',
  'clash.drml': 'region north { zones z }\nservice clashing { }\n',
};

let client: LspClient;
beforeAll(async () => {
  const completionItem = { labelDetailsSupport: true };
  client = await LspClient.start({ files, capabilities: { textDocument: { completion: { completionItem } } } });
});
afterAll(async () => {
  await client.stop();
});

let opened = 0;
async function completed(
  fixture: string,
  folder = '',
): Promise<{ readonly items: readonly CompletionItem[]; readonly text: string }> {
  opened++;
  const path = `${folder}open-${opened}.drml`;
  const { items } = await client.ask<CompletionList>('textDocument/completion', path, fixture);
  const sorted = [...items].sort((a, b) => ((a.sortText ?? '') < (b.sortText ?? '') ? -1 : 1));
  return {
    items: sorted.filter(({ additionalTextEdits, label }) => additionalTextEdits !== undefined || !/ /.test(label)),
    text: marked(fixture).text,
  };
}

function applied(text: string, edits: readonly TextEdit[]): string {
  const lines = text.split('\n');
  const offset = ({ line, character }: TextEdit['range']['start']): number =>
    lines.slice(0, line).reduce((sum, one) => sum + one.length + 1, 0) + character;
  return [...edits]
    .sort((a, b) => offset(b.range.start) - offset(a.range.start))
    .reduce((done, { range, newText }) => done.slice(0, offset(range.start)) + newText + done.slice(offset(range.end)), text);
}

describe('names of files that are not imported', () => {
  test('come after those that are visible, and say where they are from', async () => {
    const { items } = await completed('import "./sites.drml"\n\nservice own { }\nservice s {\n  requires <|>\n}\n');
    const byLabel = new Map(items.map((item, index) => [item.label, { item, index }]));
    expect(byLabel.get('payments')?.item).toMatchObject({
      detail: 'service \u00b7 tier 0 \u00b7 Payments \u00b7 adds import "./shared/platform.drml"',
      labelDetails: { description: './shared/platform.drml' },
    });
    expect(byLabel.get('own')?.index).toBeLessThan(byLabel.get('payments')?.index ?? -1);
  });

  test('are of the fitting kind only', async () => {
    const { items } = await completed('import "./sites.drml"\n\nservice s {\n  publishes to <|>\n}\n');
    expect(items.map(({ label }) => label)).toEqual(['audits']);
  });

  test('are left out where their file belongs to another model', async () => {
    const { items } = await completed('import "./sites.drml"\n\nservice s {\n  requires <|>\n}\n');
    const labels = items.map(({ label }) => label);
    expect(labels).toContain('stock');
    expect(labels).not.toContain('foreign');
    expect(labels).not.toContain('clashing');
  });

  test.each([
    [
      'after the imports that sort before it',
      '// Head.\n\nimport "./a.drml"\nimport "./sites.drml"\n\nservice s {\n  requires pay<|>\n}\n',
      '// Head.\n\nimport "./a.drml"\nimport "./shared/platform.drml"\nimport "./sites.drml"\n\nservice s {\n  requires pay\n}\n',
    ],
    [
      'behind the comment of the import before it',
      'import "./a.drml" // first\n\nservice s {\n  requires pay<|>\n}\n',
      'import "./a.drml" // first\nimport "./shared/platform.drml"\n\nservice s {\n  requires pay\n}\n',
    ],
    [
      'above the first declaration and its comment',
      '// Head.\n\n/** Takes orders. */\nservice s {\n  requires pay<|>\n}\n',
      '// Head.\n\nimport "./shared/platform.drml"\n\n/** Takes orders. */\nservice s {\n  requires pay\n}\n',
    ],
    [
      'at the top of a file',
      'service s {\n  requires pay<|>\n}\n',
      'import "./shared/platform.drml"\n\nservice s {\n  requires pay\n}\n',
    ],
  ])('are imported %s', async (_what, fixture, expected) => {
    const { items, text } = await completed(fixture);
    const item = items.find(({ label }) => label === 'payments');
    expect(applied(text, item?.additionalTextEdits ?? [])).toBe(expected);
  });

  test('are imported by the way from this file to that one', async () => {
    const { items } = await completed('service s {\n  requires pay<|>\n}\n', 'team/');
    const item = items.find(({ label }) => label === 'payments');
    expect(item?.additionalTextEdits?.[0]?.newText).toBe('import "../shared/platform.drml"\n\n');
  });
});

describe('paths', () => {
  test('are those of the workspace, near ones first, without this file and what it imports', async () => {
    const { items } = await completed('import "./sites.drml"\nimport "<|>"\n', 'team/');
    const labels = items.map(({ label }) => label).filter((label) => !label.includes('open-'));
    expect(labels.slice(0, 2)).toEqual(['./stock.drml', '../clash.drml']);
    expect(labels).toContain('../shared/platform.drml');
  });

  test('leave out what is imported already', async () => {
    const { items } = await completed('import "./sites.drml"\nimport "<|>"\n');
    const labels = items.map(({ label }) => label);
    expect(labels).toContain('./shared/platform.drml');
    expect(labels).not.toContain('./sites.drml');
  });

  test('are quoted where no quote stands yet', async () => {
    const { items } = await completed('import <|>\n');
    expect(items.map(({ label }) => label)).toContain('"./sites.drml"');
  });

  test('replace what is typed of them', async () => {
    const { items } = await completed('import "./si<|>tes"\n');
    const item = items.find(({ label }) => label === './sites.drml');
    expect(item?.textEdit).toEqual({
      newText: './sites.drml',
      range: { start: { line: 0, character: 8 }, end: { line: 0, character: 15 } },
    });
  });
});
