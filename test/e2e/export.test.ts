import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openedWorkspace } from './opened-workspace.js';
import { until } from './vs-code.js';

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

/** Chooses a format in the picture's menu, and takes the file that VS Code proposes. */
async function exported(format: string): Promise<string> {
  const path = join(opened.folder, `shop.${format}`);
  await view().getByLabel('Export the picture').selectOption(format);
  await until(async () => (await fileDialog().inputValue({ timeout: 4_000 })).endsWith(`/shop.${format}`), 'the proposed name');
  await opened.code.page.keyboard.press('Enter');
  await until(async () => existsSync(path) && readFileSync(path).length > 0, `shop.${format}`);
  return path;
}

describe('exports of the picture', () => {
  it('are of what is shown: a what-if in each format, beside the file', async () => {
    await opened.code.openFile('shop.drml');
    await opened.code.page.keyboard.press('Control+K');
    await opened.code.page.keyboard.press('V');
    await view().locator('svg [aria-label^="Zone north.a"]').first().click();
    await view().locator('svg[role=group]', { hasText: 'What if north.a is lost?' }).first().waitFor();

    const svg = readFileSync(await exported('svg'), 'utf8');
    expect(svg).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" /);
    expect(svg).toContain('What if north.a is lost?');
    expect(svg).not.toMatch(/var\(|class=/);

    const mermaid = readFileSync(await exported('mmd'), 'utf8');
    expect(mermaid).toMatch(/^---\ntitle: "What if north\.a is lost\?"\n---\nflowchart TD\n/);
    expect(mermaid).toContain('DOWN');

    const d2 = readFileSync(await exported('d2'), 'utf8');
    expect(d2).toMatch(/^direction: down\ntitle: 'What if north\.a is lost\?'/);

    const png = readFileSync(await exported('png'));
    expect(png.subarray(0, 8)).toEqual(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]));
    const [, width, height] = (/width="(\d+)" height="(\d+)"/.exec(svg) ?? []).map(Number);
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([2 * (width ?? 0), 2 * (height ?? 0)]);
  });

  it('say where they went, and nothing is written where nobody wants it', async () => {
    await view().getByLabel('Export the picture').selectOption('svg');
    await until(async () => (await fileDialog().inputValue({ timeout: 4_000 })).endsWith('/shop.svg'), 'the proposed name');
    await fileDialog().fill(join(opened.folder, 'other.svg'));
    await opened.code.page.keyboard.press('Escape');
    await fileDialog().waitFor({ state: 'hidden' });
    expect(existsSync(join(opened.folder, 'other.svg'))).toBe(false);

    await view().getByLabel('Export the picture').selectOption('d2');
    await until(async () => (await fileDialog().inputValue({ timeout: 4_000 })).endsWith('/shop.d2'), 'the proposed name');
    await fileDialog().fill(join(opened.folder, 'other.d2'));
    await opened.code.page.keyboard.press('Enter');
    await view().locator('.waiting', { hasText: 'Saved as other.d2.' }).waitFor();
    expect(readFileSync(join(opened.folder, 'other.d2'), 'utf8')).toContain('n0');
  });
});
