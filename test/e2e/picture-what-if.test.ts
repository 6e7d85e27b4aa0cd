import { describe, expect, it } from 'vitest';
import { seriousProblems } from '../media/serious-problems.js';
import { openedWorkspace } from './opened-workspace.js';
import { shopOfTwoRegions } from './shop-of-two-regions.js';
import { untilSeen } from './vs-code.js';

const opened = openedWorkspace({ 'shop.drml': shopOfTwoRegions });

const view = () => opened.code.webview();
const picture = (text: string) => view().locator('svg[role=group]', { hasText: text }).first();

describe('what if, in the picture', () => {
  it('a region is switched off by a click', async () => {
    await opened.code.openFile('shop.drml');
    await opened.code.page.keyboard.press('Control+K');
    await opened.code.page.keyboard.press('V');
    await view().locator('svg [aria-label^="Region north"]').click();
    await picture('What if north is lost?').waitFor();
    expect(await view().locator('svg [data-node="ads"]').getAttribute('aria-label')).toContain('DOWN');
    expect(await view().locator('svg [data-node="stock"]').getAttribute('aria-label')).toContain('AT RISK');
    await opened.code.screenshot('what-if-region');
  });

  it('the recovery is played to its end', async () => {
    await view().locator('.recovery').waitFor();
    await view().locator('.recovery-steps button').first().click();
    await view().locator('svg [data-node="stock"][aria-label*="DOWN"]').waitFor();
    await opened.code.screenshot('what-if-recovery');
    await view().getByTitle('Play the recovery').click();
    await view().locator('svg [data-node="stock"][aria-label*="AT RISK"]').waitFor();
  });

  it('follows the text while it changes', async () => {
    await opened.code.focusText();
    await opened.code.page.keyboard.press('Control+End');
    await opened.code.page.keyboard.type('\nservice late { runs 1 in north }');
    await view().locator('svg [data-node="late"][aria-label*="DOWN"]').waitFor();
  });

  it('is kept as a scenario, and one undo takes it back', async () => {
    await view().getByRole('button', { name: 'Write what is switched off as a scenario into the file' }).click();
    await opened.code.focusText();
    await opened.code.page.keyboard.press('Control+End');
    const lines = async () => (await opened.code.visibleLines()).join('\n');
    await untilSeen(lines, (text) => text.includes('scenario north-lost {'), 'the scenario in the text');
    expect(await lines()).toContain('fails north');
    await opened.code.page.keyboard.press('Control+Z');
    await untilSeen(lines, (text) => !text.includes('scenario north-lost'), 'the scenario to be gone');
  });

  it('a scenario of the file is shown', async () => {
    await view().locator('.what-if').hover();
    await view().getByLabel('Scenario of the file').selectOption('dark');
    await picture('Scenario: Lights out in the north').waitFor();
    await view().getByTitle('Switch everything on again (Escape)').click();
    await untilSeen(
      () => picture('Scenario:').allInnerTexts(),
      ({ length }) => length === 0,
      'the scenario to be over',
    );
  });

  it('the matrix is shown; nothing serious stands in the way of anybody', async () => {
    await view().getByRole('button', { name: 'Show the disaster recovery matrix' }).click();
    await view().locator('.matrix tbody tr').first().waitFor();
    await opened.code.screenshot('matrix');
    expect(await seriousProblems(view())).toEqual([]);
  });
});
