/** Pictures as PNG: what stands in the picture stands in the image, in the whole of it. */

import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Resvg } from '@resvg/resvg-js';
import { expect, test } from 'vitest';
import { buildGraph } from '../../../language/diagram/graph.js';
import { plainLayout } from '../../../language/diagram/layout.js';
import { renderSvg } from '../../../language/diagram/svg.js';
import { lettersWithoutFont } from '../../../server/cli/image-fonts.js';
import { imageOf, scaleOf } from '../../../server/cli/picture-image.js';
import { generateModel } from '../../bench/model-generator.js';
import { pipeline } from '../../golden/pipeline.js';
import { bundleOf } from '../bundle.js';
import { readPng } from './png-reader.js';
import { drml, folderOf } from './program.js';

const files = {
  'shop.drml': `model shop "Shop → é" { }
region r { zones a, b }
service api { runs 2 in r  requires store }
database store { runs 1 in r.a }
journey buy { requires api }
`,
};

test('an image is written by the name of its file, twice as large as the picture, the same each time', async () => {
  const folder = folderOf(files);
  await drml(folder, 'diagram', 'shop.drml', '-o', 'a.svg', '--theme', 'dark');
  const [, width, height] = (/width="(\d+)" height="(\d+)"/.exec(readFileSync(join(folder, 'a.svg'), 'utf8')) ?? []).map(Number);
  const { code, out, error } = await drml(folder, 'diagram', 'shop.drml', '-o', 'a.png', '--theme', 'dark');
  const size = [2 * (width ?? 0), 2 * (height ?? 0)];
  expect([code, out, error]).toEqual([0, `a.png: 3 nodes, 2 lines, ${size[0]} × ${size[1]} pixels\n`, '']);
  const image = readPng(readFileSync(join(folder, 'a.png')));
  expect([image.width, image.height]).toEqual(size);
  expect(image.at(1, 1)).toBe('#121314');
  await drml(folder, 'diagram', 'shop.drml', '-o', 'b.png', '--theme', 'dark');
  expect(readFileSync(join(folder, 'b.png')).equals(readFileSync(join(folder, 'a.png')))).toBe(true);
  await drml(folder, 'diagram', 'shop.drml', '-o', 'c.png', '--scale', '0.5', '--view', 'placement', '--what-if', 'r.a');
  expect(readPng(readFileSync(join(folder, 'c.png'))).width).toBeLessThan((width ?? 0) + 1);
});

test.each(['0', '9', 'x', '-1'])('--scale %s is refused', async (scale) => {
  const { code, error } = await drml(folderOf(files), 'diagram', 'shop.drml', '-o', 'a.png', '--scale', scale);
  expect([code, error]).toEqual([2, expect.stringContaining('It must be a number from 0.1 to 8, such as 1.5.')]);
});

test('letters that no font has are told, and a machine without any font is not given an image without texts', async () => {
  const folder = folderOf({
    'shop.drml': 'service one "\u{10FFFC}x\u{10FFFB}" { availability 99% }\n',
    'none.conf': '<fontconfig></fontconfig>',
  });
  const { code, error } = await drml(folder, 'diagram', 'shop.drml', '-o', 'a.png');
  expect([code, error]).toEqual([
    0,
    expect.stringMatching(/^No font of this machine has \u{10FFFC} \u{10FFFB}: boxes stand for them\./u),
  ]);
  const without = spawnSync(process.execPath, [await bundleOf('server/cli/main.ts'), 'diagram', 'shop.drml', '-o', 'b.png'], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, FONTCONFIG_FILE: join(folder, 'none.conf') },
  });
  // Where fonts are not found through fontconfig, this machine has its fonts all the same.
  if (process.platform === 'linux')
    expect([without.status, without.stderr]).toEqual([2, expect.stringContaining('This machine has no font')]);
});

test('pieces of a line are looked at, too', () => {
  const text = '<text x="0"><tspan>\u{10FFFC}</tspan><tspan fill="#000000"> A\u{10FFFB}</tspan></text><title>\u{10FFFA}</title>';
  expect(lettersWithoutFont(`<svg xmlns="http://www.w3.org/2000/svg">${text}</svg>`, Resvg)).toEqual([
    '\u{10FFFC}',
    '\u{10FFFB}',
  ]);
});

test('a scale is for images', async () => {
  const { code, error } = await drml(folderOf(files), 'diagram', 'shop.drml', '-o', 'a.svg', '--scale', '2');
  expect([code, error]).toEqual([2, expect.stringContaining('--scale: only images have a scale')]);
});

test('a thousand services: every card is drawn, down to the last row', async () => {
  const { model, analysis } = await pipeline(Object.fromEntries(generateModel(1000, 1)));
  const graph = buildGraph(model, analysis);
  const layout = plainLayout(graph);
  const svg = renderSvg(graph, layout, { theme: 'light', standalone: true, idPrefix: '' });
  const scale = 0.25;
  const { png, height } = await imageOf(svg, scale);
  expect(height).toBeGreaterThan(8000);
  const image = readPng(png);
  const cards = graph.nodes.flatMap((node, index) => (node.shape === 'card' ? [{ node, corner: layout.nodes[index] }] : []));
  expect(cards.length).toBeGreaterThanOrEqual(1000);
  // Beside the left border of a card, where no text begins.
  const drawn = cards.filter(({ node, corner }) => {
    const [x, y] = [(corner?.x ?? 0) + 8, (corner?.y ?? 0) + node.height / 2];
    return image.at(Math.round(x * scale), Math.round(y * scale)) === '#f6f6f6';
  });
  expect(drawn.length).toBe(cards.length);
});

test('what is too large is told with the scale that fits, and the usual scale gives way by itself', () => {
  // 120 million pixels at most: the square root of what is left over, two decimals of it.
  expect(scaleOf(1000, 1000, undefined)).toBe(2);
  expect(scaleOf(7712, 37191, undefined)).toBe(0.64);
  expect(scaleOf(7712, 37191, 0.64)).toBe(0.64);
  expect(() => scaleOf(1000, 60_000, 2)).toThrow(
    'The image would have 2000 × 120000 pixels, and 120 million are drawn at most: say --scale 1.41, choose a part',
  );
  expect(() => scaleOf(20_000, 60_000, undefined)).toThrow('say --scale 0.31, choose a part with --view, or write an .svg file.');
  expect(() => scaleOf(200_000, 600_000, undefined)).toThrow('at most: choose a part with --view, or write an .svg file.');
});

test('without the library it is said what to install', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'drml-alone-'));
  const alone = join(folder, 'drml.cjs');
  copyFileSync(await bundleOf('server/cli/main.ts'), alone);
  const models = folderOf(files);
  const { status, stderr } = spawnSync(process.execPath, [alone, 'diagram', 'shop.drml', '-o', 'a.png', '--view', 'data'], {
    cwd: models,
    encoding: 'utf8',
  });
  expect([status, stderr]).toEqual([
    2,
    expect.stringMatching(
      /PNG needs the package @resvg\/resvg-js, .* run npm install @resvg\/resvg-js there, or write an \.svg file\./,
    ),
  ]);
});
