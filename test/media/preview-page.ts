/** The preview as a webview has it: the bundled script under the same strict policy, in a real browser, with a host that records. */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import type { Browser, Page } from 'playwright-core';
import type { HostMessage, ViewMessage } from '../../media/preview/protocol.js';

const folder = join(fileURLToPath(new URL('../../', import.meta.url)), 'media', 'preview');
const address = 'http://preview.test/';

const colours = `:root {
  --vscode-editor-background: #ffffff; --vscode-editor-foreground: #202020; --vscode-descriptionForeground: #606060;
  --vscode-editorError-foreground: #ad0707; --vscode-editorWarning-foreground: #b69500; --vscode-charts-green: #388a34;
  --vscode-charts-blue: #1a5cff; --vscode-charts-purple: #652d90; --vscode-focusBorder: #0069cc; --vscode-font-family: sans-serif; }`;

async function bundle(entry: string): Promise<string> {
  const result = await build({
    entryPoints: [join(folder, entry)],
    bundle: true,
    minify: true,
    write: false,
    format: 'iife',
    platform: 'browser',
    target: 'es2023',
    logLevel: 'silent',
  });
  const [file] = result.outputFiles;
  if (file === undefined) throw new Error(`${entry} gave no bundle.`);
  return file.text;
}

/** One page of the preview. */
export class PreviewPage {
  readonly page: Page;
  /** What the page complained about: errors, and what its policy refused. */
  readonly complaints: readonly string[];
  readonly #worker: string;
  readonly #layered: string;

  private constructor(page: Page, [worker, layered]: readonly [string, string], complaints: readonly string[]) {
    this.page = page;
    this.#worker = worker;
    this.#layered = layered;
    this.complaints = complaints;
  }

  /** Serves the page from memory; `kept` is the state of an earlier life of the view. */
  static async open(browser: Browser, kept: unknown = undefined, words?: object): Promise<PreviewPage> {
    const [script, worker, style] = await Promise.all([bundle('start.ts'), bundle('layout-worker.ts'), bundle('preview.css')]);
    const page = await browser.newPage({ viewport: { width: 900, height: 700 } });
    const complaints: string[] = [];
    page.on('pageerror', (error) => complaints.push(String(error)));
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    const policy = `default-src 'none'; script-src 'nonce-n'; style-src ${address}; worker-src blob:; img-src blob:`;
    const html = `<!DOCTYPE html><html lang="en"><head><meta charset="UTF-8"><meta http-equiv="Content-Security-Policy" content="${policy}">
      <link rel="stylesheet" href="${address}preview.css"><title>preview</title></head>
      <body>${words === undefined ? '' : `<script type="application/json" id="drml-words">${JSON.stringify(words)}</script>`}<script nonce="n" src="${address}host.js"></script><script nonce="n" src="${address}preview.js"></script></body></html>`;
    const host = `window.sent = []; window.kept = ${JSON.stringify(kept ?? null)};
      window.acquireVsCodeApi = () => ({ postMessage: (m) => window.sent.push(m), getState: () => window.kept ?? undefined, setState: (s) => { window.kept = s; } });`;
    const files: { readonly [name: string]: readonly [string, string] } = {
      '': ['text/html', html],
      'host.js': ['text/javascript', host],
      'preview.js': ['text/javascript', script],
      'preview.css': ['text/css', `${colours}\n${style}`],
    };
    await page.route(`${address}**`, async (route) => {
      const file = files[route.request().url().slice(address.length)];
      if (file === undefined) return route.fulfill({ status: 204 });
      return route.fulfill({ status: 200, contentType: file[0], body: file[1] });
    });
    await page.goto(address);
    return new PreviewPage(page, [worker, script], complaints);
  }

  /** A message of the editor. */
  async post(message: HostMessage): Promise<void> {
    await this.page.evaluate((data) => window.postMessage(data, '*'), message);
  }

  async postWorker(source = this.#worker, layered = this.#layered): Promise<void> {
    await this.post({ kind: 'worker', source, layered });
  }

  /** What the view has said so far. */
  async sent(): Promise<readonly ViewMessage[]> {
    return this.page.evaluate(() => (window as unknown as { readonly sent: readonly ViewMessage[] }).sent);
  }

  /** Zoom and pan, as the style of the canvas says them. */
  async transform(): Promise<string> {
    return this.page.locator('.canvas').evaluate((canvas) => canvas.style.transform);
  }
}
