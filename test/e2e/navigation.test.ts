import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest';
import { createWorkspace, removeWorkspace, until, VsCode } from './vs-code.js';

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

let folder: string;
let code: VsCode;

beforeAll(async () => {
  folder = await createWorkspace({
    'platform.drml': platform,
    'shop.drml': shop,
    'unopened.drml': 'service alone { requires nobody-knows-it }\n',
    'old/left-out.drml': 'service left-out { requires nobody-at-all }\n',
    'drml.config.json': '{ "exclude": ["old"] }\n',
  });
  code = await VsCode.open(inject('vsCode'), folder);
});

afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await code.screenshot(task.name);
});

afterAll(async () => {
  await code?.close();
  await removeWorkspace(folder);
});

const activeTab = (name: string) => code.page.locator('.tab.active').filter({ hasText: name }).first();
const cursorLine = async (): Promise<string> =>
  (await code.page.locator('.statusbar-item[id="status.editor.selection"]').textContent()) ?? '';

describe('the way around', () => {
  it('leads from a use to the declaration in another file', async () => {
    await code.openFile('shop.drml');
    await code.page.locator('.codelens-decoration a').first().waitFor();
    await code.goTo(8, 13);
    await code.page.keyboard.press('F12');
    await activeTab('platform.drml').waitFor();
    await until(async () => (await cursorLine()).includes('Ln 5'), 'the cursor on the declaration of stock');
  });

  it('leads from a policy to who follows it', async () => {
    await code.openFile('platform.drml');
    await code.goTo(3, 9);
    await code.command('Go to Implementations');
    await activeTab('shop.drml').waitFor();
    await until(async () => (await cursorLine()).includes('Ln 5'), 'the cursor on the service that follows gold');
  });

  it('shows problems of files that nobody has opened, and none of those that are left out', async () => {
    const rows = await code.problems();
    await rows.filter({ hasText: 'nobody-knows-it' }).first().waitFor();
    expect(await rows.filter({ hasText: 'nobody-at-all' }).count()).toBe(0);
  });

  it('follows files that come and go on disk', async () => {
    const rows = await code.problems();
    await writeFile(join(folder, 'late.drml'), 'service late { requires not-there-yet }\n');
    await rows.filter({ hasText: 'not-there-yet' }).first().waitFor();
    await rm(join(folder, 'late.drml'));
    await until(async () => (await rows.filter({ hasText: 'not-there-yet' }).count()) === 0, 'the problem to go with its file');
  });

  it('changes the imports of a file that is renamed', async () => {
    // As at the start, so that the test can be repeated.
    await rm(join(folder, 'base.drml'), { force: true });
    await writeFile(join(folder, 'platform.drml'), platform);
    await writeFile(join(folder, 'shop.drml'), shop);
    await code.openFile('platform.drml');
    const row = code.page.locator('.explorer-folders-view .monaco-list-row').filter({ hasText: 'platform.drml' }).first();
    await row.click();
    await code.page.keyboard.press('F2');
    const box = code.page.locator('.explorer-folders-view .monaco-inputbox input').first();
    await box.waitFor({ state: 'visible' });
    await box.fill('base.drml');
    await code.page.keyboard.press('Enter');
    // VS Code says that the extension wants to change text along with the file, and asks.
    await code.answer('OK');
    await code.page.locator('.explorer-folders-view .monaco-list-row').filter({ hasText: 'base.drml' }).first().waitFor();
    await activeTab('base.drml').waitFor();
    await code.openFile('shop.drml');
    await code.lineWith(/^import "\.\/base\.drml"/);
    await until(
      async () => (await code.page.locator('.editor-group-container.active .squiggly-error').count()) === 0,
      'every name to be known as before',
    );
  });
});
