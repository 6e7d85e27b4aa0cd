import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type ExtensionContext, type LogOutputChannel, Uri } from 'vscode';
import type { LanguageServer } from '../../client/language-server.js';
import { PreviewPanel } from '../../client/preview/preview-panel.js';
import type { DiagramGraph } from '../../language/diagram/graph.js';
import type { DiagramResult } from '../../server/lsp/protocol.js';
import { EventEmitter, type PanelDouble, stage, texts, ViewColumn } from './vscode-double.js';

const shop = Uri.parse('file:///models/shop.drml');
const other = Uri.parse('file:///models/other.drml');

/** A picture that can be told from others; the panel passes it on without looking into it. */
function picture(name: string): DiagramGraph {
  return { name } as unknown as DiagramGraph;
}

let extension: string;
let analysisChanged: EventEmitter<readonly string[]>;
let answers: Map<string, () => Promise<DiagramResult>>;
let asked: string[];
let preview: PreviewPanel;
let memory: Map<string, unknown>;
let stateChanged: EventEmitter<string>;
let server: { state: string };
let warn: ReturnType<typeof vi.fn>;

function panel(): PanelDouble {
  const [only] = stage.panels;
  if (only === undefined) throw new Error('No panel was opened.');
  return only;
}

const diagrams = () => panel().posted.filter((message) => (message as { kind: string }).kind === 'diagram');

beforeEach(() => {
  extension = mkdtempSync(join(tmpdir(), 'drml-extension-'));
  mkdirSync(join(extension, 'dist', 'preview'), { recursive: true });
  writeFileSync(join(extension, 'dist', 'preview', 'layout-worker.js'), 'the worker');
  writeFileSync(join(extension, 'dist', 'preview', 'preview.js'), 'the other');
  stage.panels.length = 0;
  stage.shown.length = 0;
  analysisChanged = new EventEmitter();
  asked = [];
  memory = new Map();
  answers = new Map([[shop.toString(), async () => ({ version: 7, diagram: picture('shop') })]]);
  stateChanged = new EventEmitter();
  warn = vi.fn();
  const running = {
    state: 'running',
    onDidChangeAnalysis: analysisChanged.event,
    onDidChangeState: stateChanged.event,
    diagram: (uri: Uri) => {
      asked.push(uri.toString());
      return answers.get(uri.toString())?.() ?? Promise.resolve({ version: 1, diagram: null, problem: 'No model.' });
    },
    whatIf: async () => ({ whatIf: null }),
  };
  server = running;
  const context = {
    extensionUri: Uri.file(extension),
    workspaceState: {
      get: (key: string) => memory.get(key),
      update: async (key: string, value: unknown) => memory.set(key, value),
    },
  } as unknown as ExtensionContext;
  preview = new PreviewPanel(context, running as unknown as LanguageServer, { warn } as unknown as LogOutputChannel);
});

afterEach(() => {
  preview.dispose();
  rmSync(extension, { recursive: true });
});

describe('the page of the preview', () => {
  it('allows its own script and style sheet, a worker and an image from a Blob, and nothing else', () => {
    preview.open(shop);
    const { html } = panel().webview;
    const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(html)?.[1] ?? '';
    const nonce = /<script nonce="([^"]+)"/.exec(html)?.[1] ?? 'no nonce';
    expect(policy.split('; ').sort()).toEqual(
      [
        `default-src 'none'`,
        `script-src 'nonce-${nonce}'`,
        'style-src https://webview.example',
        'worker-src blob:',
        'img-src blob:',
      ].sort(),
    );
    expect(html).not.toMatch(/ on\w+=|style=|<style/);
  });

  it('has a new nonce each time', () => {
    preview.open(shop);
    const before = panel().webview.html;
    panel().dispose();
    preview.open(shop);
    expect(stage.panels[1]?.webview.html).not.toBe(before);
  });
});

describe('the preview', () => {
  it('sends the worker and the picture once its page listens', async () => {
    preview.open(shop);
    expect(panel().posted).toEqual([]);
    panel().say({ kind: 'ready' });
    await vi.waitFor(() => expect(diagrams()).toHaveLength(1));
    expect(panel().posted[0]).toEqual({ kind: 'worker', source: 'the worker', layered: 'the other' });
    expect(diagrams()[0]).toEqual({ kind: 'diagram', graph: picture('shop'), version: 1, file: shop.toString() });
  });

  it('asks once more, not once each, for the analyses during an answer', async () => {
    let release: (result: DiagramResult) => void = () => undefined;
    preview.open(shop);
    panel().say({ kind: 'ready' });
    await vi.waitFor(() => expect(diagrams()).toHaveLength(1));
    answers.set(shop.toString(), () => new Promise((resolve) => (release = resolve)));
    for (let count = 0; count < 5; count += 1) analysisChanged.fire([shop.toString()]);
    expect(asked).toHaveLength(2);
    release({ version: 8, diagram: picture('older') });
    await vi.waitFor(() => expect(asked).toHaveLength(3));
    release({ version: 9, diagram: picture('newest') });
    await vi.waitFor(() => expect(diagrams()).toHaveLength(3));
    expect(diagrams()[2]).toEqual({ kind: 'diagram', graph: picture('newest'), version: 3, file: shop.toString() });
  });

  it('follows the active model, with versions that only grow', async () => {
    answers.set(other.toString(), async () => ({ version: 1, diagram: picture('other') }));
    preview.open(shop);
    panel().say({ kind: 'ready' });
    await vi.waitFor(() => expect(diagrams()).toHaveLength(1));
    stage.focus({ document: { uri: other, languageId: 'drml' }, viewColumn: ViewColumn.One, revealRange: () => undefined });
    await vi.waitFor(() => expect(diagrams()).toHaveLength(2));
    expect(diagrams()[1]).toEqual({ kind: 'diagram', graph: picture('other'), version: 2, file: other.toString() });
    expect(panel().title).toBe('DRML: other.drml');
    stage.focus({
      document: { uri: Uri.parse('file:///models/a.ts'), languageId: 'typescript' },
      viewColumn: ViewColumn.One,
      revealRange: () => undefined,
    });
    expect(panel().title).toBe('DRML: other.drml');
  });

  it('pinned stays with its file: another file gets a picture of its own', async () => {
    answers.set(other.toString(), async () => ({ version: 1, diagram: picture('other') }));
    preview.open(shop);
    panel().say({ kind: 'ready' });
    await vi.waitFor(() => expect(diagrams()).toHaveLength(1));
    panel().say({ kind: 'pin', pinned: true });
    preview.open(other);
    expect(stage.panels.map(({ title }) => title)).toEqual(['DRML: shop.drml', 'DRML: other.drml']);
    const [, second] = stage.panels;
    second?.say({ kind: 'ready' });
    await vi.waitFor(() => expect(second?.posted).toContainEqual(expect.objectContaining({ graph: picture('other') })));
    // An analysis reaches both; the pinned file opens no third one.
    analysisChanged.fire([shop.toString()]);
    await vi.waitFor(() => expect(diagrams()).toHaveLength(2));
    preview.open(shop);
    expect(stage.panels).toHaveLength(2);
    expect(second?.title).toBe('DRML: other.drml');
  });

  it('remembers how each file was looked at, for a view that has not seen it', async () => {
    preview.open(shop);
    panel().say({ kind: 'ready' });
    panel().say({ kind: 'kept', file: shop.toString(), state: { scale: 2 } });
    await vi.waitFor(() => expect(memory.get('drml.preview.views')).toEqual({ [shop.toString()]: { scale: 2 } }));
    panel().dispose();
    preview.open(shop);
    stage.panels[1]?.say({ kind: 'ready' });
    await vi.waitFor(() =>
      expect(stage.panels[1]?.posted).toContainEqual(expect.objectContaining({ file: shop.toString(), kept: { scale: 2 } })),
    );
  });

  it('gives a page that is built anew the last good picture, though the text is broken now', async () => {
    preview.open(shop);
    panel().say({ kind: 'ready' });
    await vi.waitFor(() => expect(diagrams()).toHaveLength(1));
    answers.set(shop.toString(), async () => ({ version: 8, diagram: null, problem: 'Syntax errors in shop.drml.' }));
    panel().posted.length = 0;
    panel().say({ kind: 'ready' });
    await vi.waitFor(() => expect(diagrams()).toHaveLength(2));
    expect(diagrams()).toMatchObject([{ graph: picture('shop') }, { graph: null, problem: 'Syntax errors in shop.drml.' }]);
  });

  it('leads to the source of what was clicked, beside itself', async () => {
    preview.open(shop);
    panel().say({ kind: 'reveal', uri: shop.toString(), start: { line: 4, character: 2 }, end: { line: 9, character: 1 } });
    await vi.waitFor(() => expect(stage.shown[0]?.selection).toBeDefined());
    expect(stage.shown[0]?.viewColumn).toBe(ViewColumn.One);
    expect(stage.shown[0]?.selection?.start).toEqual({ line: 4, character: 2 });
  });

  it('opens no file that is not a model', async () => {
    preview.open(shop);
    panel().say({ kind: 'reveal', uri: 'file:///etc/passwd', start: { line: 0, character: 0 }, end: { line: 0, character: 0 } });
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(stage.shown).toEqual([]);
  });
});

describe('the life of a preview', () => {
  /** A view that shows the shop. */
  async function opened(): Promise<void> {
    preview.open(shop);
    panel().say({ kind: 'ready' });
    await vi.waitFor(() => expect(diagrams()).toHaveLength(1));
  }
  const settled = () => new Promise((resolve) => setTimeout(resolve, 20));

  it('ends in the middle of an answer, and of reading its files, without a word', async () => {
    let release: (result: DiagramResult) => void = () => undefined;
    answers.set(shop.toString(), () => new Promise((resolve) => (release = resolve)));
    preview.open(shop);
    const first = panel();
    first.say({ kind: 'ready' });
    await vi.waitFor(() => expect(asked).toHaveLength(1));
    first.say({ kind: 'what-if', switches: { off: [{ kind: 'site', site: 'r' }] } });
    first.say({ kind: 'ready' });
    first.dispose();
    const before = first.posted.length;
    release({ version: 8, diagram: picture('late') });
    await settled();
    analysisChanged.fire([shop.toString()]);
    await settled();
    expect([first.posted.length, asked.length]).toEqual([before, 1]);
    expect(warn.mock.calls).toEqual([]);
    // The next one is a new one.
    preview.open(shop);
    expect(stage.panels).toHaveLength(2);
  });

  it('hidden asks for nothing, and for the newest when it is seen again', async () => {
    await opened();
    panel().show(false);
    for (let count = 0; count < 5; count += 1) analysisChanged.fire([shop.toString()]);
    await settled();
    expect(asked).toHaveLength(1);
    answers.set(shop.toString(), async () => ({ version: 9, diagram: picture('newest') }));
    panel().show(true);
    await vi.waitFor(() => expect(diagrams().at(-1)).toMatchObject({ graph: picture('newest') }));
    // That the focus comes and goes is no reason to ask.
    panel().show(true);
    await settled();
    expect(asked).toHaveLength(2);
  });

  it('says that the server does not run, and goes on when it does', async () => {
    await opened();
    server.state = 'stopped';
    stateChanged.fire('stopped');
    await vi.waitFor(() => expect(diagrams()).toHaveLength(2));
    expect(diagrams()[1]).toMatchObject({ graph: null, file: shop.toString(), problem: 'The language server does not run.' });
    server.state = 'starting';
    stateChanged.fire('starting');
    await settled();
    expect(diagrams()).toHaveLength(2);
    server.state = 'running';
    stateChanged.fire('running');
    await vi.waitFor(() => expect(diagrams()).toHaveLength(3));
    expect(diagrams()[2]).toMatchObject({ graph: picture('shop') });
    expect(diagrams()[2]).not.toHaveProperty('problem');
  });

  it('that is opened while the server does not run says so, too', async () => {
    server.state = 'stopped';
    preview.open(shop);
    panel().say({ kind: 'ready' });
    await vi.waitFor(() => expect(diagrams()).toHaveLength(1));
    expect(diagrams()[0]).toMatchObject({ graph: null, problem: 'The language server does not run.' });
  });

  it('outlives a server that falls in the middle of an answer', async () => {
    await opened();
    answers.set(shop.toString(), () => Promise.reject(new Error('Connection got disposed.')));
    analysisChanged.fire([shop.toString()]);
    await vi.waitFor(() => expect(warn).toHaveBeenCalledTimes(1));
    answers.set(shop.toString(), async () => ({ version: 2, diagram: picture('again') }));
    stateChanged.fire('running');
    await vi.waitFor(() => expect(diagrams().at(-1)).toMatchObject({ graph: picture('again') }));
  });

  it.each([
    ['the file', shop, other, other],
    ['its folder', Uri.parse('file:///models'), Uri.parse('file:///plans'), Uri.parse('file:///plans/shop.drml')],
  ])('goes with %s when that is renamed, looked at as before', async (_what, oldUri, newUri, now) => {
    memory.set('drml.preview.views', { [shop.toString()]: { scale: 2 } });
    await opened();
    answers.set(now.toString(), async () => ({ version: 1, diagram: picture('moved') }));
    texts.renamed.fire({ files: [{ oldUri: Uri.parse('file:///model'), newUri: Uri.parse('file:///x') }] });
    expect(asked).toHaveLength(1);
    texts.renamed.fire({ files: [{ oldUri, newUri }] });
    await vi.waitFor(() => expect(diagrams()).toHaveLength(2));
    expect(diagrams()[1]).toMatchObject({ graph: picture('moved'), file: now.toString(), kept: { scale: 2 } });
    expect(panel().title).toBe(`DRML: ${now.path.slice(now.path.lastIndexOf('/') + 1)}`);
  });

  it('of a file that is gone keeps the picture, with the reason', async () => {
    await opened();
    answers.delete(shop.toString());
    analysisChanged.fire([shop.toString()]);
    await vi.waitFor(() => expect(diagrams()).toHaveLength(2));
    expect(diagrams()[1]).toMatchObject({ graph: null, file: shop.toString(), problem: 'No model.' });
    panel().posted.length = 0;
    panel().say({ kind: 'ready' });
    await vi.waitFor(() => expect(diagrams()).toHaveLength(2));
    expect(diagrams()[0]).toMatchObject({ graph: picture('shop') });
  });

  it('serves a text that was never saved', async () => {
    const untitled = Uri.parse('untitled:Untitled-1');
    answers.set(untitled.toString(), async () => ({ version: 1, diagram: picture('untitled') }));
    preview.open(untitled);
    panel().say({ kind: 'ready' });
    await vi.waitFor(() => expect(diagrams()).toHaveLength(1));
    expect([panel().title, diagrams()[0]]).toMatchObject(['DRML: Untitled-1', { graph: picture('untitled') }]);
  });
});
