// Writes docs/settings.md from the settings of package.json. `--check` writes nothing and fails where the page is not up to date.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { manifest, root } from './project.mjs';

const file = join(root, 'docs', 'settings.md');
const texts = JSON.parse(readFileSync(join(root, 'package.nls.json'), 'utf8'));
const textOf = (reference) => texts[reference.replaceAll('%', '')] ?? reference;

const rows = Object.entries(manifest.contributes.configuration.properties)
  .sort(([, a], [, b]) => a.order - b.order)
  .map(([name, setting]) => {
    const values = (setting.enum ?? []).map((value, index) => {
      const meaning = setting.markdownEnumDescriptions?.[index];
      return `\`${value}\`${meaning === undefined ? '' : `: ${textOf(meaning)}`}`;
    });
    const text = [textOf(setting.markdownDescription), ...values].join(' ').replaceAll('|', '\\|');
    return `| \`${name}\` | \`${JSON.stringify(setting.default)}\` | ${setting.scope ?? 'window'} | ${text} |`;
  });

const page = `# Settings

The settings of the editor. This page is generated from \`package.json\` by \`scripts/settings-docs.mjs\`.
What holds for a project (severities of rules, excluded files) belongs in \`drml.config.json\` beside the models.

Other editors send the same names under \`drml\`, as the configuration of the language server.

| setting | default | scope | meaning |
|---|---|---|---|
${rows.join('\n')}
`;

if (!process.argv.includes('--check')) writeFileSync(file, page);
else if (!existsSync(file) || readFileSync(file, 'utf8').replaceAll('\r\n', '\n') !== page) {
  console.error('docs/settings.md is not up to date; run node scripts/settings-docs.mjs');
  process.exit(1);
}
