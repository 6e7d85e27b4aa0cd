/** Hostile texts in everything that the editor says to the picture: they are shown as text, in titles, tooltips, lists and what is read out. */
import { expect, it } from 'vitest';
import { buildGraph } from '../../language/diagram/graph.js';
import { whatIf } from '../../language/diagram/what-if/what-if.js';
import { worstLosses } from '../../language/diagram/what-if/worst-losses.js';
import { matrixOf } from '../../language/report/matrix/matrix.js';
import { pipeline } from '../golden/pipeline.js';
import { hostileTexts, modelWith } from '../language/diagram/hostile-texts.js';
import { openedPreview } from './opened-preview.js';

const opened = openedPreview();
/** Those that a browser could take for something. The others are the same to it as any text. */
const chosen = new Set([
  'an image with a handler',
  'the end of a script',
  'the end of a title and of the picture',
  'ends and beginnings of comments',
  'entities',
  'lone surrogates',
  'text turned around',
  '50,000 letters',
  '50,000 marks',
]);
const file = 'file:///shop.drml';
const start = { line: 0, character: 0 };

it('stay text in the picture, its tooltips, its lists, its matrix and its announcements', async () => {
  const { view } = opened;
  const { page } = view;
  await view.postWorker();
  await page.evaluate(() => {
    Object.assign(window, { alert: () => Object.assign(window, { bad: true }) });
  });
  let version = 0;
  for (const [what, text] of hostileTexts.filter(([name]) => chosen.has(name))) {
    const { model, analysis } = await pipeline({ 'a.drml': modelWith(text) });
    const switches = { off: [{ kind: 'site', site: 'r1' } as const] };
    version += 1;
    await view.post({ kind: 'outline', uri: file, parts: [{ name: text, detail: text, start, end: start }] });
    await view.post({ kind: 'diagram', graph: buildGraph(model, analysis), version, file, problem: text });
    await page.locator(`.canvas [data-node="vault"]`).waitFor();
    if (version === 1) await page.locator('[data-site="r1"][role=button]').first().click();
    await view.post({ kind: 'what-if-answer', asked: switches, answer: whatIf(model, analysis, switches) ?? null });
    await view.post({ kind: 'losses', losses: worstLosses(model, analysis) });
    await view.post({ kind: 'matrix', matrix: matrixOf(model, analysis) });
    await view.post({
      kind: 'part-changes',
      name: text,
      groups: [{ kind: 'instance', changes: [{ id: 'x', title: text }] }],
    });
    await view.post({ kind: 'notice', text });
    await page.locator('.canvas svg text', { hasText: 'What if r1 is lost?' }).first().waitFor();
    const found = await page.evaluate(() => ({
      foreign: [
        ...document.querySelectorAll(
          'img, iframe, object, embed, link:not([rel=stylesheet]), svg svg, [onerror], [onload], [onclick], [style*="url("]',
        ),
      ].map(({ tagName }) => tagName),
      scripts: document.scripts.length,
      bad: 'bad' in window,
      drawn: document.querySelectorAll('.canvas [data-node]').length,
      // What the drawing says itself has been cleaned of what turns or hides text.
      unseen: /[\u202a-\u202e\u2066-\u2069\u200b]/.test(document.querySelector('.canvas')?.innerHTML ?? ''),
      wide: document.documentElement.scrollWidth > document.documentElement.clientWidth,
    }));
    expect([what, found]).toEqual([what, { foreign: [], scripts: 2, bad: false, drawn: 7, unseen: false, wide: false }]);
  }
}, 120_000);
