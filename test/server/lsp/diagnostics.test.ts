import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { type CodeAction, type Diagnostic, DiagnosticSeverity, DiagnosticTag } from 'vscode-languageserver-protocol';
import { drml } from '../cli/program.js';
import { shop } from '../shop.js';
import { LspClient } from './lsp-client.js';

let client: LspClient;
afterEach(async () => {
  await client.stop();
});

function codes(diagnostics: readonly Diagnostic[]): readonly unknown[] {
  return [...new Set(diagnostics.map(({ code }) => code))].sort();
}

/** Waits until the problems of a file are what they should be. */
async function until(path: string, holds: (diagnostics: readonly Diagnostic[]) => boolean): Promise<readonly Diagnostic[]> {
  for (let attempt = 0; attempt < 200; attempt++) {
    const latest = client.published.findLast(({ uri }) => uri === client.uri(path))?.diagnostics ?? [];
    if (holds(latest)) return latest;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`The problems of ${path} never became what they should be: ${JSON.stringify(client.published.slice(-3))}`);
}

test('findings carry code, severity, the page of their rule, and what they relate to', async () => {
  client = await LspClient.start({ initializationOptions: { rulePages: 'https://drml.invalid/rules/' } });
  await client.open('shop.drml', shop);
  const diagnostics = await client.diagnostics('shop.drml');
  expect(codes(diagnostics)).toEqual(expect.arrayContaining(['DR001', 'DR037']));
  const single = diagnostics.find(({ code }) => code === 'DR001');
  expect(single).toMatchObject({
    source: 'drml',
    codeDescription: { href: 'https://drml.invalid/rules/DR001.md' },
    range: { start: { line: 6, character: 2 } },
  });
});

test('problems of files that nobody has opened are shown, in folders that are searched', async () => {
  client = await LspClient.start({
    files: {
      'closed.drml': 'service s { requires nobody }\n',
      'node_modules/x.drml': 'service s { requires nobody }\n',
      'sub/dist/x.drml': 'service s { requires nobody }\n',
      '.hidden/x.drml': 'service s { requires nobody }\n',
    },
  });
  await until('closed.drml', (found) => found.some(({ message }) => String(message).includes('nobody')));
  expect(client.published.map(({ uri }) => uri)).toEqual([client.uri('closed.drml')]);
});

test('a change in one file is judged in the files that see it, also through others', async () => {
  client = await LspClient.start({
    files: {
      'c.drml': 'region r { zones a, b }\nservice deep { runs 2 in r }\n',
      'b.drml': 'import "./c.drml"\n',
      'a.drml': 'import "./b.drml"\nmodel m { }\njourney j { requires deep }\n',
    },
  });
  await client.open('c.drml', 'region r { zones a, b }\nservice deep { runs 2 in r }\n');
  await client.publication('c.drml');
  const at = client.textOf('c.drml').indexOf('deep');
  await client.edit('c.drml', at, at + 4, 'flat');
  await until('a.drml', (found) => found.some(({ message }) => String(message).includes('deep')));
  await client.edit('c.drml', at, at + 4, 'deep');
  await until('a.drml', (found) => !found.some(({ message }) => String(message).includes('deep')));
});

test('a name vanishes with the import that brought it', async () => {
  const b = 'import "./c.drml"\n';
  client = await LspClient.start({
    files: {
      'c.drml': 'service deep { }\n',
      'b.drml': b,
      'a.drml': 'import "./b.drml"\nmodel m { }\njourney j { requires deep }\n',
    },
  });
  await client.open('b.drml', b);
  await client.publication('b.drml');
  await client.edit('b.drml', 0, b.length - 1, '');
  await until('a.drml', (found) => found.some(({ message }) => String(message).includes('deep')));
});

test('files that come and go on disk are noticed', async () => {
  client = await LspClient.start({
    files: { 'a.drml': 'import "./b.drml"\nmodel m { }\njourney j { requires orders }\n' },
    capabilities: { workspace: { didChangeWatchedFiles: { dynamicRegistration: true } } },
  });
  await until('a.drml', (found) => found.length > 0);
  // Every deletion is watched, since a deleted folder is reported by its own name; of all else, models and settings only.
  const watched = JSON.stringify(client.registrations);
  expect(watched).toContain(
    '[{"globPattern":"**/*.drml"},{"globPattern":"**/drml.config.json"},{"globPattern":"**/*baseline*.json"},{"globPattern":"**/*","kind":4}]',
  );
  writeFileSync(join(client.folder, 'b.drml'), 'region r { zones a, b }\nservice orders { runs 2 in r }\n');
  const change = async (type: number): Promise<void> =>
    client.connection.sendNotification('workspace/didChangeWatchedFiles', { changes: [{ uri: client.uri('b.drml'), type }] });
  await change(1);
  await until(
    'a.drml',
    (found) => !found.some(({ message }) => String(message).includes('b.drml') || String(message).includes('orders"')),
  );
  rmSync(join(client.folder, 'b.drml'));
  await change(3);
  await until('a.drml', (found) => found.some(({ message }) => String(message).includes('orders')));
  await until('b.drml', (found) => found.length === 0);
});

test('settings set severities, and changing them is noticed', async () => {
  client = await LspClient.start({ files: { 'shop.drml': shop, 'drml.config.json': '{ "rules": { "DR001": "off" } }' } });
  await until('shop.drml', (found) => found.some(({ code }) => code === 'DR037'));
  expect(codes((await client.diagnostics('shop.drml')) ?? [])).not.toContain('DR001');
  writeFileSync(join(client.folder, 'drml.config.json'), '{ "rules": { "DR001": "info", "DR999": "off" } }');
  await client.connection.sendNotification('workspace/didChangeWatchedFiles', {
    changes: [{ uri: client.uri('drml.config.json'), type: 2 }],
  });
  const after = await until('shop.drml', (found) => found.some(({ code }) => code === 'DR001'));
  expect(after.find(({ code }) => code === 'DR001')?.severity).toBe(DiagnosticSeverity.Information);
  await until('drml.config.json', (found) => found.some(({ message }) => String(message).includes('DR999')));
});

test('what the baseline of the settings has is shown faded, as long as it is there', async () => {
  const entry = { schema: 'drml/baseline@1', findings: [] as { fingerprint: string }[] };
  client = await LspClient.start({
    files: {
      'shop.drml': shop,
      'drml.config.json': '{ "baseline": "drml-baseline.json" }',
      'drml-baseline.json': JSON.stringify(entry),
    },
  });
  const before = await until('shop.drml', (found) => found.some(({ code }) => code === 'DR001'));
  expect(before.find(({ code }) => code === 'DR001')?.severity).not.toBe(DiagnosticSeverity.Hint);
  const { error } = await drml(client.folder, 'check', '.', '--write-baseline', 'drml-baseline.json');
  expect(error).toMatch(/^Wrote drml-baseline\.json/);
  const changed = async (type: number): Promise<void> =>
    client.connection.sendNotification('workspace/didChangeWatchedFiles', {
      changes: [{ uri: client.uri('drml-baseline.json'), type }],
    });
  await changed(2);
  const faded = await until('shop.drml', (found) =>
    found.some(({ code, severity }) => code === 'DR001' && severity === DiagnosticSeverity.Hint),
  );
  const ofRules = faded.filter(({ code }) => String(code).startsWith('DR'));
  expect(ofRules.length).toBeGreaterThan(1);
  for (const { severity, tags } of ofRules)
    expect([severity, tags]).toEqual([DiagnosticSeverity.Hint, [DiagnosticTag.Unnecessary]]);
  // The command line takes it from the settings, too.
  expect((await drml(client.folder, 'check', '.')).out).toMatch(/^0 errors, 0 warnings.* in the baseline/m);
  rmSync(join(client.folder, 'drml-baseline.json'));
  await changed(3);
  await until('shop.drml', (found) => found.some(({ severity }) => severity === DiagnosticSeverity.Error));
  await until('drml.config.json', (found) => found.some(({ message }) => String(message).includes('there is none yet')));
});

test('closing without saving brings back what is on disk', async () => {
  client = await LspClient.start({ files: { 'a.drml': 'service s { }\n' } });
  await client.open('a.drml', 'service s { requires nobody }\n');
  await until('a.drml', (found) => found.some(({ message }) => String(message).includes('nobody')));
  await client.connection.sendNotification('textDocument/didClose', { textDocument: { uri: client.uri('a.drml') } });
  await until('a.drml', (found) => !found.some(({ message }) => String(message).includes('nobody')));
});

test.each<[what: string, content: string | Uint8Array, says: string]>([
  ['binary', new Uint8Array([0x73, 0, 1, 2, 0xff]), 'binary'],
  ['over the size limit', `// ${'x'.repeat(9 * 1024 * 1024)}\n`, 'MiB'],
])('a file that is %s gets one problem that says so, and the others go on', async (_what, content, says) => {
  client = await LspClient.start({ files: { 'bad.drml': content, 'good.drml': 'service s { requires nobody }\n' } });
  const bad = await until('bad.drml', (found) => found.length > 0);
  expect(bad).toHaveLength(1);
  expect(String(bad[0]?.message)).toContain(says);
  await until('good.drml', (found) => found.length > 0);
});

test('folders that link to each other do not hang the search', async () => {
  const { symlinkSync } = await import('node:fs');
  client = await LspClient.start({ files: { 'a/x.drml': 'service s { requires nobody }\n' } });
  mkdirSync(join(client.folder, 'b'));
  symlinkSync(join(client.folder, 'a'), join(client.folder, 'b', 'a'));
  symlinkSync(join(client.folder, 'b'), join(client.folder, 'a', 'b'));
  await client.connection.sendNotification('workspace/didChangeWatchedFiles', { changes: [{ uri: client.uri('a'), type: 1 }] });
  await until('a/x.drml', (found) => found.length > 0);
});

test('what the language says of a long text that was never analysed comes before its findings', async () => {
  client = await LspClient.start();
  const services = Array.from({ length: 400 }, (_, index) => `service s${index} {\n  runs 1 in north\n  mtbf 30d  mttr 2m\n}\n`);
  const text = `region north { zones a, b }\n${services.join('')}journey buy tier 1 { requires s0, nobody }\n`;
  await client.open('long.drml', text);
  await until('long.drml', (found) => found.some(({ code }) => code === 'DR001'));
  const [first] = client.published.filter(({ uri }) => uri === client.uri('long.drml'));
  expect(first?.diagnostics.some(({ message }) => String(message).includes('nobody'))).toBe(true);
  expect(codes(first?.diagnostics ?? []).filter((code) => String(code).startsWith('DR'))).toEqual([]);
});

test('what a model and the manifest that it names say against each other stands at both, and goes when they agree', async () => {
  const yaml = (replicas: number): string =>
    `apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: orders }\nspec:\n  replicas: ${replicas}\n  template: { spec: { containers: [{ name: orders, image: a }] } }\n`;
  const model =
    'region r { zones a, b, c }\nservice orders {\n  manifest "./k8s/orders.yaml"\n  port http 80\n  runs 3 in r\n}\n';
  client = await LspClient.start({ files: { 'k8s/orders.yaml': yaml(1) } });
  await client.open('shop.drml', model);
  const contradictions = (diagnostics: readonly Diagnostic[]): readonly Diagnostic[] =>
    diagnostics.filter(({ code }) => code === 'DR103');
  const [statement] = contradictions(await until('shop.drml', (found) => contradictions(found).length === 1));
  expect([statement?.range.start, statement?.severity]).toEqual([{ line: 4, character: 2 }, DiagnosticSeverity.Warning]);
  const [field] = await until('k8s/orders.yaml', (found) => found.length === 1);
  expect(field?.range).toEqual({ start: { line: 4, character: 12 }, end: { line: 4, character: 13 } });
  expect(field?.message).toContain('spec.replicas is 3 by the model, and 1 in ./k8s/orders.yaml:5');
  // Each names the other.
  expect(statement?.relatedInformation?.map(({ location }) => location)).toEqual([
    { uri: client.uri('k8s/orders.yaml'), range: field?.range },
  ]);
  expect(field?.relatedInformation?.map(({ location }) => location)).toEqual([
    { uri: client.uri('shop.drml'), range: statement?.range },
  ]);

  // The fix of the finding is an edit of the manifest.
  const actions = await client.connection.sendRequest<readonly CodeAction[]>('textDocument/codeAction', {
    textDocument: { uri: client.uri('shop.drml') },
    range: statement?.range,
    context: { diagnostics: [statement] },
  });
  const write = actions.find(({ title }) => title.startsWith('Write 3 in the manifest'));
  expect(write?.edit?.changes).toEqual({ [client.uri('k8s/orders.yaml')]: [{ range: field?.range, newText: '3' }] });

  const digit = model.indexOf('3 in r');
  await client.edit('shop.drml', digit, digit + 1, '1');
  await until('shop.drml', (found) => contradictions(found).length === 0);
  await until('k8s/orders.yaml', (found) => found.length === 0);

  rmSync(join(client.folder, 'k8s'), { recursive: true });
  await client.edit('shop.drml', digit, digit + 1, '2');
  const [missing] = await until('shop.drml', (found) => found.some(({ code }) => code === 'DR104')).then((found) =>
    found.filter(({ code }) => code === 'DR104'),
  );
  expect([missing?.range.start.line, missing?.message]).toEqual([2, expect.stringContaining('there is no such file')]);
});

test('a manifest that a model names is watched, and looked at again when it changes', async () => {
  const yaml = (replicas: number): string =>
    `apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: orders }\nspec:\n  replicas: ${replicas}\n  template: { spec: { containers: [{ name: orders, image: a }] } }\n`;
  client = await LspClient.start({
    files: { 'k8s/orders.yaml': yaml(1), 'k8s/other.yaml': 'x\n' },
    capabilities: { workspace: { didChangeWatchedFiles: { dynamicRegistration: true } } },
  });
  await client.open(
    'shop.drml',
    'region r { zones a, b, c }\nservice orders {\n  manifest "./k8s/orders.yaml"\n  runs 3 in r\n}\n',
  );
  await until('k8s/orders.yaml', (found) => found.length === 1);
  const watched = (): string => JSON.stringify(client.registrations);
  for (let attempt = 0; attempt < 100 && !watched().includes('**/orders.yaml'); attempt++)
    await new Promise((resolve) => setTimeout(resolve, 20));
  expect(watched()).toContain('"**/orders.yaml"');
  expect(watched()).not.toContain('other');
  writeFileSync(join(client.folder, 'k8s/orders.yaml'), yaml(3));
  await client.connection.sendNotification('workspace/didChangeWatchedFiles', {
    changes: [{ uri: client.uri('k8s/orders.yaml'), type: 2 }],
  });
  await until('k8s/orders.yaml', (found) => found.length === 0);
});
