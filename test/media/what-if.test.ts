/** The what-if in a real browser: switches by click and key, answers, the recovery over time, the matrix. */
import { describe, expect, it } from 'vitest';
import { analyze } from '../../language/analysis/analyze.js';
import { buildGraph } from '../../language/diagram/graph.js';
import type { Switches } from '../../language/diagram/what-if/switches.js';
import { whatIf } from '../../language/diagram/what-if/what-if.js';
import { worstLosses } from '../../language/diagram/what-if/worst-losses.js';
import { matrixOf } from '../../language/report/matrix/matrix.js';
import { boutique } from '../language/diagram/boutique.js';
import { openedPreview } from './opened-preview.js';
import { PreviewPage } from './preview-page.js';
import { seriousProblems } from './serious-problems.js';

const analysis = analyze(boutique, { asOf: '2026-11-01' });
const graph = buildGraph(boutique, analysis);
const zoneLost: Switches = { off: [{ kind: 'site', site: 'cn-north.a' }] };

const opened = openedPreview(async (view) => {
  await view.postWorker();
  await view.post({ kind: 'diagram', graph, version: 1 });
  await view.page.locator('svg [data-node="redis-cart"]').waitFor();
});

const card = (name: string) => opened.view.page.locator(`svg [data-node="${name}"]`);
const site = (name: string) => opened.view.page.locator(`svg [aria-label^="${name}"]`);

async function wanted(): Promise<Switches | undefined> {
  const sent = await opened.view.sent();
  const last = sent.filter(({ kind }) => kind === 'what-if' || kind === 'what-if-over').at(-1);
  if (last?.kind === 'what-if') return last.switches;
  return last === undefined ? undefined : { off: [] };
}

async function answer(switches: Switches): Promise<void> {
  await opened.view.post({ kind: 'what-if-answer', asked: switches, answer: whatIf(boutique, analysis, switches) ?? null });
}

describe('what if', () => {
  it('a zone is switched off by a click in the places; states are drawn, nothing moves, and it is announced', async () => {
    const place = async () => [
      await card('payment').getAttribute('transform'),
      await opened.view.page.locator('.canvas').getAttribute('style'),
    ];
    const before = await place();
    await site('Zone cn-north.a').click();
    expect(await wanted()).toEqual(zoneLost);
    await answer(zoneLost);
    await opened.view.page.locator('svg', { hasText: 'What if cn-north.a is lost?' }).waitFor();
    expect(await card('redis-cart').getAttribute('aria-label')).toContain('DOWN, cause');
    expect(await place()).toEqual(before);
    expect(await opened.view.page.locator('.unseen').textContent()).toContain('5 down, 5 at risk');
    await site('Zone cn-north.a').click();
    expect(await wanted()).toEqual({ off: [] });
    expect(await opened.view.page.locator('svg', { hasText: 'What if' }).count()).toBe(0);
  });

  it('keys switch what has the focus: x a component, Alt and a digit its instances, Escape everything on', async () => {
    await card('payment').press('x');
    expect(await wanted()).toEqual({ off: [{ kind: 'component', component: 'payment' }] });
    await card('payment').press('Escape');
    expect(await wanted()).toEqual({ off: [] });
    await card('payment').press('Alt+2');
    expect(await wanted()).toEqual({ off: [{ kind: 'replica', component: 'payment', site: 'cn-north.b', count: 1 }] });
  });

  it('a click on a cell takes its instances; elsewhere a click leads to the text until switching is on', async () => {
    await opened.view.page.getByRole('button', { name: 'Full size' }).click();
    // Focus brings a card into sight.
    await card('payment').focus();
    const box = await card('payment').boundingBox();
    if (box === null) throw new Error('No card.');
    // The name of the card, then the first cell of its first row: 12 from the left, 30 from the top, behind the region's name.
    await opened.view.page.mouse.click(box.x + 60, box.y + 18);
    expect((await opened.view.sent()).at(-1)?.kind).toBe('reveal');
    const node = graph.nodes.find(({ id }) => id === 'payment');
    const left = 12 + graph.card.regionLabelWidth + 6 + 4;
    expect(node?.rows[0]?.region).toBe('cn-north');
    await opened.view.page.mouse.click(box.x + left, box.y + 30 + 9);
    expect(await wanted()).toEqual({ off: [{ kind: 'replica', component: 'payment', site: 'cn-north.a', count: 1 }] });
    await opened.view.page
      .getByRole('button', { name: 'Reset' })
      .or(opened.view.page.getByTitle('Switch everything on again (Escape)'))
      .first()
      .click();
    await opened.view.page.getByTitle(/^Switch off by click/).click();
    await opened.view.page.mouse.click(box.x + 60, box.y + 18);
    expect(await wanted()).toEqual({ off: [{ kind: 'component', component: 'payment' }] });
  });

  it('an older answer is not shown, and an answer without anything ends the what-if', async () => {
    await site('Zone cn-north.a').click();
    await answer({ off: [{ kind: 'site', site: 'cn-east' }] });
    expect(await opened.view.page.locator('svg', { hasText: 'What if' }).count()).toBe(0);
    await opened.view.post({ kind: 'what-if-answer', asked: zoneLost, answer: null });
    await expect.poll(() => wanted()).toEqual({ off: [] });
  });

  it('the worst losses are shown by a click, and what is shown can be kept', async () => {
    await opened.view.page.getByTitle('Which single loss hurts most, and which two').click();
    expect((await opened.view.sent()).some(({ kind }) => kind === 'ask-losses')).toBe(true);
    const losses = worstLosses(boutique, analysis);
    await opened.view.post({ kind: 'losses', losses });
    const [worst] = losses.single;
    if (worst === undefined) throw new Error('No loss.');
    await opened.view.page.locator('.losses li button').first().click();
    expect(await wanted()).toEqual(worst.switches);
    await opened.view.page.getByTitle('Write what is switched off as a scenario into the file').click();
    expect((await opened.view.sent()).at(-1)).toEqual({ kind: 'keep', switches: worst.switches });
    await opened.view.post({ kind: 'notice', text: 'Kept as scenario x.' });
    await opened.view.page.locator('.waiting', { hasText: 'Kept as scenario x.' }).waitFor();
  });

  it('what is switched off outlives the view', async () => {
    await site('Zone cn-north.a').click();
    const kept: unknown = await opened.view.page.evaluate(() => (window as unknown as { kept: unknown }).kept);
    const again = await PreviewPage.open(opened.browser, kept);
    await again.postWorker();
    await again.post({ kind: 'diagram', graph, version: 1 });
    await again.page.locator('svg [data-node="redis-cart"]').waitFor();
    expect((await again.sent()).at(-1)).toEqual({ kind: 'what-if', switches: zoneLost });
    await again.page.close();
  });

  it('marks what the cursor stands in', async () => {
    const node = graph.nodes.find(({ id }) => id === 'payment');
    if (node === undefined) throw new Error('No node.');
    await opened.view.post({ kind: 'cursor', at: { uri: node.source.uri, start: node.source.start } });
    await opened.view.page.locator('svg .at-cursor').first().waitFor();
    await opened.view.post({ kind: 'cursor', at: null });
    await expect.poll(() => opened.view.page.locator('svg .at-cursor').count()).toBe(0);
  });
});

describe('the matrix', () => {
  it('is sorted, filtered, leads to the text and is saved', async () => {
    const matrix = matrixOf(boutique, analysis);
    await opened.view.page.getByRole('button', { name: 'Show the disaster recovery matrix' }).click();
    expect((await opened.view.sent()).at(-1)).toEqual({ kind: 'ask-matrix' });
    await opened.view.post({ kind: 'matrix', matrix });
    const rows = opened.view.page.locator('.matrix tbody tr');
    await expect.poll(() => rows.count()).toBe(matrix.rows.length);
    await opened.view.page.getByRole('button', { name: 'Sort by Of' }).click();
    expect(await rows.first().locator('th button').textContent()).toBe([...matrix.rows.map(({ name }) => name)].sort()[0]);
    // By a class, the longest recovery first when asked twice: ranks only fall.
    const byClass = opened.view.page.locator('.matrix thead th').nth(1).getByRole('button');
    await byClass.click();
    await byClass.click();
    const ranks = await rows.locator('th button').allTextContents();
    const rankOf = (name: string) => matrix.rows.find((row) => (row.title ?? row.name) === name)?.cells[0]?.rto.rank ?? 0;
    expect(ranks.map(rankOf)).toEqual(ranks.map(rankOf).sort((a, b) => b - a));
    await opened.view.page.getByRole('searchbox').fill('redis');
    await expect.poll(() => rows.count()).toBe(1);
    await rows.first().locator('th button').click();
    expect((await opened.view.sent()).at(-1)?.kind).toBe('reveal');
    for (const [name, format] of [
      ['Markdown', 'markdown'],
      ['CSV', 'csv'],
      ['HTML', 'html'],
    ]) {
      await opened.view.page.getByTitle(`Save the matrix as ${name}`).click();
      expect((await opened.view.sent()).at(-1)).toEqual({ kind: 'save-matrix', format });
    }
    await opened.view.page.locator('.matrix').press('Escape');
    expect(await opened.view.page.locator('.matrix').isVisible()).toBe(false);
  });
});

describe('exports', () => {
  it.each([
    ['svg', /^<svg .*What if cn-north\.a is lost/s],
    ['mmd', /flowchart TD/],
    ['d2', /^direction: down/],
    // The first bytes of every PNG, in base64.
    ['png', /^iVBORw0KGgo/],
  ] as const)('what is shown is saved as %s', async (format, begins) => {
    await site('Zone cn-north.a').click();
    await answer(zoneLost);
    await opened.view.page.locator('svg', { hasText: 'What if cn-north.a is lost?' }).first().waitFor();
    await opened.view.page.getByLabel('Export the picture').selectOption(format);
    await expect.poll(async () => (await opened.view.sent()).at(-1)?.kind).toBe('save-picture');
    const last = (await opened.view.sent()).at(-1);
    expect(last).toMatchObject({ kind: 'save-picture', format });
    expect(last?.kind === 'save-picture' && last.content).toMatch(begins);
  });
});

describe('people who do not see or do not use a pointer', () => {
  it('find nothing serious in the way, with a what-if, the losses and the matrix open', async () => {
    await site('Zone cn-north.a').click();
    await answer(zoneLost);
    await opened.view.page.getByTitle('Which single loss hurts most, and which two').click();
    await opened.view.post({ kind: 'losses', losses: worstLosses(boutique, analysis) });
    await opened.view.page.locator('.losses li button').first().waitFor();
    expect(await seriousProblems(opened.view.page)).toEqual([]);
    await opened.view.page.getByRole('button', { name: 'Show the disaster recovery matrix' }).click();
    await opened.view.post({ kind: 'matrix', matrix: matrixOf(boutique, analysis) });
    await opened.view.page.locator('.matrix tbody tr').first().waitFor();
    expect(await seriousProblems(opened.view.page)).toEqual([]);
  });
});
