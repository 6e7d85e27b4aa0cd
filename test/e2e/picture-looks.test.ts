/** Nothing of the picture stands in the way of anybody: axe-core looks at it in each kind of theme of a real VS Code, with all that can be open. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { seriousProblems } from '../media/serious-problems.js';
import { openedWorkspace } from './opened-workspace.js';
import { shopOfTwoRegions } from './shop-of-two-regions.js';

const opened = openedWorkspace({ 'shop.drml': shopOfTwoRegions });

const view = () => opened.code.webview();
const card = (name: string) => view().locator(`.pane:not(.placement) [data-node="${name}"]`);

/** Themes, and the classes by which a view knows them. */
const themes = [
  ['Light Modern', 'vscode-light'],
  ['Dark Modern', 'vscode-dark'],
  ['Default High Contrast', 'vscode-high-contrast'],
  ['Default High Contrast Light', 'vscode-high-contrast-light'],
] as const;

/** Chooses a theme as the settings of the folder do, and waits until the view has it. */
async function choose(theme: string, className: string): Promise<void> {
  await mkdir(join(opened.folder, '.vscode'), { recursive: true });
  await writeFile(join(opened.folder, '.vscode', 'settings.json'), JSON.stringify({ 'workbench.colorTheme': theme }));
  await view().locator(`body.${className}`).waitFor();
}

/** Opens or closes the list of losses; a test that is tried again finds it as the first attempt left it. */
async function toggleLosses(open: boolean): Promise<void> {
  const button = view().getByTitle('Which single loss hurts most, and which two');
  if ((await button.getAttribute('aria-expanded')) !== String(open)) await button.click();
  await view()
    .locator('.losses')
    .waitFor({ state: open ? 'visible' : 'hidden' });
}

async function toggleMatrix(open: boolean): Promise<void> {
  const matrix = view().locator('.matrix');
  if ((await matrix.isVisible()) === open) return;
  await view()
    .getByRole('button', { name: open ? 'Show the disaster recovery matrix' : 'Close the matrix' })
    .click();
  await matrix.waitFor({ state: open ? 'visible' : 'hidden' });
}

describe('the picture', () => {
  it('shows flow and placement beside each other, without a region', async () => {
    await opened.code.openFile('shop.drml');
    await opened.code.page.keyboard.press('Control+K');
    await opened.code.page.keyboard.press('V');
    await card('orders').waitFor();
    await view().getByRole('button', { name: /^Both/ }).click();
    await view().locator('.placement [data-node="orders"]').waitFor();
    await view().locator('.pane:not(.placement) svg [aria-label^="Region north"]').click();
    await view().locator('.pane:not(.placement) [data-node="ads"][aria-label*="DOWN"]').waitFor();
    await view().locator('.recovery').waitFor();
  });

  it.each(themes)(
    'is without a serious problem in %s: both pictures, their lists and menus, the matrix',
    async (theme, className) => {
      await choose(theme, className);
      await view().getByTitle('Which single loss hurts most, and which two').click();
      await view().locator('.losses li').first().waitFor();
      expect(await seriousProblems(view()), 'with the worst losses').toEqual([]);
      await opened.code.screenshot(`picture-${className}`);
      await toggleLosses(false);

      await card('stock').focus();
      await card('stock').press('a');
      await view().getByRole('menuitem').first().waitFor();
      expect(await seriousProblems(view()), 'with the list of changes').toEqual([]);
      await opened.code.screenshot(`picture-changes-${className}`);
      await view().getByRole('menuitem').first().press('Escape');
      await view().locator('.change-menu').waitFor({ state: 'hidden' });

      await toggleMatrix(true);
      await view().locator('.matrix tbody tr').first().waitFor();
      expect(await seriousProblems(view()), 'with the matrix').toEqual([]);
      await opened.code.screenshot(`picture-matrix-${className}`);
      await toggleMatrix(false);
    },
  );
});
