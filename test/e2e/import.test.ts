import { expect, it } from 'vitest';
import { workload } from '../language/import/fixtures.js';
import { openedWorkspace } from './opened-workspace.js';
import { until, untilSeen } from './vs-code.js';

const opened = openedWorkspace({
  'deploy/api.yaml': workload('api', { spec: 'replicas: 3', container: 'env: [{ name: DB_ADDR, value: "db:5432" }]' }),
  'deploy/db.yaml': workload('db', { kind: 'StatefulSet', image: 'postgres:16', port: 5432 }),
  'shop.drml': 'region north { }\n',
});

it('DRML: Import Manifests… on a folder opens the model that its manifests make, unsaved and with findings', async () => {
  const { code } = opened;
  const { page } = code;
  await code.openFile('shop.drml');
  await until(async () => {
    await page.keyboard.press('Escape');
    await code.command('View: Show Explorer');
    const folder = page.locator('.explorer-folders-view .monaco-list-row', { hasText: 'deploy' }).first();
    await folder.click({ button: 'right', timeout: 3000 });
    const item = page.locator('.context-view .action-label', { hasText: 'Import Manifests' }).first();
    await item.click({ timeout: 3000 });
    // A menu takes no click in the first tenth of a second after it opened, and then it stays.
    await item.waitFor({ state: 'hidden', timeout: 3000 });
    return true;
  }, 'the command in the menu of the folder');
  await untilSeen(
    () => code.visibleLines(),
    (lines) => lines.join('\n').includes('Read from deploy'),
    'the imported model',
  );
  const text = (await code.visibleLines()).join('\n');
  expect(text).toContain('Where does this run?');
  await page.locator('.tab.dirty').first().waitFor();
  await code.screenshot('import');
});
