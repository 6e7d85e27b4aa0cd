import { afterAll, beforeAll, expect, test } from 'vitest';
import type { CompletionItem, CompletionList } from 'vscode-languageserver-protocol';
import { LspClient } from './lsp-client.js';

let client: LspClient;
beforeAll(async () => {
  client = await LspClient.start();
});
afterAll(async () => {
  await client.stop();
});

const names = `region cn-north { zones a, b }
region cn-south { zones x, y }
service orders { runs 1 in cn-north }
database db { runs 2 in cn-north }
queue events in cn-north { }
bucket vault in cn-south { }
policy gold { mtbf 30d }
journey buy { requires orders }
`;

let files = 0;
async function completed(fixture: string): Promise<readonly CompletionItem[]> {
  files++;
  const answer = await client.ask<CompletionList>('textDocument/completion', `file-${files}.drml`, names + fixture);
  return [...answer.items].sort((a, b) => order(a).localeCompare(order(b)));
}

function order(item: CompletionItem): string {
  return `${item.sortText ?? ''} ${item.label}`;
}

const exact: readonly (readonly [what: string, fixture: string, labels: readonly string[]])[] = [
  ['regions after runs … in', 'service s {\n  runs 1 in <|>\n}', ['cn-north', 'cn-south']],
  ['the zones of the region after a dot', 'service s {\n  runs 1 in cn-south.<|>\n}', ['x', 'y']],
  ['the zones of the region after zones', 'service s {\n  runs 1 in cn-south zones <|>\n}', ['x', 'y']],
  [
    'roles as whole phrases',
    'service s {\n  runs 1 in cn-south as <|>\n}',
    ['active', 'cold standby', 'hot standby', 'pilot light', 'warm standby', 'witness'],
  ],
  ['components, not the owner and no journey', 'service s {\n  requires <|>\n}', ['any of', 'db', 'events', 'orders', 'vault']],
  ['journeys for a journey', 'journey j {\n  requires <|>\n}', ['any of', 'buy', 'db', 'events', 'orders', 'vault']],
  ['queues to publish to', 'service s {\n  publishes to <|>\n}', ['any of', 'events']],
  ['buckets for copies', 'database s {\n  backup n { copies to <|> }\n}', ['vault']],
  ['journeys after for', 'service s {\n  requires orders for <|>\n}', ['buy']],
  ['policies', 'service s {\n  follows <|>\n}', ['gold']],
  ['units of time', 'service s {\n  mtbf 30<|>\n}', ['30d', '30h', '30m', '30ms', '30s', '30w', '30y']],
  ['units that go on with what is typed', 'service s {\n  mtbf 30m<|>\n}', ['30m', '30ms']],
  ['the unit of requests', 'service s {\n  load 900<|>\n}', ['900rps']],
  [
    'units of time inside a statement',
    'database s {\n  backup n { full every 1d takes 4<|> }\n}',
    ['4d', '4h', '4m', '4ms', '4s', '4w', '4y'],
  ],
  ['percent for a probability', 'service s {\n  availability 99.9<|>\n}', ['99.9%']],
  ['words of a key that are not yet there', 'service s {\n  provides dns, dis<|>\n}', ['discovery']],
  ['who decides', 'service s {\n  failover { decide <|> }\n}', ['automatic', 'manual']],
  ['nothing in a text', 'service s {\n  image "a<|>"\n}', []],
  ['nothing in a comment', 'service s {\n  // r<|>\n}', []],
];

test.each(exact)('offers %s', async (_what, fixture, labels) => {
  expect((await completed(fixture)).map(({ label }) => label).sort()).toEqual([...labels].sort());
});

test('offers what may stand in the block, and nothing else', async () => {
  const inService = (await completed('service s {\n  <|>\n}')).map(({ label }) => label);
  expect(inService).toEqual(
    expect.arrayContaining(['runs', 'requires', 'publishes to', 'consumes from', 'common cause', 'objective']),
  );
  for (const elsewhere of ['locked', 'routes', 'zones', 'rtt', 'mesh', 'expect']) expect(inService).not.toContain(elsewhere);
  const inRegion = (await completed('region q {\n  <|>\n}')).map(({ label }) => label);
  expect(inRegion).toEqual(expect.arrayContaining(['zones', 'zone', 'provider', 'mtbf']));
  expect(inRegion).not.toContain('runs');
});

test('explains a statement by its entry in the key table', async () => {
  const item = (await completed('service s {\n  commo<|>\n}')).find(({ label }) => label === 'common cause');
  expect(JSON.stringify(item?.documentation)).toContain('common cause 5%');
});

test('puts statements that are already there last', async () => {
  const labels = (await completed('service s {\n  mtbf 1d\n  m<|>\n}'))
    .filter(({ label }) => ['mtbf', 'mttr', 'memory'].includes(label))
    .map(({ label }) => label);
  expect(labels).toEqual(['memory', 'mttr', 'mtbf']);
});

test('offers blocks with tab stops', async () => {
  const items = await completed('<|>');
  const service = items.find(({ label }) => label.startsWith('service \u2026'));
  expect(service?.insertTextFormat).toBe(2);
  expect(service?.insertText).toContain('service $' + '{1:name}');
});
