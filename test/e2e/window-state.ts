import type { FrameLocator, Page } from 'playwright-core';
import packageJson from '../../package.json' with { type: 'json' };
import { firstLine, shortened } from './until.js';

/** The extension under test, as VS Code names it. */
export const extensionId = `${packageJson.publisher}.${packageJson.name}`;

/** Collects what goes wrong in the extension and its views. What VS Code itself complains about is not ours: its own files come from `/static/`. */
export function complaintsOf(page: Page): readonly string[] {
  const complaints: string[] = [];
  page.on('pageerror', (error) => {
    // A size that is told of in the next frame instead of this one is no error of anybody.
    const isHarmless = error.message.startsWith('ResizeObserver loop');
    if (!isHarmless && !(error.stack ?? '').includes('/static/')) complaints.push(error.stack ?? String(error));
  });
  page.on('console', (message) => {
    const { url } = message.location();
    const byVsCode = url.includes('/static/');
    if (message.type() === 'error' && (!byVsCode || message.text().includes(extensionId)))
      complaints.push(`${message.text()} (${url})`);
  });
  return complaints;
}

/** What stands in a window, line by line: tabs, cursor, notices, lists, and what each of its views shows. */
export async function describeWindow(page: Page, views: readonly FrameLocator[]): Promise<readonly string[]> {
  const texts = async (selector: string): Promise<string> => {
    const found = await page.locator(selector).allInnerTexts();
    return found.map((text) => text.replaceAll(/\s+/g, ' ').trim()).join(' | ') || 'none';
  };
  const said = [
    `tabs: ${await texts('.tab')}; active: ${await texts('.editor-group-container.active .tab.active')}`,
    `cursor: ${await texts('.statusbar-item[id="status.editor.selection"]')}`,
    `notices: ${await texts('.notification-toast, .monaco-dialog-box')}`,
    `open list: ${await texts('.quick-input-widget:visible')}`,
    `underlined: ${await page.locator('[class*="squiggly-"]').count()}`,
  ];
  for (const [index, view] of views.entries()) {
    const told = view.locator('body').evaluate(viewText, undefined, { timeout: 2_000 });
    said.push(`webview ${index + 1}: ${await told.catch((error: unknown) => `not to be read: ${firstLine(error)}`)}`);
  }
  return said.map(shortened);
}

/** What a view shows, in a line: runs inside of the page of the view. */
function viewText(body: HTMLElement | SVGElement): string {
  const parts = (selector: string, text: (part: Element) => string | null): string =>
    [...body.querySelectorAll(selector)]
      .filter((part) => part.getClientRects().length > 0)
      .map((part) => text(part) ?? '')
      .filter((each) => each !== '')
      .join(' | ');
  const pictures = parts('svg[role=group]', (svg) => svg.getAttribute('aria-label'));
  if (pictures === '') return (body.textContent ?? '').replaceAll(/\s+/g, ' ');
  const said = parts('[role=status]', (line) => line.textContent) || 'nothing';
  const zoom = parts('.canvas', (canvas) => (canvas as HTMLElement).style.transform);
  return `${pictures}; says: ${said}; zoom: ${zoom}; nodes: ${parts('[data-node]', (node) => node.getAttribute('data-node'))}`;
}
