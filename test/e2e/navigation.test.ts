import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openedWorkspace } from './opened-workspace.js';
import { until, untilSeen } from './vs-code.js';

const platform = `region north { zones a, b, c }

policy gold { mtbf 30d }

service stock { runs 3 in north }
`;

const shop = `import "./platform.drml"

model shop { }

service orders {
  runs 3 in north
  follows gold
  requires stock
}
`;

const opened = openedWorkspace({
  'platform.drml': platform,
  'shop.drml': shop,
  'unopened.drml': 'service alone { requires nobody-knows-it }\n',
  'old/left-out.drml': 'service left-out { requires nobody-at-all }\n',
  'drml.config.json': '{ "exclude": ["old"] }\n',
});

const activeTab = (name: string) => opened.code.page.locator('.tab.active').filter({ hasText: name }).first();
const cursorLine = async (): Promise<string> =>
  (await opened.code.page.locator('.statusbar-item[id="status.editor.selection"]').textContent()) ?? '';

describe('the way around', () => {
  it('leads from a use to the declaration in another file', async () => {
    await opened.code.openFile('shop.drml');
    await opened.code.page.locator('.codelens-decoration a').first().waitFor();
    await until(async () => {
      await opened.code.goTo(8, 13);
      await opened.code.page.keyboard.press('F12');
      await activeTab('platform.drml').waitFor({ timeout: 4_000 });
      return true;
    }, 'the file of the declaration');
    await untilSeen(cursorLine, (text) => text.includes('Ln 5'), 'the cursor on the declaration of stock');
  });

  it('leads from a policy to who follows it', async () => {
    await opened.code.openFile('platform.drml');
    await opened.code.goTo(3, 9);
    await opened.code.command('Go to Implementations');
    await activeTab('shop.drml').waitFor();
    await untilSeen(cursorLine, (text) => text.includes('Ln 5'), 'the cursor on the service that follows gold');
  });

  it('shows problems of files that nobody has opened, and none of those that are left out', async () => {
    const rows = await opened.code.problems();
    await rows.filter({ hasText: 'nobody-knows-it' }).first().waitFor();
    expect(await rows.filter({ hasText: 'nobody-at-all' }).count()).toBe(0);
  });

  it('follows files that come and go on disk', async () => {
    const rows = await opened.code.problems();
    await writeFile(join(opened.folder, 'late.drml'), 'service late { requires not-there-yet }\n');
    await rows.filter({ hasText: 'not-there-yet' }).first().waitFor();
    await rm(join(opened.folder, 'late.drml'));
    await untilSeen(
      () => rows.filter({ hasText: 'not-there-yet' }).allInnerTexts(),
      ({ length }) => length === 0,
      'the problem to go with its file',
    );
  });

  it('changes the imports of a file that is renamed', async () => {
    // As at the start, so that the test can be repeated.
    await rm(join(opened.folder, 'base.drml'), { force: true });
    await writeFile(join(opened.folder, 'platform.drml'), platform);
    await writeFile(join(opened.folder, 'shop.drml'), shop);
    await opened.code.openFile('platform.drml');
    const row = opened.code.page.locator('.explorer-folders-view .monaco-list-row').filter({ hasText: 'platform.drml' }).first();
    await row.click();
    await opened.code.page.keyboard.press('F2');
    const box = opened.code.page.locator('.explorer-folders-view .monaco-inputbox input').first();
    await box.waitFor({ state: 'visible' });
    await box.fill('base.drml');
    await opened.code.page.keyboard.press('Enter');
    // VS Code says that the extension wants to change text along with the file, and asks.
    await opened.code.answer('OK');
    await opened.code.page.locator('.explorer-folders-view .monaco-list-row').filter({ hasText: 'base.drml' }).first().waitFor();
    await activeTab('base.drml').waitFor();
    await opened.code.openFile('shop.drml');
    await opened.code.lineWith(/^import "\.\/base\.drml"/);
    await untilSeen(
      () => opened.code.page.locator('.editor-group-container.active .squiggly-error').count(),
      (count) => count === 0,
      'every name to be known as before',
    );
  });
});
