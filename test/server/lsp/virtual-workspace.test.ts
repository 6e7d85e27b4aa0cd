/** A workspace that is on no disk: the server asks the client for its folders and files. */
import { type ChildProcess, spawn } from 'node:child_process';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  createProtocolConnection,
  type ProtocolConnection,
  type PublishDiagnosticsParams,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver-protocol/node';
import { bundleOf } from '../bundle.js';

const files: Readonly<Record<string, string>> = {
  '/w/sites.drml': 'region north { zones a, b, c }\n',
  '/w/parts/shop.drml':
    'import "../sites.drml"\nmodel shop { }\nservice orders tier 0 { runs 1 in north }\njourney buy tier 0 { requires orders }\n',
  '/w/drml.config.json': '{ "rules": { "DR002": "off" } }\n',
  '/w/node_modules/other.drml': 'no model\n',
};

let server: ChildProcess;
let connection: ProtocolConnection;
const published = new Map<string, PublishDiagnosticsParams>();
const asked: string[] = [];

const pathOf = (uri: string): string => decodeURIComponent(new URL(uri).pathname);

beforeAll(async () => {
  const started = spawn(process.execPath, [await bundleOf('server/lsp/main.ts'), '--stdio'], {
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  server = started;
  connection = createProtocolConnection(new StreamMessageReader(started.stdout), new StreamMessageWriter(started.stdin));
  connection.onNotification('textDocument/publishDiagnostics', (params: PublishDiagnosticsParams) => {
    published.set(pathOf(params.uri), params);
  });
  connection.onRequest('client/registerCapability', () => null);
  connection.onRequest('drml/readFile', ({ uri }: { uri: string }) => {
    asked.push(pathOf(uri));
    const text = files[pathOf(uri)];
    return { base64: text === undefined ? null : Buffer.from(text).toString('base64') };
  });
  connection.onRequest('drml/readFolder', ({ uri }: { uri: string }) => {
    const folder = `${pathOf(uri).replace(/\/$/, '')}/`;
    const below = Object.keys(files).filter((path) => path.startsWith(folder));
    const names = new Set(below.map((path) => path.slice(folder.length).split('/')[0] ?? ''));
    const entries = [...names].map((name) => ({ name, kind: `${folder}${name}` in files ? 'file' : 'folder' }));
    return { entries: below.length === 0 ? null : entries };
  });
  connection.listen();
  await connection.sendRequest('initialize', {
    processId: process.pid,
    rootUri: null,
    workspaceFolders: [{ uri: 'memfs:/w', name: 'w' }],
    capabilities: {},
  });
  await connection.sendNotification('initialized', {});
  // Answered when the first analysis is through.
  await connection.sendRequest('drml/health', {});
});

afterAll(async () => {
  await connection.sendRequest('shutdown');
  await connection.sendNotification('exit');
  connection.dispose();
  server.kill();
});

it('is searched, with imports over folders and without the folders that are never searched', async () => {
  expect(asked).toContain('/w/parts/shop.drml');
  expect(asked).not.toContain('/w/node_modules/other.drml');
  const codes = published.get('/w/parts/shop.drml')?.diagnostics.map(({ code }) => code) ?? [];
  expect(codes).toContain('DR001');
  expect(codes.filter((code) => String(code).startsWith('syntax/'))).toEqual([]);
});

it('is judged by its settings', () => {
  const all = [...published.values()].flatMap(({ diagnostics }) => diagnostics.map(({ code }) => code));
  expect(all).not.toContain('DR002');
});
