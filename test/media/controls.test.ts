/** The bars, panels and keys around the picture, in a real browser under the strict policy. */
import { describe, expect, it } from 'vitest';
import { analyze } from '../../language/analysis/analyze.js';
import { buildGraph } from '../../language/diagram/graph.js';
import type { Switches } from '../../language/diagram/what-if/switches.js';
import { type WhatIf, whatIf } from '../../language/diagram/what-if/what-if.js';
import { worstLosses } from '../../language/diagram/what-if/worst-losses.js';
import { boutique } from '../language/diagram/boutique.js';
import { modelOf } from '../language/model-of.js';
import { openedPreview } from './opened-preview.js';

const analysis = analyze(boutique, { asOf: '2026-11-01' });
const graph = buildGraph(boutique, analysis);

const opened = openedPreview(async (view) => {
  await view.postWorker();
  await view.post({ kind: 'diagram', graph, version: 1 });
  await view.page.locator('svg [data-node="redis-cart"]').waitFor();
});

function answerTo(switches: Switches, model = boutique): WhatIf | undefined {
  return whatIf(model, model === boutique ? analysis : analyze(model, { asOf: '2026-11-01' }), switches);
}

async function switchOff(switches: Switches, model = boutique): Promise<void> {
  const { page } = opened.view;
  const [first] = switches.off;
  if (first?.kind !== 'site') throw new Error('A place is switched off.');
  await page.locator(`svg .target[data-site="${first.site}"]`).first().press('x');
  await opened.view.post({ kind: 'what-if-answer', asked: switches, answer: answerTo(switches, model) ?? null });
  await page
    .locator('svg', { hasText: `What if ${first.site} is lost?` })
    .first()
    .waitFor();
}

async function wanted(): Promise<unknown> {
  const last = (await opened.view.sent()).filter(({ kind }) => kind === 'what-if' || kind === 'what-if-over').at(-1);
  return last?.kind === 'what-if' ? last.switches : { off: [] };
}

const zone: Switches = { off: [{ kind: 'site', site: 'cn-north.a' }] };

describe('the bars', () => {
  it.each([640, 700, 1100, 1900])('take one row each in a window of %d pixels, with all that a what-if adds', async (width) => {
    const { page } = opened.view;
    await page.setViewportSize({ width, height: 800 });
    await switchOff(zone);
    for (const bar of ['.view-bar', '.footer']) {
      const box = await page.locator(bar).boundingBox();
      expect(box?.height).toBeLessThan(40);
    }
    const heights = await page
      .locator('.view-bar > button:visible, .bar-end button, .toolbar button, .what-if-row > button, .dropdown, .view-bar .field')
      .evaluateAll((controls) => controls.map((control) => control.getBoundingClientRect().height));
    expect(heights.length).toBeGreaterThan(12);
    expect(new Set(heights)).toEqual(new Set([26]));
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
  });

  it('wrap in a narrow window, and nothing is cut off', async () => {
    const { page } = opened.view;
    await page.setViewportSize({ width: 420, height: 700 });
    await switchOff(zone);
    const rights = await page
      .locator('.view-bar *:visible, .footer *:visible')
      .evaluateAll((parts) => parts.map((part) => part.getBoundingClientRect().right));
    expect(Math.max(...rights)).toBeLessThanOrEqual(420);
  });

  it('show what acts on a what-if only while there is one; the focus does not fall out of the bar with it', async () => {
    const { page } = opened.view;
    const keep = page.getByRole('button', { name: 'Keep as scenario' });
    const reset = page.getByRole('button', { name: /^Reset/ });
    expect([await keep.isVisible(), await reset.isVisible()]).toEqual([false, false]);
    await switchOff(zone);
    expect([await keep.isVisible(), await reset.isVisible()]).toEqual([true, true]);
    await reset.press('Enter');
    expect([await keep.isVisible(), await reset.isVisible()]).toEqual([false, false]);
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Switch off');
  });
});

describe('keys', () => {
  it('are listed by a question mark; what is under the list cannot be reached until it is closed', async () => {
    const { page } = opened.view;
    await page.locator('svg [data-node="payment"]').focus();
    await page.keyboard.press('?');
    const list = page.getByRole('dialog', { name: 'Keys of the picture' });
    await list.waitFor();
    expect(await list.getByText('Switch a part off or on').count()).toBe(1);
    for (let count = 0; count < 3; count += 1) await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.closest('.sides, .footer, .view-bar'))).toBe(null);
    await page.keyboard.press('Escape');
    await list.waitFor({ state: 'hidden' });
    expect(await page.evaluate(() => document.activeElement?.getAttribute('data-node'))).toBe('payment');
  });

  it('open the worst losses and the matrix, but are letters where somebody writes', async () => {
    const { page } = opened.view;
    await page.locator('.search').fill('');
    await page.locator('.search').press('m');
    await page.locator('.search').press('w');
    expect(await page.locator('.search').inputValue()).toBe('mw');
    expect(await page.locator('.matrix').isVisible()).toBe(false);
    await page.locator('.search').press('Escape');
    await page.keyboard.press('m');
    expect(await page.locator('.matrix').isVisible()).toBe(true);
    await page.keyboard.press('Escape');
    await page.keyboard.press('w');
    expect(await page.locator('.losses').isVisible()).toBe(true);
  });

  it('lead back by Escape step by step: the search, the losses, what is off, the whole system', async () => {
    const { page } = opened.view;
    await page.getByLabel('Shown part').selectOption('Journey place-order');
    await page.locator('svg [data-node="home"]').waitFor({ state: 'detached' });
    await switchOff(zone);
    await page.keyboard.press('w');
    await page.keyboard.press('/');
    await page.keyboard.type('cart');
    await page.locator('svg .found').first().waitFor();
    await page.keyboard.press('Escape');
    expect(await page.locator('.search').inputValue()).toBe('');
    expect(await page.locator('svg .found').count()).toBe(0);
    await page.keyboard.press('Escape');
    expect(await page.locator('.losses').isVisible()).toBe(false);
    expect(await wanted()).toEqual(zone);
    await page.keyboard.press('Escape');
    expect(await wanted()).toEqual({ off: [] });
    await page.locator('.pane').first().focus();
    await page.keyboard.press('Escape');
    await page.locator('svg [data-node="home"]').waitFor();
  });
});

describe('the worst losses', () => {
  it('stand beside the picture, say which one is shown, and another press ends it', async () => {
    const { page } = opened.view;
    await page.setViewportSize({ width: 1200, height: 800 });
    await page.getByTitle('Which single loss hurts most, and which two').click();
    const losses = worstLosses(boutique, analysis);
    await opened.view.post({ kind: 'losses', losses });
    const first = page.locator('.losses li button').first();
    await first.click();
    expect(await wanted()).toEqual(losses.single[0]?.switches);
    expect(await first.getAttribute('aria-pressed')).toBe('true');
    expect(await page.locator('.losses [aria-pressed=true]').count()).toBe(1);
    const [pane, panel] = [await page.locator('.pane').first().boundingBox(), await page.locator('.losses').boundingBox()];
    expect((pane?.x ?? 0) + (pane?.width ?? 0)).toBeLessThanOrEqual(panel?.x ?? 0);
    await first.click();
    expect(await wanted()).toEqual({ off: [] });
    expect(await page.locator('.losses [aria-pressed=true]').count()).toBe(0);
  });
});

describe('the recovery', () => {
  it('has its steps under the slider, each as long as it takes, and hides nothing of a picture that fits', async () => {
    const { page } = opened.view;
    const model = await modelOf(`model m { }
region r1 { zones a, b, c }
region r2 { zones a, b }
database store {
  runs 3 in r1
  runs 1 in r2 as hot standby
  replicates async to r2 lag 5s
  failover { detect 30s  decide manual 1m  promote 60s  switch dns ttl 20s }
}
journey j { requires store }`);
    await opened.view.post({ kind: 'diagram', graph: buildGraph(model, analyze(model, { asOf: '2026-11-01' })), version: 2 });
    await page.locator('svg [data-node="store"]').waitFor();
    await switchOff({ off: [{ kind: 'site', site: 'r1' }] }, model);
    const grown = await page
      .locator('.recovery-steps button')
      .evaluateAll((buttons) => buttons.map((each) => Number((each as HTMLElement).style.flexGrow)));
    expect(grown).toEqual([30, 60, 60, 20]);
    expect(await page.locator('.recovery-note').isVisible()).toBe(false);
    expect(await page.locator('.recovery-says').textContent()).toBe('2 min 50 s of 2 min 50 sCritical path of j');
    const picture = await page.locator('.canvas > svg').first().boundingBox();
    const strip = await page.locator('.recovery').boundingBox();
    expect((picture?.y ?? 0) + (picture?.height ?? 0)).toBeLessThanOrEqual(strip?.y ?? 0);
  });

  it('says who never comes back', async () => {
    const never = answerTo(zone)?.journeys.filter(({ up, rto }) => !up && rto === 'never') ?? [];
    expect(never.length).toBeGreaterThan(0);
    await switchOff(zone);
    for (const { name } of never) {
      expect(await opened.view.page.locator('.recovery-note').textContent()).toMatch(new RegExp(`^Never back: .*${name}`));
    }
  });

  it('says that nothing has to recover where no time passes', async () => {
    const standby: Switches = { off: [{ kind: 'site', site: 'cn-east.c' }] };
    expect(answerTo(standby)?.timeline.subjects).toEqual([]);
    await switchOff(standby);
    expect(await opened.view.page.locator('.recovery-note').textContent()).toBe('Nothing has to recover: no time passes.');
    expect(await opened.view.page.locator('.recovery-track').isVisible()).toBe(false);
  });
});

it('the list of changes opens at the pointer, inside of the window', async () => {
  const { page } = opened.view;
  const card = page.locator('.pane:not(.placement) [data-node="payment"]');
  const at = await card.boundingBox();
  await card.click({ button: 'right', position: { x: 20, y: 12 } });
  await opened.view.post({ kind: 'part-changes', name: 'payment', groups: [{ kind: 'backup', changes: [], reason: 'None.' }] });
  const menu = await page.getByRole('menu').boundingBox();
  expect(Math.abs((menu?.x ?? 0) - (at?.x ?? 0) - 20)).toBeLessThan(3);
  expect(Math.abs((menu?.y ?? 0) - (at?.y ?? 0) - 12)).toBeLessThan(3);
});
