/** Views, search, folded boxes, the table of places, and getting about by keyboard, in a real browser under the strict policy. */
import { describe, expect, it } from 'vitest';
import { analyze } from '../../language/analysis/analyze.js';
import { buildGraph } from '../../language/diagram/graph.js';
import type { Switches } from '../../language/diagram/what-if/switches.js';
import { whatIf } from '../../language/diagram/what-if/what-if.js';
import { boutique, boutiqueFigures } from '../language/diagram/boutique.js';
import { component, edge, figures, journey, model } from '../language/diagram/factory.js';
import { openedPreview } from './opened-preview.js';
import { PreviewPage } from './preview-page.js';
import { seriousProblems } from './serious-problems.js';

const graph = buildGraph(boutique, boutiqueFigures);
const zone = graph.places[0]?.zones[1]?.site ?? '';

const count = 130;
const chain = Array.from({ length: count }, (_, index) =>
  component('service', `s${index}`, { edges: index + 1 < count ? [edge('requires', [`s${index + 1}`])] : [] }),
);
const largeModel = model({ components: chain, journeys: [journey('use', [edge('requires', ['s0'])])] });
const large = buildGraph(largeModel, figures(largeModel));

const opened = openedPreview(async (view) => {
  await view.postWorker();
});

const flow = (name: string) => opened.view.page.locator(`.pane:not(.placement) [data-node="${name}"]`);
const row = (name: string) => opened.view.page.locator(`.pane.placement [data-node="${name}"]`);

describe('views', () => {
  it('show one journey, and the whole again by Escape', async () => {
    await opened.view.post({ kind: 'diagram', graph, version: 1 });
    await flow('payment').waitFor();
    await opened.view.page.getByLabel('Shown part').selectOption('Journey home');
    await flow('place-order').waitFor({ state: 'detached' });
    await flow('redis-cart').waitFor();
    await flow('redis-cart').focus();
    await opened.view.page.keyboard.press('Escape');
    await flow('place-order').waitFor();
  });

  it('show a component with its neighbours by a key', async () => {
    await opened.view.post({ kind: 'diagram', graph, version: 1 });
    await flow('cart').focus();
    await opened.view.page.keyboard.press('n');
    await flow('payment').waitFor({ state: 'detached' });
    expect(await opened.view.page.locator('.pane:not(.placement) [data-node]').count()).toBe(4);
  });

  it('show regions side by side, where a copy is a switch of its component and the table shows each component once', async () => {
    await opened.view.post({ kind: 'diagram', graph, version: 1 });
    await flow('payment').waitFor();
    await opened.view.page.getByLabel('Shown part').selectOption('Regions side by side');
    await opened.view.page.locator('[data-lane="cn-east"]').waitFor();
    expect(await opened.view.page.locator('[data-lane]').count()).toBe(2);
    expect(await flow('payment').count()).toBe(2);
    expect(await flow('redis-cart').count()).toBe(1);
    await flow('payment').last().focus();
    await opened.view.page.keyboard.press('x');
    await expect
      .poll(async () => (await opened.view.sent()).at(-1))
      .toMatchObject({ kind: 'what-if', switches: { off: [{ kind: 'component', component: 'payment' }] } });
    await opened.view.page.getByRole('button', { name: 'Show who calls whom beside what runs where' }).click();
    await row('payment').waitFor();
    expect(await row('payment').count()).toBe(1);
  });

  it('are kept for the next life of the page', async () => {
    await opened.view.post({ kind: 'diagram', graph, version: 1 });
    await flow('payment').waitFor();
    await opened.view.page.getByLabel('Shown part').selectOption('Data and backups');
    await flow('payment').waitFor({ state: 'detached' });
    const kept = await opened.view.page.evaluate(() => (window as unknown as { readonly kept: unknown }).kept);
    const again = await PreviewPage.open(opened.browser, kept);
    await again.postWorker();
    await again.post({ kind: 'diagram', graph, version: 1 });
    await again.page.locator('[data-node="orders-db"]').waitFor();
    expect(await again.page.locator('[data-node="payment"]').count()).toBe(0);
    await again.page.close();
  });
});

describe('search', () => {
  it('begins by a slash, counts, and brings what it finds into sight', async () => {
    await opened.view.post({ kind: 'diagram', graph, version: 1 });
    await flow('cart').focus();
    await opened.view.page.keyboard.press('/');
    await opened.view.page.keyboard.type('cart');
    const found = opened.view.page.locator('.found[role=status]');
    await expect.poll(() => found.textContent()).toBe('1 of 2');
    await opened.view.page.keyboard.press('Enter');
    await expect.poll(() => found.textContent()).toBe('2 of 2');
    expect(await opened.view.page.locator('svg [data-node].found').getAttribute('data-node')).toBe('redis-cart');
    await opened.view.page.getByLabel('Find a part of the picture').fill('nothing like that');
    await expect.poll(() => found.textContent()).toBe('none');
  });
});

describe('the placement', () => {
  it('stands beside the flow, and what is under the pointer is lit in both', async () => {
    await opened.view.post({ kind: 'diagram', graph, version: 1 });
    await flow('cart').waitFor();
    await opened.view.page.getByRole('button', { name: 'Show who calls whom beside what runs where' }).click();
    await row('cart').waitFor();
    await opened.view.page.locator(`.placement .target[data-site="${zone}"]`).hover();
    expect(await opened.view.page.locator(`.pane:not(.placement) rect[data-site="${zone}"].linked`).count()).toBeGreaterThan(3);
    await row('cart').locator('text').first().hover();
    expect(await flow('cart').getAttribute('class')).toContain('linked');
  });

  it('leads to the source', async () => {
    await opened.view.post({ kind: 'diagram', graph, version: 1 });
    await flow('cart').waitFor();
    await flow('cart').focus();
    await opened.view.page.keyboard.press('p');
    await opened.view.page.keyboard.press('p');
    await row('cart').focus();
    await opened.view.page.keyboard.press('Enter');
    const cart = graph.nodes.find((node) => node.id === 'cart');
    await expect
      .poll(async () => (await opened.view.sent()).filter(({ kind }) => kind === 'reveal'))
      .toEqual([{ kind: 'reveal', ...cart?.source }]);
  });
});

describe('a large model', () => {
  it('is folded, opens by a key, and folds again', async () => {
    await opened.view.post({ kind: 'diagram', graph: large, version: 1 });
    const box = opened.view.page.locator('svg g.target', { hasText: '130 services' });
    await box.waitFor();
    expect(await opened.view.page.locator('.pane:not(.placement) [data-node]').count()).toBe(2);
    await box.focus();
    await opened.view.page.keyboard.press('Enter');
    await flow('s129').waitFor();
    await opened.view.page.getByRole('button', { name: 'Fold what was opened' }).click();
    await box.waitFor();
  });

  it('says how what it holds stands, and opens where the cause is', async () => {
    const switches: Switches = { off: [{ kind: 'component', component: 's100' }] };
    const again = await PreviewPage.open(opened.browser, { switches });
    await again.postWorker();
    await again.post({ kind: 'diagram', graph: large, version: 1 });
    const answer = whatIf(largeModel, analyze(largeModel, { asOf: '2026-11-01' }), switches);
    await again.post({ kind: 'what-if-answer', asked: switches, answer: answer ?? null });
    // A hundred services lead to it, and 29 lie behind it.
    const box = again.page.locator('svg g.target', { hasText: '100 of 130' });
    await box.first().waitFor();
    expect(await again.page.locator('svg[role=group]').first().getAttribute('aria-label')).toContain('1 off, 100 down, 29 ok');
    await box.first().focus();
    await again.page.keyboard.press('Enter');
    await again.page.locator('[data-node="s100"].found').waitFor();
    await again.page.close();
  });

  it('opens the box that hides what is searched for, and has a small map', async () => {
    await opened.view.post({ kind: 'diagram', graph: large, version: 1 });
    await opened.view.page.locator('svg g.target', { hasText: '130 services' }).waitFor();
    await opened.view.page.getByLabel('Find a part of the picture').fill('s100');
    await flow('s100').waitFor();
    await opened.view.page.getByRole('button', { name: 'Full size' }).click();
    expect(await opened.view.page.locator('.mini-map').isVisible()).toBe(true);
  });
});

describe('accessibility', () => {
  it('has no serious fault that axe finds, with both pictures open', async () => {
    await opened.view.post({ kind: 'diagram', graph, version: 1 });
    await flow('cart').waitFor();
    await opened.view.page.getByRole('button', { name: 'Show who calls whom beside what runs where' }).click();
    await row('cart').waitFor();
    expect(await seriousProblems(opened.view.page)).toEqual([]);
  });
});

describe('the keyboard', () => {
  it('goes from part to part by arrows', async () => {
    await opened.view.post({ kind: 'diagram', graph, version: 1 });
    await flow('redis-cart').waitFor();
    await opened.view.page.waitForTimeout(600);
    await flow('frontend').focus();
    const top = async (): Promise<number> =>
      opened.view.page.evaluate(() => document.activeElement?.getBoundingClientRect().top ?? Number.NaN);
    const first = await top();
    await opened.view.page.keyboard.press('ArrowDown');
    expect(await top()).toBeGreaterThan(first);
    expect(await opened.view.page.evaluate(() => document.activeElement?.getAttribute('data-node'))).not.toBe('frontend');
  });
});
