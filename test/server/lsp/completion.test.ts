import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CompletionItem, CompletionList } from 'vscode-languageserver-protocol';
import { LspClient, marked } from './lsp-client.js';

let client: LspClient;
let plain: LspClient;
beforeAll(async () => {
  const completionItem = { snippetSupport: true, insertReplaceSupport: true, labelDetailsSupport: true };
  client = await LspClient.start({ capabilities: { textDocument: { completion: { completionItem } } } });
  plain = await LspClient.start();
});
afterAll(async () => {
  await client.stop();
  await plain.stop();
});

const names = `region cn-north { provider aliyun  account prod  jurisdiction cn  zone a "First" { building "BJ-1" } zone b { } }
region cn-south { provider aliyun  zones x, y }
service orders "Orders" tier 0 { runs 1 in cn-north  owner "team-orders" }
database db tier 1 { engine postgres "16"  runs 2 in cn-north }
queue events in cn-north { }
cache hot { runs 1 in cn-north }
bucket vault in cn-south { }
external bank { availability 99.9% }
policy gold { mtbf 30d }
journey buy { requires orders }
scenario north-lost { fails cn-north }
`;

let files = 0;
/** The items in the order an editor shows them. */
async function completed(fixture: string, more: object = {}, at: LspClient = client): Promise<readonly CompletionItem[]> {
  files++;
  const answer = await at.ask<CompletionList>('textDocument/completion', `file-${files}.drml`, names + fixture, more);
  return [...answer.items].sort((a, b) => (order(a) < order(b) ? -1 : 1));
}

function order(item: CompletionItem): string {
  return `${item.sortText ?? ''} ${item.label}`;
}

async function labels(fixture: string, more: object = {}): Promise<readonly string[]> {
  return (await completed(fixture, more)).map(({ label }) => label);
}

type Case = readonly [what: string, fixture: string, labels: readonly string[]];

const nameCases: readonly Case[] = [
  ['regions after runs … in', 'service s {\n  runs 1 in <|>\n}', ['cn-north', 'cn-south']],
  ['regions where nothing runs yet first', 'service s {\n  runs 1 in cn-north\n  runs 1 in <|>\n}', ['cn-south', 'cn-north']],
  ['regions although the count is missing', 'service s {\n  runs in <|>\n}', ['cn-north', 'cn-south']],
  ['the zones of the region after a dot', 'service s {\n  runs 1 in cn-south.<|>\n}', ['x', 'y']],
  ['the zones of the region after zones', 'service s {\n  runs 1 in cn-south zones <|>\n}', ['x', 'y']],
  ['zones that are not yet in the list', 'service s {\n  runs 1 in cn-south zones y, <|>\n}', ['x']],
  ['the zones of what fails', 'scenario q { fails cn-north.<|> }', ['a', 'b']],
  ['the other end of a link', 'link cn-north <-> <|>', ['cn-south']],
  [
    'the standby as the goal of copies',
    'database s {\n  runs 1 in cn-north\n  runs 1 in cn-south as hot standby\n  replicates async to <|>\n}',
    ['cn-south', 'cn-north'],
  ],
  [
    'components, the owner and journeys left out',
    'service s {\n  requires <|>\n}',
    ['orders', 'db', 'hot', 'events', 'bank', 'vault', 'any of'],
  ],
  [
    'components that are required already last',
    'service s {\n  requires orders, db\n  requires <|>\n}',
    ['hot', 'events', 'bank', 'vault', 'any of', 'orders', 'db'],
  ],
  ['components that are not yet in the list', 'service s {\n  requires orders, db, <|>\n}', ['hot', 'events', 'bank', 'vault']],
  [
    'journeys for a journey',
    'journey j {\n  requires <|>\n}',
    ['buy', 'orders', 'db', 'hot', 'events', 'bank', 'vault', 'any of'],
  ],
  ['queues to publish to', 'service s {\n  publishes to <|>\n}', ['events', 'any of']],
  ['queues to consume from', 'service s {\n  consumes from <|>\n}', ['events', 'any of']],
  ['queues for dead letters', 'queue q {\n  dead letters to <|>\n}', ['events']],
  ['buckets for copies', 'database s {\n  backup n { copies to <|> }\n}', ['vault']],
  ['stores to rebuild from', 'cache s {\n  rebuilds from <|>\n}', ['db', 'vault', 'events', 'hot']],
  ['journeys after for', 'service s {\n  requires orders for <|>\n}', ['buy']],
  ['policies', 'service s {\n  follows <|>\n}', ['gold']],
  ['scenarios after drill', 'drill <|>', ['north-lost']],
  [
    'journeys first where something is expected',
    'scenario q {\n  expect <|>\n}',
    ['buy', 'orders', 'db', 'hot', 'events', 'vault', 'bank'],
  ],
  ['who answers a path', 'gateway g {\n  routes "/" to <|>\n}', ['orders', 'bank', 'vault']],
];

const valueCases: readonly Case[] = [
  [
    'roles as whole phrases',
    'service s {\n  runs 1 in cn-south as <|>\n}',
    ['active', 'witness', 'hot standby', 'warm standby', 'cold standby', 'pilot light'],
  ],
  ['units of time', 'service s {\n  mtbf 30<|>\n}', ['30s', '30m', '30h', '30d', '30ms', '30w', '30y']],
  ['units that go on with what is typed', 'service s {\n  mtbf 30m<|>\n}', ['30m', '30ms']],
  ['the unit of requests', 'service s {\n  load 900<|>\n}', ['900rps']],
  [
    'units of time inside a statement',
    'database s {\n  backup n { full every 1d takes 4<|> }\n}',
    ['4s', '4m', '4h', '4d', '4ms', '4w', '4y'],
  ],
  ['percent for a probability', 'service s {\n  availability 99.9<|>\n}', ['99.9%']],
  ['percent for a bound', 'scenario q { expect buy availability >= 99<|> }', ['99%']],
  ['units of a quota', 'region q { quota memory 8<|> }', ['8GiB', '8MiB', '8KiB', '8TiB', '8GB', '8MB']],
  ['no unit for a count', 'service s {\n  runs 3<|>\n}', []],
  ['typical values', 'service s {\n  failover { detect <|> }\n}', ['30s', '10s', '1m']],
  ['typical times of day', 'database s { backup n { full every 1d at <|> } }', ['02:00', '03:00']],
  ['tiers', 'service s tier <|>', ['0', '1', '2', '3']],
  ['words of a key that are not yet there', 'region r {\n  mirrors images, secrets, <|>\n}', ['config', 'certificates', 'crds']],
  ['who decides', 'service s {\n  failover { decide <|> }\n}', ['automatic', 'manual']],
  ['providers that are used', 'region r { provider <|> }', ['aliyun']],
  ['accounts that are used', 'scenario q { fails account <|> }', ['prod']],
  ['jurisdictions for residency', 'database s { residency <|> }', ['cn']],
  ['owners that are used', 'service s { owner <|> }', ['team-orders']],
  ['owners inside a text', 'service s { owner "<|>" }', ['team-orders']],
  ['engines of the kind, used ones first', 'queue q { engine <|> }', ['postgres', 'kafka', 'rabbitmq', 'nats', 'pulsar']],
  ['versions of the engine', 'database s { engine postgres "<|>" }', ['16', '17']],
  [
    'causes, quoted where they are no names',
    'service s { requires orders { retries 1 on <|> } }',
    [
      'connect-failure',
      'refused-stream',
      'unavailable',
      'cancelled',
      'reset',
      'gateway-error',
      '"5xx"',
      'retriable-4xx',
      'deadline-exceeded',
      'resource-exhausted',
      'internal',
      'envoy-ratelimited',
    ],
  ],
  ['comparisons', 'scenario q { expect buy rto <|> }', ['<=', '>=', '<', '>']],
  ['the arrow of a link', 'link cn-north <|>', ['<->']],
  [
    'kinds after defaults',
    'defaults da<|> { }',
    ['service', 'gateway', 'database', 'cache', 'queue', 'bucket', 'external', 'coordinator', 'job'],
  ],
];

const nothing: readonly (readonly [what: string, fixture: string])[] = [
  ['in a text', 'service s {\n  image "a<|>"\n}'],
  ['in a line comment', 'service s {\n  // r<|>\n}'],
  ['at the end of a line comment', 'service s {\n  // runs<|>'],
  ['in a block comment', 'service s {\n  /* r<|> */\n}'],
  ['in a block comment that is open', '/* ser<|>'],
  ['where a name is made up', 'service <|>'],
  ['after a dot that belongs to a number', 'service s {\n  mtbf 3.<|>\n}'],
  ['in a block of an unknown word', 'service s {\n  replicas { <|> }\n}'],
  ['for a description of one', 'service s { image <|> }'],
];

describe('names', () => {
  test.each(nameCases)('offers %s', async (_what, fixture, expected) => {
    expect(await labels(fixture)).toEqual(expected);
  });

  test('say what they stand for', async () => {
    const [orders] = await completed('service s {\n  requires <|>\n}');
    expect(orders).toMatchObject({ label: 'orders', detail: 'service \u00b7 tier 0 \u00b7 Orders', commitCharacters: [','] });
    const [zone] = await completed('service s {\n  runs 1 in cn-north.<|>\n}');
    expect(zone).toMatchObject({ label: 'a', detail: 'zone of cn-north \u00b7 First' });
  });

  test('show their comment when somebody looks', async () => {
    const [item] = await completed('/** Keeps **money**. */\nservice ledger { }\nservice s {\n  requires l<|>\n}').then((items) =>
      items.filter(({ label }) => label === 'ledger'),
    );
    expect(item?.documentation).toBeUndefined();
    const resolved = await client.connection.sendRequest<CompletionItem>('completionItem/resolve', item);
    expect(JSON.stringify(resolved.documentation)).toContain('Keeps **money**.');
  });
});

test('of very many names those are offered that go on with what is typed', async () => {
  const many = Array.from({ length: 400 }, (_, index) => `service svc-${index} { }`).join('\n');
  const ask = async (typed: string): Promise<CompletionList> => {
    files++;
    return client.ask<CompletionList>(
      'textDocument/completion',
      `file-${files}.drml`,
      `${many}\nservice s {\n  requires ${typed}<|>\n}\n`,
    );
  };
  const all = await ask('');
  expect(all.isIncomplete).toBe(true);
  expect(all.items.length).toBeLessThan(110);
  const few = await ask('svc-39');
  expect(few.items.map(({ label }) => label)).toEqual(expect.arrayContaining(['svc-39', 'svc-390', 'svc-399']));
  expect((await ask('v399')).items.map(({ label }) => label)).toContain('svc-399');
});

describe('values', () => {
  test.each(valueCases)('offers %s', async (_what, fixture, expected) => {
    expect(await labels(fixture)).toEqual(expected);
  });

  test('say what a word means', async () => {
    const [, , hot] = await completed('service s {\n  runs 1 in cn-south as <|>\n}');
    expect(hot).toMatchObject({ label: 'hot standby' });
    expect(JSON.stringify(hot?.documentation)).toContain('take over');
  });

  test('are operators of the engine where an operator runs it', async () => {
    const [first] = await labels('queue q {\n  engine kafka\n  managed by operator <|>\n}');
    expect(first).toBe('strimzi');
  });

  test('say what a unit means', async () => {
    const items = await completed('service s {\n  mtbf 30<|>\n}');
    expect(items.slice(0, 2).map(({ detail }) => detail)).toEqual(['seconds', 'minutes']);
  });

  test('are rules after accepts, those that find something here first', async () => {
    files++;
    const path = `file-${files}.drml`;
    const { text, position } = marked(`${names}service alone tier 0 {\n  runs 1 in cn-north\n  accepts <|>\n}`);
    await client.open(path, text);
    // An acceptance that is being typed says nothing yet.
    expect((await client.diagnostics(path)).map(({ code }) => code)).not.toContain('DR098');
    const { items } = await client.request<CompletionList>('textDocument/completion', path, { position });
    const [first] = [...items].sort((a, b) => (order(a) < order(b) ? -1 : 1));
    expect(first).toMatchObject({ label: 'DR001', detail: 'Only one instance \u00b7 found here' });
    expect(items.length).toBeGreaterThan(5);
  });
});

test.each(nothing)('offers nothing %s', async (_what, fixture) => {
  expect(await labels(fixture)).toEqual([]);
});

describe('statements', () => {
  test('are those of the block, and no others', async () => {
    const inService = await labels('service s {\n  <|>\n}');
    expect(inService).toEqual(
      expect.arrayContaining(['runs', 'requires', 'publishes to', 'consumes from', 'common cause', 'recovers after']),
    );
    for (const elsewhere of ['locked', 'routes', 'zones', 'rtt', 'mesh', 'expect']) expect(inService).not.toContain(elsewhere);
    const inRegion = await labels('region q {\n  <|>\n}');
    expect(inRegion).toEqual(expect.arrayContaining(['zones', 'zone', 'provider', 'mtbf']));
    expect(inRegion).not.toContain('runs');
    const inQueue = await labels('queue q {\n  <|>\n}');
    expect(inQueue).toEqual(expect.arrayContaining(['dead letters to', 'replicates async to \u2026', 'holds']));
    const inBackup = await labels('database d {\n  backup n {\n    <|>\n  }\n}');
    expect(inBackup).toEqual(expect.arrayContaining(['copies to', 'full every', 'restores at', 'alerts on']));
    expect(inBackup).not.toContain('runs');
    expect(await labels('database d {\n  <|>\n}')).toContain('corruption found within');
  });

  test('that people write first come first', async () => {
    expect((await labels('service s {\n  <|>\n}')).slice(0, 5)).toEqual([
      'follows',
      'runs',
      'runs \u2026 in \u2026',
      'runs \u2026 in \u2026 as \u2026',
      'requires',
    ]);
  });

  test('that are already there come last, before and after the cursor', async () => {
    const shown = await labels('service s {\n  mtbf 1d\n  m<|>\n  memory 1GiB\n}');
    expect(shown.slice(-2)).toEqual(['mtbf', 'memory']);
    expect(shown.indexOf('mttr')).toBeLessThan(10);
    expect(await labels('service s {\n  failover { detect 3s }\n  objective { }\n  <|>\n}')).not.toContain(
      'objective { \u2026 }',
    );
  });

  test('are explained by the key table, and show how they are written', async () => {
    const item = (await completed('service s {\n  commo<|>\n}')).find(({ label }) => label === 'common cause');
    expect(JSON.stringify(item?.documentation)).toContain('common cause 5%');
    expect(item?.detail).toBe('common cause PERCENT');
    const runs = (await completed('service s {\n  <|>\n}')).find(({ label }) => label === 'runs');
    expect(runs?.detail).toBe('runs N in SITE [zones ZONE, \u2026] [as ROLE]');
  });

  test.each([
    ['service s {\n  replic<|>\n}', 'runs', 'for replicas'],
    ['service s {\n  depends<|>\n}', 'requires', 'for dependson'],
    ['deploym<|>', 'service', 'for deployment'],
  ])('answer to words of other tools: %s', async (fixture, label, origin) => {
    const items = await completed(fixture);
    const item = items.find(({ labelDetails }) => labelDetails?.description === origin);
    expect(item).toMatchObject({ label, filterText: origin.slice(4) });
    expect(newText(item)).toBe(label);
  });

  test('go on with what is there before the next begins', async () => {
    const shown = await labels('service s {\n  runs 1 in cn-north <|>\n}');
    expect(shown.slice(0, 2)).toEqual(['zones', 'as']);
    expect(shown).toContain('requires');
  });

  test('begin the next on a new line, and go on last', async () => {
    const shown = await labels('service s {\n  runs 1 in cn-north\n  <|>\n}');
    expect(shown.slice(0, 2)).toEqual(['follows', 'runs']);
    expect(shown.slice(-2)).toEqual(['zones', 'as']);
  });

  test('may begin on a new line although the one before is not finished', async () => {
    const shown = await labels('service s {\n  requires\n  <|>\n}');
    expect(shown.slice(0, 2)).toEqual(['orders', 'db']);
    expect(shown).toContain('mtbf');
  });

  test.each([
    ['a brace is missing above', 'service s {\n  runs 1 in cn-north\nservice t {\n  <|>\n}', 'runs'],
    ['a word is unknown', 'service s {\n  replicas 3\n  <|>\n}', 'runs'],
    ['an unknown block stands above', 'service s {\n  affinity { zone a }\n  <|>\n}', 'runs'],
    ['the block is not closed', 'database d {\n  backup n {\n    <|>', 'copies to'],
    ['a text is not closed above', 'service s {\n  image "abc\n  <|>\n}', 'runs'],
    ['a brace too many stands above', 'service s { } }\n<|>', 'service'],
    ['there is only half a word', 'serv<|>', 'service'],
  ])('are offered where %s', async (_what, fixture, label) => {
    expect(await labels(fixture)).toContain(label);
  });
});

describe('blocks', () => {
  test('come with tab stops and menus of visible names', async () => {
    const items = await completed('<|>');
    const service = items.find(({ label }) => label === 'service { \u2026 }');
    expect(service?.insertTextFormat).toBe(2);
    expect(newText(service)).toContain('service $' + '{1:name}');
    expect(newText(service)).toContain('in $' + '{4|cn-north,cn-south|}');
    for (const kind of ['database', 'queue', 'bucket', 'gateway', 'journey', 'region', 'link', 'policy', 'scenario', 'drill']) {
      expect(items.map(({ label }) => label)).toContain(`${kind} { \u2026 }`);
    }
    const inDatabase = await labels('database d {\n  <|>\n}');
    for (const block of ['failover', 'objective', 'backup', 'together']) expect(inDatabase).toContain(`${block} { \u2026 }`);
  });

  test('are plain text for editors without tab stops', async () => {
    const items = await completed('service s {\n  <|>\n}', {}, plain);
    expect(items.every(({ insertTextFormat }) => insertTextFormat === undefined)).toBe(true);
    expect(newText(items.find(({ label }) => label === 'runs \u2026 in \u2026'))).toBe('runs 3 in cn-north');
  });

  test('hold a whole model in an empty file', async () => {
    await plain.open('empty.drml', '');
    const { items } = await plain.request<CompletionList>('textDocument/completion', 'empty.drml', {
      position: { line: 0, character: 0 },
    });
    const starter = items.find(({ label }) => label.startsWith('model with'));
    await plain.open('started.drml', newText(starter));
    expect((await plain.diagnostics('started.drml')).filter(({ severity }) => severity === 1)).toEqual([]);
    expect(await labels('<|>')).not.toContain(starter?.label);
  });
});

test('a finding of the declaration can be accepted whole', async () => {
  files++;
  const path = `file-${files}.drml`;
  const { text, position } = marked(`model m { owner "team-m" }\n${names}service alone tier 0 {\n  runs 1 in cn-north\n  <|>\n}`);
  await client.open(path, text);
  await client.diagnostics(path);
  const { items } = await client.request<CompletionList>('textDocument/completion', path, { position });
  const item = items.find(({ label }) => label === 'accepts DR001 \u2026');
  expect(newText(item)).toMatch(
    /^accepts DR001 until \$\{1:\d{4}-\d\d-\d\d\} by "\$\{2:team-m\}" because "\$\{3:say here why\}"$/,
  );
});

test('follows the text while somebody types, above and below', async () => {
  files++;
  const path = `file-${files}.drml`;
  await client.open(path, `${names}service s {\n  runs 1 in cn-north\n}\nservice t {\n}\n`);
  const at = async (mark: string): Promise<readonly string[]> => {
    const text = client.textOf(path);
    const { position } = marked(text.replace(mark, `${mark}<|>`));
    const { items } = await client.request<CompletionList>('textDocument/completion', path, { position });
    return items.map(({ label }) => label);
  };
  const type = async (after: string, added: string): Promise<void> => {
    const offset = client.textOf(path).indexOf(after) + after.length;
    for (const [index, letter] of [...added].entries()) await client.edit(path, offset + index, offset + index, letter);
  };
  await type('service t {\n', '  runs 1 in cn-south.');
  expect(await at('runs 1 in cn-south.')).toEqual(['x', 'y']);
  await type('region cn-south { provider aliyun  zones x, y', ', z');
  expect(await at('runs 1 in cn-south.')).toEqual(['x', 'y', 'z']);
  await client.edit(path, 0, 0, '// A head.\n\nservice above { }\n');
  expect(await at('runs 1 in cn-south.')).toEqual(['x', 'y', 'z']);
  await type('service s {\n', '  requires ab');
  expect(await at('requires ab')).toContain('above');
  expect(await at('service t {\n')).toContain('requires');
});

describe('the edit', () => {
  test('replaces or keeps the rest of a word, as the editor likes', async () => {
    const [item] = (await completed('service s {\n  req<|>uires orders\n}')).filter(({ label }) => label === 'requires');
    const line = names.split('\n').length;
    const start = { line, character: 2 };
    expect(item?.textEdit).toEqual({
      newText: 'requires',
      insert: { start, end: { line, character: 5 } },
      replace: { start, end: { line, character: 10 } },
    });
    const [simple] = (await completed('service s {\n  req<|>uires orders\n}', {}, plain)).filter(
      ({ label }) => label === 'requires',
    );
    expect(simple?.textEdit).toEqual({ newText: 'requires', range: { start, end: { line, character: 10 } } });
  });
});

describe('a character that asks by itself', () => {
  const space = { context: { triggerKind: 2, triggerCharacter: ' ' } };
  test('opens a list where something certain is due', async () => {
    expect(await labels('service s {\n  runs 1 in <|>\n}', space)).toEqual(['cn-north', 'cn-south']);
    expect(await labels('service s {\n  requires <|>\n}', space)).toContain('orders');
    expect(await labels('service s {\n  failover { decide <|> }\n}', space)).toEqual(['automatic', 'manual']);
    expect(await labels('service s tier <|>', space)).toEqual(['0', '1', '2', '3']);
  });

  test.each([
    ['between two statements', 'service s {\n  mtbf 30d <|>\n}'],
    ['in the indentation', 'service s {\n  <|>\n}'],
    ['before a number', 'service s {\n  mtbf <|>\n}'],
    ['after a name that may be the last', 'service s {\n  requires orders <|>\n}'],
    ['in a text', 'service s {\n  runbook "a <|>"\n}'],
    ['in a comment', 'service s {\n  // a <|>\n}'],
  ])('is silent %s', async (_what, fixture) => {
    expect(await labels(fixture, space)).toEqual([]);
  });

  test('asks for paths and words in texts only there', async () => {
    const quote = { context: { triggerKind: 2, triggerCharacter: '"' } };
    expect(await labels('service s { owner "<|>" }', quote)).toEqual(['team-orders']);
    expect(await labels('service s { image "a"<|> }', quote)).toEqual([]);
  });

  test('is advertised', () => {
    expect(client.initialized?.capabilities.completionProvider).toEqual({
      triggerCharacters: ['.', '"', '/', ' '],
      resolveProvider: true,
    });
  });
});

function newText(item: CompletionItem | undefined): string {
  const edit = item?.textEdit;
  return edit?.newText ?? '';
}
