import { existsSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest';
import { createWorkspace, removeWorkspace, until, VsCode } from './vs-code.js';

let folder: string;
let code: VsCode;

beforeAll(async () => {
  folder = await createWorkspace({ 'README.md': 'An empty folder.\n' });
  code = await VsCode.open(inject('vsCode'), folder);
});

afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await code.screenshot(task.name);
});

afterAll(async () => {
  await code?.close();
  await removeWorkspace(folder);
});

const statusItem = () => code.page.locator('.statusbar-item[id$="drml.health"]');

describe('the workbench', () => {
  it('writes a new model by a pattern', async () => {
    await rm(join(folder, 'bank.drml'), { force: true });
    await code.answerInTurn('DRML: New Model', [
      { pick: 'Two cities, three centres' },
      { type: 'bank' },
      { pick: 'Alibaba Cloud' },
      {},
      { pick: 'Save as bank.drml' },
    ]);
    await until(async () => existsSync(join(folder, 'bank.drml')), 'the file bank.drml');
    expect(await readFile(join(folder, 'bank.drml'), 'utf8')).toContain('region cn-beijing {');
    await code.page.locator('.tab.active').filter({ hasText: 'bank.drml' }).first().waitFor();
    await code.page.locator('.codelens-decoration a').filter({ hasText: /%/ }).first().waitFor();
    expect(await code.page.locator('.squiggly-error').count()).toBe(0);
  });

  it('shows in the status bar how the model stands, with a menu behind it', async () => {
    await until(async () => /DRML/.test((await statusItem().textContent()) ?? ''), 'DRML in the status bar');
    await statusItem().click();
    const rows = code.page.locator('.quick-input-list .monaco-list-row');
    await rows.filter({ hasText: 'Restart the language server' }).first().waitFor();
    await rows.filter({ hasText: 'Show the output' }).first().click();
    await code.page.locator('[id="workbench.panel.output"]').first().waitFor();
  });

  it('starts the server again, and the figures come back', async () => {
    await code.openFile('bank.drml');
    await code.command('DRML: Restart Language Server');
    await code.page.locator('.codelens-decoration a').filter({ hasText: /%/ }).first().waitFor();
  });

  it('opens the walkthrough with its pictures', async () => {
    await code.command('DRML: Open Walkthrough');
    await code.page.locator('.gettingStartedContainer').getByText('First steps with DRML').first().waitFor();
    for (const step of ['Write a model', 'Read the figures', 'Check in CI']) {
      await code.page.locator('.gettingStartedContainer').getByText(step).first().waitFor();
    }
    const image = code.page.locator('.gettingStartedContainer img').first();
    await until(
      async () => image.evaluate((element) => (element as HTMLImageElement).naturalWidth > 100),
      'the picture of a step',
    );
  });
});
