/** The reports of the examples as files to be looked at. `UPDATE_GOLDEN=1 npx vitest run test/language/report` writes them anew. */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { htmlOf } from '../../../language/report/writers/html.js';
import { markdownOf } from '../../../language/report/writers/markdown.js';
import { filesIn, pipeline } from '../../golden/pipeline.js';

const project = new URL('../../../', import.meta.url);
const update = process.env.UPDATE_GOLDEN === '1';

it.each([
  ['shop', 'report.md', markdownOf],
  ['shop', 'report.html', htmlOf],
  ['online-boutique', 'report.md', markdownOf],
] as const)('%s %s', async (example, file, write) => {
  const { report } = await pipeline(filesIn(fileURLToPath(new URL(`examples/${example}`, project))), `${example}.drml`);
  const path = new URL(`test/golden/reports/${example}-${file}`, project);
  const written = write(report());
  if (update) writeFileSync(path, written);
  expect(written).toBe(readFileSync(path, 'utf8').replaceAll('\r\n', '\n'));
});
