/** `drml fmt -`: for editors that hand a text to a program and take back what it prints. */
import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { bundleOf } from '../bundle.js';

async function fmt(input: string | Uint8Array, ...more: readonly string[]): Promise<readonly [number | null, string, string]> {
  const bundle = await bundleOf('server/cli/main.ts');
  const { status, stdout, stderr } = spawnSync(process.execPath, [bundle, 'fmt', '-', ...more], { input, encoding: 'utf8' });
  return [status, stdout, stderr];
}

test('the standard input is laid out on the standard output', async () => {
  expect(await fmt('service s{\nmtbf   30d\n}')).toEqual([0, 'service s {\n  mtbf 30d\n}\n', '']);
  expect(await fmt('\uFEFFservice s{ }\r\n')).toEqual([0, '\uFEFFservice s { }\r\n', '']);
  expect(await fmt('')).toEqual([0, '', '']);
});

test('a text with slips loses nothing, and is named', async () => {
  const [code, out, error] = await fmt('service   s { foo   3 }\nservice   t {cpu 1}\n');
  expect([code, out]).toEqual([0, 'service   s { foo   3 }\nservice t { cpu 1 }\n']);
  expect(error).toContain('standard input: has syntax errors');
});

test('--check prints nothing and tells by its code', async () => {
  expect(await fmt('service s{ }\n', '--check')).toEqual([1, '', '']);
  expect(await fmt('service s { }\n', '--check')).toEqual([0, '', '']);
});

test('what is no text is refused', async () => {
  const [code, out, error] = await fmt(new Uint8Array([0, 1, 2]));
  expect([code, out]).toEqual([2, '']);
  expect(error).toContain('binary');
});
