/**
 * What the documents say a command prints is what it prints. `npx vitest run test/docs -u` writes the output anew; read the
 * difference before it is committed, since the words around it speak of these figures.
 */
import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { documentPath, withFreshOutput } from './console-blocks.js';

const incidents = readdirSync(documentPath('examples/incidents'), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => `examples/incidents/${name}/README.md`);

test.each(['README.md', 'docs/figures.md', 'docs/json.md', 'docs/report.md', 'docs/import.md', ...incidents])(
  '%s shows what the commands print',
  async (name) => {
    await expect(await withFreshOutput(name)).toMatchFileSnapshot(documentPath(name));
  },
  120_000,
);
