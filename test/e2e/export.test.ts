import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { openedWorkspace } from './opened-workspace.js';
import { launchBrowser, patience, until } from './vs-code.js';

const shop = `model shop "Shop" { }

region north { zones a, b, c }

service orders {
  runs 3 in north
  requires stock
}

database stock {
  runs 1 in north.a
}

journey buy {
  requires orders
}
`;

const opened = openedWorkspace({ 'shop.drml': shop });

const view = () => opened.code.webview();
const fileDialog = () => opened.code.page.locator('.quick-input-widget:visible input').first();

/** Waits for the dialog of VS Code with a file of this name beside the model. */
async function proposed(name: string): Promise<void> {
  await until(async () => (await fileDialog().inputValue({ timeout: 4_000 })).endsWith(`/${name}`), `the proposed name ${name}`);
}

/** Chooses a format in the picture's menu, and takes the file that VS Code proposes. */
async function exported(format: string, name: string): Promise<string> {
  const path = join(opened.folder, name);
  // VS Code would ask whether to overwrite it.
  rmSync(path, { force: true });
  await view().getByLabel('Export the picture').selectOption(format);
  await proposed(name);
  await opened.code.page.keyboard.press('Enter');
  await until(async () => existsSync(path) && readFileSync(path).length > 0, name);
  await view()
    .locator('.notice', { hasText: `Saved as ${name}.` })
    .waitFor();
  return path;
}

describe('exports of the picture', () => {
  it('are of what is shown: a what-if in each format, beside the file', async () => {
    await opened.code.openFile('shop.drml');
    await opened.code.page.keyboard.press('Control+K');
    await opened.code.page.keyboard.press('V');
    await view().locator('svg [aria-label^="Zone north.a"]').first().click();
    await view().locator('svg[role=group]', { hasText: 'What if north.a is lost?' }).first().waitFor();

    const svg = readFileSync(await exported('svg', 'shop-without-north.a.svg'), 'utf8');
    expect(svg).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" /);
    expect(svg).toContain('What if north.a is lost?');
    expect(svg).not.toMatch(/var\(|class=/);

    const mermaid = readFileSync(await exported('mmd', 'shop-without-north.a.mmd'), 'utf8');
    expect(mermaid).toMatch(/^---\ntitle: "What if north\.a is lost\?"\n---\nflowchart TD\n/);
    expect(mermaid).toContain('DOWN');

    const d2 = readFileSync(await exported('d2', 'shop-without-north.a.d2'), 'utf8');
    expect(d2).toMatch(/^direction: down\ntitle: 'What if north\.a is lost\?'/);

    const png = readFileSync(await exported('png', 'shop-without-north.a.png'));
    expect(png.subarray(0, 8)).toEqual(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]));
    const [, width, height] = (/width="(\d+)" height="(\d+)"/.exec(svg) ?? []).map(Number);
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([2 * (width ?? 0), 2 * (height ?? 0)]);
  });

  it('are an interactive page as well, which opens as the picture was looked at and answers by itself', async () => {
    const path = await exported('html', 'shop-without-north.a.html');
    const browser = await launchBrowser();
    const complaints: string[] = [];
    const asked: string[] = [];
    try {
      const page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
      page.on('pageerror', (error) => complaints.push(String(error)));
      page.on('console', (message) => complaints.push(message.text()));
      page.on('request', (request) => asked.push(request.url()));
      await page.goto(pathToFileURL(path).href);
      const said = () => page.locator('.unseen[role="status"]').textContent();
      await expect.poll(said, { timeout: patience }).toContain('What if north.a is lost?');
      const row = page.locator('.journeys tbody tr');
      // The one instance of the stock is in that zone.
      await expect.poll(() => row.first().textContent()).toContain('✗ DOWN');
      await page.keyboard.press('Escape');
      await page.locator('svg [aria-label^="Zone north.b"]').first().click();
      await expect.poll(said, { timeout: patience }).toContain('What if north.b is lost?');
      await expect.poll(() => row.first().textContent()).toContain('✓ works');
    } finally {
      await browser.close();
    }
    expect(complaints).toEqual([]);
    expect(asked).toEqual([pathToFileURL(path).href]);
  });

  it('say where they went, and nothing is written where nobody wants it', async () => {
    await view().getByLabel('Export the picture').selectOption('svg');
    await proposed('shop-without-north.a.svg');
    await fileDialog().fill(join(opened.folder, 'other.svg'));
    await opened.code.page.keyboard.press('Escape');
    await fileDialog().waitFor({ state: 'hidden' });
    expect(existsSync(join(opened.folder, 'other.svg'))).toBe(false);

    await view().getByLabel('Export the picture').selectOption('d2');
    await proposed('shop-without-north.a.d2');
    await fileDialog().fill(join(opened.folder, 'other.d2'));
    await opened.code.page.keyboard.press('Enter');
    await view().locator('.notice', { hasText: 'Saved as other.d2.' }).waitFor();
    expect(readFileSync(join(opened.folder, 'other.d2'), 'utf8')).toContain('n0');
  });

  it('are copied, and what was saved is opened from its notice', async () => {
    const { page } = opened.code;
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await until(async () => {
      // The clipboard is open to a view in which somebody has just clicked, as whoever opens the menu has.
      await view()
        .locator('.view-bar')
        .click({ position: { x: 2, y: 2 } });
      await view().getByLabel('Export the picture').selectOption('copy-mmd');
      await view().locator('.notice', { hasText: 'Copied as Mermaid.' }).waitFor({ timeout: 4_000 });
      return true;
    }, 'the notice that it was copied');
    expect(await page.evaluate(() => navigator.clipboard.readText())).toContain('flowchart TD');

    await exported('mmd', 'shop-without-north.a.mmd');
    await view().getByRole('button', { name: 'Open' }).click();
    await page.locator('.tab', { hasText: 'shop-without-north.a.mmd' }).waitFor();
  });
});
