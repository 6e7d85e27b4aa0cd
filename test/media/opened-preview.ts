import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest';
import { launchBrowser } from '../e2e/vs-code.js';
import { PreviewPage } from './preview-page.js';

/** The picture's page in a browser, made anew for each test of one file. */
export interface OpenedPreview {
  readonly browser: Browser;
  readonly view: PreviewPage;
}

/**
 * Opens the picture's page before each test of the calling file, and closes it after it; nothing may have been refused by its policy
 * or thrown. `prepare` brings the page to where all tests begin.
 */
export function openedPreview(prepare: (view: PreviewPage) => Promise<void> = async () => {}): OpenedPreview {
  let browser: Browser | undefined;
  let view: PreviewPage | undefined;
  const open = <T>(one: T | undefined): T => {
    if (one === undefined) throw new Error('The page is open only while tests run.');
    return one;
  };

  beforeAll(async () => {
    browser = await launchBrowser();
  });

  beforeEach(async () => {
    view = await PreviewPage.open(open(browser));
    await prepare(view);
  });

  afterEach(async () => {
    expect(view?.complaints).toEqual([]);
    await view?.page.close();
  });

  afterAll(async () => {
    await browser?.close();
  });

  return {
    get browser() {
      return open(browser);
    },
    get view() {
      return open(view);
    },
  };
}
