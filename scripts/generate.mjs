// Writes language/generated/ from the grammar: `npm run generate`.
import { existsSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { projectNode, root, run } from './project.mjs';

const inputs = ['language/drml.langium', 'langium-config.json', 'node_modules/langium-cli/package.json'];
const outputs = ['ast.ts', 'grammar.ts', 'module.ts'].map((file) => join(root, 'language', 'generated', file));

/** Whether every generated file is newer than the grammar, its configuration and the generator itself. */
function isCurrent() {
  if (!outputs.every((file) => existsSync(file))) return false;
  const oldestOutput = Math.min(...outputs.map((file) => statSync(file).mtimeMs));
  return inputs.every((file) => statSync(join(root, file)).mtimeMs < oldestOutput);
}

if (!isCurrent() || process.argv.includes('--force')) {
  const { code, output } = await run(projectNode, [join(root, 'node_modules', 'langium-cli', 'bin', 'langium.js'), 'generate'], {
    quiet: true,
  });
  // The generator exits with 0 after some errors of the grammar, so its words count as well.
  if (code !== 0 || /\berror\b/i.test(output)) {
    process.stderr.write(output);
    process.exit(code === 0 ? 1 : code);
  }
  // Files whose text stays the same are not written; without a new date they would look stale at the next run as well.
  const now = new Date();
  for (const file of outputs) utimesSync(file, now, now);
  process.stdout.write('language/generated: written from language/drml.langium\n');
}
