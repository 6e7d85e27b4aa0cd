import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { SignatureHelp } from 'vscode-languageserver-protocol';
import { LspClient } from './lsp-client.js';

let client: LspClient;
beforeAll(async () => {
  const signatureInformation = { parameterInformation: { labelOffsetSupport: true } };
  client = await LspClient.start({ capabilities: { textDocument: { signatureHelp: { signatureInformation } } } });
});
afterAll(async () => {
  await client.stop();
});

let files = 0;
async function help(fixture: string): Promise<SignatureHelp | null> {
  files++;
  return client.ask<SignatureHelp | null>('textDocument/signatureHelp', `file-${files}.drml`, fixture);
}

/** The first signature with the part that is due in angle brackets. */
async function shown(fixture: string): Promise<string | undefined> {
  const answer = await help(fixture);
  const signature = answer?.signatures[answer.activeSignature ?? 0];
  if (signature === undefined) return undefined;
  const range = signature.parameters?.[signature.activeParameter ?? -1]?.label;
  if (!Array.isArray(range)) return signature.label;
  const [start, end] = range;
  return `${signature.label.slice(0, start)}<${signature.label.slice(start, end)}>${signature.label.slice(end)}`;
}

describe('the part that is due is marked', () => {
  test.each([
    ['service s { runs <|> }', 'runs <N> in SITE [zones ZONE, \u2026] [as ROLE]'],
    ['service s { runs 3 <|> }', 'runs N <in SITE> [zones ZONE, \u2026] [as ROLE]'],
    ['service s { runs 3 in <|> }', 'runs N <in SITE> [zones ZONE, \u2026] [as ROLE]'],
    ['service s { runs 3 in north <|> }', 'runs N in SITE <[zones ZONE, \u2026]> [as ROLE]'],
    ['service s { runs 3 in north a<|> }', 'runs N in SITE [zones ZONE, \u2026] <[as ROLE]>'],
    ['service s { runs 3 in north as <|> }', 'runs N in SITE [zones ZONE, \u2026] <[as ROLE]>'],
    [
      'service s { probe readiness "/r" every <|> }',
      'probe readiness | liveness | startup ["PATH"] <[every DURATION]> [failures N] [timeout DURATION]',
    ],
    [
      'service s { probe readiness <|> }',
      'probe readiness | liveness | startup <["PATH"]> [every DURATION] [failures N] [timeout DURATION]',
    ],
    ['service s { scales to 12 <|> }', 'scales [from N] to N <[at PERCENT cpu]> [within DURATION]'],
    ['service s { load 900rps <|> }', 'load RATE <[peak RATE]> [from TIME to TIME]'],
    ['service s { load 900rps peak 1200rps from 18:00 to <|> }', 'load RATE [peak RATE] <[from TIME to TIME]>'],
    ['service s { port http 80 <|> }', 'port [NAME] N <[to N]> [http | grpc | tcp | tls]'],
    ['gateway g { routes "/a" <|> }', 'routes "PATH" <to NAME> [, \u2026]'],
    ['gateway g { routes "/a" to <|> }', 'routes "PATH" <to NAME> [, \u2026]'],
    [
      'service s { requires <|> }',
      'requires [any of | N of] <NAME, \u2026> [for JOURNEY, \u2026] [in same region] [best effort] [{ options }]',
    ],
    [
      'service s { requires a<|> }',
      'requires [any of | N of] <NAME, \u2026> [for JOURNEY, \u2026] [in same region] [best effort] [{ options }]',
    ],
    [
      'service s { requires 2<|> }',
      'requires <[any of | N of]> NAME, \u2026 [for JOURNEY, \u2026] [in same region] [best effort] [{ options }]',
    ],
    [
      'service s { requires a <|> }',
      'requires [any of | N of] NAME, \u2026 <[for JOURNEY, \u2026]> [in same region] [best effort] [{ options }]',
    ],
    [
      'service s { requires a in <|> }',
      'requires [any of | N of] NAME, \u2026 [for JOURNEY, \u2026] <[in same region]> [best effort] [{ options }]',
    ],
    ['service s { accepts DR001 until <|> }', 'accepts RULE <[until DATE]> [by OWNER] [because "TEXT"]'],
    [
      'database d { replicates async to <|> }',
      'replicates sync | async <[within SITE | to SITE]> [quorum N] [shrinks to N after DURATION] [lag DURATION] [degrades after DURATION]',
    ],
    [
      'database d { replicates sync within n quorum 2 shrinks to 1 after <|> }',
      'replicates sync | async [within SITE | to SITE] [quorum N] <[shrinks to N after DURATION]> [lag DURATION] [degrades after DURATION]',
    ],
    ['scenario q { expect a <|> }', 'expect NAME <[up | degraded | down]> [rto | rpo | availability \u2264 VALUE]'],
    ['service s tier <|>', 'service NAME ["TITLE"] <[tier N]> [in SITE, \u2026] { \u2026 }'],
    ['link a <|>', 'link SITE <<-> SITE> { \u2026 }'],
    ['drill q on <|>', 'drill SCENARIO <on DATE> { \u2026 }'],
    ['service s { failover { switch dns <|> } }', 'switch dns | mesh | address <[ttl DURATION]>'],
    ['service s { failover { decide <|> } }', 'decide <automatic | manual> [DURATION]'],
    ['database d { backup n { full every 1d <|> } }', 'full every DURATION <[at TIME]> [takes DURATION] [lags DURATION]'],
    ['service s { requires a { retries 1 each 3s <|> } }', 'retries N [each DURATION] <[backoff DURATION]> [on CAUSE, \u2026]'],
    [
      'service s { requires a { breaker errors 5 within <|> } }',
      'breaker [errors N] <[within DURATION]> [ejects DURATION] [connections N]',
    ],
  ])('%s', async (fixture, expected) => {
    expect(await shown(fixture)).toBe(expected);
  });
});

describe('a block of options', () => {
  test('shows all of them, and marks the one at the cursor', async () => {
    expect(await shown('service s { requires a, b { timeout 3s  <|> } }')).toMatch(
      /^requires a, b \{ .*<timeout DURATION>.* idempotent .*trips N/,
    );
    expect(await shown('service s {\n  requires a {\n    <|>\n  }\n}')).toMatch(/^requires a \{ [^<]*$/);
    expect(await shown('service s { failover { pro<|> } }')).toMatch(/^failover \{ .*<provision DURATION>/);
    expect(await shown('database d { backup nightly { <|> } }')).toMatch(
      /^backup nightly \{ .*copies to \u2026 \u00b7 exclusive \u00b7 encrypted \u2026/,
    );
    expect(await shown('service s { objective { region-loss { <|> } } }')).toMatch(
      /^region-loss \{ rto DURATION \u00b7 rpo DURATION/,
    );
  });

  test('stays beside the form of a statement in it', async () => {
    const answer = await help('service s { requires a { retries <|> } }');
    expect(answer?.signatures.map(({ label }) => label.slice(0, 12))).toEqual(['retries N [e', 'requires a {']);
    expect(answer?.activeSignature).toBe(0);
  });

  test('says what each part means', async () => {
    const answer = await help('service s { requires a { <|> } }');
    const timeout = answer?.signatures[0]?.parameters?.find(
      ({ label }) => Array.isArray(label) && label[1] - label[0] === 'timeout DURATION'.length,
    );
    expect(timeout?.documentation).toEqual({ kind: 'markdown', value: 'The whole call, retries and backoff included.' });
  });
});

test.each([
  ['between two statements of a declaration', 'service s {\n  runs 1 in north\n  <|>\n}'],
  ['for what is one word and one value', 'service s { mtbf <|> }'],
  ['in a comment', 'service s { // runs <|>\n}'],
  ['at the top of a file', '<|>'],
  ['in a block that belongs to nothing', 'service s { foo { runs <|> } }'],
])('is silent %s', async (_what, fixture) => {
  expect(await help(fixture)).toBeNull();
});

test('names the parts by their text for clients that know no offsets', async () => {
  const plain = await LspClient.start();
  const answer = await plain.ask<SignatureHelp>('textDocument/signatureHelp', 'plain.drml', 'service s { runs 3 <|> }');
  expect(answer.signatures[0]?.parameters?.[1]?.label).toBe('in SITE');
  expect(answer.activeParameter).toBe(1);
  await plain.stop();
});

test('is advertised', () => {
  expect(client.initialized?.capabilities.signatureHelpProvider).toMatchObject({ triggerCharacters: [' ', '{'] });
});
