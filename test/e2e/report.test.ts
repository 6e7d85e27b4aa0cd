import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openedWorkspace } from './opened-workspace.js';
import { until, untilSeen } from './vs-code.js';

const shop = `model shop "Corner shop" { }

region north { zones a, b, c }

service orders tier 0 {
  runs 3 in north
  objective { availability 99% }
}
`;

const opened = openedWorkspace({ 'shop.drml': shop });

/** What the pages inside of the window say: each preview is a page of its own. */
async function shownPages(): Promise<string> {
  const texts = await Promise.all(
    opened.code.page.frames().map((frame) => frame.evaluate(() => document.body.textContent ?? '').catch(() => '')),
  );
  return texts.join('\n');
}

it('DRML: Open DR Report shows the report as a page beside the text, and follows the text', async () => {
  await until(async () => {
    await opened.code.openFile('shop.drml');
    await opened.code.command('DRML: Open DR Report');
    await opened.code.page.locator('.tab').filter({ hasText: 'shop DR report.md' }).first().waitFor({ timeout: 8_000 });
    return true;
  }, 'the tab of the report');
  await untilSeen(shownPages, (text) => text.includes('Disaster recovery report: Corner shop'), 'the title of the report');
  expect(await shownPages()).toContain('The one promise is met.');
  await opened.code.screenshot('report');
  await writeFile(join(opened.folder, 'shop.drml'), shop.replace('Corner shop', 'Market stall'));
  await untilSeen(shownPages, (text) => text.includes('Disaster recovery report: Market stall'), 'the new title');
});
