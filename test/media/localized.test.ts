/** The page in Chinese, in a real browser: whatever is opened, nothing that people read or hear is left in English. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { analyze } from '../../language/analysis/analyze.js';
import { buildGraph } from '../../language/diagram/graph.js';
import type { Switches } from '../../language/diagram/what-if/switches.js';
import { whatIf } from '../../language/diagram/what-if/what-if.js';
import { worstLosses } from '../../language/diagram/what-if/worst-losses.js';
import { offered, partChanges } from '../../language/part-changes/part-changes.js';
import { matrixOf } from '../../language/report/matrix/matrix.js';
import { checkModel } from '../../language/rules/check.js';
import { launchBrowser } from '../e2e/vs-code.js';
import { boutique } from '../language/diagram/boutique.js';
import { chinese, leftEnglish } from './left-english.js';
import { textsIn } from './page-texts.js';
import { PreviewPage } from './preview-page.js';

const asOf = '2026-11-01';
const analysis = analyze(boutique, { asOf });
const graph = buildGraph(boutique, analysis);
const names = [
  boutique.name,
  boutique.title ?? '',
  graph.title,
  ...graph.nodes.flatMap((node) => [node.name, node.title ?? '']),
  ...graph.places.flatMap((place) => [place.site, place.label, ...place.zones.flatMap((zone) => [zone.site, zone.label])]),
  ...boutique.components.flatMap((each) => each.data.backups.map(({ name }) => name)),
].filter((name) => name.length > 2);

let browser: Browser;
let view: PreviewPage;

beforeAll(async () => {
  browser = await launchBrowser();
  view = await PreviewPage.open(browser, undefined, chinese);
  await view.postWorker();
});

afterAll(async () => {
  await view?.page.close();
  await browser?.close();
});

/** Every text and every label of the page that has an English word. */
async function left(): Promise<readonly string[]> {
  return (await textsIn(view.page)).flatMap((text) => leftEnglish(text, names) ?? []);
}

describe('in Chinese', () => {
  it('is the picture, with its bars', async () => {
    await view.post({ kind: 'diagram', graph, version: 1 });
    await view.page.locator('svg [data-node="redis-cart"]').waitFor();
    expect(await view.page.locator('svg', { hasText: '个组件' }).count()).toBe(1);
    expect(await left()).toEqual([]);
  });

  it('is the placement beside it, and the search', async () => {
    await view.page.locator('.panes button').nth(1).click();
    await view.page.locator('.placement [data-node="redis-cart"]').waitFor();
    await view.page.locator('.search').fill('cart');
    await expect.poll(() => view.page.locator('.view-bar .found').textContent()).not.toBe('');
    expect(await left()).toEqual([]);
  });

  it('is a what-if, with its losses, its recovery and its announcement', async () => {
    const switches: Switches = { off: [{ kind: 'site', site: 'cn-north' }] };
    await view.page.locator('svg .target[data-site="cn-north"]').first().click();
    await view.post({ kind: 'what-if-answer', asked: switches, answer: whatIf(boutique, analysis, switches) ?? null });
    await view.page.locator('.what-if [aria-expanded]').click();
    await view.post({ kind: 'losses', losses: worstLosses(boutique, analysis) });
    await view.page.locator('.losses li button').first().waitFor();
    await view.page.locator('svg', { hasText: '如果失去 cn-north？' }).first().waitFor();
    expect(await left()).toEqual([]);
  });

  it('is the list of changes', async () => {
    for (const name of ['redis-cart', 'payment', 'cn-north']) {
      if (name === 'cn-north') await view.page.locator('svg .target[data-site="cn-north"]').first().press('a');
      else await view.page.locator(`.pane:not(.placement) [data-node="${name}"]`).press('a');
      const groups = offered(partChanges(boutique, checkModel(boutique, analysis, {}), asOf, name));
      await view.post({ kind: 'part-changes', name, groups });
      await view.page.locator('.change-menu:not([hidden]) .change-of', { hasText: name }).waitFor();
      expect(await left()).toEqual([]);
      await view.page.keyboard.press('Escape');
    }
  });

  it('is the matrix, and what is wrong', async () => {
    await view.page.locator('.toolbar button').last().click();
    await view.post({ kind: 'matrix', matrix: matrixOf(boutique, analysis) });
    await view.page.locator('.matrix tbody tr').first().waitFor();
    await view.post({ kind: 'diagram', graph: null, version: 2, problem: 'Syntax errors in shop.drml.' });
    await view.page.locator('.banner', { hasText: 'shop.drml 中有语法错误。' }).waitFor();
    expect((await left()).filter((text) => !text.includes('shop.drml'))).toEqual([]);
  });
});
