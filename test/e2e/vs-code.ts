import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type Browser, chromium, type FrameLocator, type Locator, type Page } from 'playwright-core';
import { findChromium } from '../../scripts/browser.mjs';
import { patience, until, untilSeen } from './until.js';
import { complaintsOf, describeWindow, extensionId } from './window-state.js';

export { patience, until, untilSeen } from './until.js';

/** Runs the browser as a machine without a display and without a sandbox of its own needs it. */
export async function launchBrowser(): Promise<Browser> {
  const executablePath = findChromium();
  if (executablePath === undefined) throw new Error('No Chromium found. Install one, or name it in the variable CHROMIUM.');
  return chromium.launch({
    executablePath,
    headless: true,
    args: [
      ...['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
      ...['--disable-background-networking', '--disable-component-update', '--disable-sync'],
    ],
  });
}

/** Writes files into a new folder below the system's folder for temporary files. */
export async function createWorkspace(files: Readonly<Record<string, string>>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'drml-workspace-'));
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
  }
  return folder;
}

/** Opens a folder in a running VS Code and drives it as a user would. */
export class VsCode {
  readonly page: Page;
  /** Errors of the extension and of its views: what they threw or logged, and what a policy refused them. */
  readonly complaints: readonly string[];
  readonly #browser: Browser;

  private constructor(browser: Browser, page: Page) {
    this.#browser = browser;
    this.page = page;
    this.complaints = complaintsOf(page);
  }

  /** @param server where VS Code answers, such as `http://127.0.0.1:40123` */
  static async open(server: string, folder: string): Promise<VsCode> {
    const browser = await launchBrowser();
    const context = await browser.newContext({ viewport: { width: 1400, height: 900 } });
    const page = await context.newPage();
    page.setDefaultTimeout(patience);
    const code = new VsCode(browser, page);
    await page.goto(`${server}/?folder=${encodeURIComponent(folder)}`);
    await page.locator('.monaco-workbench').waitFor();
    await page.locator('.explorer-folders-view .monaco-list-row').first().waitFor();
    return code;
  }

  async close(): Promise<void> {
    await this.#browser.close();
  }

  /** Loads the window anew; what stood in it comes back by and by. */
  async reload(): Promise<void> {
    await this.page.reload();
    await this.page.locator('.editor-group-container .tab').first().waitFor();
  }

  /** Leaves a picture of the window in test/results, for whoever has to understand a failure. */
  async screenshot(name: string): Promise<void> {
    await this.page.screenshot({ path: join(import.meta.dirname, '..', 'results', `${name.replaceAll(/\W+/g, '-')}.png`) });
  }

  /** Runs a command by its title, as from the command palette. */
  async command(title: string): Promise<void> {
    const row = this.page.locator('.quick-input-list .monaco-list-row').filter({ hasText: title }).first();
    await until(async () => {
      // The list is made when it opens, so a command that an extension has added since needs a new one.
      await this.#type('F1', `>${title}`);
      await row.click({ timeout: 4_000 });
      return true;
    }, `the command ${title}`);
  }

  /** Starts a command and types into the boxes it opens, one answer after the other; an empty answer takes what is offered. */
  async answerInTurn(title: string, answers: readonly { readonly pick?: string; readonly type?: string }[]): Promise<void> {
    await this.command(title);
    for (const { pick, type } of answers) {
      const input = this.page.locator('.quick-input-widget:visible input').first();
      await input.waitFor({ state: 'visible' });
      if (pick !== undefined) {
        await this.page.locator('.quick-input-list .monaco-list-row').filter({ hasText: pick }).first().click();
        continue;
      }
      if (type !== undefined) await input.fill(type);
      await this.page.waitForTimeout(300);
      await this.page.keyboard.press('Enter');
    }
  }

  /** The text of the active editor's lines once it holds `expected`. */
  async lineWith(expected: RegExp): Promise<string> {
    const lines = await untilSeen(
      () => this.visibleLines(),
      (visible) => visible.some((line) => expected.test(line)),
      `a line with ${expected}`,
    );
    return lines.find((line) => expected.test(line)) ?? '';
  }

  /** Opens a file of the folder by its path and waits until its text stands there. */
  async openFile(path: string): Promise<void> {
    const name = path.slice(path.lastIndexOf('/') + 1);
    await until(async () => {
      // A box closes when something else takes the focus, such as an editor that opens late; it is asked for again then.
      await this.#type('Control+P', path);
      // The row that Enter would take may still be one of an earlier list, so the row is clicked.
      await this.page.locator('.quick-input-list .monaco-list-row').filter({ hasText: name }).first().click({ timeout: 4_000 });
      await this.page.locator('.tab.active').filter({ hasText: name }).first().waitFor({ timeout: 4_000 });
      await this.page.locator('.editor-group-container.active .view-line').first().waitFor({ timeout: 4_000 });
      return true;
    }, `the file ${path}`);
  }

  /** Puts the focus into the text of the first group: what is opened from a picture would cover it, and keys would be the picture's. */
  async focusText(): Promise<void> {
    await until(async () => {
      await this.page.keyboard.press('Control+1');
      // A view passes keys on when it comes to it.
      await this.page.locator('.editor-group-container.active .monaco-editor.focused').waitFor({ timeout: 4_000 });
      return true;
    }, 'the focus in the text');
  }

  /** Opens the box that a key opens, and gives it a text. */
  async #type(key: string, text: string): Promise<Locator> {
    await this.page.keyboard.press('Escape');
    await this.page.keyboard.press(key);
    const input = this.page.locator('.quick-input-widget:visible input').first();
    await input.fill(text, { timeout: 4_000 });
    return input;
  }

  /** Takes a quick fix where the cursor stands. A menu that was made while findings were changing is asked for again. */
  async quickFix(title: RegExp): Promise<void> {
    const action = this.page.locator('.action-widget .monaco-list-row.action').filter({ hasText: title }).first();
    await until(async () => {
      await this.page.keyboard.press('Escape');
      await this.page.keyboard.press('Control+.');
      await action.click({ timeout: 4_000 });
      return true;
    }, `the quick fix ${title}`);
  }

  /** Gives the active editor the text of its file again, so that a test can be repeated. */
  async revert(): Promise<void> {
    await this.command('File: Revert File');
    await this.page.locator('.tab.active.dirty').waitFor({ state: 'detached' });
  }

  /** Puts the cursor at a place in the active editor; line and column count from 1. */
  async goTo(line: number, column = 1): Promise<void> {
    await until(async () => {
      const input = await this.#type('Control+G', `:${line}:${column}`);
      await this.page.keyboard.press('Enter');
      await input.waitFor({ state: 'hidden', timeout: 4_000 });
      return true;
    }, `line ${line}`);
  }

  /** The lines that the active editor shows, top to bottom, hints included, as plain text. */
  async visibleLines(): Promise<readonly string[]> {
    const lines = await this.page
      .locator('.editor-group-container.active .view-lines')
      .first()
      .evaluate((element) =>
        [...element.querySelectorAll('.view-line')]
          .sort((a, b) => a.getBoundingClientRect().top - b.getBoundingClientRect().top)
          .map((line) => line.textContent ?? ''),
      );
    return lines.map((line) => line.replaceAll('\u00a0', ' '));
  }

  /** The lines of a file of the folder, as they are on disk. */
  async fileLines(folder: string, path: string): Promise<readonly string[]> {
    return (await readFile(join(folder, path), 'utf8')).split('\n');
  }

  /** The first piece of text in the active editor that holds a word. */
  word(text: string): Locator {
    return this.page.locator('.editor-group-container.active .view-line span > span').filter({ hasText: text }).first();
  }

  /** Rests the mouse on a word and returns the text of the hover once it holds `expected`. */
  async hover(word: string, expected: RegExp): Promise<string> {
    const contents = this.page.locator('.monaco-hover:not(.hidden) .hover-contents');
    const hit = contents.filter({ hasText: expected }).first();
    await until(async () => {
      // A hover that came before the figures were there does not change by itself, so the mouse comes again.
      await this.page.mouse.move(700, 880);
      await this.word(word).hover();
      await hit.waitFor({ timeout: 4_000 });
      return true;
    }, `a hover on "${word}" with ${expected}`);
    return (await hit.textContent()) ?? '';
  }

  /** The title of the language that the status bar shows for the active editor. */
  language(): Locator {
    return this.page.locator('.statusbar-item[id="status.editor.mode"]');
  }

  /** The rows of the Problems view, which is opened for it. */
  async problems(): Promise<Locator> {
    await this.command('Problems: Focus on Problems View');
    return this.page.locator('.markers-panel .monaco-list-row');
  }

  /** The page inside of the one webview that is open. */
  webview(): FrameLocator {
    return this.#webviewAt(this.page.locator('iframe.webview.ready'));
  }

  /** The page inside of the webview that has a part, such as the picture of one model; several may be open. */
  async webviewWith(selector: string): Promise<FrameLocator> {
    let found: FrameLocator | undefined;
    await until(async () => {
      for (const one of await this.page.locator('iframe.webview.ready').all()) {
        const page = this.#webviewAt(one);
        if ((await page.locator(selector).count()) > 0) found = page;
      }
      return found !== undefined;
    }, `a webview with ${selector}`);
    return found ?? this.webview();
  }

  #webviewAt(outer: Locator): FrameLocator {
    return outer.contentFrame().frameLocator('iframe#active-frame');
  }

  /**
   * What VS Code has written down of the folder in the browser's own store, which outlives the window: by default what the extension wanted
   * to be remembered. A window that goes away in a hurry takes along what is not written there yet.
   */
  async remembered(key = extensionId): Promise<string> {
    return this.page.evaluate(async (wanted) => {
      const answered = <T>(request: IDBRequest<T>): Promise<T> =>
        new Promise((resolve, reject) => {
          request.onsuccess = () => resolve(request.result);
          request.onerror = () => reject(request.error);
        });
      const texts: string[] = [];
      for (const { name } of await indexedDB.databases()) {
        if (name?.startsWith('vscode-web-state-db-') !== true) continue;
        const store = await answered(indexedDB.open(name));
        texts.push(String((await answered(store.transaction('ItemTable').objectStore('ItemTable').get(wanted))) ?? ''));
        store.close();
      }
      return texts.join('\n');
    }, key);
  }

  /** What stands in the window, for whoever has to understand a failure. */
  async describe(): Promise<string> {
    const views = (await this.page.locator('iframe.webview.ready').all()).map((one) => this.#webviewAt(one));
    const lines = await this.visibleLines().catch(() => []);
    return [...(await describeWindow(this.page, views)), `errors: ${this.complaints.join(' | ') || 'none'}`, ...lines].join('\n');
  }

  /** Presses the button of a dialog of VS Code. */
  async answer(button: string): Promise<void> {
    await this.page.locator('.monaco-dialog-box .monaco-button').filter({ hasText: button }).first().click();
  }
}

/** Removes a folder that {@link createWorkspace} made. */
export async function removeWorkspace(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
}
