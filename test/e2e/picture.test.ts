import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest';
import { createWorkspace, removeWorkspace, until, VsCode } from './vs-code.js';

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

let folder: string;
let code: VsCode;

beforeAll(async () => {
  folder = await createWorkspace({ 'shop.drml': shop });
  code = await VsCode.open(inject('vsCode'), folder);
});

afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await code.screenshot(task.name);
});

afterAll(async () => {
  await code?.close();
  await removeWorkspace(folder);
});

/** The element of the picture that stands for a component or journey. */
const card = (name: string) => code.webview().locator('svg [data-node]').filter({ hasText: name }).first();

describe('the picture', () => {
  it('is drawn beside the editor', async () => {
    await code.openFile('shop.drml');
    await code.page.keyboard.press('Control+K');
    await code.page.keyboard.press('V');
    for (const name of ['buy', 'orders', 'stock']) await card(name).waitFor();
  });

  it('leads from a card to its source', async () => {
    await card('stock').click();
    await code.page.locator('.statusbar-item[id="status.editor.selection"]').filter({ hasText: 'Ln 15' }).waitFor();
  });

  it('follows an edit, and keeps the last good picture while the text is broken', async () => {
    await code.openFile('shop.drml');
    await code.revert();
    await code.goTo(3, 1);
    await code.page.keyboard.type('service ');
    await code.page.locator('.squiggly-error').first().waitFor();
    expect(await card('stock').isVisible()).toBe(true);
    await code.page.keyboard.type('ledger { requires stock }\n');
    await card('ledger').waitFor();
    await until(async () => (await code.page.locator('.squiggly-error').count()) === 0, 'the error to disappear');
  });
});
