/** A view that lives long: hundreds of edits and what-ifs leave nothing behind, and a worker that hangs or falls is replaced. */
import { expect, it } from 'vitest';
import { analyze } from '../../language/analysis/analyze.js';
import { buildGraph, type DiagramGraph } from '../../language/diagram/graph.js';
import { whatIf } from '../../language/diagram/what-if/what-if.js';
import type { HostMessage } from '../../media/preview/protocol.js';
import { boutique } from '../language/diagram/boutique.js';
import { openedPreview } from './opened-preview.js';

const opened = openedPreview();
const analysis = analyze(boutique, { asOf: '2026-11-01' });
const graph = buildGraph(boutique, analysis);
const file = 'file:///shop.drml';

/** The same system with one more service each time it is asked for, and another title. */
function edited(version: number): DiagramGraph {
  const [, , first] = graph.nodes;
  if (first === undefined) throw new Error('The picture has nodes.');
  const added = { ...first, id: `added-${version % 7}`, name: `added-${version % 7}` };
  const edge = graph.edges[version % graph.edges.length];
  const edges = graph.edges.filter((each) => each !== edge);
  return { ...graph, title: `Edit ${version}`, nodes: [...graph.nodes, added], edges, structure: `edit ${version}` };
}

it('three hundred edits with a what-if on leave no more behind than sixty did', async () => {
  const { view } = opened;
  const { page } = view;
  const session = await page.context().newCDPSession(page);
  const switches = { off: [{ kind: 'site', site: 'cn-north.a' } as const] };
  const answer = whatIf(boutique, analysis, switches) ?? null;
  let version = 1;
  /** Bursts of thirty edits, each with the answer for it; the last of a burst is waited for. */
  const bursts = async (count: number): Promise<void> => {
    for (let burst = 0; burst < count; burst += 1) {
      const messages: HostMessage[] = Array.from({ length: 30 }, (): readonly HostMessage[] => {
        version += 1;
        return [
          { kind: 'diagram', graph: edited(version), version, file },
          { kind: 'what-if-answer', asked: switches, answer },
        ];
      }).flat();
      await page.evaluate((all) => {
        for (const data of all) window.postMessage(data, '*');
      }, messages);
      await page.locator(`.canvas [data-node="added-${version % 7}"]`).waitFor({ timeout: 30_000 });
    }
  };
  const measured = async () => {
    await session.send('HeapProfiler.collectGarbage');
    const { metrics } = await session.send('Performance.getMetrics');
    const of = (name: string): number => metrics.find((metric) => metric.name === name)?.value ?? Number.NaN;
    return { heap: of('JSHeapUsedSize'), nodes: of('Nodes'), listeners: of('JSEventListeners'), workers: page.workers().length };
  };
  await session.send('Performance.enable');
  await view.postWorker();
  await view.post({ kind: 'diagram', graph, version, file });
  await page.locator('[data-site="cn-north.a"][role=button]').first().click();
  await bursts(2);
  const before = await measured();
  await bursts(10);
  const after = await measured();
  expect(after.heap - before.heap).toBeLessThan(3_000_000);
  expect(after.nodes - before.nodes).toBeLessThan(200);
  expect(after.listeners - before.listeners).toBeLessThan(5);
  expect(after.workers).toBeLessThanOrEqual(2);
}, 120_000);

it('a what-if that the editor knows nothing of any more is over, and one for other switches is not shown', async () => {
  const { view } = opened;
  await view.postWorker();
  await view.post({ kind: 'diagram', graph, version: 1, file });
  const place = view.page.locator('[data-site="cn-north.a"][role=button]').first();
  await place.click();
  await expect.poll(async () => (await view.sent()).filter(({ kind }) => kind === 'what-if').length).toBe(1);
  const other = { off: [{ kind: 'site', site: 'cn-east' } as const] };
  await view.post({ kind: 'what-if-answer', asked: other, answer: whatIf(boutique, analysis, other) ?? null });
  expect(await view.page.locator('svg text', { hasText: 'What if' }).count()).toBe(0);
  await view.post({ kind: 'what-if-answer', asked: { off: [{ kind: 'site', site: 'cn-north.a' }] }, answer: null });
  await expect.poll(async () => (await view.sent()).filter(({ kind }) => kind === 'what-if-over').length).toBe(1);
});

it('a worker that never answers is ended after its time: the picture is drawn without it, and says so; the next one is tried again', async () => {
  const { view } = opened;
  const { page } = view;
  await page.clock.install();
  const banner = page.locator('.banner');
  await view.postWorker('onmessage = () => {};');
  await view.post({ kind: 'diagram', graph, version: 1, file });
  // Before the time is over there is something to look at.
  await page.clock.runFor(1000);
  await page.locator('.canvas [data-node="home"]').waitFor();
  expect(await banner.textContent()).toBe('');
  await page.clock.runFor(15_000);
  await expect.poll(() => banner.textContent()).toBe('Drawn in plain rows: the layout took longer than 15 s.');
  await view.postWorker();
  await page.clock.resume();
  await view.post({ kind: 'diagram', graph: edited(2), version: 2, file });
  await page.locator('.canvas [data-node="added-2"]').waitFor();
  await expect.poll(() => banner.textContent()).toBe('');
});
