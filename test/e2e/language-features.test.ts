import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest';
import { createWorkspace, removeWorkspace, until, VsCode } from './vs-code.js';

const sites = `region north { zones a, b, c }
region south { zones d, e }
`;

const stores = `import "./sites.drml"

service stock tier 1 { runs 3 in north }
`;

const shop = `import "./sites.drml"
import "./stores.drml"

model shop { }

service orders tier 1 {
  runs 3 in north zones a
  requires stock
  requires payments
}

service   untidy   tier 1 {
runs 2 in south
}

journey buy tier 1 { requires orders, untidy }
`;

let folder: string;
let code: VsCode;

beforeAll(async () => {
  folder = await createWorkspace({ 'sites.drml': sites, 'stores.drml': stores, 'shop.drml': shop });
  code = await VsCode.open(inject('vsCode'), folder);
});

afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await code.screenshot(task.name);
});

afterAll(async () => {
  await code?.close();
  await removeWorkspace(folder);
});

const suggestions = () => code.page.locator('.suggest-widget.visible .monaco-list-row');

describe('the language in the editor', () => {
  it('completes the zones of the region, and no others', async () => {
    await code.openFile('shop.drml');
    await code.revert();
    await code.page.locator('.codelens-decoration a').first().waitFor();
    await code.goTo(7, 26);
    await code.page.keyboard.type(', ');
    await until(async () => {
      if ((await suggestions().count()) === 0) await code.page.keyboard.press('Control+Space');
      const names = await suggestions().locator('.label-name').allTextContents();
      return names.includes('b') && names.includes('c') && !names.includes('d');
    }, 'the zones b and c in the list');
    await code.page.keyboard.press('Escape');
    await code.revert();
  });

  it('creates what is missing by a quick fix', async () => {
    await code.openFile('shop.drml');
    await code.revert();
    await code.page.locator('.editor-group-container.active .squiggly-error').first().waitFor();
    await code.goTo(9, 14);
    await code.page.keyboard.press('Control+.');
    await code.page.locator('.action-widget .monaco-list-row.action').filter({ hasText: 'Create service' }).first().click();
    await code.lineWith(/^service payments\b/);
    await until(
      async () => (await code.page.locator('.editor-group-container.active .squiggly-error').count()) === 0,
      'the unknown name to be known',
    );
    await code.revert();
  });

  it('formats a document', async () => {
    await code.openFile('shop.drml');
    await code.revert();
    await code.command('Format Document');
    await code.lineWith(/^service untidy tier 1 \{/);
    await code.lineWith(/^ {2}runs 2 in south/);
    await code.revert();
  });

  it('renames over files', async () => {
    await code.openFile('shop.drml');
    await code.revert();
    await code.goTo(8, 13);
    await code.page.keyboard.press('F2');
    const box = code.page.locator('.rename-box input').first();
    await box.waitFor({ state: 'visible' });
    await box.fill('warehouse');
    await code.page.keyboard.press('Enter');
    await code.lineWith(/^ {2}requires warehouse/);
    await code.command('File: Save All');
    await until(
      async () => (await readFile(join(folder, 'stores.drml'), 'utf8')).includes('service warehouse tier 1'),
      'the new name in the other file',
    );
    expect(await readFile(join(folder, 'shop.drml'), 'utf8')).toContain('requires warehouse');
  });

  it('shows who requires a component', async () => {
    await code.openFile('shop.drml');
    await code.goTo(6, 10);
    await code.command('DRML: Show Dependency Hierarchy');
    const tree = code.page.locator('.tree-explorer-viewlet-tree-view .monaco-list-row');
    await tree.filter({ hasText: 'orders' }).first().waitFor();
    await tree.filter({ hasText: 'buy' }).first().waitFor();
  });
});
