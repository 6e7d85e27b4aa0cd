/** What is inside of the cards of a large picture is drawn where somebody looks, and nowhere else. In a real browser. */
import { describe, expect, it } from 'vitest';
import { buildGraph } from '../../language/diagram/graph.js';
import { component, edge, figures, journey, model } from '../language/diagram/factory.js';
import { openedPreview } from './opened-preview.js';

/** Journeys are never folded: the picture stays as large as this. */
const many = 400;
const wide = model({
  components: [component('service', 'hub')],
  journeys: Array.from({ length: many }, (_, index) => journey(`j${index}`, [edge('requires', ['hub'])])),
});
const graph = buildGraph(wide, figures(wide));

const opened = openedPreview(async (view) => {
  await view.postWorker();
  await view.post({ kind: 'diagram', graph, version: 1 });
  await view.page.locator('svg [data-node="hub"]').waitFor();
});

const filled = () => opened.view.page.locator('svg .near').count();

/** How many nodes the pane shows, in part or whole. */
const inSight = () =>
  opened.view.page.evaluate(() => {
    const pane = document.querySelector('.pane')?.getBoundingClientRect();
    return [...document.querySelectorAll('svg [data-node]')].filter((node) => {
      const { left, top, right, bottom } = node.getBoundingClientRect();
      return pane !== undefined && left < pane.right && right > pane.left && top < pane.bottom && bottom > pane.top;
    }).length;
  });

describe('a large picture', () => {
  it('has frames and signs from very far, and cards where one goes near', async () => {
    expect(await opened.view.page.locator('svg [data-node]').count()).toBe(many + 1);
    expect(await filled()).toBe(0);
    expect(await opened.view.page.locator('svg .far').count()).toBe(many + 1);
    await opened.view.page.locator('.pane').first().focus();
    await opened.view.page.keyboard.press('1');
    await expect.poll(filled).toBeGreaterThan(0);
    const [shown, drawn] = [await inSight(), await filled()];
    expect(drawn).toBeGreaterThanOrEqual(shown);
    expect(drawn).toBeLessThan(many / 2);
    await opened.view.page.keyboard.press('/');
    await opened.view.page.keyboard.type('j399');
    await expect.poll(() => opened.view.page.locator('svg [data-node="j399"] .near').count()).toBe(1);
    await expect.poll(filled).toBeGreaterThan(drawn);
  });

  it('names a card under the pointer, and prints whole', async () => {
    const first = opened.view.page.locator('svg [data-node]').first();
    expect(await first.locator('> title').textContent()).toBe('');
    await first.hover();
    expect(await first.locator('> title').textContent()).toBe(await first.getAttribute('aria-label'));
    const line = opened.view.page.locator('svg [data-edge]').first();
    expect(await line.locator('> title').count()).toBe(0);
    await line.dispatchEvent('pointerover');
    expect(await line.locator('> title').textContent()).toBe('j0 requires hub.');
    await opened.view.page.evaluate(() => window.dispatchEvent(new Event('beforeprint')));
    expect(await filled()).toBe(many + 1);
  });

  it('is filled again when it is drawn again', async () => {
    await opened.view.page.locator('.pane').first().focus();
    await opened.view.page.keyboard.press('1');
    await expect.poll(filled).toBeGreaterThan(0);
    await opened.view.post({ kind: 'diagram', graph: { ...graph, title: 'Another title' }, version: 2 });
    await opened.view.page.locator('svg[aria-label^="Another title"]').waitFor();
    expect(await filled()).toBeGreaterThanOrEqual(await inSight());
  });
});
