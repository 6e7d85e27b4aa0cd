// Writes docs/rules, the schema of the settings and language/rules/rule-names.ts from the rules themselves. `--check` writes nothing and fails where a page is not up to date.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { importFromSources } from './from-sources.mjs';
import { root } from './project.mjs';

const folder = join(root, 'docs', 'rules');
const schemaFile = join(root, 'media', 'drml.config.schema.json');
const namesFile = join(root, 'language', 'rules', 'rule-names.ts');

/** The page of every rule, the index, the settings' schema and the list of names, by file name relative to the project. */
export async function ruleFiles() {
  const { describedRules, rulePages, configSchema } = await loadRules();
  const pages = rulePages(describedRules);
  return new Map([
    ...Object.entries(pages).map(([name, text]) => [join(folder, name), text]),
    [schemaFile, configSchema(describedRules)],
    [namesFile, ruleNames(describedRules)],
  ]);
}

function ruleNames(rules) {
  const entries = rules.map(({ code, name }) => `  ${code}: '${name}',\n`).join('');
  return `/**
 * Codes and names of all rules, apart from the rules: the server reads settings before it loads what judges. Written by
 * scripts/rule-docs.mjs.
 */
export const ruleNames: { readonly [code: string]: string } = {
${entries}};
`;
}

function loadRules() {
  return importFromSources(
    "export { allDescribedRules as describedRules } from './language/manifests/registry.js'; export { rulePages, configSchema } from './language/rules/pages.js';",
  );
}

const files = await ruleFiles();
if (process.argv.includes('--check')) {
  const stale = [...files].filter(([file, text]) => readIfThere(file) !== text).map(([file]) => file);
  if (stale.length > 0) {
    console.error(`Not up to date; run node scripts/rule-docs.mjs:\n${stale.join('\n')}`);
    process.exit(1);
  }
} else {
  mkdirSync(folder, { recursive: true });
  for (const name of readdirSync(folder)) if (!files.has(join(folder, name))) rmSync(join(folder, name));
  for (const [file, text] of files) writeFileSync(file, text);
  console.log(`Wrote ${files.size} files.`);
}

function readIfThere(file) {
  try {
    return readFileSync(file, 'utf8').replaceAll('\r\n', '\n');
  } catch {
    return undefined;
  }
}
