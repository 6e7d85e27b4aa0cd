/** A picture that changes on the page looks like one that was put in whole, and what did not change is still the same element. */
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { DiagramGraph } from '../../language/diagram/graph.js';
import { buildGraph } from '../../language/diagram/graph.js';
import { plainLayout } from '../../language/diagram/layout.js';
import { drawParts, type SvgPicture } from '../../language/diagram/svg.js';
import type { Switch } from '../../language/diagram/what-if/switches.js';
import { whatIf } from '../../language/diagram/what-if/what-if.js';
import type { DrawnParts } from '../../media/preview/drawn-parts.js';
import { launchBrowser } from '../e2e/vs-code.js';
import { boutique, boutiqueFigures } from '../language/diagram/boutique.js';

/** What the script in the page defines. */
declare global {
  var shown: { readonly canvas: HTMLElement; readonly parts: DrawnParts };
  var DrawnPartsOfPage: typeof DrawnParts;
}

const graph = buildGraph(boutique, boutiqueFigures);

function picture(of: DiagramGraph, off: readonly Switch[] = []): SvgPicture {
  const states = whatIf(boutique, boutiqueFigures, { off })?.states;
  const options = { theme: 'vscode', standalone: false, idPrefix: 'drml-', ...(states === undefined ? {} : { states }) } as const;
  return drawParts(of, plainLayout(of), options);
}

const renamed: DiagramGraph = {
  ...graph,
  nodes: graph.nodes.map((node) => (node.name === 'payment' ? { ...node, title: 'Cashier' } : node)),
};
const fewer: DiagramGraph = {
  ...graph,
  nodes: graph.nodes.filter(({ id }) => id !== 'payment'),
  edges: graph.edges.filter(({ from, to }) => from !== 'payment' && to !== 'payment'),
};
const payment: Switch = { kind: 'component', component: 'payment' };
const cart: Switch = { kind: 'component', component: 'redis-cart' };

let browser: Browser;
let page: Page;

beforeAll(async () => {
  browser = await launchBrowser();
  page = await browser.newPage();
  const script = await build({
    stdin: {
      contents: "import { DrawnParts } from './drawn-parts.js'; globalThis.DrawnPartsOfPage = DrawnParts;",
      resolveDir: fileURLToPath(new URL('../../media/preview/', import.meta.url)),
      loader: 'ts',
    },
    bundle: true,
    write: false,
    format: 'iife',
    platform: 'browser',
  });
  await page.addScriptTag({ content: script.outputFiles[0]?.text ?? '' });
  await page.evaluate(() => {
    const canvas = document.createElement('div');
    document.body.append(canvas);
    globalThis.shown = { canvas, parts: new DrawnPartsOfPage(canvas) };
  });
});

afterAll(async () => {
  await browser.close();
});

/** Shows a picture after another: what the page holds then, what it holds where that is the first, and which parts are the same elements. */
async function shownAfter(before: SvgPicture, after: SvgPicture) {
  return page.evaluate(
    ([first, second]) => {
      const { canvas, parts } = globalThis.shown;
      parts.put(first);
      const elements = new Set(canvas.querySelectorAll('svg > *'));
      parts.put(second);
      const fresh = document.createElement('div');
      new DrawnPartsOfPage(fresh).put(second);
      const kept = [...canvas.querySelectorAll('svg > *')].filter((element) => elements.has(element));
      return {
        held: canvas.innerHTML,
        whole: fresh.innerHTML,
        kept: kept.length,
        names: kept.flatMap((element) => element.getAttribute('data-node') ?? []),
      };
    },
    [before, after] as const,
  );
}

it.each([
  ['with another title of one component', picture(graph), picture(renamed), 1],
  ['with another model name', picture(graph), picture({ ...graph, title: 'Another shop' }), 0],
  ['with a second thing off', picture(graph, [cart]), picture(graph, [cart, payment]), undefined],
  ['with something else off', picture(graph, [payment]), picture(graph, [cart]), undefined],
  ['with nothing off any more', picture(graph, [payment]), picture(graph), undefined],
  ['with something off', picture(graph), picture(graph, [payment]), undefined],
  ['without a component', picture(graph), picture(fewer), undefined],
  ['with a component more', picture(fewer), picture(graph), undefined],
])('a picture %s is as if it were the first', async (_, before, after, redrawn) => {
  const { held, whole, kept, names } = await shownAfter(before, after);
  expect(held).toBe(whole);
  if (redrawn === undefined) return;
  // The header says the title; of the parts only the component that has another one is drawn again.
  expect(names).toHaveLength(graph.nodes.length - redrawn);
  expect(kept).toBe(after.parts.length - 1);
});

it('is put in again where somebody has taken it out', async () => {
  const same = picture(graph);
  expect((await shownAfter(same, same)).kept).toBe(same.parts.length);
  await page.evaluate(() => globalThis.shown.canvas.replaceChildren());
  const { held, whole } = await shownAfter(same, same);
  expect(held).toBe(whole);
});
