import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Hover } from 'vscode-languageserver-protocol';
import { documentPath } from '../../docs/console-blocks.js';
import { drml, sample } from '../../language/syntax/read.js';
import { shop } from '../shop.js';
import { LspClient } from './lsp-client.js';

let client: LspClient;
beforeAll(async () => {
  client = await LspClient.start({ initializationOptions: { rulePages: pathToFileURL(documentPath('docs/rules')).href } });
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

/** Words behind the first one of their statement, by what they are and where they stand. */
const laterWords: readonly (readonly [at: string, before: number, says: string])[] = [
  ['sync within', 1, '**sync** in `replicates`'],
  ['async to cn-south', 1, '**async** in `replicates`'],
  ['within cn-north', 1, '**within** in `replicates`'],
  ['lag 5s', 1, '**lag** in `replicates`'],
  ['hot standby', 1, '**hot** in `runs`'],
  ['hot standby', 5, '**standby** in `runs`'],
  ['as hot', 1, '**as** in `runs`'],
  ['decide automatic', 8, '**automatic** in `decide`'],
  ['switch mesh', 8, '**mesh** in `switch`'],
  ['tier 0 {\n  runs', 1, '**tier** in `service`'],
  ['in cn-south { locked', 1, '**in** in `bucket`'],
];

test.each(laterWords)('the word at "%s" (%i) is explained, with the statement it stands in', async (text, before, says) => {
  const value = await hover(at(text, before));
  expect(value.slice(0, says.length)).toBe(says);
  expect(value).toContain('- Written `');
  expect(value).toContain('```drml');
});

/** A statement with a word in it, in a block: what is no keyword of the grammar, and what would be easy to miss. */
const otherWords: readonly (readonly [text: string, says: string])[] = [
  ['service s { provides d<|>ns }', '**dns** in `provides`'],
  ['database d { consistency st<|>rong on partition refuses }', '**strong** in `consistency`'],
  ['database d { consistency strong on partition ref<|>uses }', '**refuses** in `consistency`'],
  ['database d { storage er<|>asure 4+2 }', '**erasure** in `storage`'],
  ['database d { conflicts cr<|>dt }', '**crdt** in `conflicts`'],
  ['service s { common ca<|>use 5% }', '**common cause**'],
  ['queue q { }\nservice s { publishes t<|>o q best effort }', '**publishes to**'],
  ['queue q { }\nservice s { publishes to q be<|>st effort }', '**best** in `publishes to`'],
  ['service t { }\nservice s { requires t { retries 1 ea<|>ch 3s } }', '**each** in `retries`'],
  ['service t { }\nservice s { requires t { idem<|>potent } }', '**idempotent**'],
  ['service s { objective { zone-<|>loss { rto 1m } } }', '**zone-loss**'],
  ['region r { }\nscenario x { fails acc<|>ount prod for 2h }', '**account** in `fails`'],
  ['service s { }\nscenario x { expect s degr<|>aded }', '**degraded** in `expect`'],
  ['service s { accepts DR001 bec<|>ause "x" }', '**because** in `accepts`'],
  ['journey j sa<|>ga { }', '**saga** in `journey`'],
  ['serv<|>ice s { }', '**service**'],
  ['imp<|>ort "./a.drml"', '**import**'],
  ['database d { corruption fo<|>und within 3m }', '**corruption found within**'],
];

test.each(otherWords)('in `%s` the word is explained', async (text, says) => {
  expect((await hover(`${text}\n`)).slice(0, says.length)).toBe(says);
});

test('a hover says the unit, the bounds, what holds where it is left out, and where the reference is', async () => {
  const value = await hover('service s { requires t { ti<|>meout 3s } }\nservice t { }\n');
  expect(value).toContain('Value: duration above 0 in `s` `m` `h`');
  expect(value).toContain('If omitted: no limit');
  expect(value).toMatch(/\[`timeout` in the reference\]\(file:\/\/\/.*\/docs\/language\.md#timeout\)/);
});

test('no name, text or number is taken for a keyword', async () => {
  expect(await hover('service s { image "ru<|>ns" }\n')).toBe('');
  expect(await hover('service s { cpu 1<|>0 }\n')).toBe('');
});

test('every keyword of a model that uses the whole vocabulary is explained', async () => {
  await client.open('sample.drml', sample);
  const silent: string[] = [];
  for (const { tokenType, image, startLine = 1, startColumn = 1 } of drml.parser.Lexer.tokenize(sample).tokens) {
    if (tokenType.name !== image || !/^[a-z]/.test(image)) continue;
    const position = { line: startLine - 1, character: startColumn };
    const answer = await client.request<Hover | null>('textDocument/hover', 'sample.drml', { position });
    if (answer === null) silent.push(`${startLine}:${startColumn} ${image}`);
  }
  expect(silent).toEqual([]);
}, 60_000);

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
