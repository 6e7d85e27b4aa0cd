import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { drml, folderOf } from './program.js';

test('init writes a model that check accepts', async () => {
  const folder = folderOf({});
  const written = await drml(folder, 'init', '--pattern', 'two-cities-three-centres', '--name', 'bank', '--provider', 'aliyun');
  expect([written.code, written.out]).toEqual([0, expect.stringMatching(/^bank\.drml: written \(two cities, three centres\)/)]);
  expect(readFileSync(join(folder, 'bank.drml'), 'utf8')).toContain('region cn-beijing {');
  expect((await drml(folder, 'check', 'bank.drml')).code).toBe(0);
});

test('init writes into a folder, to a file, or prints', async () => {
  const folder = folderOf({});
  expect((await drml(folder, 'init', 'models', '--name', 'shop')).out).toMatch(/^models\/shop\.drml: written/);
  expect((await drml(folder, 'init', 'a/b.drml')).out).toMatch(/^a\/b\.drml: written/);
  const printed = await drml(folder, 'init', '--print', '--regions', 'east, west');
  expect([printed.code, printed.out]).toEqual([0, expect.stringContaining('region west {')]);
});

test('init never overwrites, and says what is wrong with a name', async () => {
  const folder = folderOf({ 'web-shop.drml': 'mine\n' });
  const refused = await drml(folder, 'init');
  expect([refused.code, refused.error]).toEqual([2, expect.stringContaining('web-shop.drml is there already')]);
  expect(readFileSync(join(folder, 'web-shop.drml'), 'utf8')).toBe('mine\n');
  expect((await drml(folder, 'init', '--name', '../up')).error).toContain('Expected lower-case letters');
  expect((await drml(folder, 'init', '--regions', 'one')).error).toContain('Expected 2 regions, found 1.');
  expect((await drml(folder, 'init', '--pattern', 'pilot')).code).toBe(2);
});
