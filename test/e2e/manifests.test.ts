import { existsSync } from 'node:fs';
import { appendFile, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openedWorkspace } from './opened-workspace.js';
import { patience, until, untilSeen } from './vs-code.js';

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

const lockFile = () => join(opened.folder, 'deploy', '.drml', 'manifest.lock.json');

/** Starts the command, and waits for the question over the changes. */
async function generate(): Promise<void> {
  await opened.code.openFile('shop.drml');
  await opened.code.command('DRML: Generate Manifests');
  await opened.code.page.locator('.quick-input-list .monaco-list-row').filter({ hasText: 'deploy/' }).first().click();
}

/** Answers the question over the changes; one that does not come soon is asked for again by the caller. */
async function choose(label: string): Promise<void> {
  const question = opened.code.page.locator('.quick-input-widget').filter({ hasText: 'DRML: write into' });
  await question.locator('.monaco-list-row').filter({ hasText: label }).first().click({ timeout: 8_000 });
}

async function yamlFiles(): Promise<readonly string[]> {
  const entries = await readdir(join(opened.folder, 'deploy'), { recursive: true });
  return entries.filter((path) => path.endsWith('.yaml')).sort();
}

const textOf = (path: string): Promise<string> => readFile(join(opened.folder, 'deploy', path), 'utf8');
const deployment = 'base/orders/deployment.yaml';

describe('DRML: Generate Manifests', () => {
  it('shows all files before it writes them', async () => {
    await rm(join(opened.folder, 'deploy'), { recursive: true, force: true });
    await until(async () => {
      await generate();
      await opened.code.page
        .locator('.tab.active')
        .filter({ hasText: 'Manifests for deploy' })
        .first()
        .waitFor({ timeout: 10_000 });
      return true;
    }, 'the changes before the first file is written');
    expect(existsSync(lockFile())).toBe(false);
    await choose('Write');
    await until(async () => existsSync(lockFile()), 'the lock file in deploy/');
    const { files } = JSON.parse(await readFile(lockFile(), 'utf8')) as { readonly files: Readonly<Record<string, string>> };
    expect(Object.keys(files).filter((path) => !existsSync(join(opened.folder, 'deploy', path)))).toEqual([]);
    const texts = await Promise.all((await yamlFiles()).map(textOf));
    expect(texts.some((text) => /^kind: Deployment$/m.test(text) && text.includes('registry.example.com/orders:1.0.0'))).toBe(
      true,
    );
  });

  it('takes back all that it has changed with one Undo', async () => {
    const { code } = opened;
    const before = [await textOf(deployment), await textOf('base/orders/service.yaml')];
    const isSecond = before[0]?.includes('orders:2.0.0') === true;
    const [image, port] = isSecond ? [':3.0.0', '7070'] : [':2.0.0', '9090'];
    await writeFile(join(opened.folder, 'shop.drml'), shop.replace(':1.0.0', image).replace('8080', port));
    await until(async () => {
      await generate();
      await choose('Write');
      return true;
    }, 'the change to be offered');
    await untilSeen(
      () => textOf('base/orders/service.yaml'),
      (text) => text.includes(port),
      'the new port in the service',
    );
    expect(await textOf(deployment)).toContain(`orders${image}`);
    await code.openFile(`deploy/${deployment}`);
    await code.lineWith(/kind: Deployment/);
    await code.page.locator('.editor-group-container.active .view-line').first().click();
    await code.page.keyboard.press('Control+Z');
    await until(async () => {
      await code.command('File: Save All Files');
      return (await textOf(deployment)) === before[0] && (await textOf('base/orders/service.yaml')) === before[1];
    }, 'both files as they were');
    await writeFile(join(opened.folder, 'shop.drml'), shop);
  });

  it('leaves a file alone that was edited by hand, and moves the change into a patch when asked to', async () => {
    const before = await textOf(deployment);
    await writeFile(
      join(opened.folder, 'deploy', deployment),
      before.replace('revisionHistoryLimit: 5', 'revisionHistoryLimit: 9'),
    );
    await until(async () => {
      await generate();
      await choose('Write, and move hand edits into custom/');
      return true;
    }, 'the offer to move the change');
    await untilSeen(
      () => textOf(deployment),
      (text) => text === before,
      'the file as it is generated',
    );
    expect(await textOf('custom/base/orders.deployment.yaml')).toContain('revisionHistoryLimit: 9');
    expect(await textOf('custom/base/kustomization.yaml')).toContain('- path: orders.deployment.yaml');
  });

  it('says why a change cannot be moved', async () => {
    const file = join(opened.folder, 'deploy', deployment);
    await appendFile(file, '# edited by hand\n');
    const edited = await readFile(file, 'utf8');
    await appendFile(join(opened.folder, 'shop.drml'), 'service more { runs 1 in north }\n');
    await until(async () => {
      await generate();
      await choose('Write');
      await opened.code.page
        .locator('.notification-toast')
        .filter({ hasText: 'edited by hand' })
        .first()
        .waitFor({ timeout: patience });
      return true;
    }, 'the refusal');
    expect(await readFile(file, 'utf8')).toBe(edited);
  });
});

describe('the manifests of a component', () => {
  it('stand beside the text, follow it as it is typed, and lead back to it', async () => {
    await writeFile(join(opened.folder, 'shop.drml'), shop);
    const { code } = opened;
    await code.command('View: Close All Editors');
    await code.openFile('shop.drml');
    // A line above the code that is being made anew takes no click, and one that was left behind leads nowhere until the file is opened again.
    await until(async () => {
      try {
        await code.page.locator('.codelens-decoration a').filter({ hasText: 'manifests' }).first().click({ timeout: 8_000 });
        await code.page.locator('.tab[data-resource-name="orders.yaml"]').first().waitFor({ timeout: 8_000 });
        return true;
      } catch (error) {
        await code.command('View: Close All Editors');
        await code.openFile('shop.drml');
        throw error;
      }
    }, 'the manifests of orders beside the text');
    const manifests = code.page
      .locator('.editor-group-container')
      .filter({ has: code.page.locator('.tab[data-resource-name="orders.yaml"]') });
    const shown = async (): Promise<string> =>
      ((await manifests.locator('.view-lines').first().textContent()) ?? '').replaceAll('\u00a0', ' ');
    await untilSeen(shown, (text) => text.includes('# base/orders/deployment.yaml'), 'the manifests of orders');
    await code.page.locator('.editor-group-container').first().locator('.view-line').first().click();
    await code.goTo(6, 1);
    await code.page.keyboard.press('End');
    await code.page.keyboard.press('ArrowLeft');
    await code.page.keyboard.type('7');
    await manifests.locator('.view-lines').first().click();
    await code.page.keyboard.press('Control+F');
    await code.page.keyboard.type('orders:1.0.0');
    await untilSeen(shown, (text) => text.includes('orders:1.0.07'), 'the image that was typed');
    await code.page.keyboard.press('Escape');
    await until(async () => {
      await code.page.keyboard.press('F12');
      await code.page
        .locator('.editor-group-container.active .tab.active')
        .filter({ hasText: 'shop.drml' })
        .first()
        .waitFor({ timeout: 4_000 });
      return true;
    }, 'the statement of the image');
    await code.command('File: Save All Files');
  });

  it('are found from the line of a statement', async () => {
    const { code } = opened;
    await writeFile(join(opened.folder, 'shop.drml'), shop);
    await code.command('View: Close All Editors');
    await code.openFile('shop.drml');
    await until(async () => {
      await code.goTo(8, 3);
      await code.command('DRML: Show Manifests of Component');
      await code.page.locator('.tab.active').filter({ hasText: 'orders.yaml' }).first().waitFor({ timeout: 8_000 });
      return true;
    }, 'the manifests of orders');
    expect(await code.lineWith(/topologyKey: topology/)).toContain('over 3 zones');
  });
});

describe('a manifest on disk', () => {
  it('leads from a field to its statement', async () => {
    const { code } = opened;
    await code.command('View: Close All Editors');
    await rm(join(opened.folder, 'deploy'), { recursive: true, force: true });
    await until(async () => {
      await generate();
      await choose('Write');
      await until(async () => existsSync(lockFile()), 'the lock file in deploy/');
      return true;
    }, 'the manifests on disk');
    const lines = (await textOf(deployment)).split('\n');
    const image = lines.findIndex((line) => line.includes('image:')) + 1;
    await code.openFile(`deploy/${deployment}`);
    await until(async () => {
      await code.goTo(image, 20);
      await code.page.keyboard.press('F12');
      await code.page.locator('.tab.active').filter({ hasText: 'shop.drml' }).first().waitFor({ timeout: 4_000 });
      return true;
    }, 'the statement of the image');
    await code.lineWith(/image "registry/);
  });
});
