import { expect, test } from 'vitest';
import { shop } from '../shop.js';
import { LspClient } from './lsp-client.js';

const parts = `region cn-north "Beijing" { mtbf 3y  mttr 4h  zones a, b, c }
region cn-south { mtbf 3y  mttr 4h  zones x, y }
service search { runs 2 in cn-north  requires orders }
`;
const main = `import "./parts.drml"\n${shop.replace(/region .*\n/g, '')}`;

/** Numbers that look random and are the same in every run. */
function generator(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state % below;
  };
}

const pieces = [
  '',
  ' ',
  '{',
  '}',
  '"',
  'orders',
  'requires ',
  'runs 2 in cn-north\n',
  '\n',
  '5m',
  ',',
  '//',
  'service s { }\n',
  'import "./x.drml"\n',
  '\u00fc',
];

/** What is said of each file, independent of versions and of the folder. */
function said(client: LspClient): Readonly<Record<string, unknown>> {
  const latest = new Map<string, unknown>();
  for (const { uri, diagnostics } of client.published) {
    latest.set(uri.slice(uri.lastIndexOf('/') + 1), JSON.parse(JSON.stringify(diagnostics).replaceAll(client.uri(''), '')));
  }
  return Object.fromEntries([...latest].filter(([, diagnostics]) => Array.isArray(diagnostics) && diagnostics.length > 0).sort());
}

async function settled(client: LspClient): Promise<void> {
  await client.connection.sendRequest('drml/health', {});
}

test.each([1, 2, 3, 4, 5, 6])('after a burst of edits (seed %i) the server says what a fresh one says', async (seed) => {
  const random = generator(seed);
  const client = await LspClient.start();
  await client.open('parts.drml', parts);
  await client.open('main.drml', main);
  for (let count = 0; count < 60; count++) {
    const path = random(3) === 0 ? 'parts.drml' : 'main.drml';
    const text = client.textOf(path);
    const start = random(text.length + 1);
    const end = Math.min(text.length, start + (random(2) === 0 ? 0 : random(12)));
    await client.edit(path, start, end, pieces[random(pieces.length)] ?? '');
    // Requests in between flush the changes and meet a server that is at work.
    if (random(5) === 0) void client.request('textDocument/documentSymbol', path).catch(() => undefined);
    if (random(8) === 0) await new Promise((resolve) => setTimeout(resolve, random(90)));
  }
  await settled(client);
  const fresh = await LspClient.start();
  await fresh.open('parts.drml', client.textOf('parts.drml'));
  await fresh.open('main.drml', client.textOf('main.drml'));
  await settled(fresh);
  expect(said(client)).toEqual(said(fresh));

  // And back to the good text: nothing of the damage stays.
  await client.edit('parts.drml', 0, client.textOf('parts.drml').length, parts);
  await client.edit('main.drml', 0, client.textOf('main.drml').length, main);
  await settled(client);
  await fresh.edit('parts.drml', 0, fresh.textOf('parts.drml').length, parts);
  await settled(fresh);
  await fresh.edit('main.drml', 0, fresh.textOf('main.drml').length, main);
  await settled(fresh);
  expect(said(client)).toEqual(said(fresh));
  await client.stop();
  await fresh.stop();
});

test('a burst of typing is built once', async () => {
  const client = await LspClient.start();
  await client.open('main.drml', 'service s { }\n');
  await client.publication('main.drml');
  const before = client.published.length;
  for (let count = 0; count < 20; count++) await client.edit('main.drml', 0, 0, '/');
  await settled(client);
  expect(client.published.length - before).toBeLessThanOrEqual(3);
  expect(client.published.at(-1)?.version).toBe(21);
  await client.stop();
});
