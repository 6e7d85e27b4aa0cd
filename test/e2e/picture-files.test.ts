/** Pictures and the files they are of, in a real VS Code: cursor and node find each other across files, and several pictures stay with theirs. */
import type { FrameLocator } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { openedWorkspace } from './opened-workspace.js';
import { until, untilSeen } from './vs-code.js';

const sites = `region north { zones a, b }
`;

const stock = `import "./sites.drml"

database stock {
  runs 2 in north
}
`;

const shop = `import "./sites.drml"
import "./stock.drml"

model shop { }

journey buy { requires orders }

service orders {
  runs 2 in north
  requires stock
}
`;

const bank = `model bank { }

region east { zones a, b }

journey pay { requires ledger }

service ledger {
  runs 2 in east
}
`;

const opened = openedWorkspace({ 'sites.drml': sites, 'stock.drml': stock, 'shop.drml': shop, 'bank.drml': bank });

const activeTab = (name: string) => opened.code.page.locator('.tab.active').filter({ hasText: name }).first();
const cursor = async (): Promise<string> =>
  (await opened.code.page.locator('.statusbar-item[id="status.editor.selection"]').textContent()) ?? '';
/** What the pictures show, by their files. */
const parts = { shop: '[data-node="stock"]', bank: '[data-node="ledger"]' } as const;
const picture = (of: keyof typeof parts): Promise<FrameLocator> => opened.code.webviewWith(parts[of]);
/** How a picture is moved and zoomed. */
const placeOf = (view: FrameLocator): Promise<string> =>
  view.locator('.pane:not(.placement) .canvas').evaluate((canvas) => canvas.style.transform);

describe('one picture of several files', () => {
  it('marks what the cursor stands in, whichever file that is', async () => {
    const { code } = opened;
    await code.openFile('shop.drml');
    await code.page.keyboard.press('Control+K');
    await code.page.keyboard.press('V');
    await code.webview().locator('[data-node="stock"]').waitFor();
    await code.focusText();
    await code.goTo(8, 10);
    await code.webview().locator('[data-node="orders"].at-cursor').waitFor();
    await code.openFile('stock.drml');
    await code.goTo(4, 3);
    await code.webview().locator('[data-node="stock"].at-cursor').waitFor();
    expect(await code.webview().locator('.at-cursor').count()).toBe(1);
  });

  it('leads from a node to its text, whichever file that is in', async () => {
    const ways = [
      ['orders', 'shop.drml', 'Ln 8'],
      ['stock', 'stock.drml', 'Ln 3'],
      ['north', 'sites.drml', 'Ln 1'],
    ] as const;
    for (const [name, file, line] of ways) {
      await until(async () => {
        const part = opened.code.webview().locator(`[data-node="${name}"], [data-site="${name}"].target`).first();
        // A click on a place or on instances would switch them off; a key with the control key held leads to the text from everywhere.
        await part.press('Control+Enter', { timeout: 4_000 });
        await activeTab(file).waitFor({ timeout: 4_000 });
        return true;
      }, `the way from ${name} to ${file}`);
      await untilSeen(cursor, (at) => at.includes(line), `the cursor on ${name}`);
    }
  });
});

describe('pictures of several models', () => {
  it('stand beside each other, each pinned to its file, and follow their own text only', async () => {
    const { code } = opened;
    await code.openFile('shop.drml');
    const pin = (view: FrameLocator) => view.getByRole('button', { name: /^Pin: / });
    await pin(await picture('shop')).click();
    // What is opened goes where the focus is, and that is the picture now.
    await code.focusText();
    await code.openFile('bank.drml');
    await code.command('DRML: Open Picture to the Side');
    await pin(await picture('bank')).click();
    // The command is about what is active: a click in a view makes it so only when the view has told of it.
    await code.page.locator('.tab', { hasText: 'DRML: bank.drml' }).click();
    await code.page.locator('.editor-group-container.active .tab.active', { hasText: 'DRML: bank.drml' }).waitFor();
    await code.command('View: Move Editor into Right Group');
    const [ofShop, ofBank] = [await picture('shop'), await picture('bank')];
    await code.focusText();
    await code.page.keyboard.press('Control+End');
    await code.page.keyboard.type('\nservice mail { runs 1 in east }\n');
    await code.page.keyboard.press('Control+S');
    await ofBank.locator('[data-node="mail"]').waitFor();
    await activeTab('bank.drml').and(code.page.locator(':not(.dirty)')).waitFor();
    expect(await ofShop.locator('[data-node="mail"]').count()).toBe(0);
    await ofBank.locator('svg [aria-label^="Region east"]').first().click();
    await ofBank.locator('[data-node="ledger"][aria-label*="DOWN"]').waitFor();
    expect(await ofShop.locator('[data-node][aria-label*="DOWN"]').count()).toBe(0);
    await code.screenshot('picture-pinned');
  });

  it('come back after a reload as they were: file, view, zoom, and what was switched off', async () => {
    const { code } = opened;
    const ofShop = await picture('shop');
    await ofShop.getByLabel('Shown part').selectOption('Data and backups');
    await ofShop.locator('[data-node="buy"]').waitFor({ state: 'detached' });
    await ofShop.getByRole('button', { name: 'Zoom in' }).click();
    const place = await placeOf(ofShop);
    // State inside of state: each level has its quotes masked.
    const written = async (): Promise<string> =>
      ((await code.remembered('memento/workbench.parts.editor')).match(/(pinned|kind|site)[\\"]+:[^,}]*/g) ?? []).join(' ');
    await untilSeen(written, (text) => /true.*data.*true.*east/.test(text), 'both pictures to be written down');
    await code.reload();
    await (await picture('bank')).locator('[data-node="ledger"][aria-label*="DOWN"]').waitFor();
    await untilSeen(
      async () => placeOf(await picture('shop')),
      (now) => now === place,
      `zoom and place of before, ${place}`,
    );
    expect(await (await picture('shop')).locator('[data-node="buy"]').count()).toBe(0);
    for (const of of ['shop', 'bank'] as const) {
      const pin = (await picture(of)).getByRole('button', { name: /^Pin: / });
      expect(await pin.getAttribute('aria-pressed'), `the picture of ${of} is pinned`).toBe('true');
      await code.page.locator('.tab', { hasText: `DRML: ${of}.drml` }).waitFor();
    }
  });
});
