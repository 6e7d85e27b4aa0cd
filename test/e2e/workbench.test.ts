import { existsSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openedWorkspace } from './opened-workspace.js';
import { until } from './vs-code.js';

const opened = openedWorkspace({ 'README.md': 'An empty folder.\n' });

const statusItem = () => opened.code.page.locator('.statusbar-item[id$="drml.health"]');

describe('the workbench', () => {
  it('writes a new model by a pattern', async () => {
    await rm(join(opened.folder, 'bank.drml'), { force: true });
    await opened.code.answerInTurn('DRML: New Model', [
      { pick: 'Two cities, three centres' },
      { type: 'bank' },
      { pick: 'Alibaba Cloud' },
      {},
      { pick: 'Save as bank.drml' },
    ]);
    await until(async () => existsSync(join(opened.folder, 'bank.drml')), 'the file bank.drml');
    expect(await readFile(join(opened.folder, 'bank.drml'), 'utf8')).toContain('region cn-beijing {');
    await opened.code.page.locator('.tab.active').filter({ hasText: 'bank.drml' }).first().waitFor();
    await opened.code.page.locator('.codelens-decoration a').filter({ hasText: /%/ }).first().waitFor();
    expect(await opened.code.page.locator('.squiggly-error').count()).toBe(0);
  });

  it('shows in the status bar how the model stands, with a menu behind it', async () => {
    await statusItem().filter({ hasText: 'DRML' }).waitFor();
    await statusItem().click();
    const rows = opened.code.page.locator('.quick-input-list .monaco-list-row');
    await rows.filter({ hasText: 'Restart the language server' }).first().waitFor();
    await rows.filter({ hasText: 'Show the output' }).first().click();
    await opened.code.page.locator('[id="workbench.panel.output"]').first().waitFor();
  });

  it('starts the server again, and the figures come back', async () => {
    await opened.code.openFile('bank.drml');
    await opened.code.command('DRML: Restart Language Server');
    await opened.code.page.locator('.codelens-decoration a').filter({ hasText: /%/ }).first().waitFor();
  });

  it('opens the walkthrough with its pictures', async () => {
    await opened.code.command('DRML: Open Walkthrough');
    await opened.code.page.locator('.gettingStartedContainer').getByText('First steps with DRML').first().waitFor();
    for (const step of ['Write a model', 'Read the figures', 'Check in CI']) {
      await opened.code.page.locator('.gettingStartedContainer').getByText(step).first().waitFor();
    }
    const image = opened.code.page.locator('.gettingStartedContainer img').first();
    await until(
      async () => image.evaluate((element) => (element as HTMLImageElement).naturalWidth > 100),
      'the picture of a step',
    );
  });
});
