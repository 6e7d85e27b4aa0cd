// The table of docs/benchmarks.md about the pane that holds the picture, in a real browser: drawing a picture into it, and moving that.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import { chromium } from 'playwright-core';
import { findChromium } from './browser.mjs';
import { root } from './project.mjs';

/** Movements of one drag: enough for the first one, which draws what was not seen yet, to weigh little. */
const steps = 120;
/** How often each drawing is measured; the first has the browser's own warming in it. */
const repeats = 5;

/**
 * Measures and says the table. `run` starts a program of the benchmark and answers what it prints. Without a browser there is no table.
 */
export async function measurePane({ run, say, quick }) {
  const executablePath = findChromium();
  if (executablePath === undefined) return;
  const script = await build({
    stdin: {
      contents: [
        "import { Viewport } from './media/preview/viewport.ts';",
        "import { Picture } from './media/preview/picture.ts';",
        'Object.assign(globalThis, { Viewport, Picture });',
      ].join('\n'),
      resolveDir: root,
      loader: 'ts',
    },
    bundle: true,
    write: false,
    format: 'iife',
    platform: 'browser',
  });
  const style = await readFile(join(root, 'media/preview/preview.css'), 'utf8');
  const browser = await chromium.launch({
    executablePath,
    headless: true,
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  });
  try {
    say('### Pane: milliseconds of tasks of a browser, the unfolded picture in a window of 1,400 x 900');
    say('');
    say('| components | drawn and put in | another label | a frame while it is dragged |');
    say('|---|---|---|---|');
    for (const services of quick ? [60] : [60, 1000, 3000]) {
      const { graph, layout } = run('layout-bench.mjs', [services, 'whole']);
      const page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
      await page.setContent('<!DOCTYPE html><body></body>');
      await page.addStyleTag({ content: style });
      await page.addScriptTag({ content: script.outputFiles[0]?.text ?? '' });
      const { inserted, label, frame } = await measured(page, graph, layout);
      say(`| ${services.toLocaleString('en')} | ${inserted.toFixed(0)} | ${label.toFixed(0)} | ${frame.toFixed(1)} |`);
      await page.close();
    }
    say('');
  } finally {
    await browser.close();
  }
}

async function measured(page, graph, layout) {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  const tasks = async () => {
    const { metrics } = await session.send('Performance.getMetrics');
    return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0) * 1000;
  };
  await page.evaluate(
    ([model, places]) => {
      const viewport = new globalThis.Viewport(undefined, () => {});
      document.body.append(viewport.pane);
      const picture = new globalThis.Picture(viewport, { activate: () => false, choose: () => {} });
      globalThis.held = { picture, model, places };
    },
    [graph, layout],
  );
  const inserted = await medianOf(tasks, () =>
    page.evaluate(async () => {
      const { picture, model, places } = globalThis.held;
      picture.forget(true);
      picture.show(model, places);
      for (let frames = 0; frames < 2; frames += 1) await new Promise(requestAnimationFrame);
    }),
  );
  const label = await medianOf(tasks, (index) =>
    page.evaluate(async (edit) => {
      const { picture, model, places } = globalThis.held;
      const middle = model.nodes.length >> 1;
      const nodes = model.nodes.map((node, at) => (at === middle ? { ...node, title: `Edit ${edit}` } : node));
      picture.show({ ...model, nodes }, places);
      for (let frames = 0; frames < 2; frames += 1) await new Promise(requestAnimationFrame);
    }, index),
  );
  // At 1:1, where all of a card is drawn.
  await page.keyboard.press('Tab');
  await page.keyboard.press('1');
  await page.evaluate(() => {
    const count = () => {
      globalThis.frames += 1;
      requestAnimationFrame(count);
    };
    requestAnimationFrame(count);
  });
  await page.mouse.move(1200, 700);
  await page.mouse.down();
  await page.evaluate(() => {
    globalThis.frames = 0;
  });
  const start = await tasks();
  for (let step = 0; step < steps; step += 1) {
    await page.mouse.move(1200 - step * 6, 700 - step * 3);
    await page.evaluate(() => new Promise(requestAnimationFrame));
  }
  const spent = (await tasks()) - start;
  await page.mouse.up();
  const seen = await page.evaluate(() => globalThis.frames);
  return { inserted, label, frame: spent / Math.max(seen, 1) };
}

/** What `work` takes of the browser, the median of several times. */
async function medianOf(tasks, work) {
  const times = [];
  for (let index = 0; index < repeats; index += 1) {
    const start = await tasks();
    await work(index);
    times.push((await tasks()) - start);
  }
  return times.sort((a, b) => a - b)[repeats >> 1] ?? 0;
}
