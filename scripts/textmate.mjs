// Writes media/syntaxes/drml.tmLanguage.json from the grammar. `--check` writes nothing and fails where the file is not up to date.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { importFromSources } from './from-sources.mjs';
import { root } from './project.mjs';

const file = join(root, 'media', 'syntaxes', 'drml.tmLanguage.json');

const { textmateGrammar, DrmlGrammarGrammar } = await importFromSources(
  "export { textmateGrammar } from './language/syntax/textmate.js'; export { DrmlGrammarGrammar } from './language/generated/grammar.js';",
);
const text = `${JSON.stringify(textmateGrammar(DrmlGrammarGrammar()), undefined, 2)}\n`;

if (!process.argv.includes('--check')) {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
} else if (readFileSync(file, 'utf8').replaceAll('\r\n', '\n') !== text) {
  console.error('media/syntaxes/drml.tmLanguage.json is not up to date; run node scripts/textmate.mjs');
  process.exit(1);
}
