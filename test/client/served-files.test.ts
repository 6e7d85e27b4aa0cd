import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Uri } from 'vscode';
import { readFile, readFolder } from '../../client/served-files.js';

let folder: string;
const uri = (path: string): Uri => Uri.file(join(folder, path));

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'drml-served-'));
  writeFileSync(join(folder, 'shop.drml'), 'model shöp { }\n'.repeat(2000));
  writeFileSync(join(folder, 'secret.txt'), 'secret\n');
  writeFileSync(join(folder, 'drml.config.json'), '{}');
  mkdirSync(join(folder, 'parts'));
  symlinkSync(join(folder, 'secret.txt'), join(folder, 'link.drml'));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('files that the server asks for', () => {
  it('are given byte for byte, however long', async () => {
    const { base64 } = await readFile(uri('shop.drml'));
    expect(Buffer.from(base64 ?? '', 'base64').toString()).toBe('model shöp { }\n'.repeat(2000));
    expect((await readFile(uri('drml.config.json'))).base64).toBe('e30=');
  });

  it('are models and their settings only', async () => {
    expect(await readFile(uri('secret.txt'))).toEqual({ base64: null });
    expect(await readFile(uri('missing.drml'))).toEqual({ base64: null });
  });

  it('are listed with their kinds, links as neither', async () => {
    const { entries } = await readFolder(Uri.file(folder));
    expect([...(entries ?? [])].sort((a, b) => a.name.localeCompare(b.name))).toEqual([
      { name: 'drml.config.json', kind: 'file' },
      { name: 'link.drml', kind: 'other' },
      { name: 'parts', kind: 'folder' },
      { name: 'secret.txt', kind: 'file' },
      { name: 'shop.drml', kind: 'file' },
    ]);
    expect(await readFolder(uri('nowhere'))).toEqual({ entries: null });
  });
});
