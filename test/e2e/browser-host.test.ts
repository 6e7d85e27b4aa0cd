/** The extension where there is no Node: in the browser, with the server in a worker and all files read through VS Code. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };
import type { RunningCodeServer } from '../../scripts/code-server.mjs';
import { startCodeServer } from '../../scripts/code-server.mjs';
import { tellFailures } from './opened-workspace.js';
import { createWorkspace, removeWorkspace, until, untilSeen, VsCode } from './vs-code.js';

const files = {
  'sites.drml': 'region north { zones a, b, c }\n',
  'shop.drml': `import "./sites.drml"

model shop { }

service orders tier 0 {
  image "registry.example.com/orders:1.0.0"
  port http 8080
  runs 1 in north
  availability 99%
}

journey buy tier 0 { requires orders }
`,
  'drml.config.json': '{ "rules": { "DR002": "off" } }\n',
};

let folder: string;
let server: RunningCodeServer;
let code: VsCode;

beforeAll(async () => {
  const vsix = join(import.meta.dirname, '..', '..', `${packageJson.name}-${packageJson.version}.vsix`);
  folder = await createWorkspace(files);
  server = await startCodeServer({ vsix, folder, inBrowser: true });
  code = await VsCode.open(new URL(server.url).origin, folder);
});

tellFailures(() => code);

afterAll(async () => {
  await code?.close();
  await server?.stop();
  await removeWorkspace(folder);
  expect(code?.complaints, 'errors of the extension and of its views').toEqual([]);
});

describe('the extension in a browser', () => {
  it('underlines, with an imported file that nobody opened and the settings of the folder', async () => {
    await code.openFile('shop.drml');
    const rows = await code.problems();
    await rows.filter({ hasText: 'DR001' }).first().waitFor();
    await untilSeen(
      () => rows.filter({ hasText: 'DR002' }).allInnerTexts(),
      ({ length }) => length === 0,
      'the rule that is off to be silent',
    );
    await code.openFile('shop.drml');
    await code.page.locator('.editor-group-container.active [class*="squiggly-"]').first().waitFor();
  });

  it('shows figures in the text and in the hover', async () => {
    await code.lineWith(/^service orders tier 0 \{\s*\d+(\.\d+)?%/);
    await code.hover('buy', /availability/i);
  });

  it('draws the picture', async () => {
    await code.page.keyboard.press('Control+K');
    await code.page.keyboard.press('V');
    for (const name of ['buy', 'orders']) {
      await code.webview().locator('svg [data-node]').filter({ hasText: name }).first().waitFor();
    }
  });

  it('exports an interactive page, with the files of the extension', async () => {
    const path = join(folder, 'shop.html');
    await code.webview().getByLabel('Export the picture').selectOption('html');
    const dialog = code.page.locator('.quick-input-widget:visible input').first();
    await until(async () => (await dialog.inputValue({ timeout: 4_000 })).endsWith('/shop.html'), 'the proposed name');
    await code.page.keyboard.press('Enter');
    await until(async () => existsSync(path) && readFileSync(path, 'utf8').endsWith('</html>\n'), 'the whole page');
  });

  it('writes manifests', async () => {
    await code.openFile('shop.drml');
    await code.answerInTurn('DRML: Generate Manifests', [{ pick: 'deploy/' }, { pick: 'created, 0 changed' }]);
    await until(async () => existsSync(join(folder, 'deploy', '.drml', 'manifest.lock.json')), 'the lock file in deploy/');
  });
});
