/** Files that a picture exports: where the dialog begins, what is written, what is told, and what can be done afterwards. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Uri } from 'vscode';
import type { LanguageServer } from '../../client/language-server.js';
import { PictureFiles } from '../../client/preview/picture-files.js';
import type { NoticeMessage } from '../../media/preview/protocol.js';
import type { PageResult } from '../../server/lsp/protocol.js';
import { model as modelOf } from '../language/diagram/factory.js';
import { commands, dialogs, env, UIKind, workspace } from './vscode-double.js';

const start = { layouts: [], view: { kind: 'system' }, panes: 'flow', switches: { off: [] } } as const;

let folder: string;
let told: Omit<NoticeMessage, 'kind'>[];
let page: PageResult;
let files: PictureFiles;

const shop = () => Uri.file(join(folder, 'models', 'shop.drml'));
const svg = (name = 'shop') => ({ kind: 'save-picture', name, format: 'svg', content: '<svg/>' }) as const;
const ran = () => commands.executed.map(([command, uri]) => [command, String(uri)]);

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'drml-files-'));
  for (const [path, text] of [
    ['models/shop.drml', ''],
    ['extension/dist/preview/preview.js', 'view();'],
    ['extension/dist/preview/preview.css', 'body { margin: 0 }'],
    ['extension/dist/page/page.js', 'page();'],
    ['extension/dist/page/page.css', 'h1 { margin: 0 }'],
    ['extension/l10n/messages.zh-cn.json', '{"a": "甲"}'],
    ['extension/l10n/picture.zh-cn.json', '{"b": "乙"}'],
  ] as const) {
    mkdirSync(join(folder, path, '..'), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  told = [];
  page = { page: { model: { ...modelOf({}), title: 'The shop' }, asOf: '2026-11-01' } };
  const server = {
    page: async () => page,
    matrix: async () => ({ matrix: null, text: '| a |' }),
  } as unknown as LanguageServer;
  files = new PictureFiles(Uri.file(join(folder, 'extension')), server, async (each) => void told.push(each));
  dialogs.proposed.length = 0;
  dialogs.answer = (proposed) => proposed;
  commands.executed.length = 0;
  workspace.workspaceFolders = [];
  Object.assign(env, { language: 'en', uiKind: UIKind.Desktop, remoteName: undefined });
});

afterEach(() => {
  rmSync(folder, { recursive: true });
  Object.assign(env, { language: 'en', uiKind: UIKind.Desktop, remoteName: undefined });
  workspace.workspaceFolders = [];
});

describe('the dialog', () => {
  it('begins beside the model, then where the last file went', async () => {
    dialogs.answer = () => Uri.file(join(folder, 'elsewhere', 'mine.svg'));
    await files.savePicture(shop(), svg());
    await files.savePicture(shop(), svg('shop-data'));
    expect(dialogs.proposed.map((each) => each?.fsPath)).toEqual([
      join(folder, 'models', 'shop.svg'),
      join(folder, 'elsewhere', 'shop-data.svg'),
    ]);
  });

  it('of a text that was never saved begins in the folder that is open, or anywhere', async () => {
    const untitled = Uri.parse('untitled:Untitled-1');
    dialogs.answer = () => undefined;
    await files.savePicture(untitled, svg());
    workspace.workspaceFolders = [{ uri: Uri.file(folder) }];
    await files.savePicture(untitled, svg());
    expect(dialogs.proposed.map((each) => each?.fsPath)).toEqual([undefined, join(folder, 'shop.svg')]);
  });

  it('that is left writes nothing and says nothing', async () => {
    dialogs.answer = () => undefined;
    await files.savePicture(shop(), svg());
    expect(told).toEqual([]);
  });
});

describe('what is written', () => {
  it('is the text of a picture, the bytes of an image, and the matrix', async () => {
    await files.savePicture(shop(), svg());
    await files.savePicture(shop(), { kind: 'save-picture', name: 'shop', format: 'png', content: btoa('\x89PNG') });
    await files.saveMatrix(shop(), { kind: 'save-matrix', format: 'markdown' });
    const read = (name: string) => readFileSync(join(folder, 'models', name), 'latin1');
    expect([read('shop.svg'), read('shop.png'), read('shop-matrix.md')]).toEqual(['<svg/>', '\x89PNG', '| a |']);
    expect(told.map(({ text }) => text)).toEqual(['Saved as shop.svg.', 'Saved as shop.png.', 'Saved as shop-matrix.md.']);
  });

  it('as a page is the model with the scripts and style sheets of the extension', async () => {
    await files.savePage(shop(), { kind: 'save-page', name: 'shop', start });
    const text = readFileSync(join(folder, 'models', 'shop.html'), 'utf8');
    expect(text).toContain('<title>The shop</title>');
    expect(text).toContain('view();\npage();');
    expect(text).toContain('body { margin: 0 }\nh1 { margin: 0 }');
    expect(text).toContain('"panes":"flow","switches":{"off":[]}');
    expect(text).toContain('<html lang="en">');
  });

  it('as a page is in the language of the editor', async () => {
    env.language = 'zh-CN';
    await files.savePage(shop(), { kind: 'save-page', name: 'shop', start });
    const text = readFileSync(join(folder, 'models', 'shop.html'), 'utf8');
    expect(text).toContain('<html lang="zh-cn">');
    expect(text).toContain('"language":{"code":"zh-cn","table":{"a":"甲","b":"乙"}}');
  });
});

describe('what cannot be', () => {
  it('written is told, with the reason', async () => {
    // A file where a folder would have to be.
    dialogs.answer = () => Uri.file(join(folder, 'models', 'shop.drml', 'a.svg'));
    await files.savePicture(shop(), svg());
    expect(told).toEqual([{ text: expect.stringMatching(/^a\.svg could not be saved: .+/) }]);
  });

  it('made is told: there is no model, or the extension lacks a file', async () => {
    page = { page: null };
    await files.savePage(shop(), { kind: 'save-page', name: 'shop', start });
    rmSync(join(folder, 'extension', 'dist', 'page'), { recursive: true });
    await files.savePage(shop(), { kind: 'save-page', name: 'shop', start });
    expect(told).toEqual([
      { text: 'There is no model to save now.' },
      { text: expect.stringMatching(/^The page could not be made: .*page\.(js|css)/) },
    ]);
    expect(dialogs.proposed).toEqual([]);
  });
});

describe('afterwards', () => {
  const offered = async (name: string): Promise<unknown> => {
    dialogs.answer = () => Uri.file(join(folder, 'models', name));
    await files.savePicture(shop(), svg());
    return told.at(-1)?.saved;
  };

  it.each<readonly [string, string, readonly string[], readonly string[]]>([
    ['on the own machine', 'a.svg', ['open', 'reveal'], ['open', 'reveal']],
    ['on the own machine, of a page', 'a.html', ['open', 'reveal'], ['open', 'reveal']],
    ['elsewhere', 'a.svg', ['open'], ['open', 'reveal']],
    // The browser of the user does not reach that file.
    ['elsewhere, of a page', 'a.html', [], ['reveal']],
  ])('%s, %s can be opened and shown: outside %j, inside of the workspace %j', async (where, name, outside, inside) => {
    if (where.startsWith('elsewhere')) Object.assign(env, { uiKind: UIKind.Web, remoteName: 'tunnel' });
    expect(await offered(name)).toEqual(outside);
    workspace.workspaceFolders = [{ uri: Uri.file(folder) }];
    expect(await offered(name)).toEqual(inside);
  });

  it('the last file is opened: pages in the browser, all else in the editor', async () => {
    await files.show('open');
    expect(ran()).toEqual([]);
    await offered('a.svg');
    await files.show('open');
    await offered('a.html');
    await files.show('open');
    expect(ran()).toEqual([
      ['vscode.open', Uri.file(join(folder, 'models', 'a.svg')).toString()],
      ['openExternal', Uri.file(join(folder, 'models', 'a.html')).toString()],
    ]);
  });

  it('it is shown in the explorer where it lies in the workspace, else in its folder', async () => {
    await offered('a.svg');
    await files.show('reveal');
    workspace.workspaceFolders = [{ uri: Uri.file(folder) }];
    await files.show('reveal');
    expect(ran().map(([command]) => command)).toEqual(['revealFileInOS', 'revealInExplorer']);
  });
});
