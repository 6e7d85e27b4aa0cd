import type { Page } from 'playwright-core';

/** Every text of a page that people read or hear, once. */
export function textsIn(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const found: string[] = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      if (node instanceof Element) {
        for (const name of ['aria-label', 'title', 'placeholder', 'aria-valuetext']) found.push(node.getAttribute(name) ?? '');
      } else if (!['SCRIPT', 'NOSCRIPT'].includes(node.parentElement?.tagName ?? '')) found.push(node.nodeValue ?? '');
    }
    return [...new Set(found)];
  });
}
