// Takes the picture of docs/report.md: `node scripts/report-picture.mjs` writes docs/images/report.png from the report of the shop.
import { spawnSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';
import { findChromium } from './browser.mjs';
import { projectNode, root } from './project.mjs';

const page = join(mkdtempSync(join(tmpdir(), 'drml-report-')), 'report.html');
const command = ['report', join(root, 'examples', 'shop'), '--as-of', '2026-11-21', '-o', page];
const made = spawnSync(projectNode, [join(root, 'scripts', 'drml.mjs'), ...command], { stdio: 'inherit' });
if (made.status !== 0) process.exit(made.status ?? 2);

const browser = await chromium.launch({ executablePath: findChromium() });
try {
  const tab = await browser.newPage({ viewport: { width: 1000, height: 1310 } });
  await tab.goto(pathToFileURL(page).href);
  await tab.screenshot({ path: join(root, 'docs', 'images', 'report.png') });
} finally {
  await browser.close();
}
