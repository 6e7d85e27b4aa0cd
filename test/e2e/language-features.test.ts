import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openedWorkspace } from './opened-workspace.js';
import { until, untilSeen } from './vs-code.js';

const sites = `region north { zones a, b, c }
region south { zones d, e }
`;

const stores = `import "./sites.drml"

service stock tier 1 { runs 3 in north }
`;

const shop = `import "./sites.drml"
import "./stores.drml"

model shop { }

service orders tier 2 {
  runs 3 in north zones a
  requires stock
  requires payments
}

service   untidy   tier 1 {
runs 2 in south
}

journey buy tier 2 { requires orders, untidy }
`;

const opened = openedWorkspace({ 'sites.drml': sites, 'stores.drml': stores, 'shop.drml': shop });

const suggestions = () => opened.code.page.locator('.suggest-widget.visible .monaco-list-row');

describe('the language in the editor', () => {
  it('completes the zones of the region, and no others', async () => {
    await opened.code.openFile('shop.drml');
    await opened.code.revert();
    await opened.code.page.locator('.codelens-decoration a').first().waitFor();
    await opened.code.goTo(7, 26);
    await opened.code.page.keyboard.type(', ');
    await until(async () => {
      if ((await suggestions().count()) === 0) await opened.code.page.keyboard.press('Control+Space');
      const names = await suggestions().locator('.label-name').allTextContents();
      return names.includes('b') && names.includes('c') && !names.includes('d');
    }, 'the zones b and c in the list');
    await opened.code.page.keyboard.press('Escape');
    await opened.code.revert();
  });

  it('creates what is missing by a quick fix', async () => {
    await opened.code.openFile('shop.drml');
    await opened.code.revert();
    await opened.code.page.locator('.editor-group-container.active .squiggly-error').first().waitFor();
    await opened.code.goTo(9, 14);
    await opened.code.quickFix(/Create service/);
    await opened.code.lineWith(/^service payments\b/);
    await untilSeen(
      () => opened.code.page.locator('.editor-group-container.active .squiggly-error').count(),
      (count) => count === 0,
      'the unknown name to be known',
    );
    await opened.code.revert();
  });

  it('formats a document', async () => {
    await opened.code.openFile('shop.drml');
    await opened.code.revert();
    await opened.code.command('Format Document');
    await opened.code.lineWith(/^service untidy tier 1 \{/);
    await opened.code.lineWith(/^ {2}runs 2 in south/);
    await opened.code.revert();
  });

  it('renames over files', async () => {
    await opened.code.openFile('shop.drml');
    await opened.code.revert();
    await opened.code.goTo(8, 13);
    await opened.code.page.keyboard.press('F2');
    const box = opened.code.page.locator('.rename-box input').first();
    await box.waitFor({ state: 'visible' });
    await box.fill('warehouse');
    await opened.code.page.keyboard.press('Enter');
    await opened.code.lineWith(/^ {2}requires warehouse/);
    await opened.code.command('File: Save All');
    await untilSeen(
      () => readFile(join(opened.folder, 'stores.drml'), 'utf8'),
      (text) => text.includes('service warehouse tier 1'),
      'the new name in the other file',
    );
    expect(await readFile(join(opened.folder, 'shop.drml'), 'utf8')).toContain('requires warehouse');
  });

  it('shows who requires a component', async () => {
    await opened.code.openFile('shop.drml');
    await opened.code.goTo(6, 10);
    await opened.code.command('DRML: Show Dependency Hierarchy');
    const tree = opened.code.page.locator('.tree-explorer-viewlet-tree-view .monaco-list-row');
    await tree.filter({ hasText: 'orders' }).first().waitFor();
    await tree.filter({ hasText: 'buy' }).first().waitFor();
  });
});
