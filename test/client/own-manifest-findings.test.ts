import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { EventEmitter, Uri, workspace } from 'vscode';
import type { LanguageServer } from '../../client/language-server.js';
import { ManifestFindings } from '../../client/manifests/manifest-findings.js';
import { OwnManifestFindings } from '../../client/manifests/own-manifest-findings.js';
import type { ManifestCheckParams, OwnManifestsParams } from '../../server/lsp/protocol.js';
import { diagnostics, type TextDouble, texts } from './vscode-double.js';

let folder: string;
let named: EventEmitter<OwnManifestsParams>;
let asked: ManifestCheckParams[];
let findings: OwnManifestFindings;
let others: ManifestFindings;
const uri = (path: string): Uri => Uri.file(join(folder, path));
const open = workspace.textDocuments as unknown as TextDouble[];

/** Each file has one finding, which repeats its text. */
function serverDouble(): LanguageServer {
  const double: Pick<LanguageServer, 'onDidChangeOwnManifests' | 'checkManifests'> = {
    onDidChangeOwnManifests: named.event,
    checkManifests: async (params) => {
      asked.push(params);
      const start = { line: 0, character: 0 };
      const range = { start, end: start };
      return {
        files: params.files.map(({ path, text }) => ({
          uri: path,
          findings: [{ range, severity: 'warning', code: 'DR075', message: text, related: [], fixes: [] }],
        })),
      };
    },
  };
  return double as LanguageServer;
}

function opened(path: string, text: string): TextDouble {
  const document = { uri: uri(path), isClosed: false, getText: () => text };
  open.push(document);
  return document;
}

const shown = (collection = 'drml-own-manifests'): Readonly<Record<string, readonly string[]>> =>
  Object.fromEntries(
    [...(diagnostics.get(collection) ?? [])].map(([file, found]) => [
      file.slice(uri('').toString().length + 1),
      found.map(({ message }) => message),
    ]),
  );
const rest = (): Promise<unknown> => vi.advanceTimersByTimeAsync(400).then(() => new Promise((done) => setImmediate(done)));

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  folder = mkdtempSync(join(tmpdir(), 'drml-own-manifests-'));
  for (const name of ['orders', 'prices', 'other']) writeFileSync(join(folder, `${name}.yaml`), `on disk: ${name}`);
  named = new EventEmitter();
  asked = [];
  others = new ManifestFindings(serverDouble());
  findings = new OwnManifestFindings(serverDouble(), others);
});
afterEach(() => {
  findings.dispose();
  others.dispose();
  open.length = 0;
  vi.useRealTimers();
  rmSync(folder, { recursive: true });
});

const model = (...manifests: readonly string[]): OwnManifestsParams => ({
  root: uri('shop.drml').toString(),
  files: [uri('shop.drml').toString()],
  manifests: manifests.map((path) => uri(path).toString()),
});

it('the manifests of an open model are judged by themselves, and no others', async () => {
  opened('shop.drml', '');
  opened('other.yaml', 'open, and named by nobody');
  named.fire(model('orders.yaml', 'prices.yaml'));
  await vi.waitFor(async () => {
    await rest();
    expect(shown()).toEqual({ 'orders.yaml': ['on disk: orders'], 'prices.yaml': ['on disk: prices'] });
  });
  expect(asked.map(({ own }) => own)).toEqual([true]);
});

it('what is typed counts before it is saved, once for a burst of keystrokes', async () => {
  opened('shop.drml', '');
  let text = 'typed';
  const document = { uri: uri('orders.yaml'), isClosed: false, getText: () => text };
  open.push(document);
  named.fire(model('orders.yaml'));
  await vi.waitFor(async () => {
    await rest();
    expect(shown()).toEqual({ 'orders.yaml': ['typed'] });
  });
  for (const letter of ' on') {
    text += letter;
    texts.changed.fire({ document });
    await vi.advanceTimersByTimeAsync(100);
  }
  await vi.waitFor(async () => {
    await rest();
    expect(shown()).toEqual({ 'orders.yaml': ['typed on'] });
  });
  expect(asked).toHaveLength(2);
  // Another file of the same kind is nobody's.
  texts.changed.fire({ document: opened('other.yaml', 'x') });
  texts.saved.fire(document);
  await rest();
  expect(asked).toHaveLength(2);
});

it('a model that is closed, or names nothing any more, takes its findings along', async () => {
  const document = opened('shop.drml', '');
  named.fire(model('orders.yaml'));
  await vi.waitFor(async () => {
    await rest();
    expect(shown()).toHaveProperty(['orders.yaml']);
  });
  open.length = 0;
  texts.closed.fire(document);
  await vi.waitFor(async () => {
    await rest();
    expect(shown()).toEqual({});
  });
  opened('shop.drml', '');
  texts.opened.fire(document);
  await vi.waitFor(async () => {
    await rest();
    expect(shown()).toHaveProperty(['orders.yaml']);
  });
  named.fire(model());
  await vi.waitFor(async () => {
    await rest();
    expect(shown()).toEqual({});
  });
});

it('what somebody asked to check stands there once', async () => {
  opened('shop.drml', '');
  await others.check([uri('orders.yaml')]);
  named.fire(model('orders.yaml', 'prices.yaml'));
  await vi.waitFor(async () => {
    await rest();
    expect(shown()).toEqual({ 'prices.yaml': ['on disk: prices'] });
  });
  expect(shown('drml-manifests')).toEqual({ 'orders.yaml': ['on disk: orders'] });
});
