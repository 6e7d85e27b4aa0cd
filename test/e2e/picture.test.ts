import { describe, expect, it } from 'vitest';
import { openedWorkspace } from './opened-workspace.js';
import { until } from './vs-code.js';

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

  it('follows an edit, and keeps the last good picture while the text is broken', async () => {
    await opened.code.openFile('shop.drml');
    await opened.code.revert();
    await opened.code.goTo(3, 1);
    await opened.code.page.keyboard.type('service ');
    await opened.code.page.locator('.squiggly-error').first().waitFor();
    expect(await card('stock').isVisible()).toBe(true);
    await opened.code.page.keyboard.type('ledger { requires stock }\n');
    await card('ledger').waitFor();
    await until(async () => (await opened.code.page.locator('.squiggly-error').count()) === 0, 'the error to disappear');
  });
});
