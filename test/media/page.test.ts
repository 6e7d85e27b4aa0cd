/** The interactive page in a real browser, opened as a file: what it shows, what it answers, and that it asks nobody. */
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { namesIn } from '../../language/diagram/export/names.js';
import { pageOf, pageParts } from '../../language/diagram/export/page.js';
import { type PageStart, pageModelOf } from '../../language/diagram/export/page-data.js';
import { buildGraph } from '../../language/diagram/graph.js';
import type { FileTheme } from '../../language/diagram/ink.js';
import { nothingOff, type Switch } from '../../language/diagram/what-if/switches.js';
import { whatIf } from '../../language/diagram/what-if/what-if.js';
import { pageFiles, viewFiles } from '../../scripts/page-parts.mjs';
import { layoutInNode } from '../../server/layout/elk-node.js';
import { launchBrowser } from '../e2e/vs-code.js';
import { type Files, filesIn, pipeline, type Stages } from '../golden/pipeline.js';
import { chinese, leftEnglish } from './left-english.js';
import { textsIn } from './page-texts.js';
import { seriousProblems } from './serious-problems.js';

const written = filesIn(join(import.meta.dirname, '../../examples/shop'));
const example = {
  ...written,
  'shop.drml': `${written['shop.drml'] ?? ''}\nscenario dark "North goes dark" {\n  fails cn-north\n  expect place-order up\n}\n`,
};

let browser: Browser;
let built: ReadonlyMap<string, string>;
let shop: Stages;
const open: Page[] = [];
const complaints: string[] = [];
const requests: string[] = [];

beforeAll(async () => {
  browser = await launchBrowser();
  built = new Map([...(await viewFiles()).files, ...(await pageFiles()).files]);
  shop = await pipeline(example, 'shop.drml');
});

afterEach(async () => {
  for (const page of open.splice(0)) await page.close();
  // Nothing but the file itself was asked for, and the policy refused nothing.
  expect(requests.splice(0).filter((address) => !/^(file:\/\/[^?]*\/page\.html|blob:null\/.*)$/.test(address))).toEqual([]);
  expect(complaints.splice(0)).toEqual([]);
});

afterAll(async () => {
  await browser?.close();
});

async function textOf({ model, analysis }: Stages, more: Partial<PageStart> = {}, theme?: FileTheme): Promise<string> {
  const layouts = [await layoutInNode(buildGraph(model, analysis))];
  const start: PageStart = { layouts, view: { kind: 'system' }, panes: 'flow', switches: nothingOff, ...more };
  const parts = await pageParts(async (path) => built.get(path) ?? '');
  return pageOf({ ...pageModelOf(model, analysis), ...start }, theme, parts);
}

async function opened(text: string, options: BrowserContextOptions = {}): Promise<Page> {
  const file = join(mkdtempSync(join(tmpdir(), 'drml-page-')), 'page.html');
  writeFileSync(file, text);
  const page = await browser.newPage({ viewport: { width: 1400, height: 900 }, ...options });
  open.push(page);
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => complaints.push(message.text()));
  page.on('request', (request) => requests.push(request.url()));
  await page.goto(pathToFileURL(file).href);
  await page.locator('svg [data-node]').first().waitFor();
  return page;
}

const part = (page: Page, label: string) => page.locator(`svg [aria-label^="${label}"]`).first();
const said = (page: Page) => page.locator('.unseen[role="status"]').textContent();

describe('the page', () => {
  it('draws the system with its legend, and says what the worst loss of a place does to each journey', async () => {
    const page = await opened(await textOf(shop));
    expect(await page.title()).toBe('Online shop');
    expect(await page.locator('svg [data-node]').count()).toBe(buildGraph(shop.model, shop.analysis).nodes.length);
    expect(await page.locator('.canvas svg').first().textContent()).toContain('hard: caller fails too');
    const rows = page.locator('.journeys tbody tr');
    expect(await rows.count()).toBe(shop.model.journeys.length);
    const [first] = shop.model.journeys;
    const cell = shop.analysis.recovery(first?.name ?? '').get('region-loss');
    expect(cell?.rto.status).toBe('known');
    expect(await rows.first().textContent()).toContain('RTO 4 min');
  });

  it.each<readonly [string, string, Switch]>([
    ['a region', 'Region cn-north', { kind: 'site', site: 'cn-north' }],
    ['a zone', 'Zone cn-north.a', { kind: 'site', site: 'cn-north.a' }],
    ['a component', 'database orders-db', { kind: 'component', component: 'orders-db' }],
  ])('%s is switched off by a click, and what is said is what the analysis says', async (_, label, off) => {
    const page = await opened(await textOf(shop));
    const target = part(page, label);
    // Beside the cells of a card, which are switches of their own.
    await target.click({ position: { x: 8, y: 8 } });
    const expected = whatIf(shop.model, shop.analysis, { off: [off] });
    await expect.poll(() => said(page)).toBe(expected?.says);
    const outcomes = expected?.journeys.map(({ up, rto, rpo }) => [up, rto, rpo]);
    const shown = await page.locator('.journeys tbody tr').evaluateAll((rows) =>
      rows.map((row) => {
        const [now, ...times] = [...row.querySelectorAll('td')].map((cell) => cell.firstChild?.textContent ?? '');
        return [now !== '✗ DOWN', ...times];
      }),
    );
    expect(shown).toEqual(outcomes);
    await page.keyboard.press('Escape');
    await expect.poll(() => said(page)).toBe('Nothing is switched off.');
  });

  it('a line is switched off by its key, two things together are answered, and a scenario of the file', async () => {
    const page = await opened(await textOf(shop));
    const [edge] = buildGraph(shop.model, shop.analysis).edges.filter(({ relation }) => relation === 'hard');
    if (edge === undefined) throw new Error('No line.');
    await page.locator(`svg [data-edge="${edge.id}"] .hit`).dispatchEvent('click');
    const cut: Switch = { kind: 'dependency', from: edge.from, to: edge.to };
    await expect.poll(() => said(page)).toBe(whatIf(shop.model, shop.analysis, { off: [cut] })?.says);
    const zone: Switch = { kind: 'site', site: 'cn-south.b' };
    await part(page, 'Zone cn-south.b').focus();
    await page.keyboard.press('x');
    await expect.poll(() => said(page)).toBe(whatIf(shop.model, shop.analysis, { off: [cut, zone] })?.says);
    await page.getByRole('button', { name: 'Reset' }).click();
    const [scenario] = shop.model.scenarios;
    if (scenario === undefined) throw new Error('No scenario.');
    await page.getByRole('toolbar', { name: 'What if' }).hover();
    await expect.poll(() => page.getByLabel('Scenario of the file').locator('option').count()).toBeGreaterThan(1);
    await page.getByLabel('Scenario of the file').selectOption(scenario.name);
    const expected = whatIf(shop.model, shop.analysis, { scenario: scenario.name, off: [] });
    await expect.poll(() => said(page)).toBe(expected?.says);
  });

  it('says which journeys are degraded, and which work again after how long', async () => {
    const page = await opened(await textOf(shop, { switches: { off: [{ kind: 'site', site: 'cn-north' }] } }));
    await expect.poll(() => said(page)).toContain('What if cn-north is lost?');
    const states = await page.locator('.journeys tbody tr td:nth-of-type(1)').allTextContents();
    // The recommendations have no standby: who wants them goes on without; detection, decision and promotion take minutes for all else.
    expect(states).toEqual([expect.stringContaining('DEGRADED'), expect.stringContaining('works again')]);
  });

  it('shows every view that it offers, in both kinds of picture', async () => {
    const page = await opened(await textOf(shop, { switches: { off: [{ kind: 'site', site: 'cn-south' }] } }));
    const views = page.getByLabel('Shown part');
    const offered = await views.locator('option').allTextContents();
    // The system, two journeys, three regions, the data, and what later versions offer.
    expect(offered.length).toBeGreaterThanOrEqual(7);
    await page.getByRole('button', { name: 'Both', exact: false }).first().click();
    for (const label of offered) {
      await views.selectOption(label);
      await expect.poll(() => page.locator('.pane:not(.placement) svg [data-node]').count()).toBeGreaterThan(1);
      expect(await page.locator('.banner').isVisible()).toBe(false);
    }
    expect(await page.locator('.pane.placement svg [data-node]').count()).toBeGreaterThan(1);
  });

  it('opens with what was asked for on the command line', async () => {
    const switches = { off: [{ kind: 'site' as const, site: 'cn-north' }] };
    const page = await opened(await textOf(shop, { switches, view: { kind: 'data' } }));
    await expect.poll(() => said(page)).toBe(whatIf(shop.model, shop.analysis, switches)?.says);
    expect(await page.getByLabel('Shown part').inputValue()).toBe('Data and backups');
    expect(await page.locator('svg [data-node="storefront"]').count()).toBe(0);
  });

  it('explains what is under the pointer, finds, fits, and shows the worst losses and the matrix', async () => {
    const page = await opened(await textOf(shop));
    await part(page, 'database orders-db').hover();
    expect(await page.locator('.explanation').textContent()).toContain('database orders-db');
    await page.getByLabel('Find a part of the picture').fill('vault');
    await expect.poll(() => page.locator('svg .found').count()).toBe(1);
    const canvas = page.locator('.canvas').first();
    const fitted = await canvas.getAttribute('style');
    await page.getByRole('button', { name: 'Zoom in' }).click();
    expect(await canvas.getAttribute('style')).not.toBe(fitted);
    await page.getByTitle('Which single loss hurts most, and which two').click();
    await page.locator('.losses li button').first().click();
    await expect.poll(() => said(page)).toContain('What if');
    await page.getByRole('button', { name: 'Show the disaster recovery matrix' }).click();
    await expect.poll(() => page.locator('.matrix tbody tr').count()).toBeGreaterThan(10);
  });

  it.each([
    ['svg', /^<svg /],
    ['png', /^\x89PNG/],
    ['mmd', /flowchart TD/],
  ])('saves what is shown as %s', async (format, begins) => {
    const page = await opened(await textOf(shop));
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByLabel('Export the picture').selectOption(format),
    ]);
    expect(download.suggestedFilename()).toBe(`shop.${format}`);
    expect(readFileSync(await download.path(), 'latin1')).toMatch(begins);
  });

  it('copies what is shown, as text and as an image', async () => {
    const page = await opened(await textOf(shop), { permissions: ['clipboard-read', 'clipboard-write'] });
    const menu = page.getByLabel('Export the picture');
    for (const [choice, name, begins] of [
      ['copy-svg', 'SVG', /^<svg /],
      ['copy-mmd', 'Mermaid', /flowchart TD/],
      ['copy-d2', 'D2', /^direction: down/],
    ] as const) {
      await menu.selectOption(choice);
      await page.locator('.waiting', { hasText: `Copied as ${name}.` }).waitFor();
      expect(await page.evaluate(() => navigator.clipboard.readText())).toMatch(begins);
    }
    await menu.selectOption('copy-png');
    await page.locator('.waiting', { hasText: 'Copied as PNG.' }).waitFor();
    const types = await page.evaluate(async () => (await navigator.clipboard.read()).flatMap((item) => [...item.types]));
    expect(types).toEqual(['image/png']);
  });

  it('makes no page of a page', async () => {
    const page = await opened(await textOf(shop));
    expect(await page.getByLabel('Export the picture').locator('option[value=html]').count()).toBe(0);
  });
});

describe('in Chinese', () => {
  const language = { code: 'zh-cn', table: chinese };

  it('nothing that people read is left in English: journeys, what-if, worst losses, matrix', async () => {
    const { model, analysis } = shop;
    const names = [
      ...namesIn(buildGraph(model, analysis)),
      ...model.components.flatMap(({ data }) => data.backups.map(({ name }) => name)),
      ...model.components.flatMap(({ edges }) => edges.flatMap(({ fallback }) => fallback?.value ?? [])),
      ...model.scenarios.flatMap(({ name, title = '' }) => [name, title]),
    ].filter((name) => name.length > 2);
    const page = await opened(await textOf(shop, { language }));
    const left = async (): Promise<readonly string[]> => (await textsIn(page)).flatMap((text) => leftEnglish(text, names) ?? []);
    expect(await page.locator('html').getAttribute('lang')).toBe('zh-cn');
    expect(await left()).toEqual([]);
    await page
      .locator('svg .target[data-site="cn-north"]')
      .first()
      .click({ position: { x: 30, y: 8 } });
    await expect.poll(() => said(page)).toContain('如果失去 cn-north？');
    expect(await left()).toEqual([]);
    await page.locator('.what-if [aria-expanded]').click();
    await page.locator('.losses li button').first().waitFor();
    expect(await left()).toEqual([]);
  });

  it('what is saved is in Chinese, too', async () => {
    const page = await opened(await textOf(shop, { language, switches: { off: [{ kind: 'site', site: 'cn-north' }] } }));
    await expect.poll(() => said(page)).toContain('如果失去 cn-north？');
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByLabel('导出图').selectOption('svg')]);
    expect(download.suggestedFilename()).toBe('shop-without-cn-north.svg');
    expect(readFileSync(await download.path(), 'utf8')).toMatch(/^<svg lang="zh-cn" [\s\S]*如果失去 cn-north？/);
  });
});

describe('who reads it', () => {
  it.each(['light', 'dark'] as const)(
    'finds nothing serious in the way in %s, with and without a what-if',
    async (colorScheme) => {
      const page = await opened(await textOf(shop), { colorScheme });
      const background = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
      expect(background).toBe(colorScheme === 'light' ? 'rgb(255, 255, 255)' : 'rgb(18, 19, 20)');
      expect(await seriousProblems(page)).toEqual([]);
      await part(page, 'Region cn-north').click({ position: { x: 30, y: 8 } });
      await expect.poll(() => said(page)).toContain('What if');
      expect(await seriousProblems(page)).toEqual([]);
    },
  );

  it('prints the picture and the journeys, and none of the bars', async () => {
    const page = await opened(await textOf(shop), { colorScheme: 'dark' });
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('.footer').isVisible()).toBe(false);
    expect(await page.locator('.journeys').isVisible()).toBe(true);
    expect(await page.evaluate(() => getComputedStyle(document.body).backgroundColor)).toBe('rgb(255, 255, 255)');
    expect((await page.pdf()).byteLength).toBeGreaterThan(10_000);
  });

  it('fits a telephone', async () => {
    const page = await opened(await textOf(shop), { viewport: { width: 390, height: 800 } });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    expect(await page.locator('.canvas svg').first().isVisible()).toBe(true);
  });
});

it('a script that somebody puts into the page does not run', async () => {
  const whole = await textOf(shop);
  const end = whole.lastIndexOf('</body>');
  const text = `${whole.slice(0, end)}<script>window.bad = 1</script><img src="x" onerror="window.bad = 1">${whole.slice(end)}`;
  const page = await opened(text);
  expect(await page.evaluate(() => 'bad' in window)).toBe(false);
  // The policy tells what it refused: the script and the image, and the handler of the image is never asked.
  expect(complaints.splice(0).filter((said) => said.includes('Content Security Policy')).length).toBeGreaterThanOrEqual(2);
  requests.splice(0);
});

describe('hostile names', () => {
  it.each([
    '</script><script>window.bad = 1</script>',
    '<img src=x onerror=window.bad=1>',
    ']]>',
    'a\u202ereversed',
    'x'.repeat(500),
  ])('shows %j as text', async (title) => {
    const files: Files = {
      'm.drml': `model m ${JSON.stringify(title)} { }
region r ${JSON.stringify(title)} { zones a, b }
service api ${JSON.stringify(title)} { runs 2 in r  requires store }
database store ${JSON.stringify(title)} { runs 1 in r.a }
journey buy ${JSON.stringify(title)} { requires api }
scenario dark ${JSON.stringify(title)} { fails r.a  expect buy up }
`,
    };
    const page = await opened(await textOf(await pipeline(files, 'm.drml'), { switches: { scenario: 'dark', off: [] } }));
    await expect.poll(() => said(page)).toContain('Scenario');
    await page.getByTitle('Which single loss hurts most, and which two').click();
    await page.locator('.losses li button').first().waitFor();
    expect(await page.evaluate(() => 'bad' in window)).toBe(false);
    expect(await page.locator('img').count()).toBe(0);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(1400);
  });
});
