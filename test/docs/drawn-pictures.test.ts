/** The drawings in the documents are what `drml diagram` draws of the examples today. `npx vitest run test/docs -u` draws them anew; look at them. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { drml } from '../server/cli/program.js';
import { documentPath } from './console-blocks.js';

const example = 'examples/boutique-two-regions/boutique-two-regions.drml';
const drawings: readonly (readonly [name: string, options: readonly string[]])[] = [
  ['what-if-flow.svg', ['--what-if', 'cn-north.a']],
  ['what-if-placement.svg', ['--what-if', 'cn-north.a', '--view', 'placement']],
  ['what-if-regions.svg', ['--what-if', 'cn-north', '--view', 'regions']],
];

test.each(drawings)('docs/images/%s is what the command under it draws', async (name, options) => {
  const { out } = await drml(documentPath('.'), 'diagram', example, ...options, '--as-of', '2026-11-21');
  await expect(out).toMatchFileSnapshot(documentPath(`docs/images/${name}`));
  expect(readFileSync(documentPath('docs/picture.md'), 'utf8')).toContain(
    `drml diagram ${example.replace(/\/[^/]*$/, '')} ${options.join(' ')}`,
  );
});
