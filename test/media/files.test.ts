/** Several models in one view: each file is looked at as it was before; the view can stay with one of them. */
import { describe, expect, it } from 'vitest';
import { buildGraph } from '../../language/diagram/graph.js';
import type { KeptMessage } from '../../media/preview/protocol.js';
import { boutique, boutiqueFigures } from '../language/diagram/boutique.js';
import { component, edge, figures, journey, model } from '../language/diagram/factory.js';
import { openedPreview } from './opened-preview.js';
import { PreviewPage } from './preview-page.js';

const shop = buildGraph(boutique, boutiqueFigures);
const bank = model({
  components: [component('service', 'ledger', { edges: [edge('requires', ['vault'])] }), component('database', 'vault')],
  journeys: [journey('pay', [edge('requires', ['ledger'])])],
});
const files = {
  shop: { file: 'file:///shop.drml', graph: shop },
  bank: { file: 'file:///bank.drml', graph: buildGraph(bank, figures(bank)) },
};

const opened = openedPreview(async (view) => {
  await view.postWorker();
});
let version = 0;

async function show(name: keyof typeof files, on = opened.view): Promise<void> {
  version += 1;
  await on.post({ kind: 'diagram', version, ...files[name] });
  await on.page.locator(`svg [data-node="${name === 'shop' ? 'redis-cart' : 'vault'}"]`).waitFor();
}

/** What the view tells others once its picture was moved. */
async function moved(): Promise<KeptMessage> {
  const told = async (): Promise<KeptMessage | undefined> =>
    (await opened.view.sent()).find(
      (message): message is KeptMessage => message.kind === 'kept' && JSON.stringify(message.state).includes('"fitted":false'),
    );
  await expect.poll(told, { timeout: 10_000 }).toBeDefined();
  const found = await told();
  if (found === undefined) throw new Error('Nothing was told.');
  return found;
}

describe('two models', () => {
  it('have a zoom, a view and switches each, also in the next life of the view', async () => {
    await show('shop');
    await opened.view.page.getByLabel('Shown part').selectOption('Data and backups');
    await opened.view.page.locator('svg [data-node="payment"]').waitFor({ state: 'detached' });
    await opened.view.page.getByRole('button', { name: 'Zoom in' }).click();
    const zoomed = await opened.view.transform();
    await opened.view.page.locator('svg [data-node="redis-cart"]').press('x');
    await show('bank');
    expect(await opened.view.page.getByLabel('Shown part').inputValue()).toBe('Whole system');
    expect(await opened.view.transform()).not.toBe(zoomed);
    expect(await opened.view.page.getByTitle('Switch everything on again (Escape)').isVisible()).toBe(false);
    await show('shop');
    expect(await opened.view.transform()).toBe(zoomed);
    expect(await opened.view.page.getByLabel('Shown part').inputValue()).toBe('Data and backups');
    expect((await opened.view.sent()).filter(({ kind }) => kind === 'what-if').at(-1)).toEqual({
      kind: 'what-if',
      switches: { off: [{ kind: 'component', component: 'redis-cart' }] },
    });
    const kept: unknown = await opened.view.page.evaluate(() => (window as unknown as { kept: unknown }).kept);
    expect(kept).toMatchObject({ file: files.shop.file, pinned: false });
    const again = await PreviewPage.open(opened.browser, kept);
    await again.postWorker();
    await show('shop', again);
    expect(await again.transform()).toBe(zoomed);
    await show('bank', again);
    expect(await again.transform()).not.toBe(zoomed);
    await again.page.close();
  });

  it('tell others how they are looked at, and take it from them', async () => {
    await show('shop');
    await opened.view.page.getByRole('button', { name: 'Zoom in' }).click();
    const zoomed = await opened.view.transform();
    const told = await moved();
    expect(told.file).toBe(files.shop.file);
    const other = await PreviewPage.open(opened.browser);
    await other.postWorker();
    await other.post({ kind: 'diagram', version: 1, ...files.shop, kept: told.state });
    await other.page.locator('svg [data-node="redis-cart"]').waitFor();
    expect(await other.transform()).toBe(zoomed);
    await other.page.close();
  });

  it('take from others what is newer than what the view itself remembers', async () => {
    await show('shop');
    const old: unknown = await opened.view.page.evaluate(() => (window as unknown as { kept: unknown }).kept);
    await opened.view.page.getByRole('button', { name: 'Zoom in' }).click();
    const zoomed = await opened.view.transform();
    const told = await moved();
    const again = await PreviewPage.open(opened.browser, old);
    await again.postWorker();
    await again.post({ kind: 'diagram', version: 1, ...files.shop, kept: told.state });
    await again.page.locator('svg [data-node="redis-cart"]').waitFor();
    await expect.poll(() => again.transform(), { timeout: 10_000 }).toBe(zoomed);
    await again.page.close();
  });

  it('are not mixed up: where the second cannot be drawn, the first is gone and the parts of the second are listed', async () => {
    await show('shop');
    const place = { line: 0, character: 8 };
    const parts = [{ name: 'vault', detail: 'database', start: place, end: place }];
    await opened.view.post({ kind: 'outline', uri: files.bank.file, parts });
    expect(await opened.view.page.locator('.outline').isVisible()).toBe(false);
    version += 1;
    await opened.view.post({
      kind: 'diagram',
      version,
      file: files.bank.file,
      graph: null,
      problem: 'Syntax errors in bank.drml.',
    });
    await opened.view.page.locator('.outline', { hasText: 'vault' }).waitFor();
    expect(await opened.view.page.locator('svg [data-node]').count()).toBe(0);
    expect(await opened.view.page.locator('.banner').textContent()).toBe('Syntax errors in bank.drml.');
  });
});

it('a pinned view says so, and is pinned in its next life', async () => {
  await show('shop');
  const pin = opened.view.page.getByRole('button', { name: /^Pin: / });
  await pin.click();
  expect(await pin.getAttribute('aria-pressed')).toBe('true');
  expect((await opened.view.sent()).filter(({ kind }) => kind === 'pin')).toEqual([{ kind: 'pin', pinned: true }]);
  const kept: unknown = await opened.view.page.evaluate(() => (window as unknown as { kept: unknown }).kept);
  expect(kept).toMatchObject({ pinned: true });
  const again = await PreviewPage.open(opened.browser, kept);
  expect(await again.page.getByRole('button', { name: /^Pin: / }).getAttribute('aria-pressed')).toBe('true');
  await again.page.close();
});
