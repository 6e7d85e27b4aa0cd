/** Pictures and matrices as files of several formats. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { drml, folderOf } from './program.js';

const files = {
  'shop.drml': `model shop "Shop" { }
region r1 { zones a, b }
region r2 { zones a }
service api { runs 2 in r1  requires store }
database store { runs 1 in r1.a  runs 1 in r2.a as hot standby }
journey buy { requires api }
scenario dark { fails r2 }
`,
};

test.each([
  ['a.svg', /^<svg /],
  ['a.mmd', /\nflowchart TD\n/],
  ['a.d2', /^direction: down\n/],
])('the name %s decides what is written; a what-if shows its states', async (name, begins) => {
  const folder = folderOf(files);
  expect((await drml(folder, 'diagram', 'shop.drml', '-o', name)).code).toBe(0);
  expect(readFileSync(join(folder, name), 'utf8')).toMatch(begins);
  expect((await drml(folder, 'diagram', 'shop.drml', '-o', name, '--what-if', 'r1')).code).toBe(0);
  expect(readFileSync(join(folder, name), 'utf8')).toContain('What if r1 is lost?');
});

test('a page holds everything that it shows, and starts as asked', async () => {
  const folder = folderOf(files);
  const { code, out } = await drml(folder, 'diagram', 'shop.drml', '-o', 'a.html', '--what-if', 'r1', '--view', 'journey:buy');
  expect([code, out]).toEqual([0, 'a.html: 3 nodes, 2 lines\n']);
  const page = readFileSync(join(folder, 'a.html'), 'utf8');
  expect(page).toMatch(/^<!doctype html>/);
  expect(page).toContain(
    '"view":{"kind":"journey","name":"buy"},"panes":"flow","switches":{"off":[{"kind":"site","site":"r1"}]}',
  );
  expect(page).not.toContain(folder);
  expect(page.replaceAll('http://www.w3.org/2000/svg', '')).not.toMatch(/https?:\/\//);
});

test('--what-if takes scenarios with more, and refuses what the model does not have', async () => {
  const folder = folderOf(files);
  const both = await drml(folder, 'diagram', 'shop.drml', '--what-if', 'dark', 'store', '--format', 'mermaid');
  expect(both.out).toContain('Scenario: dark, with store lost as well');
  const wrong = await drml(folder, 'diagram', 'shop.drml', '--what-if', 'nobody');
  expect([wrong.code, wrong.error]).toEqual([
    2,
    expect.stringContaining('--what-if nobody: the model has no region, zone, component or scenario of this name.'),
  ]);
});

test.each([
  ['a.svg', /^<svg lang="zh-cn" [\s\S]*如果失去 r1？/],
  ['a.mmd', /如果失去 r1？[\s\S]*故障/],
  ['a.d2', /如果失去 r1？[\s\S]*故障/],
  ['a.html', /^<!doctype html>\n<html lang="zh-cn">[\s\S]*"language":\{"code":"zh-cn","table":\{/],
])('--language: %s in Chinese', async (name, says) => {
  const folder = folderOf(files);
  const { code, error } = await drml(folder, 'diagram', 'shop.drml', '-o', name, '--what-if', 'r1', '--language', 'zh-cn');
  expect([code, error]).toEqual([0, '']);
  expect(readFileSync(join(folder, name), 'utf8')).toMatch(says);
});

test('a language that there is not is refused with those that there are', async () => {
  const { code, error } = await drml(folderOf(files), 'diagram', 'shop.drml', '--language', 'fr');
  expect([code, error]).toEqual([2, expect.stringContaining('Allowed choices are en, zh-cn')]);
});

test('folders are made, and a file that is there is written anew', async () => {
  const folder = folderOf({ ...files, 'out/old.svg': 'old' });
  for (const name of ['new/deep/a.svg', 'out/old.svg', 'out/a']) {
    expect((await drml(folder, 'diagram', 'shop.drml', '-o', name)).code).toBe(0);
    expect(readFileSync(join(folder, name), 'utf8')).toMatch(/^<svg /);
  }
});

test.each([
  ['a.pdf', 'the name of a picture ends in .svg, .png, .html, .mmd or .d2; or say --format'],
  ['shop.drml', 'a picture would take the place of a model; say another name'],
  ['other.DRML', 'a picture would take the place of a model; say another name'],
  ['shop.drml/a.svg', 'shop.drml/a.svg: cannot be written: a part of its path is a file, and no folder'],
  ['folder', 'folder: cannot be written: it is a folder'],
])('-o %s is refused, and nothing is written', async (name, says) => {
  const folder = folderOf({ ...files, 'folder/x.txt': 'x' });
  const { code, out, error } = await drml(folder, 'diagram', 'shop.drml', '-o', name);
  expect([code, out, error]).toEqual([2, '', expect.stringContaining(says)]);
  expect(readFileSync(join(folder, 'shop.drml'), 'utf8')).toBe(files['shop.drml']);
  expect(readdirSync(folder).sort()).toEqual(['folder', 'shop.drml']);
});

test.each(['a.mmd', 'a.d2'])('%s has no table of places', async (name) => {
  const { code, error } = await drml(folderOf(files), 'diagram', 'shop.drml', '-o', name, '--view', 'placement');
  expect([code, error]).toEqual([2, expect.stringContaining('--view placement: Mermaid and D2 have no such table')]);
});

test('--format does not write a picture over a model either', async () => {
  const folder = folderOf(files);
  const { code } = await drml(folder, 'diagram', 'shop.drml', '-o', 'shop.drml', '--format', 'svg');
  expect(code).toBe(2);
  expect(readFileSync(join(folder, 'shop.drml'), 'utf8')).toBe(files['shop.drml']);
});

test('--watch needs a file', async () => {
  const { code, error } = await drml(folderOf(files), 'diagram', 'shop.drml', '--watch');
  expect([code, error]).toEqual([2, expect.stringContaining('say with -o which file to write')]);
});

test.each([
  ['m.md', /^# Shop\n/],
  ['m.csv', /^subject,title,kind,/],
  ['m.html', /^<!doctype html>\n/],
])('the matrix is written as %s', async (name, begins) => {
  const folder = folderOf(files);
  const { code, out } = await drml(folder, 'matrix', 'shop.drml', '-o', name, '--as-of', '2026-11-21');
  expect([code, out]).toEqual([0, `${name}: matrix of shop as of 2026-11-21\n`]);
  expect(readFileSync(join(folder, name), 'utf8')).toMatch(begins);
  expect((await drml(folder, 'matrix', 'shop.drml', '-o', 'm.pdf')).code).toBe(2);
});

test('what nobody could read part by part is folded, and says so', async () => {
  const services = Array.from(
    { length: 2600 },
    (_, index) => `service s${index} { ${index === 0 ? '' : `requires s${index - 1}`} }`,
  );
  const folder = folderOf({ 'many.drml': `${services.join('\n')}\njourney j { requires s2599 }\n` });
  const { code, out, error } = await drml(folder, 'diagram', 'many.drml', '-o', 'a.svg', '--what-if', 's7');
  expect([code, out]).toEqual([0, 'a.svg: 2601 nodes, 2600 lines\n']);
  expect(error).toBe(
    '2601 nodes are too many to draw one by one: 2600 of them are folded into a box. Draw a part with --view, or write an .html file, in which boxes open.\n',
  );
  const svg = readFileSync(join(folder, 'a.svg'), 'utf8');
  expect(svg.length).toBeLessThan(50_000);
  expect(svg).toContain('2592 of 2600');
});
