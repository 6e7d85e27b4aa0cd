// Takes the pictures of README.md and docs/picture.md from a real VS Code: `npm run screenshots` writes docs/images/editor.png,
// docs/images/picture.png, and docs/images/what-if-THEME.png in four themes.
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startCodeServer } from './code-server.mjs';
import { manifest, root, runScript } from './project.mjs';
import { VsCode } from './vs-code.mjs';

const images = join(root, 'docs', 'images');
const file = 'shop.drml';
const journey = 'place-order';
/** A model in two regions that loses a zone, in each kind of theme. */
const lossModel = 'boutique-two-regions';
const lostZone = 'cn-north.a';
const themes = [
  ['light', 'Light Modern'],
  ['dark', 'Dark Modern'],
  ['high-contrast', 'Dark High Contrast'],
  ['high-contrast-light', 'Light High Contrast'],
];
/** Hints, lenses and the picture find their places one after the other. In milliseconds. */
const settling = 2_000;

await runScript('package.mjs', process.argv.slice(2));
await mkdir(images, { recursive: true });
const text = await readFile(join(root, 'examples', 'shop', file), 'utf8');
const server = await startCodeServer({
  vsix: join(root, `${manifest.name}-${manifest.version}.vsix`),
  folder: join(root, 'examples', 'shop'),
  settings: { 'workbench.colorTheme': 'Default Light Modern', 'editor.minimap.enabled': false },
});
try {
  const code = await VsCode.open(new URL(server.url).origin, join(root, 'examples', 'shop'));
  try {
    const { page } = code;
    await page.setViewportSize({ width: 1600, height: 1000 });
    await code.openFile(file);
    await code.command('View: Toggle Primary Side Bar Visibility');
    await page.locator('.codelens-decoration a').first().waitFor();
    await code.goTo(text.split('\n').findIndex((line) => line.startsWith(`journey ${journey} `)) + 1);
    await code.hover(journey, /availability/i);
    await page.waitForTimeout(settling);
    await page.screenshot({ path: join(images, 'editor.png') });

    await code.goTo(1);
    await code.command('DRML: Open Picture to the Side');
    await code.webview().locator('svg [data-node]').first().waitFor();
    await code.webview().getByText('Laying out…').waitFor({ state: 'hidden' });
    await page.mouse.move(800, 992);
    await page.waitForTimeout(settling);
    await page.screenshot({ path: join(images, 'picture.png') });
  } finally {
    await code.close();
  }
  await takeThemes(new URL(server.url).origin);
} finally {
  await server.stop();
}
/** Flow and placement beside each other, a zone off, in each theme. */
async function takeThemes(origin) {
  const code = await VsCode.open(origin, join(root, 'examples', lossModel));
  try {
    const { page } = code;
    await page.setViewportSize({ width: 1920, height: 1000 });
    await code.openFile(`${lossModel}.drml`);
    await code.command('View: Toggle Primary Side Bar Visibility');
    await code.command('DRML: Open Picture to the Side');
    const picture = code.webview();
    await picture.locator('svg [data-node]').first().waitFor();
    await picture.getByRole('button', { name: /^Both/ }).click();
    await page.locator('.tab', { hasText: 'DRML:' }).click();
    await code.command('View: Toggle Maximize Editor Group');
    for (const [name, theme] of themes) {
      await code.answerInTurn('Preferences: Color Theme', [{ type: theme }]);
      // Whoever opens the palette leaves a what-if, so the zone is switched off in each theme.
      await picture
        .locator(`.pane:not(.placement) svg .target[data-site="${lostZone}"]`)
        .first()
        .click({ position: { x: 6, y: 6 } });
      await picture.getByText(`What if ${lostZone} is lost?`).first().waitFor();
      await picture.getByText('Laying out…').waitFor({ state: 'hidden' });
      await page.mouse.move(800, 992);
      await page.waitForTimeout(settling);
      await page.screenshot({ path: join(images, `what-if-${name}.png`) });
    }
  } finally {
    await code.close();
  }
}

process.stdout.write(
  `Written: ${join('docs', 'images', 'editor.png')}, ${join('docs', 'images', 'picture.png')} and ${themes.length} of what-if-*.png\n`,
);
