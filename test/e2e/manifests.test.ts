import { existsSync } from 'node:fs';
import { appendFile, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openedWorkspace } from './opened-workspace.js';
import { patience, until } from './vs-code.js';

const shop = `model shop {}

region north { zones a, b, c }

service orders tier 0 {
  image "registry.example.com/orders:1.0.0"
  port http 8080
  runs 3 in north
  availability 99%
}
`;

const opened = openedWorkspace({ 'shop.drml': shop });

async function generate(): Promise<void> {
  await opened.code.openFile('shop.drml');
  await opened.code.command('DRML: Generate Manifests');
  await opened.code.page.locator('.quick-input-list .monaco-list-row').filter({ hasText: 'deploy/' }).first().click();
}

async function yamlFiles(): Promise<readonly string[]> {
  const entries = await readdir(join(opened.folder, 'deploy'), { recursive: true });
  return entries.filter((path) => path.endsWith('.yaml')).sort();
}

describe('DRML: Generate Manifests', () => {
  it('writes the files after it has named them', async () => {
    await rm(join(opened.folder, 'deploy'), { recursive: true, force: true });
    await until(async () => {
      await generate();
      await opened.code.answer('Write');
      return true;
    }, 'the question before the first file is written');
    // The lock is written last.
    await until(async () => existsSync(join(opened.folder, 'deploy', '.drml', 'manifest.lock.json')), 'the lock file in deploy/');
    const texts = await Promise.all((await yamlFiles()).map((path) => readFile(join(opened.folder, 'deploy', path), 'utf8')));
    expect(texts.some((text) => /^kind: Deployment$/m.test(text) && text.includes('registry.example.com/orders:1.0.0'))).toBe(
      true,
    );
  });

  it('leaves a file alone that was edited by hand', async () => {
    const deployment = (await yamlFiles()).find((path) => path.endsWith('deployment.yaml'));
    if (deployment === undefined) throw new Error(`No deployment.yaml among ${(await yamlFiles()).join(', ')}`);
    const file = join(opened.folder, 'deploy', deployment);
    await appendFile(file, '# edited by hand\n');
    const edited = await readFile(file, 'utf8');
    await generate();
    await opened.code.page
      .locator('.notification-toast')
      .filter({ hasText: 'edited by hand' })
      .first()
      .waitFor({ timeout: patience });
    expect(await readFile(file, 'utf8')).toBe(edited);
  });
});
