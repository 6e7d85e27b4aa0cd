/** A picture as a file of its own: whole without anything else, and the same in a browser and in the library that makes images of it. */
import { Resvg } from '@resvg/resvg-js';
import axe from 'axe-core';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { analyze } from '../../language/analysis/analyze.js';
import { buildGraph } from '../../language/diagram/graph.js';
import { renderPlacement } from '../../language/diagram/placement.js';
import { renderSvg } from '../../language/diagram/svg.js';
import { whatIf } from '../../language/diagram/what-if/what-if.js';
import { layoutInNode } from '../../server/layout/elk-node.js';
import { launchBrowser } from '../e2e/vs-code.js';
import { boutique } from '../language/diagram/boutique.js';

const analysis = analyze(boutique, { asOf: '2026-11-01' });
const graph = buildGraph(boutique, analysis);
const states = whatIf(boutique, analysis, { off: [{ kind: 'site', site: 'cn-north.a' }] })?.states;
if (states === undefined) throw new Error('No what-if.');

let browser: Browser;

beforeAll(async () => {
  browser = await launchBrowser();
});

afterAll(async () => {
  await browser?.close();
});

const pictures = (['light', 'high-contrast-dark'] as const).flatMap((theme) => {
  const how = { theme, standalone: true, idPrefix: 'drml-', states };
  return [
    [`flow, ${theme}`, async () => renderSvg(graph, await layoutInNode(graph), how)],
    [`placement, ${theme}`, async () => renderPlacement(graph, how)],
  ] as const;
});

describe.each(pictures)('%s', (_, draw) => {
  it('needs nothing beside itself, and its colours are written out', async () => {
    const svg = await draw();
    expect(svg).not.toMatch(
      /<script|<style|<image|<foreignObject|<use|\sstyle=|\sclass=|\shref=|var\(|color-mix|currentColor|@import/,
    );
    expect([...svg.matchAll(/url\(([^)]*)\)/g)].map(([, to]) => to).filter((to) => to !== '#drml-hatch')).toEqual([]);
    const colours = [...svg.matchAll(/\s(?:fill|stroke)="([^"]*)"/g)].map(([, colour = '']) => colour);
    expect(colours.filter((colour) => !/^(#[0-9a-f]{6}|none|url\(#drml-hatch\))$/.test(colour))).toEqual([]);
    expect(svg.replace('xmlns="http://www.w3.org/2000/svg"', '')).not.toMatch(/https?:|\/\//);
  });

  it('is drawn alike by a browser and by resvg', async () => {
    // Fonts differ, and the two look for them differently: the shapes are what is compared.
    const svg = (await draw()).replace(/<text.*?<\/text>/gs, '');
    const image = new Resvg(svg).render();
    const page = await browser.newPage({ viewport: { width: image.width, height: image.height } });
    const other = await page.evaluate(
      async ([text, png, width]) => {
        const pixels = async (address: string) => {
          const loaded = new Image();
          loaded.src = address;
          await loaded.decode();
          const canvas = document.createElement('canvas');
          [canvas.width, canvas.height] = [loaded.width, loaded.height];
          const context = canvas.getContext('2d');
          context?.drawImage(loaded, 0, 0);
          return context?.getImageData(0, 0, canvas.width, canvas.height).data ?? [];
        };
        const [one, two] = await Promise.all([
          pixels(`data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`),
          pixels(`data:image/png;base64,${png}`),
        ]);
        // The mean lightness of squares of eight pixels: smoothing of edges evens out in it, a line that is missing does not.
        const side = 8;
        const squares = (data: ArrayLike<number>): ReadonlyMap<number, number> => {
          const sums = new Map<number, number>();
          for (let at = 0; at < data.length; at += 4) {
            const [x, y] = [(at / 4) % width, Math.floor(at / 4 / width)];
            const square = Math.floor(y / side) * width + Math.floor(x / side);
            const light = ((data[at] ?? 0) + (data[at + 1] ?? 0) + (data[at + 2] ?? 0)) / 3 / side / side;
            sums.set(square, (sums.get(square) ?? 0) + light);
          }
          return sums;
        };
        const [first, second] = [squares(one), squares(two)];
        const differences = [...first].map(([square, light]) => Math.abs(light - (second.get(square) ?? 0)));
        const drawn = [...first.values()].filter((light) => Math.abs(light - (first.get(0) ?? 0)) > 1).length;
        return { sizes: [one.length, two.length], largest: Math.max(...differences), drawn };
      },
      [svg, Buffer.from(image.asPng()).toString('base64'), image.width] as const,
    );
    await page.close();
    expect(other.sizes[0]).toBe(image.width * image.height * 4);
    expect(other.sizes[1]).toBe(other.sizes[0]);
    expect(other.drawn).toBeGreaterThan(1000);
    // Of 255. A line that is missing is an eighth of its contrast for each of its pixels: 20 and more.
    expect(other.largest).toBeLessThan(14);
  });
});

it('opens by itself in a browser, with a name that is read out', async () => {
  const svg = renderSvg(graph, await layoutInNode(graph), { theme: 'light', standalone: true, idPrefix: 'drml-', states });
  const page = await browser.newPage();
  await page.goto(`data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`);
  expect(await page.title()).toContain('What if cn-north.a is lost?');
  await page.goto('about:blank');
  await page.setContent(`<!doctype html><html lang="en"><head><title>x</title></head><body><main>${svg}</main></body></html>`);
  expect(await page.getByRole('img', { name: /^What if cn-north\.a is lost\?: / }).count()).toBe(1);
  // Which journeys stand, and what does not: the description of the whole.
  const told = (await page.locator('svg > desc').textContent()) ?? '';
  for (const { name } of boutique.journeys) expect(told).toContain(`journey ${name}`);
  expect(told).toContain('cache redis-cart: DOWN, cause.');
  await page.evaluate(axe.source);
  const found = await page.evaluate(async () => {
    const { axe: run } = window as unknown as { readonly axe: typeof axe };
    return (await run.run(document, { resultTypes: ['violations'] })).violations.map(({ id, impact }) => `${id} ${impact}`);
  });
  expect(found.filter((one) => /serious|critical/.test(one))).toEqual([]);
  await page.close();
});
