import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Hover } from 'vscode-languageserver-protocol';
import { shop } from '../shop.js';
import { LspClient } from './lsp-client.js';

let client: LspClient;
beforeAll(async () => {
  client = await LspClient.start();
});
afterAll(async () => {
  await client.stop();
});

let files = 0;
async function hover(fixture: string): Promise<string> {
  files++;
  const answer = await client.ask<Hover | null>('textDocument/hover', `file-${files}.drml`, fixture);
  const contents = answer?.contents;
  return typeof contents === 'object' && 'value' in contents ? contents.value : '';
}

/** The model with the cursor after the first `before` characters of a text in it. */
function at(text: string, before = 1): string {
  expect(shop).toContain(text);
  return shop.replace(text, `${text.slice(0, before)}<|>${text.slice(before)}`);
}

const keywords: readonly (readonly [at: string, says: string])[] = [
  ['mtbf 30d', '**mtbf**'],
  ['runs 1', '**runs**'],
  ['promote 60s', '**promote**'],
  ['region-loss {', 'Any one region is lost'],
  ['timeout 200ms', '**timeout**'],
  ['engine postgres', '**engine**'],
];

test.each(keywords)('the keyword at "%s" is explained from the key table', async (text, says) => {
  const value = await hover(at(text));
  expect(value).toContain(says);
  expect(value).toContain('```drml');
});

test('a component tells its figures, breakdown, single points, recovery and assumptions', async () => {
  const value = await hover(at('orders "Orders"'));
  expect(value).toContain('**orders** \u00b7 service \u00b7 tier 0 \u2014 Orders');
  expect(value).toContain('Takes orders.');
  expect(value).toMatch(/Availability \*\*99\.\d+% \([\d.]+ (?:min|h)\/yr\)\*\*/);
  expect(value).toContain('target 99.95%');
  expect(value).toMatch(/requires orders-db 99\.\d+%/);
  expect(value).toMatch(/Single points of failure: \d/);
  expect(value).toMatch(/\| region-loss \(cn-north\) \| no \| never/);
  expect(value).toContain('Assumed:');
});

test('a use of a name tells the same as its declaration', async () => {
  expect(await hover(at('requires orders-db', 12))).toContain('**orders-db** \u00b7 database');
});

test('a region tells what is down without it', async () => {
  const value = await hover(at('cn-north "Beijing"'));
  expect(value).toContain('Without **cn-north**, these 3 are down: backup, orders, place-order.');
});

test('a title cannot smuggle markup into a hover', async () => {
  const value = await hover('service <|>s "<img src=x onerror=alert(1)> [a](command:b) | `c`" { }\n');
  expect(value).not.toMatch(/(^|[^\\])<img/);
  expect(value).toContain('\\<img');
  expect(value).not.toMatch(/(^|[^\\])\[a/);
});
