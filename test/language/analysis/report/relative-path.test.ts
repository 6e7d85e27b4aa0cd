import { expect, it } from 'vitest';
import { folderOf, relativePath } from '../../../../language/analysis/report/relative-path.js';

it.each([
  ['file:///home/a', 'file:///home/a/shop.drml', 'shop.drml'],
  ['file:///home/a/', 'file:///home/a/parts/shop.drml', 'parts/shop.drml'],
  ['file:///home/a/b', 'file:///home/sites.drml', '../../sites.drml'],
  ['file:///home/my%20models', 'file:///home/my%20models/caf%C3%A9.drml', 'café.drml'],
  ['file:///home/ab', 'file:///home/a/shop.drml', '../a/shop.drml'],
  ['memory:', 'memory:/shop.drml', 'shop.drml'],
  ['memory://', 'memory:///a/shop.drml', 'a/shop.drml'],
  ['file:///', 'file:///shop.drml', 'shop.drml'],
  ['vscode-vfs://github/org/repo', 'vscode-vfs://github/org/repo/a.drml', 'a.drml'],
  ['vscode-vfs://github/org/repo', 'file:///home/a.drml', 'a.drml'],
])('from %s to %s it is %s', (folder, file, path) => {
  expect(relativePath(folder, file)).toBe(path);
});

it('never fails, and never is absolute', () => {
  for (const file of ['', '/', '%E0%A4%A', 'a', 'x:/%', 'file:///c%3A/a.drml']) {
    expect(relativePath('file:///d%3A/models', file).startsWith('/')).toBe(false);
    expect(relativePath(folderOf(file), file).startsWith('/')).toBe(false);
  }
});
