// Draws the golden pictures for other tools with these tools themselves. By hand, since both are large:
//
//   npm install --prefix FOLDER mermaid @terrastruct/d2 && node scripts/validate-exports.mjs FOLDER
//
// Mermaid draws in a browser, strictly and loosely; D2 in this process. Every part and every line has to come out, and nothing that
// could run. Exit 0 all drawn, 1 something was not, 2 usage.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';
import { findChromium } from './browser.mjs';
import { root } from './project.mjs';

const [folder] = process.argv.slice(2);
const modules = join(folder ?? '', 'node_modules');
if (folder === undefined || !existsSync(join(modules, 'mermaid')) || !existsSync(join(modules, '@terrastruct', 'd2'))) {
  process.stderr.write(
    'Usage: node scripts/validate-exports.mjs FOLDER, with mermaid and @terrastruct/d2 in FOLDER/node_modules\n',
  );
  process.exit(2);
}

const pictures = join(root, 'test', 'golden', 'pictures');
const files = readdirSync(pictures).sort();
let failures = 0;

function judge(name, text, drawn) {
  const expected = {
    parts: text.match(/^ *n\d+[:[({]/gm)?.length ?? 0,
    lines: text.match(/^ *n\d+ (-|<)/gm)?.length ?? 0,
    unsafe: 0,
  };
  const wrong = Object.keys(expected).filter((key) => drawn[key] !== expected[key]);
  if (drawn.error !== undefined || wrong.length > 0) failures += 1;
  const told = wrong.map((key) => `${key} ${drawn[key]} instead of ${expected[key]}`).join(', ');
  process.stdout.write(`${name}: ${drawn.error ?? (told === '' ? `${expected.parts} parts, ${expected.lines} lines` : told)}\n`);
}

const browser = await chromium.launch({ executablePath: findChromium(), args: ['--no-sandbox', '--disable-gpu'] });
const page = await browser.newPage();
await page.setContent('<main></main>');
await page.addScriptTag({ path: join(modules, 'mermaid', 'dist', 'mermaid.min.js') });
for (const securityLevel of ['strict', 'loose']) {
  for (const file of files.filter((name) => name.endsWith('.mmd'))) {
    const text = readFileSync(join(pictures, file), 'utf8');
    const drawn = await page.evaluate(
      async ([source, level]) => {
        const { mermaid } = window;
        mermaid.initialize({ startOnLoad: false, securityLevel: level });
        try {
          const main = document.querySelector('main');
          main.innerHTML = (await mermaid.render('picture', source)).svg;
          const count = (selector) => main.querySelectorAll(selector).length;
          return { parts: count('g.node'), lines: count('path.flowchart-link'), unsafe: count('script, img, a, i') };
        } catch (error) {
          return { error: String(error) };
        }
      },
      [text, securityLevel],
    );
    judge(`${file}, ${securityLevel}`, text, drawn);
  }
}
await browser.close();

const { D2 } = await import(pathToFileURL(join(modules, '@terrastruct', 'd2', 'dist', 'node-esm', 'index.js')).href);
const d2 = new D2();
for (const file of files.filter((name) => name.endsWith('.d2'))) {
  const text = readFileSync(join(pictures, file), 'utf8');
  try {
    const { diagram, renderOptions } = await d2.compile(text, { layout: 'dagre' });
    const svg = await d2.render(diagram, renderOptions);
    const parts = diagram.shapes.filter(({ id }) => id !== 'title').length;
    judge(file, text, { parts, lines: diagram.connections.length, unsafe: svg.match(/<script|<img|onerror=/g)?.length ?? 0 });
  } catch (error) {
    judge(file, text, { error: String(error?.message ?? error) });
  }
}
// The library's worker would keep the process.
process.exit(failures === 0 ? 0 : 1);
