import { describe, expect, it } from 'vitest';
import { openedWorkspace } from './opened-workspace.js';
import { untilSeen } from './vs-code.js';

const shop = `model shop {}

region north { zones a, b, c }

journey buy tier 0 {
  requires orders
}

service orders tier 0 {
  runs 3 in north
  availability 99%
  requires stock
}

service stock tier 0 {
  runs 3 in north
  availability 99%
}
`;

const opened = openedWorkspace({ 'shop.drml': shop });

/** The element of the picture that stands for a component or journey. */
const card = (name: string) => opened.code.webview().locator('svg [data-node]').filter({ hasText: name }).first();

describe('the picture', () => {
  it('is drawn beside the editor', async () => {
    await opened.code.openFile('shop.drml');
    await opened.code.page.keyboard.press('Control+K');
    await opened.code.page.keyboard.press('V');
    for (const name of ['buy', 'orders', 'stock']) await card(name).waitFor();
  });

  it('leads from a card to its source', async () => {
    // On its name: in the middle of a card lie the instances, and a click there switches them off.
    await card('stock').click({ position: { x: 40, y: 14 } });
    await opened.code.page.locator('.statusbar-item[id="status.editor.selection"]').filter({ hasText: 'Ln 15' }).waitFor();
  });

  it('follows an edit with its zoom kept; while the text is broken, the last good picture stays and says so', async () => {
    await opened.code.openFile('shop.drml');
    await opened.code.revert();
    const view = opened.code.webview();
    await view.getByRole('button', { name: 'Zoom in' }).click();
    const scale = async (): Promise<string> =>
      view.locator('.canvas').evaluate(({ style }) => /scale\((.*)\)/.exec(style.transform)?.[1] ?? '');
    const before = await scale();
    await opened.code.focusText();
    await opened.code.goTo(3, 1);
    await opened.code.page.keyboard.type('service ');
    await opened.code.page.locator('.squiggly-error').first().waitFor();
    await view.locator('.banner', { hasText: 'Syntax errors in shop.drml. This is the last good picture.' }).waitFor();
    expect(await card('stock').isVisible()).toBe(true);
    await opened.code.page.keyboard.type('ledger { requires stock }\n');
    await card('ledger').waitFor();
    await view.locator('.banner').waitFor({ state: 'hidden' });
    expect(await scale()).toBe(before);
    await untilSeen(
      () => opened.code.page.locator('.squiggly-error').count(),
      (errors) => errors === 0,
      'the error to disappear',
    );
  });
});
