/** What is seen while a layout takes long, or fails: never an empty pane. In a real browser under the strict policy. */
import { describe, expect, it } from 'vitest';
import { buildGraph } from '../../language/diagram/graph.js';
import { component, edge, figures, journey, model } from '../language/diagram/factory.js';
import { openedPreview } from './opened-preview.js';

/** Journeys are never folded one by one, and each has a line: the picture stays as large as this. */
const many = 150;
const wide = model({
  components: [component('service', 'hub')],
  journeys: Array.from({ length: many }, (_, index) => journey(`j${index}`, [edge('requires', ['hub'])])),
});
const graph = buildGraph(wide, figures(wide));

const opened = openedPreview();

const cards = () => opened.view.page.locator('svg [data-node]');
const lines = () => opened.view.page.locator('svg [data-edge]');

describe('a large picture', () => {
  it('is laid out in a worker', async () => {
    await opened.view.postWorker();
    await opened.view.post({ kind: 'diagram', graph, version: 1 });
    await expect.poll(() => lines().count(), { timeout: 20_000 }).toBe(many);
    expect(await cards().count()).toBe(many + 1);
    expect(await opened.view.page.locator('.banner').isVisible()).toBe(false);
    expect(opened.view.complaints).toEqual([]);
  });

  it('shows its parts in rows while the worker takes long, and a newer text ends what it does', async () => {
    await opened.view.postWorker(undefined, 'let asked = 0; onmessage = () => { while (true) asked += 1; };');
    await opened.view.post({ kind: 'diagram', graph, version: 1 });
    await expect.poll(() => cards().count(), { timeout: 20_000 }).toBe(many + 1);
    expect(await lines().count()).toBe(0);
    await opened.view.post({
      kind: 'diagram',
      graph: { ...graph, title: 'Newer', nodes: [], edges: [], structure: 'other' },
      version: 2,
    });
    await opened.view.page.locator('svg text', { hasText: 'Newer' }).waitFor();
    expect(await opened.view.page.locator('.banner').isVisible()).toBe(false);
  });

  it('of too many lines is shown without them at once, whatever the worker could do', async () => {
    const most = 3000;
    const huge = model({
      components: [component('service', 'hub')],
      journeys: Array.from({ length: most }, (_, index) => journey(`j${index}`, [edge('requires', ['hub'])])),
    });
    await opened.view.postWorker(undefined, 'throw new Error("asked")');
    await opened.view.post({ kind: 'diagram', graph: buildGraph(huge, figures(huge)), version: 1 });
    await opened.view.page.locator('.banner', { hasText: /^Drawn without its lines: it has too many of them\.$/ }).waitFor();
    expect(await cards().count()).toBe(most + 1);
  });

  it('is shown without its lines, and says why, where the worker is broken', async () => {
    await opened.view.postWorker(undefined, 'throw new Error("no memory")');
    await opened.view.post({ kind: 'diagram', graph, version: 1 });
    await opened.view.page.locator('.banner', { hasText: /^Drawn without its lines: the layout failed .*no memory/ }).waitFor();
    expect(await cards().count()).toBe(many + 1);
  });
});

describe('before the first picture', () => {
  const start = { line: 3, character: 8 };
  const end = { line: 3, character: 13 };

  it('the parts of the file stand in the pane, lead to the text, and go when the picture comes', async () => {
    await opened.view.postWorker();
    const parts = [{ name: 'stock', detail: 'database, tier 1', start, end }];
    await opened.view.post({ kind: 'outline', uri: 'file:///shop.drml', parts });
    await opened.view.page.getByRole('button', { name: 'Show stock in the text' }).click();
    expect((await opened.view.sent()).at(-1)).toEqual({ kind: 'reveal', uri: 'file:///shop.drml', start, end });
    // A text that cannot be drawn leaves them there.
    await opened.view.post({ kind: 'diagram', graph: null, version: 1, problem: 'Syntax errors in shop.drml.' });
    await opened.view.page.locator('.banner', { hasText: 'Syntax errors' }).waitFor();
    expect(await opened.view.page.locator('.outline').isVisible()).toBe(true);
    await opened.view.post({ kind: 'diagram', graph, version: 2 });
    await cards().first().waitFor();
    expect(await opened.view.page.locator('.outline').isVisible()).toBe(false);
    await opened.view.post({ kind: 'outline', uri: 'file:///shop.drml', parts });
    expect(await opened.view.page.locator('.outline').isVisible()).toBe(false);
  });

  it('a long list is cut, and says by how much', async () => {
    const parts = Array.from({ length: 1000 }, (_, index) => ({ name: `s${index}`, detail: 'service', start, end }));
    await opened.view.post({ kind: 'outline', uri: 'file:///shop.drml', parts });
    await opened.view.page.locator('.outline', { hasText: '… and 700 more' }).waitFor();
  });
});
