/** The documentation of the rules as text, from the rules themselves: one page a rule, an index, and the schema of the settings. */
import { groupOf, type RuleGroup, ruleGroups } from './groups.js';
import { ruleLink } from './links.js';
import type { RuleDescription, Severity } from './rule.js';

const severityWords: { readonly [severity in Severity]: string } = { error: 'error', warning: 'warning', info: 'information' };

/** Markdown pages by file name: `DR001.md` and so on, and `README.md`. */
export function rulePages(rules: readonly RuleDescription[]): { readonly [name: string]: string } {
  return Object.fromEntries([
    ...rules.map((rule) => [`${rule.code}.md`, rulePage(rule, rules)]),
    ['README.md', indexPage(rules)],
  ]);
}

/** The page of one rule. `rules`: all there are, for the links between them. */
export function rulePage(rule: RuleDescription, rules: readonly RuleDescription[]): string {
  const known = rule.subsumes.filter((code) => rules.some((other) => other.code === code));
  const instead =
    known.length === 0
      ? []
      : [`It is said instead of ${known.map((code) => `[${code}](${code}.md)`).join(', ')} for the same event.`, ''];
  return [
    `# ${rule.code} ${rule.name}`,
    '',
    `**${rule.title}.** Default severity: ${severityWords[rule.severity]}.`,
    '',
    '## What',
    '',
    rule.docs.what,
    '',
    ...instead,
    '## Why',
    '',
    rule.docs.why,
    '',
    ...(rule.docs.beside === undefined
      ? []
      : example(`Beside the model: ${rule.docs.beside.path}`, rule.docs.beside.text, 'yaml')),
    ...example('An example with the finding', rule.docs.bad, rule.docs.language),
    ...example('The same without it', rule.docs.good, rule.docs.language),
    '## How to fix',
    '',
    rule.docs.how,
    '',
    '## How to configure',
    '',
    'In `drml.config.json`, with `error`, `warning`, `info` or `off`:',
    '',
    '```json',
    `{ "rules": { "${rule.code}": "${rule.severity === 'error' ? 'warning' : 'error'}" } }`,
    '```',
    '',
    ...acceptance(rule),
  ].join('\n');
}

function example(title: string, text: string, language: 'drml' | 'yaml' = 'drml'): readonly string[] {
  return text === '' ? [] : [`## ${title}`, '', `\`\`\`${language}`, text.trimEnd(), '```', ''];
}

function acceptance(rule: RuleDescription): readonly string[] {
  if (rule.docs.language === 'yaml')
    return ['To leave known findings out of a check, keep them in a baseline: `drml check --write-baseline FILE`.', ''];
  if (rule.docs.bad === '' || rule.code === 'DR097' || rule.code === 'DR098') return [];
  return [
    'To take the risk on purpose in one place, write in the block that the finding is about:',
    '',
    '```drml',
    `accepts ${rule.code} until 2027-06-30 by "team-name" because "the reason"`,
    '```',
    '',
  ];
}

function indexPage(rules: readonly RuleDescription[]): string {
  return [
    '# Rules',
    '',
    'What DRML finds wrong, and what clears it. Codes are stable; a retired code is never used again. `drml check` fails on errors.',
    '',
    ...ruleGroups.flatMap((group) => groupTable(group, rules)),
    '## Severity and acceptance',
    '',
    'The severity is the default; the page of a rule says when a finding is more severe. Change it in `drml.config.json`:',
    '',
    '```json',
    '{',
    '  "rules": { "DR002": { "tier0": "error", "other": "info" }, "DR043": "off" },',
    '  "exclude": ["dist"],',
    '  "asOf": "2026-11-21"',
    '}',
    '```',
    '',
    'A rule has one severity, or one for each tier of what the finding is about: `tier0` to `tier4`, and `other` for the rest. `exclude` leaves out folders and files by name or by path, with `*`, `?` and `**` (any number of folders); `asOf` is the day as of which dates in models are judged (today where it is left out).',
    '',
    'A single finding is silenced in the model, with an owner and a date: `accepts DR002 until 2027-06-30 by "team-name" because "the reason"`. Write it in the block of the component, journey or region that the finding is about; in the `model` block it holds for the whole model.',
    '',
  ].join('\n');
}

function groupTable(group: RuleGroup, rules: readonly RuleDescription[]): readonly string[] {
  const members = rules
    .filter((rule) => groupOf(rule.code) === group)
    .sort((a, b) => (a.code < b.code ? -1 : a.code > b.code ? 1 : 0));
  if (members.length === 0) return [];
  return [
    `## ${group}`,
    '',
    '| Code | Name | What | Severity |',
    '|---|---|---|---|',
    ...members.map(
      (rule) => `| [${rule.code}](${rule.code}.md) | ${rule.name} | ${rule.title} | ${severityWords[rule.severity]} |`,
    ),
    '',
  ];
}

/** The JSON schema of `drml.config.json`, as text. */
export function configSchema(rules: readonly RuleDescription[]): string {
  const level = { enum: ['error', 'warning', 'info', 'off'] };
  const tiers = ['tier0', 'tier1', 'tier2', 'tier3', 'tier4', 'other'];
  const schema = {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Settings of DRML: drml.config.json',
    type: 'object',
    additionalProperties: false,
    definitions: {
      level,
      setting: {
        description:
          'One severity, or one for each tier of what a finding is about; "other" is for the tiers that are not named.',
        anyOf: [
          { $ref: '#/definitions/level' },
          {
            type: 'object',
            additionalProperties: false,
            properties: Object.fromEntries(tiers.map((tier) => [tier, { $ref: '#/definitions/level' }])),
          },
        ],
      },
    },
    properties: {
      $schema: {
        description: 'Where this schema is, for editors that do not know the file by its name.',
        type: 'string',
      },
      rules: {
        description: 'Severity by rule code; "off" switches a rule off.',
        type: 'object',
        additionalProperties: false,
        properties: Object.fromEntries(
          rules.map((rule) => [
            rule.code,
            {
              description: `${rule.name}: ${rule.title}. ${ruleLink(rule.code)}`,
              $ref: '#/definitions/setting',
              default: rule.severity,
            },
          ]),
        ),
      },
      exclude: {
        description:
          'Folders and files that are left out: a name anywhere ("dist", "*.generated.drml"), or a path from the folder of this file ("examples/old", "**/fixtures"). * is any part of a name, ? one letter, ** any number of folders.',
        type: 'array',
        items: { type: 'string', minLength: 1 },
        default: ['dist'],
      },
      baseline: {
        description:
          'A baseline, as a path from the folder of this file: findings in it do not count, and the editor shows them faded. "drml check --write-baseline FILE" writes it.',
        type: 'string',
        pattern: '^(?![/\\\\]|[A-Za-z]:).*baseline[^/]*\\.json$',
        examples: ['drml-baseline.json'],
      },
      asOf: {
        description: 'The day as of which dates in models are judged. Today where it is left out.',
        type: 'string',
        pattern: '^\\d{4}-\\d{2}-\\d{2}$',
        examples: ['2026-11-21'],
      },
    },
  };
  const text = JSON.stringify(schema, undefined, 2);
  // Short lists on one line, as the project's formatter writes them.
  const compact = text
    .replace(/\[\s+("error",)\s+("warning",)\s+("info",)\s+("off")\s+\]/g, '[$1 $2 $3 $4]')
    .replace(/\[\s+("[^"]*")\s+\]/g, '[$1]');
  return `${compact}\n`;
}
