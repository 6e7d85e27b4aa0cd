// Takes the pictures of the walkthrough from a real VS Code: `node scripts/walkthrough-pictures.mjs` writes media/walkthrough/*.png.
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startCodeServer } from './code-server.mjs';
import { withPalette } from './palette-picture.mjs';
import { manifest, root, runScript } from './project.mjs';
import { until, VsCode } from './vs-code.mjs';

const images = join(root, 'media', 'walkthrough');
/** Hints, lenses and the picture find their places one after the other. In milliseconds. */
const settling = 1_500;
/** Light shades between letters and paper that nobody misses would fill a sixth of the package. */
const fewColours = 64;
/** The part of the window that is shown: large letters matter more than the whole of it. */
const size = { width: 900, height: 560 };

await runScript('package.mjs', process.argv.slice(2));
await mkdir(images, { recursive: true });
const folder = await mkdtemp(join(tmpdir(), 'drml-walkthrough-'));
await cp(join(root, 'examples', 'first-steps'), folder, { recursive: true });
const server = await startCodeServer({
  vsix: join(root, `${manifest.name}-${manifest.version}.vsix`),
  folder,
  settings: {
    'workbench.colorTheme': 'Default Light Modern',
    'workbench.activityBar.location': 'hidden',
    'workbench.statusBar.visible': false,
    'editor.minimap.enabled': false,
    'breadcrumbs.enabled': false,
    'terminal.integrated.shellIntegration.enabled': false,
  },
});

/** Runs one part; what goes wrong names the picture. */
async function picture(name, page, work) {
  await work();
  await page.waitForTimeout(settling);
  await writeFile(join(images, `${name}.png`), withPalette(await page.screenshot(), fewColours));
  process.stdout.write(`media/walkthrough/${name}.png\n`);
}

try {
  const code = await VsCode.open(new URL(server.url).origin, folder);
  try {
    const { page } = code;
    const file = 'first-steps.drml';
    await code.openFile(file);
    await code.command('View: Toggle Primary Side Bar Visibility');
    await page.setViewportSize(size);
    await page.locator('.codelens-decoration a').first().waitFor();
    await picture('new-model', page, () => code.command('DRML: New Model'));
    await page.keyboard.press('Escape');
    await picture('finding', page, async () => {
      const line = (await code.fileLines(folder, file)).findIndex((text) => text.startsWith('  runs 1 in')) + 1;
      await until(async () => {
        // A menu that was made while findings were changing closes again.
        await page.keyboard.press('Escape');
        await code.goTo(line, 4);
        await page.keyboard.press('Control+.');
        await page.locator('.action-widget').first().waitFor({ timeout: 4_000 });
        return true;
      }, 'the menu of fixes');
    });
    await page.keyboard.press('Escape');
    await picture('figures', page, async () => {
      await code.goTo((await code.fileLines(folder, file)).findIndex((text) => text.startsWith('journey ')) + 1);
      await code.hover('buy', /availability/i);
    });
    await picture('picture', page, async () => {
      await code.goTo(1);
      await code.command('DRML: Open Picture to the Side');
      await code.webview().locator('svg [data-node]').first().waitFor();
    });
    await picture('manifests', page, async () => {
      await code.openFile(file);
      await code.answerInTurn('DRML: Generate Manifests', [{ pick: 'deploy/' }]);
      await page.locator('.quick-input-widget').filter({ hasText: 'DRML: write into' }).waitFor();
    });
    await page.keyboard.press('Escape');
    await picture('ci', page, async () => {
      // The terminal of this VS Code has no native part here, so the output of the command line is shown as a text.
      const { run, projectNode } = await import('./project.mjs');
      const { output } = await run(projectNode, [join(root, 'dist', 'drml.cjs'), 'check', '.'], { cwd: folder, quiet: true });
      await writeFile(join(folder, 'check.log'), `$ drml check .\n${output}`);
      await code.command('View: Close All Editors');
      await code.openFile('check.log');
    });
  } finally {
    await code.close();
  }
} finally {
  await server.stop();
  await rm(folder, { recursive: true, force: true });
}
