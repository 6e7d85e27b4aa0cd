import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openedWorkspace } from './opened-workspace.js';
import { until } from './vs-code.js';

const budget = `apiVersion: policy/v1
kind: PodDisruptionBudget
metadata:
  name: orders
spec:
  maxUnavailable: 0
  unhealthyPodEvictionPolicy: AlwaysAllow
  selector:
    matchLabels: { app: orders }
`;
const opened = openedWorkspace({ 'deploy/budget.yaml': budget });
const squiggles = () => opened.code.page.locator('.editor-group-container.active [class*="squiggly-"]');

describe('DRML: Check Manifests', () => {
  it('says nothing of YAML that nobody asked about', async () => {
    await opened.code.openFile('budget.yaml');
    await opened.code.page.waitForTimeout(2_000);
    expect(await squiggles().count()).toBe(0);
  });

  it('shows what is wrong at its line, and mends it', async () => {
    const { code, folder } = opened;
    await writeFile(join(folder, 'deploy', 'budget.yaml'), budget);
    await code.openFile('budget.yaml');
    await code.command('DRML: Check Manifests');
    await squiggles().first().waitFor();
    const rows = await code.problems();
    await until(async () => (await rows.filter({ hasText: 'lets no pod go' }).count()) > 0, 'the finding among the problems');
    await code.openFile('budget.yaml');
    await code.goTo(6, 8);
    await code.quickFix(/Write maxUnavailable: 1/);
    await code.lineWith(/maxUnavailable: 1/);
    await code.page.keyboard.press('Control+s');
    await until(async () => (await squiggles().count()) === 0, 'the finding to go when the file is saved');
    expect(await readFile(join(folder, 'deploy', 'budget.yaml'), 'utf8')).toBe(
      budget.replace('maxUnavailable: 0', 'maxUnavailable: 1'),
    );
  });
});
