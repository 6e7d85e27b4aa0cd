import { describe, expect, it } from 'vitest';
import { openedWorkspace } from './opened-workspace.js';
import { until } from './vs-code.js';

const shop = `model shop { }

region north { zones a, b, c }
region south { zones a, b }

service orders tier 1 {
  runs 3 in north
  mtbf 30d  mttr 5m
  requires stock
}

service stock tier 1 {
  runs 3 in north
}

journey buy tier 1 { requires orders }
`;

const opened = openedWorkspace({ 'shop.drml': shop }, async (code) => {
  await code.openFile('shop.drml');
  await code.page.locator('.codelens-decoration a').first().waitFor();
});

const lens = (text: string | RegExp) => opened.code.page.locator('.codelens-decoration a').filter({ hasText: text }).first();

describe('what can be done with a model in the editor', () => {
  it('leads from a line above a component to those who require it', async () => {
    await lens('1 requires this').click();
    const peek = opened.code.page.locator('.peekview-widget');
    await peek.first().waitFor();
    await peek.first().filter({ hasText: 'shop.drml' }).waitFor();
    await opened.code.page.keyboard.press('Escape');
    await peek.first().waitFor({ state: 'detached' });
  });

  it('says above a region what it hosts', async () => {
    await lens(/hosts 2 components/).waitFor();
    // A line that leads nowhere is no link.
    await opened.code.page.locator('.codelens-decoration').filter({ hasText: 'hosts nothing' }).first().waitFor();
  });

  it('writes an assumption down where its hint is accepted', async () => {
    await opened.code.revert();
    const hint = opened.code.page
      .locator('.editor-group-container.active .view-line span')
      .filter({ hasText: /^\s*assumes\s+availability/ })
      .last();
    await hint.waitFor();
    await hint.dblclick();
    await opened.code.lineWith(/^ {2}availability 99\.5%/);
    await opened.code.revert();
  });

  it('extracts a policy and asks for its name', async () => {
    await opened.code.revert();
    const action = opened.code.page
      .locator('.action-widget .monaco-list-row.action')
      .filter({ hasText: 'Extract policy from 2 statements' })
      .first();
    await until(async () => {
      // A list that was made before the analysis is a short one, so it is asked for again. The palette would drop the selection.
      await opened.code.page.keyboard.press('Escape');
      await opened.code.goTo(8, 3);
      await opened.code.page.keyboard.press('Shift+End');
      await opened.code.page.keyboard.press('Control+.');
      await action.click({ timeout: 4_000 });
      return true;
    }, 'the refactoring in the list');
    await opened.code.lineWith(/^policy orders-policy \{/);
    const box = opened.code.page.locator('.rename-box input').first();
    await box.waitFor({ state: 'visible' });
    await box.fill('steady');
    await opened.code.page.keyboard.press('Enter');
    await opened.code.lineWith(/^policy steady \{/);
    expect(await opened.code.lineWith(/^ {2}follows /)).toContain('follows steady');
    await opened.code.revert();
  });

  it('adds a standby', async () => {
    await opened.code.revert();
    await opened.code.goTo(6, 10);
    await opened.code.command('Refactor...');
    const action = opened.code.page
      .locator('.action-widget .monaco-list-row.action')
      .filter({ hasText: 'Add a warm standby of orders in south' });
    await action.first().click();
    await opened.code.lineWith(/^ {2}runs 3 in south as warm standby/);
    await opened.code.revert();
  });
});
