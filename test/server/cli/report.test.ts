import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { drml, folderOf } from './program.js';

const files = {
  'shop.drml':
    'import "./parts/places.drml"\nmodel shop "Shop" { }\nservice api { runs 2 in r  objective { availability 99% } }\n',
  'parts/places.drml': 'region r { zones a, b }\n',
};
const day = ['--as-of', '2026-11-21'];

test('the report goes to the standard output, without -o and with "-" alike', async () => {
  const folder = folderOf(files);
  const plain = await drml(folder, 'report', 'shop.drml', ...day);
  expect(plain.code).toBe(0);
  expect(plain.out).toMatch(/^# Disaster recovery report: Shop\n\nAs of 2026-11-21\n/);
  expect(await drml(folder, 'report', 'shop.drml', '-o', '-', ...day)).toEqual(plain);
  expect(readdirSync(folder).sort()).toEqual(['parts', 'shop.drml']);
});

test.each([
  ['r.md', /^# Disaster recovery report: Shop\n/],
  ['r.html', /^<!doctype html>\n/],
  ['deep/er/R.HTM', /^<!doctype html>\n/],
])('%s is written whole, and the same on every run', async (name, begins) => {
  const folder = folderOf(files);
  const { code, out } = await drml(folder, 'report', '.', '-o', name, ...day);
  expect([code, out]).toEqual([0, `${name}: report of shop as of 2026-11-21\n`]);
  const first = readFileSync(join(folder, name), 'utf8');
  expect(first).toMatch(begins);
  await drml(folder, 'report', 'shop.drml', '-o', name, ...day);
  expect(readFileSync(join(folder, name), 'utf8')).toBe(first);
});

test('the sums are those that sha256sum prints of the files', async () => {
  const sum = (text: string): string => createHash('sha256').update(text).digest('hex');
  const [places, shop] = [sum(files['parts/places.drml']), sum(files['shop.drml'])];
  const { out } = await drml(folderOf(files), 'report', 'shop.drml', ...day);
  expect(out).toContain(`| parts/places.drml | \`${places}\` |\n| shop.drml | \`${shop}\` |`);
  expect(out).toContain(sum(`${places}  parts/places.drml\n${shop}  shop.drml\n`));
});

test('another byte is another sum, and nothing of the machine is in the report', async () => {
  const folder = folderOf(files);
  const other = folderOf({ ...files, 'shop.drml': `${files['shop.drml']}// a remark\n` });
  const [here, there] = [await drml(folder, 'report', '.', ...day), await drml(other, 'report', '.', ...day)];
  expect(here.out).not.toBe(there.out);
  const sums = /\b[0-9a-f]{64}\b/g;
  expect(here.out.replaceAll(sums, '')).toBe(there.out.replaceAll(sums, ''));
  expect(here.out).not.toContain(folder);
});

test.each([
  ['another kind of file', 'r.pdf', 'ends in .md or .html'],
  ['a name without an ending', 'report', 'ends in .md or .html'],
  ['a folder', 'there.md', 'it is a folder'],
])('%s: says so, writes nothing and ends with 2', async (_what, name, says) => {
  const folder = folderOf(files);
  mkdirSync(join(folder, 'there.md'));
  const { code, out, error } = await drml(folder, 'report', '.', '-o', name, ...day);
  expect([code, out, error]).toEqual([2, '', expect.stringContaining(says)]);
  expect(existsSync(join(folder, 'r.pdf'))).toBe(false);
  expect(readdirSync(join(folder, 'there.md'))).toEqual([]);
});

test('several models: names them and ends with 2', async () => {
  const folder = folderOf({ 'a.drml': 'model a { }\n', 'b.drml': 'model b { }\n' });
  const { code, error } = await drml(folder, 'report', '.', '-o', 'r.md');
  expect([code, error]).toEqual([2, expect.stringMatching(/a in .*b in .*name the file of one/)]);
  expect(readdirSync(folder).sort()).toEqual(['a.drml', 'b.drml']);
});

test('a day that is none: says so and ends with 2', async () => {
  const { code, error } = await drml(folderOf(files), 'report', '.', '--as-of', '2026-02-30');
  expect([code, error]).toEqual([2, expect.stringContaining('not a day')]);
});
