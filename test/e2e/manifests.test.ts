import { existsSync } from 'node:fs';
import { appendFile, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest';
import { createWorkspace, patience, removeWorkspace, until, VsCode } from './vs-code.js';

const shop = `model shop {}

region north { zones a, b, c }

service orders tier 0 {
  image "registry.example.com/orders:1.0.0"
  port http 8080
  runs 3 in north
  availability 99%
}
`;

let folder: string;
let code: VsCode;

beforeAll(async () => {
  folder = await createWorkspace({ 'shop.drml': shop });
  code = await VsCode.open(inject('vsCode'), folder);
});

afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await code.screenshot(task.name);
});

afterAll(async () => {
  await code?.close();
  await removeWorkspace(folder);
});

async function generate(): Promise<void> {
  await code.openFile('shop.drml');
  await code.command('DRML: Generate Manifests');
  await code.page.locator('.quick-input-list .monaco-list-row').filter({ hasText: 'deploy/' }).first().click();
}

async function yamlFiles(): Promise<readonly string[]> {
  const entries = await readdir(join(folder, 'deploy'), { recursive: true });
  return entries.filter((path) => path.endsWith('.yaml')).sort();
}

describe('DRML: Generate Manifests', () => {
  it('writes the files after it has named them', async () => {
    await rm(join(folder, 'deploy'), { recursive: true, force: true });
    await until(async () => {
      await generate();
      await code.answer('Write');
      return true;
    }, 'the question before the first file is written');
    // The lock is written last.
    await until(async () => existsSync(join(folder, 'deploy', '.drml', 'manifest.lock.json')), 'the lock file in deploy/');
    const texts = await Promise.all((await yamlFiles()).map((path) => readFile(join(folder, 'deploy', path), 'utf8')));
    expect(texts.some((text) => /^kind: Deployment$/m.test(text) && text.includes('registry.example.com/orders:1.0.0'))).toBe(
      true,
    );
  });

  it('leaves a file alone that was edited by hand', async () => {
    const deployment = (await yamlFiles()).find((path) => path.endsWith('deployment.yaml'));
    if (deployment === undefined) throw new Error(`No deployment.yaml among ${(await yamlFiles()).join(', ')}`);
    const file = join(folder, 'deploy', deployment);
    await appendFile(file, '# edited by hand\n');
    const edited = await readFile(file, 'utf8');
    await generate();
    await code.page.locator('.notification-toast').filter({ hasText: 'edited by hand' }).first().waitFor({ timeout: patience });
    expect(await readFile(file, 'utf8')).toBe(edited);
  });
});
