/** What the picture hands over as files: of what is shown, under a name that says so, in the language of the page. */
import type { Browser } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { analyze } from '../../language/analysis/analyze.js';
import { buildGraph } from '../../language/diagram/graph.js';
import { viewOf } from '../../language/diagram/views.js';
import { nothingOff, type Switches } from '../../language/diagram/what-if/switches.js';
import { whatIf } from '../../language/diagram/what-if/what-if.js';
import type { ViewMessage } from '../../media/preview/protocol.js';
import { boutique } from '../language/diagram/boutique.js';
import { chinese } from './left-english.js';
import { openedPreview } from './opened-preview.js';
import { PreviewPage } from './preview-page.js';

const analysis = analyze(boutique, { asOf: '2026-11-01' });
const graph = buildGraph(boutique, analysis);
const zoneLost: Switches = { off: [{ kind: 'site', site: 'cn-north.a' }] };

async function drawn(view: PreviewPage): Promise<void> {
  await view.postWorker();
  await view.post({ kind: 'diagram', graph, version: 1 });
  await view.page.locator('svg [data-node="redis-cart"]').waitFor();
}

const opened = openedPreview(drawn);

async function exported(view: PreviewPage, choice: string): Promise<ViewMessage | undefined> {
  const before = (await view.sent()).length;
  await view.page.getByLabel(/^(Export the picture|导出图)$/).selectOption(choice);
  await expect.poll(async () => (await view.sent()).length).toBeGreaterThan(before);
  return (await view.sent()).at(-1);
}

async function lose(view: PreviewPage): Promise<void> {
  await view.page.locator('svg [data-site="cn-north.a"]').first().click();
  await view.post({ kind: 'what-if-answer', asked: zoneLost, answer: whatIf(boutique, analysis, zoneLost) ?? null });
  await view.page
    .locator('svg [data-node="redis-cart"][aria-label*="cause"], svg [data-node="redis-cart"][aria-label*="根因"]')
    .first()
    .waitFor();
}

async function chineseView<T>(browser: Browser, look: (view: PreviewPage) => Promise<T>): Promise<T> {
  const view = await PreviewPage.open(browser, undefined, chinese);
  try {
    await drawn(view);
    return await look(view);
  } finally {
    await view.page.close();
  }
}

describe('a file', () => {
  it('is named after the model, the view and what is off', async () => {
    const { view } = opened;
    expect(await exported(view, 'svg')).toMatchObject({ kind: 'save-picture', name: boutique.name });
    await view.page.getByLabel('Shown part').selectOption('Data and backups');
    await expect.poll(() => view.page.locator('svg [data-node="frontend"]').count()).toBe(0);
    await lose(view);
    expect(await exported(view, 'mmd')).toMatchObject({
      kind: 'save-picture',
      name: `${boutique.name}-data-without-cn-north.a`,
      format: 'mmd',
    });
  });

  it('of the table of places holds the table, where it stands alone', async () => {
    const { view } = opened;
    await view.page.locator('.panes button').nth(2).click();
    const message = await exported(view, 'svg');
    expect(message).toMatchObject({ kind: 'save-picture', name: `${boutique.name}-placement` });
    expect(message?.kind === 'save-picture' && message.content).toMatch(/^<svg [^>]*aria-label="Placement\. /);
    // Mermaid has no such table, and says nothing of one.
    expect(await exported(view, 'mmd')).toMatchObject({ kind: 'save-picture', name: boutique.name });
  });

  it('of an image has two pixels for one of the picture', async () => {
    const [svg, png] = [await exported(opened.view, 'svg'), await exported(opened.view, 'png')];
    if (svg?.kind !== 'save-picture' || png?.kind !== 'save-picture') throw new Error('Nothing was saved.');
    const [, width, height] = (/width="(\d+)" height="(\d+)"/.exec(svg.content) ?? []).map(Number);
    const bytes = Buffer.from(png.content, 'base64');
    expect([bytes.readUInt32BE(16), bytes.readUInt32BE(20)]).toEqual([2 * (width ?? 0), 2 * (height ?? 0)]);
  });
});

describe('an interactive page', () => {
  it('opens as the picture is looked at: view, panes, what is off, and the layout that is shown', async () => {
    const { view } = opened;
    await view.page.getByLabel('Shown part').selectOption('Data and backups');
    await expect.poll(() => view.page.locator('svg [data-node="frontend"]').count()).toBe(0);
    await view.page.locator('.panes button').nth(1).click();
    await lose(view);
    const message = await exported(view, 'html');
    if (message?.kind !== 'save-page') throw new Error('No page was asked for.');
    const { start } = message;
    expect(start).toMatchObject({ view: { kind: 'data' }, panes: 'both', switches: zoneLost, open: [] });
    const data = viewOf(graph, { kind: 'data' });
    expect(start.layouts[0]?.structure).toBe(data.structure);
    expect(start.layouts[0]?.nodes).toHaveLength(data.nodes.length);
  });

  it('has one layout where the whole system is shown, and nothing off', async () => {
    const message = await exported(opened.view, 'html');
    if (message?.kind !== 'save-page') throw new Error('No page was asked for.');
    expect(message.start.layouts.map(({ structure }) => structure)).toEqual([graph.structure]);
    expect(message.start.switches).toEqual(nothingOff);
  });
});

describe('afterwards', () => {
  it('the file can be opened and shown from the notice', async () => {
    const { view } = opened;
    await view.post({ kind: 'notice', text: 'Saved as a.svg.', saved: ['open', 'reveal'] });
    await view.page.getByRole('button', { name: 'Reveal' }).click();
    expect((await view.sent()).at(-1)).toEqual({ kind: 'show-saved', how: 'reveal' });
    expect(await view.page.locator('.notice').isVisible()).toBe(false);
    await view.post({ kind: 'notice', text: 'Saved as a.svg.', saved: ['open'] });
    expect(await view.page.getByRole('button', { name: 'Reveal' }).count()).toBe(0);
    await view.page.getByRole('button', { name: 'Open' }).click();
    expect((await view.sent()).at(-1)).toEqual({ kind: 'show-saved', how: 'open' });
  });

  it('what cannot be copied is told', async () => {
    // This page comes from no secure origin, and has no clipboard.
    await opened.view.page.getByLabel('Export the picture').selectOption('copy-svg');
    await opened.view.page
      .locator('.notice', { hasText: 'The picture could not be exported: nothing can be copied here.' })
      .waitFor();
  });
});

describe('in Chinese', () => {
  it.each([
    ['svg', /^<svg lang="[^"]*" [\s\S]*如果失去 cn-north\.a？/],
    ['mmd', /如果失去 cn-north\.a？[\s\S]*故障/],
    ['d2', /如果失去 cn-north\.a？[\s\S]*故障/],
  ])('%s says what the picture says', async (format, says) => {
    await chineseView(opened.browser, async (view) => {
      await lose(view);
      const message = await exported(view, format);
      if (message?.kind !== 'save-picture') throw new Error('Nothing was saved.');
      expect(says.test(message.content)).toBe(true);
      expect(/.{0,20}(?:DOWN|What if).{0,20}/.exec(message.content)?.[0]).toBeUndefined();
    });
  });
});
