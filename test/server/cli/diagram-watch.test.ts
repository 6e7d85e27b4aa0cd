/** Pictures that follow the text: drawn again after a save, kept while the text is broken, ended by Ctrl+C. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { bundleOf } from '../bundle.js';
import { folderOf } from './program.js';

const patience = { timeout: 15_000, interval: 50 };
let running: ChildProcess | undefined;

afterEach(() => {
  running?.kill('SIGKILL');
});

interface Watching {
  readonly out: () => string;
  readonly error: () => string;
  readonly end: (signal: 'SIGINT' | 'SIGTERM') => Promise<readonly unknown[]>;
}

async function watching(folder: string, ...args: readonly string[]): Promise<Watching> {
  const child = spawn(process.execPath, [await bundleOf('server/cli/main.ts'), 'diagram', ...args, '--watch'], { cwd: folder });
  running = child;
  let [out, error] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    error += text;
  });
  await expect.poll(() => out, patience).toMatch(/nodes?,/);
  return {
    out: () => out,
    error: () => error,
    end: async (signal) => {
      const ended = once(child, 'exit');
      child.kill(signal);
      return ended;
    },
  };
}

test('a save is drawn, a broken text leaves the last good picture, and Ctrl+C ends it', async () => {
  const folder = folderOf({ 'shop.drml': 'service one { availability 99% }\n' });
  const picture = (): string => readFileSync(join(folder, 'a.svg'), 'utf8');
  const { out, error, end } = await watching(folder, 'shop.drml', '-o', 'a.svg');
  expect(picture()).toContain('>one<');

  writeFileSync(join(folder, 'shop.drml'), 'service two { availability 99% }\n');
  await expect.poll(picture, patience).toContain('>two<');

  const good = picture();
  writeFileSync(join(folder, 'shop.drml'), 'service { three\n');
  await expect.poll(error, patience).toContain('a.svg: the last good picture stays');
  expect(error()).toContain('shop.drml');
  expect(picture()).toBe(good);

  // As editors save: another file takes its place.
  writeFileSync(join(folder, 'shop.drml.new'), 'service four { availability 99% }\nservice five { requires four }\n');
  renameSync(join(folder, 'shop.drml.new'), join(folder, 'shop.drml'));
  await expect.poll(picture, patience).toContain('>four<');
  await expect.poll(out, patience).toContain('a.svg: 2 nodes, 1 line\n');

  expect(await end('SIGINT')).toEqual([0, null]);
  // No draft of a picture is left behind.
  expect(readdirSync(folder).sort()).toEqual(['a.svg', 'shop.drml']);
});

test('files that are imported later are followed, too; SIGTERM ends it as well', async () => {
  const folder = folderOf({ 'shop.drml': 'service one { availability 99% }\n' });
  mkdirSync(join(folder, 'parts'));
  writeFileSync(join(folder, 'parts/data.drml'), 'database old { availability 99% }\n');
  const { end } = await watching(folder, 'shop.drml', '-o', 'a.mmd');
  const picture = (): string => (existsSync(join(folder, 'a.mmd')) ? readFileSync(join(folder, 'a.mmd'), 'utf8') : '');
  writeFileSync(join(folder, 'shop.drml'), 'import "./parts/data.drml"\nmodel shop { }\nservice one { availability 99% }\n');
  await expect.poll(picture, patience).toContain('"old"');
  writeFileSync(join(folder, 'parts/data.drml'), 'database young { availability 99% }\n');
  await expect.poll(picture, patience).toContain('"young"');
  expect(await end('SIGTERM')).toEqual([0, null]);
});

test.each(['a.html', 'a.png', 'a.d2'])(
  '%s is written again, and a place that goes away is told of without ending it',
  async (name) => {
    const folder = folderOf({ 'shop.drml': 'service one { availability 99% }\n' });
    const path = join(folder, 'out', name);
    const { error, end } = await watching(folder, 'shop.drml', '-o', join('out', name));
    const first = readFileSync(path);
    // A file where the folder was: nothing can be written there.
    rmSync(join(folder, 'out'), { recursive: true });
    writeFileSync(join(folder, 'out'), 'a file');
    writeFileSync(join(folder, 'shop.drml'), 'service two { availability 99% }\n');
    await expect.poll(error, patience).toContain(`${join('out', name)}: cannot be written`);
    rmSync(join(folder, 'out'));
    writeFileSync(join(folder, 'shop.drml'), 'service three_and_more { availability 99% }\n');
    await expect.poll(() => existsSync(path), patience).toBe(true);
    expect(readFileSync(path).equals(first)).toBe(false);
    expect(await end('SIGTERM')).toEqual([0, null]);
  },
);
