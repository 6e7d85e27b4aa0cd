/** A picture that is folded because it is large, in a real VS Code: boxes open, workers lay out under its policy, and all stays as it was left. */
import { describe, expect, it } from 'vitest';
import { openedWorkspace } from './opened-workspace.js';
import { untilSeen } from './vs-code.js';

/** Few enough for ELK to draw one journey; two open boxes are so many that our own layout draws them in its worker. */
const servicesPerJourney = 50;
const journeys = ['search', 'order', 'refund'];

/** Each service calls the next two of a tree, and one further on. */
function servicesOf(journey: string): string {
  return Array.from({ length: servicesPerJourney }, (_, index) => {
    const callees = [2 * index + 1, 2 * index + 2, index + 9].filter((callee) => callee < servicesPerJourney);
    const requires = [...new Set(callees)].map((callee) => `  requires ${journey}-${callee}\n`);
    return `service ${journey}-${index} {\n  runs 2 in north\n${requires.join('')}}\n`;
  }).join('\n');
}

const model = `model mall { }

region north { zones a, b }

${journeys.map((journey) => `journey ${journey} { requires ${journey}-0 }\n`).join('')}
${journeys.map(servicesOf).join('\n')}`;

const opened = openedWorkspace({ 'mall.drml': model });

const view = () => opened.code.webview();
const nodes = () => view().locator('.pane:not(.placement) [data-node]');
const card = (name: string) => view().locator(`.pane:not(.placement) [data-node="${name}"]`);
const box = (journey: string) => view().locator('.pane:not(.placement) g.target', { hasText: `For ${journey}` });
const lastOf = (journey: string) => card(`${journey}-${servicesPerJourney - 1}`);
/** The zoom, as exactly as a style sheet has it. */
const scale = async (): Promise<string> => {
  const canvas = view().locator('.pane:not(.placement) .canvas');
  return roundedScale(await canvas.evaluate(({ style }) => /scale\((.*)\)/.exec(style.transform)?.[1]));
};
const roundedScale = (text: string | undefined): string => Number(text).toFixed(4);
/** What the view says of the drawing: empty where it is as it should be. */
const said = async (): Promise<string> =>
  (await view().locator('.banner, .waiting:not(.notice)').allTextContents()).filter((text) => text !== '').join(' ');

interface Observed {
  answers: string[];
}

/** Counts what the workers of the view answer from now on. They were started before; what they are asked goes through the same door. */
async function observeWorkers(): Promise<void> {
  await view()
    .locator('body')
    .evaluate(() => {
      const observed: Observed = { answers: [] };
      Object.assign(window, { observed });
      const { postMessage } = Worker.prototype;
      const watched = new WeakSet<Worker>();
      Worker.prototype.postMessage = function (this: Worker, ...given: Parameters<typeof postMessage>): void {
        if (!watched.has(this)) {
          this.addEventListener('message', ({ data }: MessageEvent<object>) => {
            if ('structure' in data) observed.answers.push('our own layout');
            else observed.answers.push('error' in data ? `an error of ELK: ${JSON.stringify(data)}` : 'ELK');
          });
          watched.add(this);
        }
        postMessage.apply(this, given);
      } as typeof postMessage;
    });
}

const workerAnswers = (): Promise<readonly string[]> =>
  view()
    .locator('body')
    .evaluate(() => [...new Set((window as unknown as { readonly observed: Observed }).observed.answers)].sort());

describe('a large picture', () => {
  it('is folded into a box for each journey', async () => {
    await opened.code.openFile('mall.drml');
    await opened.code.page.keyboard.press('Control+K');
    await opened.code.page.keyboard.press('V');
    for (const journey of journeys) await box(journey).filter({ hasText: '50 services' }).waitFor();
    expect(await nodes().count()).toBe(2 * journeys.length);
  });

  it('has one journey laid out by ELK in its worker', async () => {
    await observeWorkers();
    await view().getByLabel('Shown part').selectOption('Journey search');
    await lastOf('search').waitFor();
    await untilSeen(workerAnswers, (answers) => answers.includes('ELK'), 'the answer of ELK');
    await untilSeen(said, (text) => text === '', 'the view to be done, without an excuse');
    expect(await workerAnswers()).toEqual(['ELK']);
    await view().getByLabel('Shown part').selectOption('Whole system');
  });

  it('opens a box by a click and another by a key; both are laid out in the other worker', async () => {
    await box('search').click();
    await lastOf('search').waitFor();
    await box('order').focus();
    await box('order').press('Enter');
    await lastOf('order').waitFor();
    await untilSeen(workerAnswers, (answers) => answers.includes('our own layout'), 'the answer of the worker of our own layout');
    await untilSeen(said, (text) => text === '', 'the view to be done, without an excuse');
    expect(await workerAnswers()).toEqual(['ELK', 'our own layout']);
    expect(await nodes().count()).toBe(2 * journeys.length - 2 + 2 * servicesPerJourney);
    await opened.code.screenshot('picture-large-opened');
  });

  it('keeps its zoom and its boxes while the text changes', async () => {
    await view().getByRole('button', { name: 'Zoom in' }).click();
    const before = await scale();
    await opened.code.focusText();
    await opened.code.page.keyboard.press('Control+End');
    await opened.code.page.keyboard.type('\nservice added { runs 1 in north }\n');
    await card('added').waitFor();
    expect(await scale()).toBe(before);
    expect(await nodes().count()).toBe(2 * journeys.length - 2 + 2 * servicesPerJourney + 1);
  });

  it('keeps them over a reload of the window, and folds them again', async () => {
    const before = await scale();
    await untilSeen(
      () => opened.code.remembered(),
      (text) => roundedScale(/"scale":([\d.]+)/.exec(text)?.[1]) === before,
      'the zoom to be written down',
    );
    await opened.code.command('File: Save All Files');
    await opened.code.reload();
    await lastOf('order').waitFor();
    await untilSeen(scale, (now) => now === before, `the scale ${before}`);
    expect(await lastOf('search').count()).toBe(1);
    expect(await box('refund').count()).toBe(1);
    await view().getByRole('button', { name: 'Fold what was opened' }).click();
    await box('search').waitFor();
    await untilSeen(
      () => nodes().count(),
      (count) => count === 2 * journeys.length + 1,
      'the boxes and what stands alone',
    );
  });
});
