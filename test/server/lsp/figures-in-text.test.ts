import { afterAll, beforeAll, expect, test } from 'vitest';
import type { CodeLens, InlayHint, Location, MarkupContent, TextEdit } from 'vscode-languageserver-protocol';
import { shop } from '../shop.js';
import { LspClient } from './lsp-client.js';

let client: LspClient;
/** A client that says nothing of itself. */
let plain: LspClient;
beforeAll(async () => {
  client = await LspClient.start({
    capabilities: { textDocument: { inlayHint: { resolveSupport: { properties: ['tooltip'] } } } },
    initializationOptions: { commands: ['drml.openPreview', 'drml.showReferences'] },
  });
  await client.open('shop.drml', shop);
  plain = await LspClient.start();
  await plain.open('shop.drml', shop);
});
afterAll(async () => {
  await client.stop();
  await plain.stop();
});

function labelOf({ label }: InlayHint): string {
  return typeof label === 'string' ? label : label.map(({ value }) => value).join('');
}

async function hintsIn(path: string, first: number, last: number, of: LspClient = client): Promise<readonly InlayHint[]> {
  const range = { start: { line: first, character: 0 }, end: { line: last, character: 0 } };
  return of.request<InlayHint[]>('textDocument/inlayHint', path, { range });
}

/** The hints of lines, each as `the text before it‹hint›`. */
async function hints(path: string, first: number, last: number): Promise<readonly string[]> {
  const lines = client.textOf(path).split('\n');
  return (await hintsIn(path, first, last)).map(
    (hint) => `${lines[hint.position.line]?.slice(0, hint.position.character).trim()}\u2039${labelOf(hint)}\u203a`,
  );
}

/** The lines above declarations of a file, resolved as an editor does for those it shows. */
async function lensesOf(path: string, of: LspClient = client): Promise<readonly CodeLens[]> {
  const lenses = await of.request<CodeLens[]>('textDocument/codeLens', path);
  return Promise.all(lenses.map((lens) => of.connection.sendRequest<CodeLens>('codeLens/resolve', lens)));
}

async function configure(settings: object): Promise<void> {
  await client.connection.sendNotification('workspace/didChangeConfiguration', { settings: { drml: settings } });
}

const figure = String.raw`99\.\d+% \([\d.]+ (?:min|h)\/yr\)`;

test('figures, what they assume and what follows stand in the text', async () => {
  expect(await hints('shop.drml', 5, 13)).toEqual([
    expect.stringMatching(new RegExp(`^service orders "Orders" tier 0 \\{‹${figure}›$`)),
    expect.stringMatching(new RegExp(`^availability 99\\.95%‹≈ ${figure} met›$`)),
    'region-loss { rto 15m‹≈ never missed›',
    'region-loss { rto 15m rpo 1m‹≈ 5 s met›',
    'runs 1 in cn-north‹over a›',
  ]);
});

test('what is assumed is named, three at most, and accepting the hint writes it', async () => {
  const text = `region r { zones a, b }
service s {
  runs 2 in r
  runs 2 in r2 as warm standby
}
region r2 { zones a, b }
`;
  await client.open('assumed.drml', text);
  expect(await hints('assumed.drml', 4, 4)).toEqual(['}‹assumes availability 99.5%, common cause 5%, needs 1 +1›']);
  const [hint] = await hintsIn('assumed.drml', 4, 4);
  const edits = hint?.textEdits ?? [];
  expect(edits.map(({ newText }: TextEdit) => newText.trim())).toEqual([
    'availability 99.5%\n  common cause 5%\n  needs 1\n  mttr 1h',
  ]);
  const offset = client.textOf('assumed.drml').indexOf('\n}\nregion r2') + 1;
  const before = (await hints('assumed.drml', 1, 1))[0];
  await client.edit('assumed.drml', offset, offset, edits[0]?.newText ?? '');
  expect((await client.diagnostics('assumed.drml')).filter(({ severity }) => severity === 1)).toEqual([]);
  expect(await hints('assumed.drml', 1, 1)).toEqual([before]);
  expect((await hints('assumed.drml', 0, 9)).filter((each) => each.includes('assumes'))).toEqual([]);
});

test('instances that share zones unevenly are counted, and the load says how many are needed', async () => {
  await client.open(
    'placed.drml',
    'region r { zones a, b }\nservice s {\n  runs 3 in r\n  load 500rps\n  capacity 200rps\n}\nservice t {\n  runs 2 in r zones a\n}\n',
  );
  expect((await hints('placed.drml', 2, 8)).filter((each) => !/[{}]/.test(each))).toEqual([
    'runs 3 in r‹over a ×2, b ×1›',
    'capacity 200rps‹needs 3 of 3›',
  ]);
});

test('only the asked lines are answered', async () => {
  expect(await hints('shop.drml', 0, 3)).toEqual([]);
  const lines = (await hintsIn('shop.drml', 7, 8)).map(({ position }) => position.line);
  expect(lines.every((line) => line === 7 || line === 8)).toBe(true);
});

test('the breakdown of a figure comes when a hint is pointed at, and at once to clients that do not ask', async () => {
  const [hint] = await hintsIn('shop.drml', 5, 6);
  expect(hint?.tooltip).toBeUndefined();
  const resolved = await client.connection.sendRequest<InlayHint>('inlayHint/resolve', hint);
  expect((resolved.tooltip as MarkupContent).value).toContain('- orders availability');
  const [eager] = await hintsIn('shop.drml', 5, 6, plain);
  expect((eager?.tooltip as MarkupContent | undefined)?.value).toContain('- orders availability');
});

test('each kind of hint has a switch', async () => {
  const kinds = async (): Promise<readonly string[]> => {
    const labels = (await hints('placed.drml', 0, 8)).map((each) => each.replace(/^.*‹/, ''));
    return [...new Set(labels.map((each) => (/^\d/.test(each) ? 'availability' : (each.split(' ')[0] ?? ''))))].sort();
  };
  expect(await kinds()).toEqual(['assumes', 'availability', 'needs', 'over']);
  await configure({ inlayHints: { enabled: true, assumptions: false } });
  expect(await kinds()).toEqual(['availability', 'needs', 'over']);
  await configure({ inlayHints: { enabled: true, availability: false, placement: false } });
  expect(await kinds()).toEqual(['assumes']);
  await configure({ inlayHints: { enabled: true, recovery: false } });
  expect((await hints('shop.drml', 9, 13)).filter((each) => each.includes('\u2248'))).toEqual([]);
  await configure({ inlayHints: { enabled: false } });
  expect(await kinds()).toEqual([]);
  await configure({});
});

test('a component leads to its manifests, where the client can show them', async () => {
  const able = await LspClient.start({ initializationOptions: { commands: ['drml.openManifests'] } });
  try {
    await able.open('shop.drml', shop);
    const lenses = await able.connection.sendRequest<CodeLens[]>('textDocument/codeLens', {
      textDocument: { uri: able.uri('shop.drml') },
    });
    const resolved = await Promise.all(lenses.map((each) => able.connection.sendRequest<CodeLens>('codeLens/resolve', each)));
    expect(resolved.flatMap(({ command }) => (command?.command === 'drml.openManifests' ? [command] : []))).toEqual(
      ['orders', 'orders-db', 'backup', 'vault'].map((name) => ({
        title: 'manifests',
        command: 'drml.openManifests',
        arguments: [able.uri('shop.drml'), name],
      })),
    );
  } finally {
    await able.stop();
  }
});

test('every declaration has its line, and a click leads on', async () => {
  const lenses = await lensesOf('shop.drml');
  const titles = lenses.map(({ command }) => command?.title ?? '');
  expect(titles).toEqual([
    expect.stringMatching(new RegExp(`^\\d errors?, \\d warnings? · worst journey place-order ${figure} · show picture$`)),
    expect.stringMatching(/^hosts 3 components · without it \d are down$/),
    'hosts 2 components · without it 1 is down',
    expect.stringMatching(new RegExp(`^${figure} · 3 single points · region-loss RTO never$`)),
    '1 requires this',
    expect.stringMatching(new RegExp(`^${figure} · `)),
    '1 requires this',
    expect.stringMatching(/^\d/),
    'nobody requires this',
    expect.stringMatching(/^\d/),
    'nobody requires this',
    expect.stringMatching(/^\d/),
  ]);
  expect(lenses[0]?.command?.command).toBe('drml.openPreview');
  expect(lenses[3]?.command?.command).toBe('drml.openPreview');
  const references = lenses[4]?.command;
  expect(references?.command).toBe('drml.showReferences');
  const [uri, , places] = (references?.arguments ?? []) as [string, unknown, readonly Location[]];
  expect(uri).toBe(client.uri('shop.drml'));
  expect(places.map(({ range }) => client.textOf('shop.drml').split('\n')[range.start.line]?.trim())).toEqual([
    'requires orders',
  ]);
});

test('a plain client gets the words and no commands that it does not have', async () => {
  const lenses = await lensesOf('shop.drml', plain);
  expect(lenses.length).toBeGreaterThan(8);
  expect(new Set(lenses.map(({ command }) => command?.command))).toEqual(new Set(['']));
});

test('a scenario says what it takes and when it was last tried', async () => {
  await client.open(
    'drills.drml',
    'region r { zones a, b }\nservice s { runs 2 in r }\nscenario lost { fails r  expect s down }\nscenario other { fails r.a  expect s up }\ndrill lost on 2026-03-01 { in staging }\ndrill lost on 2026-09-14 { in production }\n',
  );
  const titles = (await lensesOf('drills.drml')).map(({ command }) => command?.title);
  expect(titles).toContain('last drill 2026-09-14');
  expect(titles).toContain('never drilled');
  expect(titles).toContain('1 down \u00b7 1 of 1 expectations met');
  expect(titles).toContain('nothing down \u00b7 1 of 1 expectations met');
});

test('each kind of line has a switch', async () => {
  await configure({ codeLens: { enabled: true, figures: false, references: false, sites: false } });
  expect(await lensesOf('shop.drml')).toHaveLength(1);
  await configure({ codeLens: { enabled: true, model: false } });
  expect(await lensesOf('shop.drml')).toHaveLength(11);
  await configure({ codeLens: { enabled: false } });
  expect(await lensesOf('shop.drml')).toEqual([]);
  await configure({});
});

test('a file of two models names the model where they disagree', async () => {
  await client.open('parts.drml', 'region r { zones a, b }\nservice part {\n  runs 2 in r\n}\n');
  await client.open('one.drml', 'import "./parts.drml"\nmodel one { }\n');
  await client.open('two.drml', 'import "./parts.drml"\nmodel two { }\ndefaults service { mtbf 30d  mttr 1h }\n');
  const lenses = await lensesOf('parts.drml');
  const figures = lenses.map(({ command }) => command?.title.split(':')[0] ?? '').filter((title) => /^(one|two)$/.test(title));
  expect(figures).toEqual(['one', 'two']);
  const [header] = await hints('parts.drml', 1, 1);
  expect(header).toMatch(/^service part \{‹one 99\.\d+% \(.*\) · two 99\.\d+% \(.*\)›$/);
});

test('figures follow an edit at once', async () => {
  await client.open('edited.drml', 'region r { zones a, b }\nservice s { runs 1 in r }\n');
  const before = (await hints('edited.drml', 0, 3))[0];
  const at = client.textOf('edited.drml').indexOf('runs 1') + 5;
  await client.edit('edited.drml', at, at + 1, '2');
  const after = (await hints('edited.drml', 0, 3))[0];
  expect(before).toMatch(/service s/);
  expect(after).toMatch(/service s/);
  expect(after).not.toEqual(before);
});

test('in a file of 1,000 services only the hints of the screen are made, and lines without their figures', {
  timeout: 120_000,
}, async () => {
  const service = (index: number): string =>
    `service s${index} {\n  runs 3 in r\n  mtbf 30d  mttr 5m\n${index === 0 ? '' : `  requires s${Math.floor((index - 1) / 2)}\n`}}\n`;
  const text = `region r { zones a, b, c }\n${Array.from({ length: 1000 }, (_, index) => service(index)).join('')}`;
  await client.open('large.drml', text);
  await client.diagnostics('large.drml');
  const screen = (line: number): Promise<readonly InlayHint[]> => hintsIn('large.drml', line, line + 40);
  for (const line of [1000, 2000, 3000, 4000]) {
    const shown = await screen(line);
    expect(shown.length).toBeGreaterThan(10);
    expect(shown.every(({ position }) => position.line >= line && position.line <= line + 40)).toBe(true);
  }
  const lenses = await client.request<CodeLens[]>('textDocument/codeLens', 'large.drml');
  expect(lenses).toHaveLength(2001);
  expect(lenses.every(({ command }) => command === undefined)).toBe(true);
});
