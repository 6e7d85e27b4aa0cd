// Writes media/snippets/drml.json from the blocks that completion offers. `--check` writes nothing and fails where the file is not up to date.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { importFromSources } from './from-sources.mjs';
import { root, run } from './project.mjs';

const file = join(root, 'media', 'snippets', 'drml.json');

const { snippetsOf, starterPatterns, usualRegions } = await importFromSources(
  "export { snippetsOf } from './server/lsp/completion/snippets.js'; export { starterPatterns, usualRegions } from './language/starter/index.js';",
);

/** No names to choose from: a file has them only when it is open, and then completion offers these blocks with its names. */
const noNames = {
  regions: [],
  standbyRegions: [],
  buckets: [],
  services: [],
  requirable: [],
  journeys: [],
  scenarios: [],
};

// Without a prefix, so that "Insert Snippet" has them and the list of completion does not show each of them twice.
const blocks = snippetsOf('file', noNames).map(({ label, detail, body }) => [
  label,
  { description: detail, body: body.split('\n') },
]);
const models = starterPatterns.map((pattern) => {
  const regions = usualRegions(pattern, 'own');
  const body = pattern.text({ name: 'web-shop', provider: 'own', regions });
  return [
    pattern.title,
    { isFileTemplate: true, description: pattern.description, body: body.replaceAll('$', '\\$').split('\n') },
  ];
});
const snippets = Object.fromEntries([...blocks, ...models]);

if (!process.argv.includes('--check')) {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(snippets, undefined, 2)}\n`);
  const formatted = await run('biome', ['format', '--write', file], { quiet: true });
  if (formatted.code !== 0) throw new Error(formatted.output);
} else if (!existsSync(file) || !isDeepStrictEqual(JSON.parse(readFileSync(file, 'utf8')), snippets)) {
  // Compared as values: the formatter has its own mind about short lists.
  console.error('media/snippets/drml.json is not up to date; run node scripts/snippets.mjs');
  process.exit(1);
}
