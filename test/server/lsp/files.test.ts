import { mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, describe, expect, test } from 'vitest';
import type { Diagnostic, TextEdit, WorkspaceEdit } from 'vscode-languageserver-protocol';
import { LspClient } from './lsp-client.js';
import { textIn } from './places.js';

let client: LspClient;
afterEach(async () => {
  await client.stop();
});

type Change = readonly [path: string, type: 1 | 2 | 3];

/** What a watcher tells: 1 created, 2 changed, 3 deleted. */
function watched(...changes: readonly Change[]): Promise<void> {
  return client.connection.sendNotification('workspace/didChangeWatchedFiles', {
    changes: changes.map(([path, type]) => ({ uri: client.uri(path), type })),
  });
}

function write(path: string, text: string): void {
  mkdirSync(dirname(join(client.folder, path)), { recursive: true });
  writeFileSync(join(client.folder, path), text);
}

/** What was last said of a file, by its path or its URI; undefined where nothing was said. */
function said(file: string): readonly Diagnostic[] | undefined {
  const uri = /^[a-z]+:/.test(file) ? file : client.uri(file);
  return client.published.findLast((one) => one.uri === uri)?.diagnostics;
}

/** Waits until what is said of a file is as expected. Asking for the model's health makes the server do what is waiting. */
async function until(file: string, holds: (messages: string, found: readonly Diagnostic[]) => boolean): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    await client.connection.sendRequest('drml/health', {});
    // Of a file without problems nothing is said.
    const found = said(file) ?? [];
    if (holds(found.map(({ message }) => message).join('\n'), found)) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`${file}: ${JSON.stringify(said(file)?.map(({ message }) => message))}`);
}

const missing = (name: string) => (messages: string) => messages.includes(name);
const fine = (name: string) => (messages: string) => !messages.includes(name);
const nothing = (_messages: string, found: readonly Diagnostic[]): boolean => found.length === 0;
const something = (_messages: string, found: readonly Diagnostic[]): boolean => found.length > 0;

const platform = 'region r { zones a, b }\nservice registry { runs 2 in r }\n';
const main = 'import "./platform.drml"\nmodel m { }\njourney buy { requires registry }\n';

describe('imports', () => {
  test('a missing file that is created ends the errors, a deleted one brings them back', async () => {
    client = await LspClient.start({ files: { 'main.drml': main } });
    await until('main.drml', missing('platform.drml'));
    write('platform.drml', platform);
    await watched(['platform.drml', 1]);
    await until('main.drml', fine('platform.drml'));
    await until('main.drml', fine('registry'));
    rmSync(join(client.folder, 'platform.drml'));
    await watched(['platform.drml', 3]);
    await until('main.drml', missing('platform.drml'));
    await until('platform.drml', nothing);
  });

  test('a file that is deleted while it is open lives on as its text, until it is closed', async () => {
    client = await LspClient.start({ files: { 'main.drml': main, 'platform.drml': platform } });
    await client.open('platform.drml', platform);
    rmSync(join(client.folder, 'platform.drml'));
    await watched(['platform.drml', 3]);
    await client.connection.sendRequest('drml/health', {});
    await until('main.drml', fine('platform.drml'));
    await client.connection.sendNotification('textDocument/didClose', { textDocument: { uri: client.uri('platform.drml') } });
    await until('main.drml', missing('platform.drml'));
    await until('platform.drml', nothing);
  });

  test('files that import each other see each other', async () => {
    const a =
      'import "./b.drml"\nmodel m { }\nregion r { zones a, b }\njourney j { requires two }\nservice one { runs 2 in r }\n';
    const b = 'import "./a.drml"\nservice two { runs 2 in r  requires one }\n';
    client = await LspClient.start({ files: { 'a.drml': a, 'b.drml': b } });
    await until('a.drml', missing('in a circle'));
    await until('b.drml', (messages) => !messages.includes('"one"') && !messages.includes('"r"'));
  });

  test('names are visible through imports only', async () => {
    client = await LspClient.start({ files: { 'main.drml': main.replace(/import.*\n/, ''), 'platform.drml': platform } });
    await until('main.drml', missing('registry'));
  });

  test('a file of several models is judged in each', async () => {
    const other = 'import "./platform.drml"\nmodel n { }\njourney sell { requires registry }\n';
    client = await LspClient.start({ files: { 'main.drml': main, 'other.drml': other, 'platform.drml': platform } });
    await until('main.drml', fine('registry'));
    const health = await client.connection.sendRequest<{ model: string }>('drml/health', {});
    expect(health.model).toBe('m, n');
  });

  test('a file outside the workspace is read, and let go when nobody imports it any more', async () => {
    client = await LspClient.start({
      files: {
        'ws/main.drml': 'import "../outside/platform.drml"\nmodel m { }\njourney buy { requires registry }\n',
        'outside/platform.drml': 'service registry { }\n',
      },
      workspaceFolders: ['ws'],
    });
    await until('ws/main.drml', fine('registry"'));
    await until('outside/platform.drml', something);
    await client.open('ws/main.drml', 'model m { }\n');
    await until('outside/platform.drml', nothing);
  });
});

describe('problems of files that are not open', () => {
  test('are shown from the start and go with the file or its folder', async () => {
    client = await LspClient.start({
      files: { 'x/one.drml': 'service s { requires nobody }\n', 'x/y/two.drml': 'service t { requires no-one }\n' },
    });
    await until('x/one.drml', missing('nobody'));
    await until('x/y/two.drml', missing('no-one'));
    rmSync(join(client.folder, 'x'), { recursive: true });
    await watched(['x', 3]);
    await until('x/one.drml', nothing);
    await until('x/y/two.drml', nothing);
  });

  test('end with a word that the file cannot be read, where it is gone and its watcher says it has changed', async () => {
    client = await LspClient.start({ files: { 'a.drml': 'service s { requires nobody }\n', 'b.drml': platform } });
    await until('a.drml', missing('nobody'));
    rmSync(join(client.folder, 'a.drml'));
    await watched(['a.drml', 2], ['b.drml', 2]);
    await until('a.drml', missing('cannot be read'));
    await watched(['a.drml', 3]);
    await until('a.drml', nothing);
  });

  test('come with a folder that appears', async () => {
    client = await LspClient.start();
    write('x/y/two.drml', 'service t { requires no-one }\n');
    await watched(['x', 1]);
    await until('x/y/two.drml', missing('no-one'));
  });
});

describe('what is left out', () => {
  const broken = 'service s { requires nobody }\n';

  test('folders of products, hidden ones, and what settings name', async () => {
    const left = [
      'node_modules/a.drml',
      'dist/a.drml',
      'build/a.drml',
      '.hidden/a.drml',
      '.a.drml',
      'old/a.drml',
      'x/a.gen.drml',
    ];
    client = await LspClient.start({
      files: {
        ...Object.fromEntries(left.map((path) => [path, broken])),
        'a.drml': broken,
        'drml.config.json': '{ "exclude": ["old", "*.gen.drml"] }',
      },
    });
    await until('a.drml', missing('nobody'));
    for (const path of left) expect(said(path) ?? [], path).toEqual([]);
    // The watcher tells of them as well.
    for (const path of left) await watched([path, 2]);
    await client.connection.sendRequest('drml/health', {});
    for (const path of left) expect(said(path) ?? [], path).toEqual([]);
  });

  test('follows the settings file: its change, its problems, its end', async () => {
    client = await LspClient.start({ files: { 'old/a.drml': broken, 'a.drml': broken } });
    await until('old/a.drml', missing('nobody'));
    write('drml.config.json', '{ "exclude": ["old"], "rules": { "DR777": "off" } }');
    await watched(['drml.config.json', 1]);
    await until('old/a.drml', nothing);
    await until('drml.config.json', missing('DR777'));
    const at = said('drml.config.json')?.[0]?.range;
    expect(at === undefined ? '' : textIn('{ "exclude": ["old"], "rules": { "DR777": "off" } }', at)).toBe('"DR777"');
    rmSync(join(client.folder, 'drml.config.json'));
    await watched(['drml.config.json', 3]);
    await until('old/a.drml', missing('nobody'));
    await until('drml.config.json', nothing);
  });

  test('follows the user\u2019s settings, asked for or given at the start', async () => {
    client = await LspClient.start({
      files: { 'old/a.drml': broken, 'a.drml': broken },
      initializationOptions: { drml: { exclude: ['old'] } },
    });
    await until('a.drml', missing('nobody'));
    await until('a.drml', () => (said('old/a.drml') ?? []).length === 0);
    await client.connection.sendNotification('workspace/didChangeConfiguration', { settings: { drml: { exclude: ['a.drml'] } } });
    await until('a.drml', nothing);
    await client.connection.sendNotification('workspace/didChangeConfiguration', { settings: { drml: {} } });
    await until('old/a.drml', missing('nobody'));
  });

  test('is judged all the same while it is open or imported', async () => {
    client = await LspClient.start({
      files: { 'a.drml': 'import "./dist/b.drml"\nmodel m { }\n', 'dist/b.drml': broken, 'dist/c.drml': broken },
    });
    await until('dist/b.drml', missing('nobody'));
    expect(said('dist/c.drml')).toBeUndefined();
    await client.open('dist/c.drml', broken);
    await until('dist/c.drml', missing('nobody'));
    await client.connection.sendNotification('textDocument/didClose', { textDocument: { uri: client.uri('dist/c.drml') } });
    await until('dist/c.drml', nothing);
  });

  test('a link to a file is not read a second time', async () => {
    client = await LspClient.start();
    write('real.drml', broken);
    symlinkSync(join(client.folder, 'real.drml'), join(client.folder, 'link.drml'));
    symlinkSync(client.folder, join(client.folder, 'loop'));
    const copy = await LspClient.startIn(client.folder);
    await copy.connection.sendRequest('drml/health', {});
    const files = copy.published.filter(({ diagnostics }) => diagnostics.length > 0).map(({ uri }) => uri);
    expect([...new Set(files)]).toEqual([client.uri('real.drml')]);
    await copy.end();
  });
});

test('folders that lie in each other are one workspace', async () => {
  client = await LspClient.start({
    files: { 'one/a.drml': 'service s { requires nobody }\n' },
    workspaceFolders: ['.', 'one', 'one'],
  });
  await until('one/a.drml', missing('nobody'));
  expect(client.published.filter(({ uri }) => uri === client.uri('one/a.drml'))).toHaveLength(1);
  await client.connection.sendNotification('workspace/didChangeWorkspaceFolders', {
    event: { added: [], removed: [{ uri: client.uri('one'), name: 'one' }] },
  });
  await client.connection.sendRequest('drml/health', {});
  expect(said('one/a.drml')).toHaveLength(1);
});

test('a file outside the workspace is judged while it is open, and with what it imports', async () => {
  const away = 'import "./part.drml"\nservice s { requires nobody, part }\n';
  client = await LspClient.start({
    files: { 'ws/a.drml': 'service a { }\n', 'away/main.drml': away, 'away/part.drml': 'service part { requires no-one }\n' },
    workspaceFolders: ['ws'],
  });
  await client.open('away/main.drml', away);
  await until('away/main.drml', (messages) => messages.includes('nobody') && !messages.includes('`part`'));
  await until('away/part.drml', missing('no-one'));
  await client.connection.sendNotification('textDocument/didClose', { textDocument: { uri: client.uri('away/main.drml') } });
  await until('away/main.drml', nothing);
  await until('away/part.drml', nothing);
});

test('ten thousand deletions outside of the workspace are taken while it answers', async () => {
  client = await LspClient.start({
    files: Object.fromEntries(Array.from({ length: 200 }, (_, at) => [`x${at}/a.drml`, 'service s { }\n'])),
  });
  await client.connection.sendRequest('drml/health', {});
  const changes = Array.from({ length: 10_000 }, (_, at) => ({ uri: client.uri(`node_modules/p${at}/index.js`), type: 3 }));
  await client.connection.sendNotification('workspace/didChangeWatchedFiles', { changes });
  expect(await client.connection.sendRequest('drml/health', {})).toMatchObject({ model: 'a' });
});

test('folders are taken into the workspace and out of it', async () => {
  client = await LspClient.start({
    files: { 'one/a.drml': 'service s { requires nobody }\n', 'two/b.drml': 'service t { requires no-one }\n' },
    workspaceFolders: ['one'],
    capabilities: { workspace: { workspaceFolders: true } },
  });
  await until('one/a.drml', missing('nobody'));
  expect(said('two/b.drml')).toBeUndefined();
  const change = (added: readonly string[], removed: readonly string[]): Promise<void> =>
    client.connection.sendNotification('workspace/didChangeWorkspaceFolders', {
      event: {
        added: added.map((path) => ({ uri: client.uri(path), name: path })),
        removed: removed.map((path) => ({ uri: client.uri(path), name: path })),
      },
    });
  await change(['two'], []);
  await until('two/b.drml', missing('no-one'));
  await change([], ['one']);
  await until('one/a.drml', nothing);
  expect(said('two/b.drml')).not.toEqual([]);
});

describe('a document that was never saved', () => {
  const open = (uri: string, text: string): Promise<void> =>
    client.connection.sendNotification('textDocument/didOpen', {
      textDocument: { uri, languageId: 'drml', version: 1, text },
    });

  test('is told to be saved before it can import, and is let go when it is closed', async () => {
    client = await LspClient.start({ files: { 'platform.drml': platform } });
    const uri = 'untitled:Untitled-1';
    await open(uri, main);
    await until(uri, missing('Save this file first'));
    await client.connection.sendNotification('textDocument/didClose', { textDocument: { uri } });
    await until(uri, nothing);
  });

  test('imports from the folder that it is to be saved in', async () => {
    client = await LspClient.start({ files: { 'platform.drml': platform } });
    const uri = client.uri('new.drml').replace('file://', 'untitled:');
    await open(uri, main);
    await until(uri, (messages) => !messages.includes('platform.drml') && !messages.includes('registry"'));
  });
});

describe('renaming in the editor', () => {
  const rename = async (
    ...moves: readonly (readonly [from: string, to: string])[]
  ): Promise<Readonly<Record<string, readonly string[]>>> => {
    const files = moves.map(([from, to]) => ({ oldUri: client.uri(from), newUri: client.uri(to) }));
    const edit = await client.connection.sendRequest<WorkspaceEdit | null>('workspace/willRenameFiles', { files });
    return Object.fromEntries(
      Object.entries(edit?.changes ?? {})
        .map(([uri, edits]) => [uri.slice(client.uri('').length + 1), edits.map(({ newText }: TextEdit) => newText)] as const)
        .sort(),
    );
  };

  test('a file changes the paths to it and the paths in it', async () => {
    client = await LspClient.start({
      files: {
        'main.drml': main,
        'sub/deep.drml': 'import "../platform.drml"\n',
        'platform.drml': 'import "./sites.drml"\nservice registry { manifest "k8s/r.yaml" }\n',
        'sites.drml': 'region r { zones a }\n',
      },
    });
    expect(await rename(['platform.drml', 'sub/base.drml'])).toEqual({
      'main.drml': ['./sub/base.drml'],
      'platform.drml': ['../sites.drml', '../k8s/r.yaml'],
      'sub/deep.drml': ['./base.drml'],
    });
    expect(await rename(['sites.drml', 'places.drml'])).toEqual({ 'platform.drml': ['./places.drml'] });
    expect(await rename(['main.drml', 'root.drml'])).toEqual({});
  });

  test('a folder changes the paths into it and out of it, and none within', async () => {
    client = await LspClient.start({
      files: {
        'main.drml': 'import "./parts/a.drml"\n',
        'parts/a.drml': 'import "./b.drml"\nimport "../sites.drml"\n',
        'parts/b.drml': 'service b { }\n',
        'sites.drml': 'region r { zones a }\n',
      },
    });
    expect(await rename(['parts', 'lib/pieces'])).toEqual({
      'main.drml': ['./lib/pieces/a.drml'],
      'parts/a.drml': ['../../sites.drml'],
    });
    expect(await rename(['parts', 'pieces'])).toEqual({ 'main.drml': ['./pieces/a.drml'] });
  });

  test('of a file that is open is followed step by step, as VS Code takes them', async () => {
    client = await LspClient.start({ files: { 'main.drml': main, 'platform.drml': platform } });
    await client.open('main.drml', main);
    await client.open('platform.drml', platform);
    await until('main.drml', fine('platform.drml'));
    const edits = await rename(['platform.drml', 'base.drml']);
    expect(edits).toEqual({ 'main.drml': ['./base.drml'] });
    const at = main.indexOf('./platform.drml');
    await client.edit('main.drml', at, at + './platform.drml'.length, './base.drml');
    await until('main.drml', missing('base.drml'));
    renameSync(join(client.folder, 'platform.drml'), join(client.folder, 'base.drml'));
    await client.connection.sendNotification('textDocument/didClose', { textDocument: { uri: client.uri('platform.drml') } });
    await client.open('base.drml', platform);
    await client.connection.sendNotification('workspace/didRenameFiles', {
      files: [{ oldUri: client.uri('platform.drml'), newUri: client.uri('base.drml') }],
    });
    await watched(['platform.drml', 3], ['base.drml', 1]);
    await until('main.drml', (messages) => !messages.includes('base.drml') && !messages.includes('registry'));
    await until('platform.drml', nothing);
  });

  test('is followed without a watcher', async () => {
    client = await LspClient.start({ files: { 'main.drml': main, 'platform.drml': platform } });
    await until('main.drml', fine('platform.drml'));
    renameSync(join(client.folder, 'platform.drml'), join(client.folder, 'base.drml'));
    await client.connection.sendNotification('workspace/didRenameFiles', {
      files: [{ oldUri: client.uri('platform.drml'), newUri: client.uri('base.drml') }],
    });
    await until('main.drml', missing('platform.drml'));
    await client.open('main.drml', main.replace('platform', 'base'));
    await until('main.drml', fine('.drml'));
  });
});

test('a workspace may be named by its root alone', async () => {
  client = await LspClient.start({ files: { 'a.drml': 'service s { requires nobody }\n' }, workspaceFolders: 'root-uri' });
  await until('a.drml', missing('nobody'));
  expect(pathToFileURL(client.folder).href).toBe(client.uri('.').replace(/\/\.?$/, ''));
});
