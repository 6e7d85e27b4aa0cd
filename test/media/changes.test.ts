/** Changing the text from the picture: the button, the list, its keys, what cannot be chosen, and taking a change back. */
import { describe, expect, it } from 'vitest';
import { buildGraph } from '../../language/diagram/graph.js';
import { offered, partChanges } from '../../language/part-changes/part-changes.js';
import { boutique, boutiqueFigures } from '../language/diagram/boutique.js';
import { openedPreview } from './opened-preview.js';
import { seriousProblems } from './serious-problems.js';

const graph = buildGraph(boutique, boutiqueFigures);
const groups = offered(partChanges(boutique, [], '2026-11-01', 'payment'));

const opened = openedPreview(async (view) => {
  await view.postWorker();
  await view.post({ kind: 'diagram', graph, version: 1 });
  await view.page.locator('[data-node="payment"]').first().waitFor();
});

const card = (name: string) => opened.view.page.locator(`.pane:not(.placement) [data-node="${name}"]`);
const opener = () => opened.view.page.locator('.view-bar button[aria-haspopup=menu]');
const menu = () => opened.view.page.getByRole('menu');
const answer = () => opened.view.post({ kind: 'part-changes', name: 'payment', groups });

describe('the button', () => {
  it('waits for a part, names it, and opens a list of what can be done', async () => {
    expect(await opener().isDisabled()).toBe(true);
    expect(await opener().getAttribute('aria-label')).toContain('choose a component');
    await card('payment').focus();
    expect(await opener().textContent()).toBe('Change payment…');
    await opener().click();
    expect((await opened.view.sent()).at(-1)).toEqual({ kind: 'ask-changes', name: 'payment' });
    await answer();
    await menu().waitFor();
    const [more] = groups.find(({ kind }) => kind === 'instance')?.changes ?? [];
    if (more === undefined) throw new Error('Nothing can be added.');
    await opened.view.page.getByRole('menuitem', { name: more.title, exact: true }).click();
    expect((await opened.view.sent()).at(-1)).toEqual({ kind: 'change', name: 'payment', id: more.id });
    expect(await menu().isVisible()).toBe(false);
  });

  it('is in sight in a narrow pane, too', async () => {
    await opened.view.page.setViewportSize({ width: 420, height: 700 });
    await card('payment').focus();
    const box = await opener().boundingBox();
    expect((box?.x ?? Number.NaN) + (box?.width ?? Number.NaN)).toBeLessThanOrEqual(420);
  });

  it('says why what is impossible is', async () => {
    await card('payment').press('a');
    await answer();
    const refused = opened.view.page.locator('[role=menuitem][aria-disabled=true]', {
      hasText: 'payment keeps no data of its own.',
    });
    await refused.waitFor();
    expect(await seriousProblems(opened.view.page)).toEqual([]);
  });
});

describe('the list', () => {
  it('is walked by arrows, and closed by Escape with the focus where it was', async () => {
    await card('payment').press('a');
    await answer();
    await menu().waitFor();
    const focused = (): Promise<string | null> => opened.view.page.evaluate(() => document.activeElement?.textContent ?? null);
    const first = await focused();
    await opened.view.page.keyboard.press('ArrowDown');
    expect(await focused()).not.toBe(first);
    await opened.view.page.keyboard.press('End');
    expect(await focused()).toBe('All that the text offers here…');
    await opened.view.page.keyboard.press('Enter');
    expect((await opened.view.sent()).at(-1)?.kind).toBe('actions');
    await card('payment').press('a');
    await answer();
    await menu().waitFor();
    await opened.view.page.keyboard.press('Escape');
    expect(await menu().isVisible()).toBe(false);
    expect(await opened.view.page.evaluate(() => document.activeElement?.getAttribute('data-node'))).toBe('payment');
  });

  it('is opened by the right button, of places as well, and only for what was asked last', async () => {
    await card('payment').click({ button: 'right', position: { x: 40, y: 12 } });
    expect((await opened.view.sent()).at(-1)).toEqual({ kind: 'ask-changes', name: 'payment' });
    await opened.view.page.locator('svg [aria-label^="Zone cn-north.a"]').click({ button: 'right' });
    expect((await opened.view.sent()).at(-1)).toEqual({ kind: 'ask-changes', name: 'cn-north.a' });
    await answer();
    await opened.view.page.waitForTimeout(100);
    expect(await menu().isVisible()).toBe(false);
  });
});

it('a change is taken back from where it was made', async () => {
  await opened.view.post({ kind: 'notice', text: 'Changed payment.', undo: 'file:///shop.drml' });
  // The new picture comes after the notice, and leaves it there.
  await opened.view.post({ kind: 'diagram', graph: { ...graph, title: 'Changed' }, version: 2 });
  await opened.view.page.locator('svg text', { hasText: 'Changed' }).waitFor();
  await opened.view.page.getByRole('button', { name: 'Undo' }).click();
  expect((await opened.view.sent()).at(-1)).toEqual({ kind: 'undo', uri: 'file:///shop.drml' });
  expect(await opened.view.page.locator('.notice').isVisible()).toBe(false);
});
