import { describe, expect, it } from 'vitest';
import { buildGraph, type DiagramGraph } from '../../language/diagram/graph.js';
import { boutique, boutiqueFigures } from '../language/diagram/boutique.js';
import { at, component, figures, model } from '../language/diagram/factory.js';
import { openedPreview } from './opened-preview.js';
import { PreviewPage } from './preview-page.js';

const graph = buildGraph(boutique, boutiqueFigures);

function only(name: string, title?: string): DiagramGraph {
  const single = model({
    components: [component('service', name, { nameSource: at(23), ...(title === undefined ? {} : { title }) })],
  });
  return buildGraph(single, figures(single));
}

const opened = openedPreview();

const card = (name: string) => opened.view.page.locator(`svg [data-node="${name}"]`);

describe('the preview', () => {
  it('asks for its first picture, and draws it with a worker under a strict policy', async () => {
    expect(await opened.view.sent()).toEqual([{ kind: 'ready' }]);
    await opened.view.postWorker();
    await opened.view.post({ kind: 'diagram', graph, version: 1 });
    await card('redis-cart').waitFor();
    expect(await opened.view.page.locator('svg [data-node]').count()).toBe(graph.nodes.length);
    expect(await opened.view.page.locator('.banner').isVisible()).toBe(false);
    expect(opened.view.complaints).toEqual([]);
  });

  it('shows less in a card from further away, and moves none', async () => {
    await opened.view.postWorker();
    await opened.view.post({ kind: 'diagram', graph, version: 1 });
    await card('redis-cart').waitFor();
    const places = () =>
      opened.view.page.locator('svg [data-node]').evaluateAll((all) => all.map((each) => each.getAttribute('transform')));
    const seen = async (): Promise<readonly boolean[]> =>
      Promise.all(['.near', '.middle', '.far'].map((part) => card('redis-cart').locator(part).isVisible()));
    const zoomedTo = async (key: string, wanted: readonly boolean[]): Promise<void> => {
      await opened.view.page.locator('.pane').first().press(key);
      await expect.poll(seen).toEqual(wanted);
    };
    await zoomedTo('1', [true, false, false]);
    const near = await places();
    // Each step is a factor of 1.2: four reach 48 %, eight 23 %.
    for (let step = 0; step < 3; step += 1) await opened.view.page.locator('.pane').first().press('-');
    await zoomedTo('-', [false, true, false]);
    expect(await card('redis-cart').locator('.middle').textContent()).toContain('redis-cart');
    for (let step = 0; step < 3; step += 1) await opened.view.page.locator('.pane').first().press('-');
    await zoomedTo('-', [false, false, true]);
    expect(await places()).toEqual(near);
  });

  it('draws what came before the worker', async () => {
    await opened.view.post({ kind: 'diagram', graph: only('early'), version: 1 });
    await opened.view.postWorker();
    await card('early').waitFor();
  });

  it('draws in plain rows, and says so, when the worker is broken', async () => {
    await opened.view.postWorker('throw new Error("no engine")');
    await opened.view.post({ kind: 'diagram', graph, version: 1 });
    await card('redis-cart').waitFor();
    expect(await opened.view.page.locator('.banner').textContent()).toMatch(
      /^Drawn in plain rows: the layout failed .*no engine/,
    );
  });

  it('says so when a picture cannot be drawn, and draws the next one', async () => {
    await opened.view.postWorker();
    const broken = JSON.parse('{ "structure": "x", "nodes": [null], "edges": [], "places": [] }') as DiagramGraph;
    await opened.view.post({ kind: 'diagram', graph: broken, version: 1 });
    await opened.view.page.locator('.banner', { hasText: 'The picture could not be drawn' }).waitFor();
    await opened.view.post({ kind: 'diagram', graph: only('next'), version: 2 });
    await card('next').waitFor();
    expect(await opened.view.page.locator('.banner').isVisible()).toBe(false);
  });

  it.each(['click', 'Enter', ' '])('leads to the source by %j', async (way) => {
    await opened.view.postWorker();
    await opened.view.post({ kind: 'diagram', graph: only('stock'), version: 1 });
    if (way === 'click') await card('stock').click();
    else await card('stock').press(way);
    const start = { line: 2, character: 3 };
    expect((await opened.view.sent()).slice(1)).toEqual([
      { kind: 'reveal', uri: 'file:///shop.drml', start, end: { line: 2, character: 6 } },
    ]);
  });

  it('keeps zoom and pan across an edit and for its next life', async () => {
    await opened.view.postWorker();
    await opened.view.post({ kind: 'diagram', graph, version: 1 });
    await card('redis-cart').waitFor();
    await opened.view.page.mouse.move(300, 300);
    await opened.view.page.mouse.wheel(0, -300);
    await opened.view.page.mouse.down();
    await opened.view.page.mouse.move(340, 320, { steps: 3 });
    await opened.view.page.mouse.up();
    const moved = await opened.view.transform();
    await opened.view.post({ kind: 'diagram', graph: { ...graph, title: 'Renamed' }, version: 2 });
    await opened.view.page.locator('svg text', { hasText: 'Renamed' }).waitFor();
    expect(await opened.view.transform()).toBe(moved);
    expect((await opened.view.sent()).length).toBe(1);

    const kept = await opened.view.page.evaluate(() => (window as unknown as { readonly kept: unknown }).kept);
    const again = await PreviewPage.open(opened.browser, kept);
    await again.postWorker();
    await again.post({ kind: 'diagram', graph, version: 1 });
    await again.page.locator('svg [data-node="redis-cart"]').waitFor();
    expect(await again.transform()).toBe(moved);
    await again.page.getByRole('button', { name: 'Show the whole picture' }).click();
    expect(await again.transform()).not.toBe(moved);
    await again.page.close();
  });

  it('keeps the last good picture, with the reason above it, while the text is broken', async () => {
    await opened.view.postWorker();
    await opened.view.post({ kind: 'diagram', graph: only('stock'), version: 1 });
    await card('stock').waitFor();
    await opened.view.post({ kind: 'diagram', graph: null, version: 2, problem: 'Line 3 cannot be read.' });
    await opened.view.page.locator('.banner', { hasText: 'Line 3 cannot be read. This is the last good picture.' }).waitFor();
    expect(await card('stock').isVisible()).toBe(true);
    await opened.view.post({ kind: 'diagram', graph: only('ledger'), version: 3 });
    await card('ledger').waitFor();
    expect(await opened.view.page.locator('.banner').isVisible()).toBe(false);
  });

  it('ignores a picture that is older than the one it shows', async () => {
    await opened.view.postWorker();
    await opened.view.post({ kind: 'diagram', graph: only('new'), version: 5 });
    await card('new').waitFor();
    await opened.view.post({ kind: 'diagram', graph: only('old'), version: 4 });
    await opened.view.post({ kind: 'diagram', graph: only('newer'), version: 6 });
    await card('newer').waitFor();
    expect(await card('old').count()).toBe(0);
  });

  it('ends with the newest of many edits, and keeps the focus', async () => {
    await opened.view.postWorker();
    await opened.view.post({ kind: 'diagram', graph, version: 1 });
    await card('cart').waitFor();
    await card('cart').focus();
    for (let version = 2; version < 12; version += 1) {
      const nodes = graph.nodes.map((node) => ({ ...node, width: node.width + version }));
      await opened.view.post({
        kind: 'diagram',
        graph: { ...graph, title: `Edit ${version}`, nodes, structure: `s${version}` },
        version,
      });
    }
    await opened.view.page.locator('svg text', { hasText: 'Edit 11' }).waitFor();
    expect(await opened.view.page.evaluate(() => document.activeElement?.getAttribute('data-node'))).toBe('cart');
  });

  it('shows hostile names as text', async () => {
    const name = '"><img src=x onerror=alert(1)>';
    await opened.view.postWorker();
    await opened.view.post({ kind: 'diagram', graph: only('plain', name), version: 1 });
    await card('plain').waitFor();
    expect(await opened.view.page.locator('img').count()).toBe(0);
    expect(opened.view.complaints).toEqual([]);
  });
});
