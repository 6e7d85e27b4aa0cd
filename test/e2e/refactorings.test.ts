import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest';
import { createWorkspace, removeWorkspace, until, VsCode } from './vs-code.js';

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

let folder: string;
let code: VsCode;

beforeAll(async () => {
  folder = await createWorkspace({ 'shop.drml': shop });
  code = await VsCode.open(inject('vsCode'), folder);
  await code.openFile('shop.drml');
  await code.page.locator('.codelens-decoration a').first().waitFor();
});

afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await code.screenshot(task.name);
});

afterAll(async () => {
  await code?.close();
  await removeWorkspace(folder);
});

const lens = (text: string | RegExp) => code.page.locator('.codelens-decoration a').filter({ hasText: text }).first();

describe('what can be done with a model in the editor', () => {
  it('leads from a line above a component to those who require it', async () => {
    await lens('1 requires this').click();
    const peek = code.page.locator('.peekview-widget');
    await peek.first().waitFor();
    await until(async () => (await peek.first().textContent())?.includes('shop.drml') === true, 'the places in the peek view');
    await code.page.keyboard.press('Escape');
    await peek.first().waitFor({ state: 'detached' });
  });

  it('says above a region what it hosts', async () => {
    await lens(/hosts 2 components/).waitFor();
    // A line that leads nowhere is no link.
    await code.page.locator('.codelens-decoration').filter({ hasText: 'hosts nothing' }).first().waitFor();
  });

  it('writes an assumption down where its hint is accepted', async () => {
    await code.revert();
    const hint = code.page
      .locator('.editor-group-container.active .view-line span')
      .filter({ hasText: /^\s*assumes\s+availability/ })
      .last();
    await hint.waitFor();
    await hint.dblclick();
    await code.lineWith(/^ {2}availability 99\.5%/);
    await code.revert();
  });

  it('extracts a policy and asks for its name', async () => {
    await code.revert();
    const action = code.page
      .locator('.action-widget .monaco-list-row.action')
      .filter({ hasText: 'Extract policy from 2 statements' })
      .first();
    await until(async () => {
      // A list that was made before the analysis is a short one, so it is asked for again. The palette would drop the selection.
      await code.page.keyboard.press('Escape');
      await code.goTo(8, 3);
      await code.page.keyboard.press('Shift+End');
      await code.page.keyboard.press('Control+.');
      await action.click({ timeout: 4_000 });
      return true;
    }, 'the refactoring in the list');
    await code.lineWith(/^policy orders-policy \{/);
    const box = code.page.locator('.rename-box input').first();
    await box.waitFor({ state: 'visible' });
    await box.fill('steady');
    await code.page.keyboard.press('Enter');
    await code.lineWith(/^policy steady \{/);
    expect(await code.lineWith(/^ {2}follows /)).toContain('follows steady');
    await code.revert();
  });

  it('adds a standby', async () => {
    await code.revert();
    await code.goTo(6, 10);
    await code.command('Refactor...');
    const action = code.page
      .locator('.action-widget .monaco-list-row.action')
      .filter({ hasText: 'Add a warm standby of orders in south' });
    await action.first().click();
    await code.lineWith(/^ {2}runs 3 in south as warm standby/);
    await code.revert();
  });
});
